import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { planNetwork } from "../../sdk/gcp/network/cidr-plan";
import { checkNetwork, networkShape } from "../../sdk/validation/gcp/network";
import { type Known, readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";

/** Problems of `gcp.network`, in a region that may be known. */
function problems(network: object, region?: Known): string[] {
    const found: Problem[] = [];
    const known = readKinds(network, networkShape, "gcp.network", found);
    const gcp = new Map<string, Known>([["network", known]]);
    if (region !== undefined) {
        gcp.set("region", region);
    }
    checkNetwork(new Section<WandbDeploymentArgs>("", new Map([["gcp", gcp]]), found));
    return found.map(({ propertyPath, reason }) => `${propertyPath.replace("gcp.network.", "")}: ${reason}`);
}

const later = pulumi.output("not looked at, whatever it is");
const region = "europe-west4";
const address = (name: string, place = region) => `projects/example-project/regions/${place}/addresses/${name}`;
const existing = {
    networkId: "projects/host-project/global/networks/shared",
    subnetworkId: `projects/host-project/regions/${region}/subnetworks/nodes`,
    podRangeName: "pods",
    serviceRangeName: "services",
};
const plan = { nodes: "10.0.0.0/20", pods: "10.4.0.0/14", services: "10.1.0.0/20" };
const names = (count: number) => Array.from({ length: count }, (_, index) => address(`out-${index}`));

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", {}],
    ["the largest network", { cidr: "10.0.0.0/8" }],
    ["the smallest network", { cidr: "192.168.16.0/20" }],
    ["a network beside the bridge of Docker", { cidr: "172.18.0.0/16" }],
    ["ranges of one's own", { subnetCidrs: plan }],
    ["all ranges of one's own", { subnetCidrs: { ...plan, privateServices: "10.2.0.0/23" } }],
    ["the largest ranges", { subnetCidrs: { nodes: "172.18.0.0/15", pods: "10.0.0.0/9", services: "10.128.0.0/16" } }],
    ["the smallest ranges", { subnetCidrs: { nodes: "10.0.0.0/29", pods: "100.64.0.0/24", services: "10.0.0.16/28" } }],
    ["Services that nobody connects from", { subnetCidrs: { ...plan, services: "172.17.0.0/20" } }],
    [
        "names of everything",
        {
            networkName: "w",
            networkDescription: "W&B: all of it",
            subnetName: "w-subnet",
            subnetDescription: "nodes",
            podRangeName: "gke-wandb-pods-1a2b3c4d",
            serviceRangeName: "gke-wandb-services-1a2b3c4d",
            routerName: "w-router",
            natName: "w1",
            natAddressCount: 2,
            natAddressNames: ["w-1", "w-2"],
            privateServices: { rangeName: "w-services", prefixLength: 16 },
        },
    ],
    ["names that are not known", { networkName: later, natAddressCount: 1, natAddressNames: [later] }],
    ["one address for Cloud NAT", { natAddressCount: 1 }],
    ["addresses of one's own", { natAddressIds: names(16) }],
    ["their URLs", { natAddressIds: [`https://www.googleapis.com/compute/v1/${address("a")}`, later] }],
    ["no way to the internet", { nat: "none" }],
    ["no records of Cloud NAT", { natLogging: "none" }],
    ["domains of Google", { googleApis: "restricted", googleApiDomains: ["gcr.io", "pkg.dev", "accounts.google.com"] }],
    ["public addresses of Google's APIs", { googleApis: "public" }],
    ["flow logs as they are", { flowLogs: {} }],
    [
        "flow logs",
        {
            flowLogs: {
                interval: "INTERVAL_30_SEC",
                sampling: 1,
                metadata: false,
                filter: "connection.dest_port == 443",
            },
        },
    ],
    ["other numbers", { mtu: 8896, routingMode: "GLOBAL" }],
    ["a network of one's own", { existing }],
    [
        "its URLs",
        { existing: { ...existing, networkId: `https://compute.googleapis.com/compute/v1/${existing.networkId}` } },
    ],
    ["a range of its services", { existing: { ...existing, privateServicesRangeName: "google-managed-services" } }],
    [
        "ids that are not known",
        { existing: { networkId: later, subnetworkId: later, podRangeName: later, serviceRangeName: later } },
    ],
];

const refused: readonly (readonly [string, object, RegExp])[] = [
    ["a single address", { cidr: "10.0.0.0" }, /^cidr: is not an IPv4 range/],
    ["bits beyond the prefix", { cidr: "10.0.1.0/16" }, /^cidr: has bits beyond its prefix.*"10\.0\.0\.0\/16"/],
    ["addresses of others", { cidr: "11.0.0.0/16" }, /^cidr: is not private \("11\.0\.0\.0\/16" given\)/],
    ["addresses of carriers for all of it", { cidr: "100.64.0.0/16" }, /^cidr: is not private/],
    ["a network that is too small", { cidr: "10.0.0.0/21" }, /^cidr: is too small.*\/8 to \/20, or your own plan/],
    ["the bridge of Docker", { cidr: "172.17.0.0/16" }, /^cidr: overlaps with 172\.17\.0\.0\/16 .*Cloud SQL/],
    ["what has the bridge in it", { cidr: "172.16.0.0/12" }, /^cidr: overlaps with 172\.17\.0\.0\/16/],
    ["two plans", { cidr: "10.0.0.0/16", subnetCidrs: plan }, /^cidr: is given together with `subnetCidrs`/],
    ["no range for pods", { subnetCidrs: { ...plan, pods: undefined } }, /^subnetCidrs\.pods: is missing/],
    ["a small subnet", { subnetCidrs: { ...plan, nodes: "10.0.0.0/30" } }, /^subnetCidrs\.nodes: is too small .*\/29/],
    ["few pods", { subnetCidrs: { ...plan, pods: "10.4.0.0/25" } }, /^subnetCidrs\.pods: is too small .*a \/24\./],
    ["many pods", { subnetCidrs: { ...plan, pods: "10.0.0.0/8" } }, /^subnetCidrs\.pods: is too large .*\/9/],
    ["many Services", { subnetCidrs: { ...plan, services: "10.8.0.0/15" } }, /^subnetCidrs\.services: is too large/],
    ["few Services", { subnetCidrs: { ...plan, services: "10.1.0.0/29" } }, /^subnetCidrs\.services: is too small/],
    [
        "no room for caches",
        { subnetCidrs: { ...plan, privateServices: "10.2.0.0/24" } },
        /^subnetCidrs\.privateServices: is too small .*\/23 or larger/,
    ],
    [
        "addresses of carriers for databases",
        { subnetCidrs: { ...plan, privateServices: "100.64.0.0/20" } },
        /^subnetCidrs\.privateServices: is not private/,
    ],
    ["pods of everybody", { subnetCidrs: { ...plan, pods: "8.0.0.0/14" } }, /^subnetCidrs\.pods: is not private/],
    [
        "nodes on the bridge",
        { subnetCidrs: { ...plan, nodes: "172.17.4.0/24" } },
        /^subnetCidrs\.nodes: overlaps with 172/,
    ],
    [
        "ranges that overlap",
        { subnetCidrs: { ...plan, services: "10.5.0.0/20" } },
        /^subnetCidrs\.services: overlaps with `gcp\.network\.subnetCidrs\.pods`/,
    ],
    [
        "half a prefix",
        { privateServices: { prefixLength: 20.5 } },
        /^privateServices\.prefixLength: is not a whole number of 8 to 23/,
    ],
    ["a long prefix", { privateServices: { prefixLength: 24 } }, /^privateServices\.prefixLength: .* \(24 given\)/],
    [
        "two ranges of services",
        { subnetCidrs: { ...plan, privateServices: "10.2.0.0/20" }, privateServices: { prefixLength: 20 } },
        /^privateServices\.prefixLength: has no effect with `gcp\.network\.subnetCidrs\.privateServices`/,
    ],
    ["a name in capitals", { networkName: "Main" }, /^networkName: is not a name that Google accepts \("Main" given\)/],
    ["a long name", { subnetName: "a".repeat(64) }, /^subnetName: is too long \(64 characters/],
    ["a name with a hyphen last", { routerName: "router-" }, /^routerName: is not a name/],
    ["a gateway with one letter", { natName: "n" }, /^natName: is not a name .*Use 2 to 63/],
    ["a range with a dot", { privateServices: { rangeName: "a.b" } }, /^privateServices\.rangeName: is not a name/],
    ["one range for two uses", { podRangeName: "services" }, /^podRangeName: is the name of the Services' range, too/],
    ["the other way round", { serviceRangeName: "pods" }, /^serviceRangeName: is the name of the Services' range, too/],
    ["another word for NAT", { nat: "per-zone" }, /^nat: .*Use gateway\./],
    ["no addresses", { natAddressCount: 0 }, /^natAddressCount: is not a whole number of 1 to 16 \(0 given\)/],
    ["addresses without NAT", { nat: "none", natAddressCount: 1 }, /^natAddressCount: has no effect without Cloud NAT/],
    ["records without NAT", { nat: "none", natLogging: "ALL" }, /^natLogging: has no effect without Cloud NAT/],
    [
        "addresses of two kinds",
        { natAddressIds: names(1), natAddressCount: 1 },
        /^natAddressCount: is for addresses that are made/,
    ],
    ["an empty list", { natAddressIds: [] }, /^natAddressIds: has 0 entries\. Give 1 to 16/],
    ["too many addresses", { natAddressIds: names(17) }, /^natAddressIds: has 17 entries/],
    ["an address itself", { natAddressIds: ["203.0.113.7"] }, /^natAddressIds\[0\]: is not of the form projects/],
    ["an address twice", { natAddressIds: [address("a"), address("a")] }, /^natAddressIds\[1\]: is there twice/],
    [
        "an address of another region",
        { natAddressIds: [address("a", "us-central1")] },
        /^natAddressIds\[0\]: is in us-central1 .*`gcp\.region` is europe-west4/,
    ],
    ["names without a number", { natAddressNames: ["a"] }, /^natAddressNames: has no effect without `natAddressCount`/],
    [
        "too few names",
        { natAddressCount: 2, natAddressNames: ["a"] },
        /^natAddressNames: has 1 entries, but `natAddressCount` is 2/,
    ],
    ["a name twice", { natAddressCount: 2, natAddressNames: ["a", "a"] }, /^natAddressNames\[1\]: is there twice/],
    ["no mode of APIs", { googleApis: "none" }, /^googleApis: .*Use public\./],
    [
        "domains without a zone",
        { googleApis: "public", googleApiDomains: ["gcr.io"] },
        /^googleApiDomains: has no effect/,
    ],
    ["a domain with a dot last", { googleApiDomains: ["gcr.io."] }, /^googleApiDomains\[0\]: is not a domain/],
    [
        "a service that has a zone",
        { googleApiDomains: ["storage.googleapis.com"] },
        /^googleApiDomains\[0\]: has a zone in any case/,
    ],
    ["a domain twice", { googleApiDomains: ["pkg.dev", "pkg.dev"] }, /^googleApiDomains\[1\]: is there twice/],
    ["packets too large", { mtu: 9000 }, /^mtu: is not a whole number of 1300 to 8896/],
    ["no share of the flows", { flowLogs: { sampling: 0 } }, /^flowLogs\.sampling: is not a share \(0 given\)/],
    ["more than all of them", { flowLogs: { sampling: 50 } }, /^flowLogs\.sampling: is not a share/],
    [
        "a network of one's own without its id",
        { existing: { ...existing, networkId: undefined } },
        /^existing\.networkId: is missing/,
    ],
    [
        "the name of a network",
        { existing: { ...existing, networkId: "shared" } },
        /^existing\.networkId: is not of the form projects/,
    ],
    [
        "the id of a network for a subnet",
        { existing: { ...existing, subnetworkId: existing.networkId } },
        /^existing\.subnetworkId: is not of the form projects\/<project>\/regions/,
    ],
    [
        "a subnet of another region",
        { existing: { ...existing, subnetworkId: "projects/host-project/regions/us-east1/subnetworks/nodes" } },
        /^existing\.subnetworkId: is in us-east1/,
    ],
    [
        "a subnet of another project",
        { existing: { ...existing, subnetworkId: `projects/example-project/regions/${region}/subnetworks/nodes` } },
        /^existing\.subnetworkId: is in another project than the network/,
    ],
    [
        "one range of it for two uses",
        { existing: { ...existing, serviceRangeName: "pods" } },
        /^existing\.podRangeName: is the name of the Services' range, too/,
    ],
    [
        "no range of the pods",
        { existing: { ...existing, podRangeName: undefined } },
        /^existing\.podRangeName: is missing/,
    ],
    ...Object.entries({
        cidr: "10.0.0.0/16",
        nat: "none",
        natAddressCount: 1,
        flowLogs: {},
        googleApis: "public",
        mtu: 1460,
    }).map(
        ([key, value]) =>
            [`${key} beside it`, { existing, [key]: value }, new RegExp(`^${key}: has no effect with`)] as const,
    ),
];

describe("arguments of the Google Cloud network", () => {
    for (const [what, network] of accepted) {
        it(`accept ${what}`, () => assert.deepEqual(problems(network, region), []));
    }

    for (const [what, network, expected] of refused) {
        it(`refuse ${what}`, () => {
            const found = problems(network, region);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
            assert.match(found[0], /\. [A-Z].*[.?]$/, "says what to do");
        });
    }

    it("accept addresses of any region while the deployment's is not known", () => {
        assert.deepEqual(problems({ natAddressIds: [address("a", "us-central1")] }), []);
    });

    it("accept the plan that is made for any network that they accept", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 20 }), (octet, prefix) => {
                const cidr = `10.${octet}.0.0/${prefix}`;
                const { nodes, pods, services, privateServices } = planNetwork(cidr);
                assert.deepEqual(problems({ cidr }), []);
                assert.deepEqual(problems({ subnetCidrs: { nodes, pods, services, privateServices } }), []);
            }),
        );
    });

    it("say nothing where there is no network", () => {
        const found: Problem[] = [];
        checkNetwork(new Section<WandbDeploymentArgs>("", new Map(), found));
        assert.deepEqual(found, []);
    });
});
