/** Runs a program against the table of a simulated cloud without an engine: creation as the program asks, deletion in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { type TestCloud, urnOf } from "./cloud-frame";

interface Request {
    getType(): string;
    getName(): string;
    getDependenciesList(): string[];
}

interface Monitor {
    registerResource(request: Request, callback: unknown): void;
}

interface Made {
    readonly type: string;
    readonly name: string;
    readonly id: string;
}

export class ModelledCloud {
    private readonly made: Made[] = [];
    /** Logical names of what each resource waits for. */
    private readonly edges = new Map<string, readonly string[]>();

    private constructor(private readonly cloud: TestCloud) {}

    /** Installs mocks that ask the cloud for everything. */
    static async start(cloud: TestCloud): Promise<ModelledCloud> {
        const run = new ModelledCloud(cloud);
        await pulumi.runtime.setMocks({
            newResource: (args) => run.create(args) as Promise<pulumi.runtime.MockResourceResult>,
            call: async ({ token, inputs }) => {
                const { values, problems } = await cloud.provider.invoke(token, properties(inputs as PropertyMap));
                assert.deepEqual(problems, [], token);
                return values;
            },
        });
        const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
        const register = monitor.registerResource.bind(monitor);
        monitor.registerResource = (request, callback) => {
            run.edges.set(request.getName(), request.getDependenciesList().map(lastPart));
            register(request, callback);
        };
        return run;
    }

    /** Deletes everything. `first` chooses among those that nothing waits for. */
    async destroy(first: (candidates: readonly string[]) => string): Promise<string[]> {
        const left = new Map(this.made.map((one) => [one.name, one]));
        const order: string[] = [];
        while (left.size > 0) {
            const held = new Set([...left.keys()].flatMap((name) => this.edges.get(name) ?? []));
            const next = left.get(first([...left.keys()].filter((name) => !held.has(name))));
            assert.ok(next !== undefined, "the edges form a circle");
            await this.cloud.delete(next.type, next.id, next.name);
            left.delete(next.name);
            order.push(next.name);
        }
        return order;
    }

    private async create({ type, name, inputs, custom }: pulumi.runtime.MockResourceArgs): Promise<object> {
        if (custom === false || type.startsWith("wandb:")) {
            return { id: undefined, state: {} };
        }
        const request = { urn: urnOf(type, name), olds: properties(), news: properties(inputs as PropertyMap) };
        const { provider } = this.cloud;
        const checked = await provider.check({ ...request, seed: Buffer.from(name) });
        assert.deepEqual(checked.problems, [], name);
        const { id, outputs } = await provider.create({ urn: request.urn, inputs: checked.inputs, preview: false });
        this.made.push({ type, name, id });
        return { id, state: outputs.values };
    }
}

function lastPart(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}
