/** The rules of the simulated VPC networks, subnets and firewall rules: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import {
    clusterType,
    endpointGroupType,
    firewallType,
    forwardingRuleType,
    networkType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { setQuotas } from "../../sandbox/clouds/quotas";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { region } from "../support/gcp-account";
import { GcpNetworkCloud, Global, Regional } from "../support/gcp-network";

describe("simulated networks of Google Cloud", () => {
    let cloud: GcpNetworkCloud;
    beforeEach(async () => {
        cloud = await GcpNetworkCloud.start();
    });
    afterEach(() => cloud.remove());

    describe("networks", () => {
        it("have the id of their project and name, and Google's defaults", async () => {
            const { id, outputs } = await cloud.made(networkType, { name: "main", autoCreateSubnetworks: false });
            assert.equal(id, `${Global}/networks/main`);
            const { selfLink, mtu, routingMode } = outputs;
            assert.deepEqual(
                [selfLink, mtu, routingMode],
                [`https://www.googleapis.com/compute/v1/${id}`, 1460, "REGIONAL"],
            );
        });

        it("need the API, a project, a name that is free, and a quota", async () => {
            const closed = await GcpNetworkCloud.start([]);
            await assert.rejects(
                closed.network(),
                /Error creating Network: .*Compute Engine API has not been used in project/,
            );
            closed.remove();
            const elsewhere = cloud.make(networkType, { name: "main", project: "nobodys" });
            await assert.rejects(elsewhere, /Error 404: The resource 'projects\/nobodys' was not found/);
            await cloud.network();
            await assert.rejects(cloud.network(), /Error 409: The resource '.*\/networks\/main' already exists/);
            setQuotas(cloud.dir, { [networkType]: 1 });
            await assert.rejects(
                cloud.network("second"),
                /Error 403: Quota 'NETWORKS' exceeded\. Limit: 1\.0 globally/,
            );
        });

        it("have names of RFC 1035, which the provider makes where there are none", async () => {
            for (const name of ["Main", "a.b", "1a", "a-", "a".repeat(64)]) {
                assert.match(
                    (await cloud.problems(networkType, { name })).join(),
                    /^name: must be 1 to 63 lower-case/,
                    name,
                );
            }
            assert.match((await cloud.made(networkType)).id, /\/networks\/n\d+-[0-9a-f]{7}$/);
        });

        it("are replaced for their names, descriptions and mode, and changed in place otherwise", async () => {
            const olds = { name: "main", autoCreateSubnetworks: false, routingMode: "REGIONAL" };
            const news = {
                name: "other",
                description: "x",
                autoCreateSubnetworks: true,
                routingMode: "GLOBAL",
                mtu: 1500,
            };
            assert.deepEqual(await cloud.changes(networkType, olds, news), [
                "!name",
                "!autoCreateSubnetworks",
                "routingMode",
                "!description",
                "mtu",
            ]);
            assert.match((await cloud.problems(networkType, { mtu: 9000 })).join(), /^mtu: must be 1300 to 8896/);
        });

        it("stay while anything lies in them", async () => {
            const network = await cloud.network();
            const subnet = await cloud.subnet(network);
            await assert.rejects(
                cloud.delete(networkType, network),
                /Error waiting for Deleting Network: The network resource '.*\/networks\/main' is already being used by '.*\/subnetworks\/nodes'/,
            );
            await cloud.delete(subnetworkType, subnet);
            // What a controller of GKE made and nobody took away.
            const group = { type: endpointGroupType, id: `projects/p/zones/${region}-a/networkEndpointGroups/k8s1` };
            await cloud.provider.inventory.plant({ ...group, inputs: { network }, outputs: {} });
            await assert.rejects(
                cloud.delete(networkType, network),
                /already being used by '.*networkEndpointGroups\/k8s1'/,
            );
            await cloud.provider.inventory.change((rows) => rows.remove(group.type, group.id));
            await cloud.delete(networkType, network);
            assert.deepEqual(cloud.left(networkType), []);
        });

        it("are told by name, id and URL", async () => {
            const network = await cloud.network();
            const subnet = await cloud.subnet(network);
            const token = "gcp:compute/getNetwork:getNetwork";
            const selfLink = `https://www.googleapis.com/compute/v1/${network}`;
            for (const inputs of [{ name: "main" }, { selfLink }, { selfLink: network }] as PropertyMap[]) {
                const found = await cloud.ask(token, inputs);
                assert.deepEqual([found["id"], found["selfLink"]], [network, selfLink]);
                assert.deepEqual(found["subnetworksSelfLinks"], [`https://www.googleapis.com/compute/v1/${subnet}`]);
            }
            await assert.rejects(cloud.ask(token, { name: "gone" }), /global\/networks\/gone not found/);
        });
    });

    describe("subnets", () => {
        let network: string;
        beforeEach(async () => {
            network = await cloud.network();
        });
        const secondary = (rangeName: string, ipCidrRange: string) => ({ rangeName, ipCidrRange });
        const named = (name: string, ipCidrRange: string, more: PropertyMap = {}) =>
            cloud.subnet(network, ipCidrRange, { name, ...more });

        it("have the id of their region, and what Google sets", async () => {
            const { id, outputs } = await cloud.made(subnetworkType, {
                network,
                ipCidrRange: "10.0.0.0/20",
                name: "nodes",
            });
            assert.equal(id, `${Regional}/subnetworks/nodes`);
            const { gatewayAddress, privateIpGoogleAccess, purpose } = outputs;
            assert.deepEqual([gatewayAddress, privateIpGoogleAccess, purpose], ["10.0.0.1", false, "PRIVATE"]);
        });

        it("lie in networks and regions that are there", async () => {
            await assert.rejects(cloud.subnet(`${network}-2`), /Error 404: The resource '.*main-2' was not found/);
            await assert.rejects(named("nodes", "10.0.0.0/20", { region: "mars-1" }), /'mars-1'\. Unknown region/);
        });

        it("have ranges apart from all others of the network", async () => {
            await named("nodes", "10.0.0.0/20", { secondaryIpRanges: [secondary("pods", "10.4.0.0/14")] });
            for (const range of ["10.0.8.0/24", "10.0.0.0/16", "10.5.0.0/20"]) {
                await assert.rejects(
                    named("more", range),
                    /Invalid IPCidrRange: .* conflicts with existing subnetwork 'nodes' in region 'europe-west4'/,
                    range,
                );
            }
            const twice = { secondaryIpRanges: [secondary("a", "10.8.0.0/20"), secondary("b", "10.8.1.0/24")] };
            await assert.rejects(named("more", "10.9.0.0/20", twice), /10\.8\.1\.0\/24 conflicts with 10\.8\.0\.0\/20/);
            await named("more", "10.9.0.0/20");
            await cloud.range(network, { address: "10.10.0.0" });
            await assert.rejects(named("last", "10.10.8.0/24"), /conflicts with the allocated range 'services'/);
            await cloud.subnet(await cloud.network("second"), "10.0.0.0/20", { name: "other" });
        });

        it("have ranges that Google takes", async () => {
            await assert.rejects(named("small", "10.0.0.0/30"), /The range must be \/4 to \/29/);
            await assert.rejects(named("local", "169.254.0.0/24"), /169\.254\.0\.0\/24 is a reserved range/);
            await assert.rejects(named("apis", "199.36.153.0/24"), /199\.36\.153\.0\/24 is a reserved range/);
            await assert.rejects(
                cloud.make(subnetworkType, { network, name: "none" }),
                /ipCidrRange': ''\. Must be specified/,
            );
            const proxies = { purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" };
            await assert.rejects(named("proxies", "10.1.0.0/27", proxies), /must be \/4 to \/26/);
            await named("proxies", "10.1.0.0/26", proxies);
            await assert.rejects(
                named("second", "10.1.1.0/26", proxies),
                /already an active proxy-only subnetwork '.*proxies'/,
            );
            await named("second", "10.1.1.0/26", { ...proxies, role: "BACKUP" });
        });

        it("are checked by the provider", async () => {
            const wrong = async (inputs: PropertyMap) =>
                (await cloud.problems(subnetworkType, { network, ipCidrRange: "10.0.0.0/20", ...inputs })).join();
            assert.equal(await wrong({ logConfig: { flowSampling: 0.5, metadata: "INCLUDE_ALL_METADATA" } }), "");
            assert.match(await wrong({ ipCidrRange: "10.0.0.1/20" }), /^ipCidrRange: .*expected 10\.0\.0\.0\/20/);
            assert.match(
                await wrong({ secondaryIpRanges: [secondary("Pods", "10.4.0.0/14")] }),
                /^secondaryIpRanges: "Pods"/,
            );
            assert.match(await wrong({ logConfig: { flowSampling: 2 } }), /^logConfig\.flowSampling: must be 0 to 1/);
            assert.match(
                await wrong({ purpose: "REGIONAL_MANAGED_PROXY", logConfig: {} }),
                /^logConfig: flow logs are not/,
            );
        });

        it("grow in place, and are replaced for anything less", async () => {
            const olds = { network, ipCidrRange: "10.0.0.0/20", name: "nodes" };
            assert.deepEqual(await cloud.changes(subnetworkType, olds, { ipCidrRange: "10.0.0.0/16" }), [
                "ipCidrRange",
            ]);
            assert.deepEqual(await cloud.changes(subnetworkType, olds, { ipCidrRange: "10.0.0.0/24" }), [
                "!ipCidrRange",
            ]);
            assert.deepEqual(await cloud.changes(subnetworkType, olds, { ipCidrRange: "10.9.0.0/20" }), [
                "!ipCidrRange",
            ]);
            const news = { description: "x", privateIpGoogleAccess: true, logConfig: {}, purpose: "PRIVATE" };
            assert.deepEqual(await cloud.changes(subnetworkType, olds, news), [
                "!description",
                "privateIpGoogleAccess",
                "logConfig",
                "!purpose",
            ]);
        });

        it("keep the ranges that a cluster has", async () => {
            const ranges = [secondary("pods", "10.4.0.0/14"), secondary("services", "10.8.0.0/20")];
            const olds = { network, ipCidrRange: "10.0.0.0/20", name: "nodes", secondaryIpRanges: ranges };
            const { id: subnetwork, outputs } = await cloud.made(subnetworkType, olds);
            const ipAllocationPolicy = { clusterSecondaryRangeName: "pods" };
            const id = `projects/p/locations/${region}/clusters/wandb`;
            await cloud.provider.inventory.plant({
                type: clusterType,
                id,
                inputs: { network, subnetwork, ipAllocationPolicy },
                outputs: {},
            });
            const without = (at: number) => ({ ...olds, secondaryIpRanges: ranges.filter((_, index) => index !== at) });
            await assert.rejects(
                cloud.update(subnetworkType, subnetwork, without(0), outputs),
                /The secondary range 'pods' of subnetwork '.*' is already being used by 'projects\/p\/locations/,
            );
            await cloud.update(subnetworkType, subnetwork, without(1), outputs);
            await assert.rejects(
                cloud.delete(subnetworkType, subnetwork),
                /Error when reading or editing Subnetwork: googleapi: Error 400: The subnetwork resource '.*' is already being used by 'projects\/p\/locations\/.*', resourceInUseByAnotherResource/,
            );
        });

        it("stay while a load balancer has an address in them", async () => {
            const subnetwork = await named("nodes", "10.0.0.0/20");
            const rule = { type: forwardingRuleType, id: `${Regional}/forwardingRules/internal` };
            await cloud.provider.inventory.plant({ ...rule, inputs: { network, subnetwork }, outputs: {} });
            await assert.rejects(
                cloud.delete(subnetworkType, subnetwork),
                /is already being used by '.*forwardingRules\/internal'/,
            );
        });

        it("are told with their ranges, by name or URL", async () => {
            const id = await named("nodes", "10.0.0.0/20", { secondaryIpRanges: [secondary("pods", "10.4.0.0/14")] });
            const token = "gcp:compute/getSubnetwork:getSubnetwork";
            for (const inputs of [{ name: "nodes" }, { selfLink: id }] as PropertyMap[]) {
                const found = await cloud.ask(token, inputs);
                const { ipCidrRange, secondaryIpRanges, privateIpGoogleAccess } = found;
                assert.deepEqual(
                    [found["id"], ipCidrRange, secondaryIpRanges, privateIpGoogleAccess],
                    [id, "10.0.0.0/20", [secondary("pods", "10.4.0.0/14")], false],
                );
                assert.equal(found["network"], `https://www.googleapis.com/compute/v1/${network}`);
            }
            await assert.rejects(
                cloud.ask(token, { name: "nodes", region: "us-east1" }),
                /us-east1\/subnetworks\/nodes not found/,
            );
        });
    });

    describe("firewall rules", () => {
        it("lie in a network, allow or deny, and keep the network", async () => {
            const network = await cloud.network();
            const rule = {
                network,
                name: "health",
                allows: [{ protocol: "tcp", ports: ["8080"] }],
                sourceRanges: ["35.191.0.0/16"],
            };
            const id = await cloud.make(firewallType, rule);
            assert.equal(id, `${Global}/firewalls/health`);
            await assert.rejects(
                cloud.delete(networkType, network),
                /is already being used by '.*\/firewalls\/health'/,
            );
            const wrong = async (inputs: PropertyMap) =>
                (await cloud.problems(firewallType, { ...rule, ...inputs })).join();
            assert.match(await wrong({ denies: [{ protocol: "all" }] }), /^allows: one of allow and deny/);
            assert.match(await wrong({ direction: "EGRESS" }), /^direction: an egress rule has no sources/);
            assert.match(await wrong({ priority: 70_000 }), /^priority: must be 0 to 65535/);
            assert.match(await wrong({ sourceRanges: ["0.0.0.1/0"] }), /^sourceRanges\[0\]: /);
            await assert.rejects(
                cloud.make(firewallType, { ...rule, name: "b", network: `${network}-2` }),
                /main-2' was not found/,
            );
            assert.deepEqual(await cloud.changes(firewallType, rule, { network: "x", priority: 1 }), [
                "!network",
                "priority",
            ]);
        });
    });

    it("tells the zones of a region in their order", async () => {
        const token = "gcp:compute/getZones:getZones";
        assert.deepEqual(
            (await cloud.ask(token, {}))["names"],
            ["a", "b", "c"].map((letter) => `${region}-${letter}`),
        );
        assert.deepEqual((await cloud.ask(token, { region: "us-east1", status: "UP" }))["names"], [
            "us-east1-b",
            "us-east1-c",
            "us-east1-d",
        ]);
        await assert.rejects(cloud.ask(token, { region: "mars-1" }), /region 'mars-1' not found/);
    });
});
