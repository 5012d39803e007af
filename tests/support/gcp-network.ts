/** The simulated networks of Google Cloud in tests of their rules: short ways to make what other things lie in. */
import { gcp } from "../../sandbox/clouds/gcp";
import {
    addressType,
    connectionType,
    globalAddressType,
    networkType,
    routerType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "./cloud-frame";
import { plantProject, project, region } from "./gcp-account";

export const Apis = ["compute", "dns", "servicenetworking", "cloudresourcemanager"];
export const Global = `projects/${project.projectId}/global`;
export const Regional = `projects/${project.projectId}/regions/${region}`;

interface MadeThing {
    readonly id: string;
    readonly outputs: PropertyMap;
}

export class GcpNetworkCloud extends TestCloud {
    private count = 0;

    /** @param apis those that are on besides those of a new project */
    static async start(apis: readonly string[] = Apis): Promise<GcpNetworkCloud> {
        const cloud = new GcpNetworkCloud({ cloud: gcp });
        const defaultLabels = { stage: "a" };
        cloud.provider.configure(properties({ project: project.projectId, region, defaultLabels }));
        await plantProject(cloud.provider.inventory, project, apis);
        return cloud;
    }

    /** Makes something after its inputs were checked, and gives its id. */
    async make(type: string, inputs: PropertyMap = {}): Promise<string> {
        return (await this.made(type, inputs)).id;
    }

    async made(type: string, inputs: PropertyMap = {}): Promise<MadeThing> {
        const name = `n${(this.count += 1)}`;
        const request = { urn: urnOf(type, name), olds: properties(), news: properties(inputs) };
        const checked = await this.provider.check({ ...request, seed: Buffer.from(name) });
        if (checked.problems.length > 0) {
            throw new Error(checked.problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        const { id, outputs } = await this.create(type, checked.inputs, name);
        return { id, outputs: outputs.values };
    }

    /** @param name logical name of the resource: that of what `made` made first is `n1` */
    update(type: string, id: string, news: PropertyMap, olds: PropertyMap, name = "one"): Promise<unknown> {
        const bags = { oldOutputs: properties(olds), news: properties(news) };
        return this.provider.update({ urn: urnOf(type, name), id, ...bags, preview: false });
    }

    /** Changed paths, `!` in front of those that need a new resource. */
    async changes(type: string, olds: PropertyMap, news: PropertyMap): Promise<string[]> {
        const bags = { oldInputs: properties(olds), news: properties({ ...olds, ...news }) };
        const { changes } = await this.provider.diff({ urn: urnOf(type), id: "x", ...bags });
        return changes.map(({ path, replaces }) => `${replaces ? "!" : ""}${path}`);
    }

    async ask(token: string, inputs: PropertyMap): Promise<PropertyMap> {
        const { values, problems } = await this.provider.invoke(token, properties(inputs));
        if (problems.length > 0) {
            throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        return values;
    }

    network(name = "main"): Promise<string> {
        return this.make(networkType, { name, autoCreateSubnetworks: false });
    }

    subnet(network: string, ipCidrRange = "10.0.0.0/20", more: PropertyMap = {}): Promise<string> {
        return this.make(subnetworkType, { network, ipCidrRange, name: "nodes", ...more });
    }

    router(network: string): Promise<string> {
        return this.make(routerType, { network, name: "router" });
    }

    address(name: string, more: PropertyMap = {}): Promise<MadeThing> {
        return this.made(addressType, { name, ...more });
    }

    /** An allocated range for private services access. */
    range(network: string, more: PropertyMap = {}): Promise<MadeThing> {
        const fixed = { name: "services", addressType: "INTERNAL", purpose: "VPC_PEERING", network };
        return this.made(globalAddressType, { prefixLength: 20, ...fixed, ...more });
    }

    connection(network: string, more: PropertyMap = {}): Promise<string> {
        const service = "servicenetworking.googleapis.com";
        return this.make(connectionType, { network, service, reservedPeeringRanges: ["services"], ...more });
    }

    /** Ids of all that is left of a type. */
    left(type: string): string[] {
        const rows = this.provider.inventory.view().rows(type);
        return rows.map(({ id }) => textOf(id));
    }
}
