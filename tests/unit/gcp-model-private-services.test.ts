/** The rules of simulated private services access and Cloud DNS: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { managedZoneType, recordSetType } from "../../sandbox/clouds/gcp/compute/dns-zones";
import { producerRow, producerType } from "../../sandbox/clouds/gcp/compute/producers";
import { connectionType, globalAddressType, networkType } from "../../sandbox/clouds/gcp/compute/shared";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { Apis, GcpNetworkCloud, Global } from "../support/gcp-network";

const peering = "gcp:compute/getNetworkPeering:getNetworkPeering";
const stillUsed =
    /Unable to remove Service Networking Connection, .*Producer services \(e\.g\. CloudSQL.*are still using this connection/;

describe("simulated private services access", () => {
    let cloud: GcpNetworkCloud;
    let network: string;
    beforeEach(async () => {
        cloud = await GcpNetworkCloud.start();
        network = await cloud.network();
        await cloud.range(network);
    });
    afterEach(() => cloud.remove());

    it("connects a network by a peering", async () => {
        await assert.rejects(cloud.ask(peering, { network, name: "servicenetworking-googleapis-com" }), /not found/);
        const id = await cloud.connection(network);
        assert.equal(id, `${encodeURIComponent(network)}:servicenetworking.googleapis.com`);
        const found = await cloud.ask(peering, { network, name: "servicenetworking-googleapis-com" });
        assert.equal(found["state"], "ACTIVE");
    });

    it("needs both APIs, the network, and ranges of it", async () => {
        for (const [missing, words] of [
            ["servicenetworking", /Service Networking API has not been used/],
            ["cloudresourcemanager", /Cloud Resource Manager API has not been used/],
        ] as const) {
            const closed = await GcpNetworkCloud.start(Apis.filter((api) => api !== missing));
            const other = await closed.network();
            await closed.range(other);
            await assert.rejects(closed.connection(other), words);
            closed.remove();
        }
        await assert.rejects(cloud.connection(`${network}-2`), /Network main-2 not found in project example-project/);
        await assert.rejects(cloud.connection(network, { reservedPeeringRanges: ["gone"] }), /range 'gone' not found/);
        const second = await cloud.network("second");
        await assert.rejects(cloud.connection(second), /range 'services' not found in network/);
        assert.match(
            (
                await cloud.problems(connectionType, {
                    network,
                    service: "other.googleapis.com",
                    reservedPeeringRanges: [],
                })
            ).join(),
            /service: must be one of servicenetworking\.googleapis\.com/,
        );
    });

    const database = { type: "gcp:sql/databaseInstance:DatabaseInstance", id: "projects/p/instances/db" };
    const plantDatabase = () =>
        cloud.provider.inventory.plant({
            ...database,
            inputs: { settings: { ipConfiguration: { privateNetwork: network } } },
            outputs: {},
        });
    const remove = (row: { type: string; id: string }) =>
        cloud.provider.inventory.change((rows) => rows.remove(row.type, row.id));

    it("cannot be taken away while a database has an address behind it, nor for days afterwards", async () => {
        const id = await cloud.connection(network);
        await plantDatabase();
        await assert.rejects(cloud.delete(connectionType, id), stillUsed);
        const held = producerRow(network, "db");
        await cloud.provider.inventory.plant(held);
        await remove(database);
        await assert.rejects(cloud.delete(connectionType, id), stillUsed);
        await remove(held);
        await cloud.delete(connectionType, id);
        assert.deepEqual(cloud.left(connectionType), []);
    });

    it("minds caches that use it, and no others", async () => {
        const id = await cloud.connection(network);
        const cache = { type: "gcp:redis/instance:Instance", id: "projects/p/instances/cache" };
        const inputs = { authorizedNetwork: network, connectMode: "PRIVATE_SERVICE_ACCESS" };
        await cloud.provider.inventory.plant({ ...cache, inputs, outputs: {} });
        await assert.rejects(cloud.delete(connectionType, id), stillUsed);
        await remove(cache);
        await cloud.provider.inventory.plant({
            ...cache,
            inputs: { ...inputs, connectMode: "DIRECT_PEERING" },
            outputs: {},
        });
        await cloud.delete(connectionType, id);
    });

    it("stays when it is abandoned, keeps the network while a producer has it, and goes with it", async () => {
        const id = await cloud.connection(network, { deletionPolicy: "ABANDON" });
        const held = producerRow(network, "db");
        await cloud.provider.inventory.plant(held);
        await cloud.delete(connectionType, id);
        assert.equal(cloud.provider.inventory.get(connectionType, id)?.urn, undefined);
        await cloud.delete(globalAddressType, `${Global}/addresses/services`);
        await assert.rejects(
            cloud.delete(networkType, network),
            /main' is already being used by '.*main\/networkPeerings\/servicenetworking-googleapis-com'/,
        );
        await remove(held);
        await cloud.delete(networkType, network);
        assert.deepEqual([...cloud.left(connectionType), ...cloud.left(producerType)], []);
    });

    it("no longer keeps the network when it is removed by hand, whoever has addresses behind it", async () => {
        const id = await cloud.connection(network, { deletionPolicy: "ABANDON" });
        await cloud.provider.inventory.plant(producerRow(network, "db"));
        await cloud.delete(connectionType, id);
        await cloud.delete(globalAddressType, `${Global}/addresses/services`);
        await assert.rejects(cloud.delete(networkType, network), /networkPeerings/);
        await remove({ type: connectionType, id });
        await cloud.delete(networkType, network);
    });

    it("is taken over with its ranges, and with others only when told so", async () => {
        const id = await cloud.connection(network, { deletionPolicy: "ABANDON" });
        await cloud.delete(connectionType, id);
        await cloud.connection(network, { deletionPolicy: "ABANDON" });
        await cloud.delete(connectionType, id);
        await cloud.range(network, { name: "other" });
        const other = { reservedPeeringRanges: ["other"] };
        await assert.rejects(cloud.connection(network, other), /Cannot modify allocated ranges in CreateConnection/);
        await cloud.connection(network, { ...other, updateOnCreationFail: true });
        const row = cloud.provider.inventory.get(connectionType, id);
        assert.deepEqual(row?.inputs["reservedPeeringRanges"], ["other"]);
    });

    it("takes another range in place, and another network never", async () => {
        const olds = { network, service: "servicenetworking.googleapis.com", reservedPeeringRanges: ["services"] };
        assert.deepEqual(await cloud.changes(connectionType, olds, { reservedPeeringRanges: ["other"] }), [
            "reservedPeeringRanges[0]",
        ]);
        assert.deepEqual(await cloud.changes(connectionType, olds, { network: "x" }), ["!network"]);
        const { id, outputs } = await cloud.made(connectionType, olds);
        const news = { ...olds, reservedPeeringRanges: ["other"] };
        await assert.rejects(cloud.update(connectionType, id, news, outputs, "n3"), /range 'other' not found/);
        await cloud.range(network, { name: "other" });
        await cloud.update(connectionType, id, news, outputs, "n3");
    });
});

describe("simulated Cloud DNS", () => {
    let cloud: GcpNetworkCloud;
    let network: string;
    beforeEach(async () => {
        cloud = await GcpNetworkCloud.start();
        network = await cloud.network();
    });
    afterEach(() => cloud.remove());

    const zone = (more: PropertyMap = {}) =>
        cloud.made(managedZoneType, { name: "zone", dnsName: "example.com.", ...more });
    const seenBy = (...networks: string[]) => ({
        visibility: "private",
        privateVisibilityConfig: { networks: networks.map((networkUrl) => ({ networkUrl })) },
    });
    const record = (more: PropertyMap = {}) =>
        cloud.make(recordSetType, {
            managedZone: "zone",
            name: "wandb.example.com.",
            type: "A",
            ttl: 300,
            rrdatas: ["203.0.113.7"],
            ...more,
        });

    it("has public zones with name servers, and labels", async () => {
        const { id, outputs } = await zone({ labels: { team: "ml" } });
        assert.equal(id, "projects/example-project/managedZones/zone");
        assert.equal((outputs["nameServers"] as string[])[0], "ns-cloud-a1.googledomains.com.");
        assert.deepEqual(outputs["effectiveLabels"], { team: "ml", stage: "a", "goog-pulumi-provisioned": "true" });
        await assert.rejects(zone(), /Error creating ManagedZone: .*Error 409: .*named 'zone' already exists/);
        await assert.rejects(
            zone({ name: "b", dnsName: "example.org" }),
            /^Error: dnsName: must be a DNS name that ends with a dot/,
        );
        const closed = await GcpNetworkCloud.start([]);
        await assert.rejects(
            closed.make(managedZoneType, { name: "z", dnsName: "a.b." }),
            /Cloud DNS API has not been used/,
        );
        closed.remove();
    });

    it("has one private zone of a name for a network", async () => {
        await zone({ dnsName: "googleapis.com.", ...seenBy(network) });
        const again = { name: "again", dnsName: "googleapis.com." };
        await assert.rejects(zone({ ...again, ...seenBy(network) }), /sees the zone '.*zone' of the same DNS name/);
        await zone({ ...again, ...seenBy(await cloud.network("second")) });
        await assert.rejects(zone({ name: "c", ...seenBy(`${network}-2`) }), /named '.*main-2' was not found/);
        await assert.rejects(
            zone({ name: "c", ...seenBy(network), visibility: "public" }),
            /is for private zones only/,
        );
    });

    it("keeps a zone while it has records, unless told otherwise", async () => {
        const { id } = await zone();
        const entry = await record();
        await assert.rejects(
            cloud.delete(managedZoneType, id),
            /'zone' cannot be deleted because it contains one or more/,
        );
        await cloud.delete(recordSetType, entry);
        await cloud.delete(managedZoneType, id);
        await zone({ forceDestroy: true });
        await record();
        await cloud.delete(managedZoneType, id);
        assert.deepEqual(cloud.left(recordSetType), []);
    });

    it("has records of its zones", async () => {
        await zone();
        assert.equal(await record(), "projects/example-project/managedZones/zone/rrsets/wandb.example.com./A");
        await assert.rejects(record(), /Error 409: .*named 'wandb\.example\.com\. \(A\)' already exists/);
        await assert.rejects(
            record({ name: "wandb.example.org." }),
            /'wandb\.example\.org\.' is not in zone 'example\.com\.'/,
        );
        await assert.rejects(record({ name: "badexample.com." }), /is not in zone/);
        await assert.rejects(record({ managedZone: "gone" }), /named 'gone' does not exist/);
        await assert.rejects(
            record({ name: "wandb.example.com" }),
            /^Error: name: must be a DNS name that ends with a dot/,
        );
        await assert.rejects(
            record({ name: "b.example.com.", rrdatas: ["::1"] }),
            /^Error: rrdatas\[0\]: is no data of a record of type A/,
        );
    });

    it("lets an alias stand alone", async () => {
        await zone();
        await record({ name: "a.example.com.", type: "CNAME", rrdatas: ["b.example.com."] });
        await assert.rejects(record({ name: "a.example.com." }), /a CNAME cannot exist beside other records/);
        await record();
        const alias = { type: "CNAME", rrdatas: ["b.example.com."] };
        await assert.rejects(record(alias), /a CNAME cannot exist beside other records/);
        await assert.rejects(
            record({ ...alias, name: "example.com." }),
            /must have one target, and be none of the zone's own name/,
        );
        await record({ ...alias, name: "*.example.com." });
    });

    it("replaces what has another name, and changes what is behind it", async () => {
        const olds = { managedZone: "zone", name: "a.b.", type: "A", rrdatas: ["203.0.113.7"], ttl: 300 };
        assert.deepEqual(
            await cloud.changes(recordSetType, olds, { name: "c.b.", ttl: 60, rrdatas: ["203.0.113.8"] }),
            ["!name", "rrdatas[0]", "ttl"],
        );
        const news = { dnsName: "c.", visibility: "private", description: "x" };
        assert.deepEqual(await cloud.changes(managedZoneType, { dnsName: "b.", visibility: "public" }, news), [
            "!dnsName",
            "!visibility",
            "description",
        ]);
    });
});
