/** The network against the simulated Google Cloud: it accepts what the component asks for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { gcp } from "../../sandbox/clouds/gcp";
import { apiId, apiRow, apiType, serviceType } from "../../sandbox/clouds/gcp/apis";
import { producerRow, producerType } from "../../sandbox/clouds/gcp/compute/producers";
import {
    addressType,
    connectionType,
    globalAddressType,
    networkType,
    routerNatType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { properties, textOf } from "../../sandbox/clouds/values";
import { createApis } from "../../sdk/gcp/apis";
import {
    GcpGoogleApisMode,
    type GcpExistingNetworkArgs,
    type GcpNetworkArgs,
    GcpNatMode,
} from "../../sdk/gcp/args/network";
import type { NetworkFacts } from "../../sdk/gcp/facts";
import { createNetwork } from "../../sdk/gcp/network/network";
import { createDeploymentScope } from "../../sdk/gcp/scope";
import { failureOf } from "../support/aws-part";
import { TestCloud } from "../support/cloud-frame";
import { plantProject, project, region } from "../support/gcp-account";
import { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

/** Deletes what Google refuses first as early as the edges allow. */
const dangerous = ["-vpc", "subnet", "nat-address", "router", "zone", "range", "api"];
const mostDangerous = (candidates: readonly string[]): string => {
    const rank = (name: string): number => dangerous.findIndex((word) => name.includes(word)) >>> 0;
    return [...candidates].sort((one, other) => rank(one) - rank(other))[0];
};

describe("Google Cloud network on the simulated Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId, region }));
        await plantProject(cloud.provider.inventory);
    });
    afterEach(() => cloud.remove());

    async function make(
        args: GcpNetworkArgs,
        { privateServices = true, apis = true } = {},
    ): Promise<{ run: ModelledCloud; facts: NetworkFacts }> {
        const run = await ModelledCloud.start(cloud);
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const settings = {
            project: undefined,
            region: undefined,
            location: undefined,
            labels: { team: "ml" },
            deletionProtection: true,
            retainData: false,
        };
        const scope = createDeploymentScope("wandb", parent, settings);
        const facts = createNetwork(scope, args, { apis: createApis(scope, apis), privateServices });
        await pulumi.runtime.disconnect();
        return { run, facts };
    }

    /** What is there besides the project and its APIs. */
    const left = (): string[] =>
        cloud.provider.inventory
            .rows()
            .filter(({ type }) => ![apiType, serviceType, "gcp:organizations/project:Project"].includes(type))
            .map(({ type, id }) => `${type} ${id}`);

    const everything: GcpNetworkArgs = {
        natAddressCount: 2,
        googleApis: GcpGoogleApisMode.Restricted,
        googleApiDomains: ["gcr.io", "pkg.dev"],
        flowLogs: {},
        mtu: 1500,
    };
    for (const [what, args] of [
        ["by default", {}],
        ["with everything", everything],
        ["without a way to the internet", { nat: GcpNatMode.None }],
        ["in the largest range", { cidr: "10.0.0.0/8" }],
        ["in the smallest range", { cidr: "192.168.240.0/20" }],
        [
            "with ranges and names of one's own",
            {
                subnetCidrs: { nodes: "10.10.0.0/16", pods: "10.20.0.0/14", services: "10.30.0.0/19" },
                networkName: "wandb-vpc",
                subnetName: "wandb-subnet",
                podRangeName: "gke-pods",
                serviceRangeName: "gke-services",
                routerName: "wandb-cloud-router",
                natName: "wandb-cloud-nat",
                natAddressCount: 1,
                natAddressNames: ["wandb-cloud-nat-ip"],
                privateServices: { rangeName: "wandb-private-ip-address", prefixLength: 16 },
            },
        ],
    ] as const) {
        it(`comes and goes ${what}`, async () => {
            const { run } = await make({ ...args } as GcpNetworkArgs);
            const order = await run.destroy(mostDangerous);
            assert.ok(order.indexOf("wandb-vpc") > order.indexOf("wandb-subnet"));
            assert.deepEqual(left(), []);
        });
    }

    it("goes in any order that its edges allow", async () => {
        await fc.assert(
            fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
                const { run } = await make(everything);
                await run.destroy((candidates) => candidates[Number(numbers.next().value) % candidates.length]);
                assert.deepEqual(left(), []);
            }),
            { numRuns: 4 },
        );
    }).timeout(60_000);

    it("needs no API besides those that it turns on", async () => {
        await make({});
        const on = cloud.provider.inventory.view().rows(serviceType);
        assert.deepEqual(on.map(({ inputs }) => textOf(inputs["service"])).sort(), [
            "cloudresourcemanager.googleapis.com",
            "compute.googleapis.com",
            "dns.googleapis.com",
            "servicenetworking.googleapis.com",
        ]);
    });

    it("has no private services access where nobody needs it", async () => {
        const { facts } = await make({}, { privateServices: false });
        const { inventory } = cloud.provider;
        assert.deepEqual([...inventory.view().rows(connectionType), ...inventory.view().rows(globalAddressType)], []);
        assert.deepEqual([facts.privateServices, facts.privateServicesRange], [[], undefined]);
    });

    it("cannot go while a database that is gone still holds its peering, and can afterwards", async () => {
        const { run, facts } = await make({});
        const networkId = await promiseOf(facts.networkId);
        await cloud.provider.inventory.plant(producerRow(networkId, "deleted-database"));
        await assert.rejects(
            run.destroy(mostDangerous),
            /The network resource '.*' is already being used by '.*\/networkPeerings\/servicenetworking-googleapis-com'/,
        );
        // All but the network went; the connection is nobody's any more.
        assert.deepEqual(
            left()
                .map((row) => row.split(" ")[0])
                .sort(),
            [networkType, connectionType, producerType].sort(),
        );
        await cloud.provider.inventory.change((rows) => rows.remove(producerType, `${networkId}/deleted-database`));
        await cloud.delete(networkType, networkId, "wandb-vpc");
        assert.deepEqual(left(), []);
    });

    it("translates the whole subnet, with addresses of its own where told so", async () => {
        await make({ natAddressCount: 2 });
        const [nat] = cloud.provider.inventory.view().rows(routerNatType);
        assert.equal(nat.inputs["natIpAllocateOption"], "MANUAL_ONLY");
        assert.equal((nat.inputs["natIps"] as string[]).length, 2);
    });

    it("takes addresses of one's own, and leaves them there", async () => {
        await cloud.provider.inventory.plant(apiRow(apiId(project.projectId, "compute.googleapis.com"), "ENABLED"));
        const { id } = await cloud.create(addressType, { name: "own", addressType: "EXTERNAL" }, "own");
        const { run } = await make({ natAddressIds: [id] });
        await assert.rejects(cloud.delete(addressType, id), /is already being used by '.*\/routers\/wandb-router-/);
        await run.destroy(mostDangerous);
        assert.deepEqual(left(), [`${addressType} ${id}`]);
    });

    describe("that is there already", () => {
        const host = { projectId: "host-project", number: "310987654321" };
        const network = `projects/${host.projectId}/global/networks/shared`;
        const subnet = `projects/${host.projectId}/regions/${region}/subnetworks/nodes`;
        const own: GcpExistingNetworkArgs = {
            networkId: network,
            subnetworkId: subnet,
            podRangeName: "pods",
            serviceRangeName: "services",
        };

        /** A Shared VPC: it lies in another project. */
        async function plant(connected = true): Promise<void> {
            const { inventory } = cloud.provider;
            await plantProject(inventory, host, ["compute", "servicenetworking", "cloudresourcemanager"]);
            const inHost = { project: host.projectId };
            await cloud.create(networkType, { ...inHost, name: "shared", autoCreateSubnetworks: false }, "shared");
            const secondaryIpRanges = [
                { rangeName: "pods", ipCidrRange: "10.4.0.0/14" },
                { rangeName: "services", ipCidrRange: "10.8.0.0/20" },
            ];
            const ranges = { ipCidrRange: "10.0.0.0/20", secondaryIpRanges };
            const inputs = { ...inHost, name: "nodes", region, network, privateIpGoogleAccess: true, ...ranges };
            await cloud.create(subnetworkType, inputs, "nodes");
            if (!connected) {
                return;
            }
            const range = { ...inHost, name: "services", addressType: "INTERNAL", purpose: "VPC_PEERING", network };
            await cloud.create(globalAddressType, { ...range, prefixLength: 20 }, "services");
            const service = {
                network,
                service: "servicenetworking.googleapis.com",
                reservedPeeringRanges: ["services"],
            };
            await cloud.create(connectionType, service, "services");
        }

        // Whoever brings a network has turned on what it needs.
        const withApi = () =>
            cloud.provider.inventory.plant(apiRow(apiId(project.projectId, "compute.googleapis.com"), "ENABLED"));
        beforeEach(withApi);

        it("is looked up in its own project, and gets nothing", async () => {
            await plant();
            const before = cloud.provider.inventory.rows().length;
            const url = `https://www.googleapis.com/compute/v1/${subnet}`;
            const { facts } = await make({
                existing: { ...own, subnetworkId: url, privateServicesRangeName: "services" },
            });
            assert.deepEqual(
                [await promiseOf(facts.networkId), await promiseOf(facts.subnetworkId)],
                [network, subnet],
            );
            assert.deepEqual(
                [await promiseOf(facts.clientRanges["nodes"]), await promiseOf(facts.clientRanges["pods"])],
                ["10.0.0.0/20", "10.4.0.0/14"],
            );
            assert.equal(facts.privateServicesRange && (await promiseOf(facts.privateServicesRange)), "services");
            assert.deepEqual([facts.egress, facts.privateServices], [[], []]);
            assert.equal(cloud.provider.inventory.rows().length, before);
        });

        it("needs private services access, unless nobody uses it", async () => {
            await plant(false);
            const { facts } = await make({ existing: own });
            assert.match(
                await failureOf(facts.networkId),
                /^gcp\.network\.existing\.networkId: has no private services access that can be read \("projects\/host-project\/global\/networks\/shared" given\)/,
            );
            const without = await make({ existing: own }, { privateServices: false });
            assert.equal(await promiseOf(without.facts.networkId), network);
        });

        it("is named when it is not there, or no network at all", async () => {
            await plant();
            const refusal = async (existing: Partial<GcpExistingNetworkArgs>): Promise<string> => {
                const { facts } = await make({ existing: { ...own, ...existing } });
                return failureOf(facts.subnetworkId);
            };
            assert.match(
                await refusal({ networkId: `${network}-2` }),
                /^gcp\.network\.existing\.networkId: cannot be read \(".*shared-2" given\)/,
            );
            assert.match(
                await refusal({ subnetworkId: `${subnet}-2` }),
                /^gcp\.network\.existing\.subnetworkId: cannot be read/,
            );
            assert.match(
                await refusal({ networkId: subnet }),
                /^gcp\.network\.existing\.networkId: is not an id of one .*Give projects\/<project>\/global\/networks\/<name>/,
            );
            assert.match(
                await refusal({ podRangeName: "pod" }),
                /\.podRangeName: is no secondary range of .*pods, services/,
            );
        });
    });
});
