/** The rules of simulated addresses, Cloud Routers and Cloud NAT: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import {
    addressType,
    forwardingRuleType,
    globalAddressType,
    networkType,
    routerNatType,
    routerType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { setQuotas } from "../../sandbox/clouds/quotas";
import { type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { region } from "../support/gcp-account";
import { GcpNetworkCloud, Global, Regional } from "../support/gcp-network";

describe("simulated addresses and NAT of Google Cloud", () => {
    let cloud: GcpNetworkCloud;
    beforeEach(async () => {
        cloud = await GcpNetworkCloud.start();
    });
    afterEach(() => cloud.remove());

    describe("regional addresses", () => {
        it("are public ones, or of a subnet", async () => {
            const { id, outputs } = await cloud.address("out", { labels: { team: "ml" } });
            assert.equal(id, `${Regional}/addresses/out`);
            assert.match(textOf(outputs["address"]), /^34\.\d+\.\d+\.\d+$/);
            assert.equal(outputs["networkTier"], "PREMIUM");
            assert.deepEqual(outputs["effectiveLabels"], { team: "ml", stage: "a", "goog-pulumi-provisioned": "true" });
            const subnetwork = await cloud.subnet(await cloud.network());
            const inside = { addressType: "INTERNAL", subnetwork };
            const first = await cloud.address("in", inside);
            const second = await cloud.address("next", inside);
            assert.deepEqual([first.outputs["address"], second.outputs["address"]], ["10.0.0.2", "10.0.0.3"]);
            await assert.rejects(
                cloud.address("a", { ...inside, address: "10.0.0.3" }),
                /already reserved by '.*next'/,
            );
            await assert.rejects(
                cloud.address("a", { ...inside, address: "10.9.0.3" }),
                /outside of the range of '.*nodes'/,
            );
            await assert.rejects(
                cloud.address("a", { ...inside, networkTier: "PREMIUM" }),
                /network_tier cannot be set/,
            );
            await assert.rejects(
                cloud.address("a", { addressType: "INTERNAL" }),
                /resource\.subnetwork': ''\. Must be/,
            );
            await assert.rejects(
                cloud.address("a", { ...inside, subnetwork: "gone" }),
                /subnetworks\/gone' was not found/,
            );
            await assert.rejects(
                cloud.delete(subnetworkType, subnetwork),
                /is already being used by '.*addresses\/in'/,
            );
        });

        it("keep their address, are few, and take no labels that Google does not take", async () => {
            const { id, outputs } = await cloud.address("out");
            const olds = { name: "out", addressType: "EXTERNAL" };
            assert.deepEqual(await cloud.changes(addressType, olds, { labels: { a: "b" } }), ["labels"]);
            assert.deepEqual(await cloud.changes(addressType, olds, { networkTier: "STANDARD" }), ["!networkTier"]);
            const updated = { ...olds, labels: { a: "b" } };
            const { values } = (await cloud.update(addressType, id, updated, outputs)) as { values: PropertyMap };
            assert.equal(values["address"], outputs["address"]);
            await assert.rejects(cloud.address("b", { labels: { Team: "a" } }), /Invalid label key "Team"/);
            setQuotas(cloud.dir, { [addressType]: 1 });
            await assert.rejects(
                cloud.address("second"),
                /Quota 'STATIC_ADDRESSES' exceeded\. Limit: 1\.0 in region europe-west4/,
            );
            await cloud.address("elsewhere", { region: "us-east1" });
        });
    });

    describe("global addresses", () => {
        it("are public, and stay while a load balancer has them", async () => {
            const { id, outputs } = await cloud.made(globalAddressType, { name: "entry" });
            assert.equal(id, `${Global}/addresses/entry`);
            const rule = { type: forwardingRuleType, id: `${Global}/forwardingRules/entry` };
            const inputs = { ipAddress: textOf(outputs["address"]) };
            await cloud.provider.inventory.plant({ ...rule, inputs, outputs: {} });
            await assert.rejects(
                cloud.delete(globalAddressType, id),
                /Error when reading or editing GlobalAddress: .*'.*addresses\/entry' is already being used by '.*forwardingRules\/entry'/,
            );
            await assert.rejects(
                cloud.made(globalAddressType, { name: "b", prefixLength: 20 }),
                /for addresses of type INTERNAL only/,
            );
        });

        it("are ranges for peers, which a network has nowhere else, and which keep it", async () => {
            const network = await cloud.network();
            await cloud.subnet(network);
            const { id, outputs } = await cloud.range(network);
            assert.equal(outputs["prefixLength"], 20);
            assert.match(textOf(outputs["address"]), /^10\.255\.240\.0$/);
            const other = await cloud.range(network, { name: "more" });
            assert.notEqual(other.outputs["address"], outputs["address"], "Google does not give a range twice");
            const given = (more: PropertyMap) => cloud.range(network, { name: "given", ...more });
            await assert.rejects(
                given({ address: "10.0.8.0", prefixLength: 24 }),
                /conflicts with existing subnetwork 'nodes'/,
            );
            await assert.rejects(given({ address: "10.1.0.1" }), /Must be the first address of a \/20 of RFC 1918/);
            await assert.rejects(given({ address: "100.64.0.0" }), /Must be the first address of a \/20 of RFC 1918/);
            await assert.rejects(given({ network: `${network}-2` }), /main-2' was not found/);
            await assert.rejects(given({ purpose: "GCE_ENDPOINT" }), /are for VPC_PEERING or PRIVATE_SERVICE_CONNECT/);
            await given({ address: "10.1.0.0" });
            await cloud.delete(subnetworkType, `${Regional}/subnetworks/nodes`);
            await assert.rejects(
                cloud.delete(networkType, network),
                /is already being used by '.*addresses\/services'/,
            );
            const olds = { name: "services", network, prefixLength: 20 };
            assert.deepEqual(await cloud.changes(globalAddressType, olds, { prefixLength: 16 }), ["!prefixLength"]);
            await cloud.delete(globalAddressType, id);
        });
    });

    describe("Cloud NAT", () => {
        let network: string;
        let subnetwork: string;
        beforeEach(async () => {
            network = await cloud.network();
            subnetwork = await cloud.subnet(network);
            await cloud.router(network);
        });
        const listed = (...names: string[]) => ({
            sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
            subnetworks: names.map((name) => ({ name, sourceIpRangesToNats: ["ALL_IP_RANGES"] })),
        });
        const nat = (more: PropertyMap = {}) =>
            cloud.make(routerNatType, {
                name: "nat",
                router: "router",
                natIpAllocateOption: "AUTO_ONLY",
                ...listed(subnetwork),
                ...more,
            });

        it("is part of a router, and goes with it", async () => {
            assert.equal(await nat(), `example-project/${region}/router/nat`);
            await assert.rejects(nat(), /Error 409: The NAT 'nat' of '.*routers\/router' already exists/);
            await assert.rejects(
                nat({ name: "second", router: "gone" }),
                /Error creating RouterNat: .*routers\/gone' was not found/,
            );
            await cloud.delete(routerType, `${Regional}/routers/router`);
            assert.deepEqual(cloud.left(routerNatType), []);
            await assert.rejects(
                cloud.make(routerType, { name: "b", network: `${network}-2` }),
                /main-2' was not found/,
            );
        });

        it("keeps network, subnet and addresses", async () => {
            const { id, outputs } = await cloud.address("out");
            await nat({ natIpAllocateOption: "MANUAL_ONLY", natIps: [textOf(outputs["selfLink"])] });
            await assert.rejects(
                cloud.delete(addressType, id),
                /addresses\/out' is already being used by '.*routers\/router'/,
            );
            await assert.rejects(
                cloud.delete(subnetworkType, subnetwork),
                /nodes' is already being used by '.*routers\/router'/,
            );
        });

        it("translates each range once", async () => {
            await nat();
            await assert.rejects(nat({ name: "second" }), /Subnetwork ranges are already translated by NAT 'nat'/);
            const all = { sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES", subnetworks: [] };
            await assert.rejects(nat({ name: "second", ...all }), /already translated by NAT 'nat'/);
            const more = await cloud.subnet(network, "10.1.0.0/20", { name: "more" });
            await nat({ name: "second", ...listed(more) });
        });

        it("translates subnets of its network and region", async () => {
            await assert.rejects(nat(listed(`${subnetwork}-2`)), /subnetworks\/nodes-2' was not found/);
            const foreign = await cloud.subnet(await cloud.network("second"), "10.0.0.0/20", { name: "foreign" });
            await assert.rejects(nat(listed(foreign)), /is not in the network and region of router/);
            await assert.rejects(
                nat({ subnetworks: [] }),
                /when source_subnetwork_ip_ranges_to_nat is LIST_OF_SUBNETWORKS/,
            );
        });

        it("has addresses that are given, or none", async () => {
            const { outputs } = await cloud.address("out");
            const manual = { natIpAllocateOption: "MANUAL_ONLY", natIps: [textOf(outputs["selfLink"])] };
            await assert.rejects(nat({ ...manual, natIpAllocateOption: "AUTO_ONLY" }), /nat_ips are given when/);
            await assert.rejects(nat({ natIpAllocateOption: "MANUAL_ONLY" }), /nat_ips are given when/);
            await assert.rejects(
                nat({ ...manual, natIps: [`${Regional}/addresses/gone`] }),
                /addresses\/gone' was not found/,
            );
            const inside = await cloud.address("in", { addressType: "INTERNAL", subnetwork });
            await assert.rejects(nat({ ...manual, natIps: [inside.id] }), /is no external address of region/);
            await nat(manual);
            const more = await cloud.subnet(network, "10.1.0.0/20", { name: "more" });
            await assert.rejects(
                nat({ ...manual, name: "second", ...listed(more) }),
                /External IP address: 34\..* is already in-use/,
            );
        });

        it("has ports that Google gives out", async () => {
            const wrong = async (inputs: PropertyMap) => {
                const fixed = { name: "nat", router: "router", ...listed(subnetwork) };
                return (await cloud.problems(routerNatType, { ...fixed, ...inputs })).join();
            };
            const dynamic = { enableDynamicPortAllocation: true };
            assert.equal(await wrong({ ...dynamic, minPortsPerVm: 64, maxPortsPerVm: 65_536 }), "");
            assert.match(await wrong({ ...dynamic, minPortsPerVm: 100 }), /^minPortsPerVm: must be a power of two/);
            assert.match(
                await wrong({ ...dynamic, minPortsPerVm: 64, maxPortsPerVm: 64 }),
                /^maxPortsPerVm: must be a power/,
            );
            assert.match(await wrong({ maxPortsPerVm: 128 }), /^maxPortsPerVm: is for dynamic port allocation only/);
            assert.match(
                await wrong({ ...dynamic, enableEndpointIndependentMapping: true }),
                /^enableEndpointIndependentMapping: is mutually exclusive/,
            );
            assert.match(await wrong({ name: "n" }), /^name: must be 2 to 63/);
        });

        it("changes in place but for what it is of", async () => {
            const olds = { name: "nat", router: "router", ...listed(subnetwork) };
            const news = { router: "other", natIps: ["x"], minPortsPerVm: 128, type: "PRIVATE" };
            assert.deepEqual(await cloud.changes(routerNatType, olds, news), [
                "!router",
                "natIps",
                "minPortsPerVm",
                "!type",
            ]);
            assert.deepEqual(
                await cloud.changes(routerType, { network, name: "a" }, { network: "x", description: "y" }),
                ["!network", "description"],
            );
        });
    });
});
