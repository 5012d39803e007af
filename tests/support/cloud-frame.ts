/** A small simulated cloud for tests of the frame itself, and short ways to ask it for things. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudModel, ResourceModel } from "../../sandbox/clouds/model";
import { CloudProvider } from "../../sandbox/clouds/provider";
import { properties, textOf, type Properties, type PropertyMap } from "../../sandbox/clouds/values";

export const networkType = "tiny:net/network:Network";
export const subnetType = "tiny:net/subnet:Subnet";
export const databaseType = "tiny:data/database:Database";

const network: ResourceModel = {
    token: networkType,
    inputs: {
        name: { type: "string" },
        cidr: { type: "string", required: true },
        tags: { type: "map" },
    },
    outputs: { arn: { type: "string" }, generation: { type: "integer" } },
    name: {
        property: "name",
        auto: { maxLength: 20, lowercase: true },
        pattern: /^[a-z][a-z0-9-]*$/,
        rule: "must be lower-case letters, digits and dashes",
        clash: (name) => `NetworkAlreadyExists: ${name}`,
    },
    replaceOn: ["cidr"],
    volatile: ["generation"],
    computed: (_inputs, { id, config, previous }) => ({
        arn: `arn:tiny:${textOf(config["region"])}:${id}`,
        generation: Number(previous?.["generation"] ?? 0) + 1,
    }),
    refuse: ({ cidr }) => (cidr === "10.99.0.0/16" ? "QuotaExceeded: no more networks" : undefined),
};

const subnet: ResourceModel = {
    token: subnetType,
    inputs: {
        networkId: { type: "string", required: true },
        zones: { type: "array" },
        size: { type: "integer", default: 24 },
        mode: { type: "string", values: ["public", "private"] },
        routing: { type: "object", properties: { gateway: { type: "boolean", required: true } } },
    },
    references: [
        {
            path: "networkId",
            types: [networkType],
            message: (value) => `InvalidNetworkID.NotFound: ${value}`,
            holds: (target, holder) => `DependencyViolation: ${target.id} has ${holder.id}`,
        },
    ],
    replaceOn: ["networkId", "zones[*]"],
    deleteBeforeReplace: true,
    validate: ({ size }) =>
        typeof size === "number" && size > 28
            ? [{ property: "size", reason: `must be at most 28 (value given: ${size}). Lower it.` }]
            : [],
};

const database: ResourceModel = {
    token: databaseType,
    inputs: {
        password: { type: "string", required: true, secret: true },
        user: { type: "string" },
        auth: { type: "object", properties: { token: { type: "string", secret: true } } },
    },
    outputs: { uri: { type: "string", secret: true }, endpoint: { type: "string" } },
    durationKey: "aurora cluster",
    computed: ({ password }, { id }) => ({
        uri: `tiny://root:${textOf(password)}@${id}`,
        endpoint: `${id}.tiny.example`,
    }),
};

/** Its name is that of a real cloud only where durations are looked up. */
export const tinyCloud: CloudModel = {
    name: "aws",
    sdk: "@pulumi/random",
    config: { region: { type: "string", default: "here-1" }, zones: { type: "array" } },
    resources: [network, subnet, database],
    invokes: [
        {
            token: "tiny:net/getNetwork:getNetwork",
            inputs: { id: { type: "string", required: true } },
            outputs: { cidr: { type: "string" } },
            answer: ({ id }, { inventory }) => {
                const row = inventory.find(networkType, (candidate) => candidate.id === id);
                if (row === undefined) {
                    throw new Error(`no network ${textOf(id)}`);
                }
                return { cidr: row.inputs["cidr"] ?? null };
            },
        },
    ],
};

/** Thrown in place of the end of the process. */
export class Crash extends Error {}

/** A provider in a folder of its own. */
export class TestCloud {
    readonly dir: string;
    readonly provider: CloudProvider;

    constructor(options: { cloud?: CloudModel; scale?: number; dir?: string } = {}) {
        this.dir = options.dir ?? mkdtempSync(join(tmpdir(), "cloud-frame-"));
        this.provider = new CloudProvider(options.cloud ?? tinyCloud, {
            dir: this.dir,
            version: "1.2.3",
            scale: options.scale ?? 0,
            crash: () => {
                throw new Crash();
            },
        });
        this.provider.configure(properties({ region: "here-1" }));
    }

    check(type: string, news: PropertyMap, olds: PropertyMap = {}, secrets: string[] = []) {
        const seed = Buffer.from("a seed");
        return this.provider.check({
            urn: urnOf(type),
            olds: properties(olds),
            news: properties(news, secrets),
            seed,
        });
    }

    /** The problems of a check as `property: reason`. */
    async problems(type: string, news: PropertyMap, secrets: string[] = []): Promise<string[]> {
        const { problems } = await this.check(type, news, {}, secrets);
        return problems.map(({ property, reason }) => `${property}: ${reason}`);
    }

    create(type: string, inputs: PropertyMap | Properties, name = "one", preview = false) {
        const bag = isBag(inputs) ? inputs : properties(inputs);
        return this.provider.create({ urn: urnOf(type, name), inputs: bag, preview });
    }

    delete(type: string, id: string, name = "one"): Promise<void> {
        return this.provider.delete({ urn: urnOf(type, name), id });
    }

    remove(): void {
        rmSync(this.dir, { recursive: true, force: true });
    }
}

export function urnOf(type: string, name = "one"): string {
    return `urn:pulumi:dev::project::wandb:index:WandbDeployment$${type}::${name}`;
}

function isBag(inputs: PropertyMap | Properties): inputs is Properties {
    return inputs["secrets"] instanceof Set;
}
