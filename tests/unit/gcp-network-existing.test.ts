import assert from "node:assert/strict";
import { wrongNetwork, type FoundNetwork } from "../../sdk/gcp/network/existing";

const url = "https://www.googleapis.com/compute/v1/";
const own = "projects/host/regions/europe-west4/subnetworks/nodes";
const sound = {
    network: { selfLink: `${url}projects/host/global/networks/shared` },
    subnet: {
        selfLink: `${url}${own}`,
        network: `${url}projects/host/global/networks/shared`,
        region: "europe-west4",
        privateIpGoogleAccess: true,
        stackType: "IPV4_ONLY",
        secondaryIpRanges: [
            { rangeName: "pods", ipCidrRange: "10.4.0.0/14" },
            { rangeName: "services", ipCidrRange: "10.8.0.0/20" },
        ],
    },
    peering: { state: "ACTIVE", stateDetails: "Connected." },
} satisfies FoundNetwork;
const wanted = { region: "europe-west4", pods: "pods", services: "services" };
const withSubnet = (subnet: Partial<FoundNetwork["subnet"]>): FoundNetwork => ({
    ...sound,
    subnet: { ...sound.subnet, ...subnet },
});

describe("an own Google Cloud network", () => {
    it("is accepted as it should be", () => {
        assert.deepEqual(wrongNetwork(sound, wanted), []);
        assert.deepEqual(wrongNetwork({ ...sound, peering: undefined }, wanted), [], "nobody needs its peering");
        assert.deepEqual(wrongNetwork(withSubnet({ stackType: "IPV4_IPV6" }), wanted), []);
        const beta = "https://compute.googleapis.com/compute/beta/";
        assert.deepEqual(
            wrongNetwork(withSubnet({ network: `${beta}projects/host/global/networks/shared` }), wanted),
            [],
            "one network by two URLs",
        );
    });

    for (const [what, found, expected] of [
        [
            "with a subnet of another network",
            wrongNetwork(withSubnet({ network: `${url}projects/host/global/networks/other` }), wanted),
            /^gcp\.network\.existing\.subnetworkId: is in another network \(".*\/nodes" in projects\/host\/global\/networks\/other\)\. Give a subnet of projects\/host\/global\/networks\/shared\.$/,
        ],
        [
            "with a subnet of another region",
            wrongNetwork(withSubnet({ region: "us-east1" }), wanted),
            /\.subnetworkId: is in us-east1 \(".*" given\), but the deployment is in europe-west4\. Give .*`gcp\.region`\.$/,
        ],
        [
            "without Private Google Access",
            wrongNetwork(withSubnet({ privateIpGoogleAccess: false }), wanted),
            /\.subnetworkId: has Private Google Access off .* Turn it on\.$/,
        ],
        [
            "without IPv4",
            wrongNetwork(withSubnet({ stackType: "IPV6_ONLY" }), wanted),
            /\.subnetworkId: has no IPv4 addresses/,
        ],
        [
            "without the range of the pods",
            wrongNetwork(sound, { ...wanted, pods: "gke-pods" }),
            /^gcp\.network\.existing\.podRangeName: is no secondary range of projects\/host\/regions\/europe-west4\/subnetworks\/nodes \("gke-pods" given\): it has pods, services\. Give one of them, or add it\.$/,
        ],
        [
            "whose peering is broken",
            wrongNetwork({ ...sound, peering: { state: "INACTIVE", stateDetails: "The peer is gone." } }, wanted),
            /\.networkId: has private services access that is not active .*: INACTIVE, The peer is gone\..*Repair the peering servicenetworking-googleapis-com\.$/,
        ],
    ] as const) {
        it(`is refused ${what}`, () => {
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }

    it("is told all that is wrong at once", () => {
        const found = wrongNetwork(withSubnet({ secondaryIpRanges: [], privateIpGoogleAccess: false }), wanted);
        assert.equal(found.length, 3);
        assert.match(found[1], /\.podRangeName: .*it has none/);
        assert.match(found[2], /\.serviceRangeName: .*it has none/);
    });
});
