/** The simulated Azure as Microsoft documents it: resource groups, locks, networks and private DNS. */
import assert from "node:assert/strict";
import { lockType } from "../../sandbox/clouds/azure/locks";
import { resourceGroupType } from "../../sandbox/clouds/azure/arm";
import {
    natGatewayType,
    privateEndpointType,
    privateRecordType,
    privateZoneType,
    publicAddressType,
    securityGroupType,
    subnetType,
    vnetType,
    zoneGroupType,
    zoneLinkType,
} from "../../sandbox/clouds/azure/network/shared";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { azureCloud, azureThings, idIn, location, resourceGroupId, resourceGroupName } from "../support/azure-platform";
import { type TestCloud, urnOf } from "../support/cloud-frame";

const here = { resourceGroupName, location };
const everywhere = { resourceGroupName, location: "global" };

describe("the simulated Azure", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    /** Checks and makes; gives the id. */
    async function make(type: string, inputs: PropertyMap, name = "one"): Promise<string> {
        const { inputs: checked, problems } = await cloud.check(type, inputs);
        assert.deepEqual(problems, [], type);
        return (await cloud.create(type, checked, name)).id;
    }

    async function update(type: string, id: string, news: PropertyMap): Promise<void> {
        const { inputs } = await cloud.check(type, news);
        const oldOutputs = properties(cloud.provider.inventory.get(type, id)?.outputs ?? {});
        await cloud.provider.update({ urn: urnOf(type), id, oldOutputs, news: inputs, preview: false });
    }

    async function replaces(type: string, olds: PropertyMap, news: PropertyMap, name = "one"): Promise<string> {
        const { changes, deleteBeforeReplace } = await cloud.provider.diff({
            urn: urnOf(type, name),
            id: "x",
            oldInputs: properties(olds),
            news: properties(news),
        });
        const replaced = changes.filter((change) => change.replaces).map(({ path }) => path);
        return replaced.length === 0 ? "" : `${replaced.join()} ${deleteBeforeReplace ? "old first" : "new first"}`;
    }

    const network = () =>
        make(vnetType, { ...here, virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
    const subnet = (name: string, addressPrefix: string, more: PropertyMap = {}) =>
        make(subnetType, { resourceGroupName, virtualNetworkName: "net", subnetName: name, addressPrefix, ...more });
    const zone = (privateZoneName = "a.example.com", more: PropertyMap = {}) =>
        make(privateZoneType, { ...everywhere, privateZoneName, ...more });
    const link = (name: string, vnet: string, privateZoneName = "a.example.com", group = resourceGroupName) =>
        make(zoneLinkType, {
            resourceGroupName: group,
            location: "global",
            privateZoneName,
            virtualNetworkLinkName: name,
            virtualNetwork: { id: vnet },
        });
    const address = (publicIpAddressName: string, more: PropertyMap = {}) =>
        make(publicAddressType, {
            ...here,
            publicIpAddressName,
            publicIPAllocationMethod: "Static",
            sku: { name: "Standard" },
            ...more,
        });

    describe("names", () => {
        it("adds eight digits to what is in a resource group itself, and none to what is in another thing", async () => {
            const group = await cloud.check(vnetType, { ...here, addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
            assert.match(textOf(group.inputs.values["virtualNetworkName"]), /^one[0-9a-f]{8}$/);
            const child = await cloud.check(subnetType, {
                resourceGroupName,
                virtualNetworkName: "net",
                addressPrefix: "10.0.0.0/24",
            });
            assert.equal(child.inputs.values["subnetName"], "one");
        });

        it("lets the new one come first where the name was made up only", async () => {
            const olds = { ...here, virtualNetworkName: "one0a1b2c3d" };
            assert.equal(await replaces(vnetType, olds, { ...olds, location: "uksouth" }), "location new first");
            const given = { ...here, virtualNetworkName: "net" };
            assert.equal(await replaces(vnetType, given, { ...given, location: "uksouth" }), "location old first");
        });

        it("refuses what is there already, and what Microsoft does not take for a name", async () => {
            await network();
            await assert.rejects(network(), /cannot create already existing resource '.*virtualNetworks\/net'/);
            const wrong = { ...here, virtualNetworkName: "-net", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
            assert.match((await cloud.problems(vnetType, wrong)).join(), /virtualNetworkName: must be 2 to 64 letters/);
        });
    });

    describe("resource groups", () => {
        it("must be there", async () => {
            await assert.rejects(
                make(publicAddressType, { ...here, resourceGroupName: "none" }),
                /Status=404 Code="ResourceGroupNotFound" Message="Resource group 'none' could not be found\."/,
            );
        });

        it("are in a region that there is, and go with all that is in them", async () => {
            await assert.rejects(
                make(resourceGroupType, { location: "atlantis" }),
                /LocationNotAvailableForResourceGroup/,
            );
            await network();
            await subnet("a", "10.0.0.0/24");
            await cloud.delete(resourceGroupType, resourceGroupId);
            assert.deepEqual(cloud.provider.inventory.rows(), []);
        });

        it("want a region, the provider's when none is given", async () => {
            cloud.provider.configure(properties({}));
            assert.match((await cloud.problems(resourceGroupType, {})).join(), /missing required property 'location'/);
        });
    });

    describe("locks", () => {
        it("keep a thing, what it is in, and what is in it from deletion until they go", async () => {
            const vnet = await network();
            const inside = await subnet("a", "10.0.0.0/24");
            const lock = await make(lockType, { scope: vnet, level: "CanNotDelete", lockName: "keep" });
            for (const [type, id] of [
                [vnetType, vnet],
                [subnetType, inside],
                [resourceGroupType, resourceGroupId],
            ]) {
                await assert.rejects(cloud.delete(type, id), /Code="ScopeLocked" .*locked: '.*virtualNetworks\/net'/);
            }
            await subnet("b", "10.0.1.0/24");
            await cloud.delete(lockType, lock);
            await cloud.delete(vnetType, vnet);
            assert.deepEqual(azureThings(cloud), []);
        });

        it("for reading only keep it from changes, too", async () => {
            await make(lockType, { scope: await network(), level: "ReadOnly", lockName: "keep" });
            await assert.rejects(subnet("a", "10.0.0.0/24"), /ScopeLocked.*write operation/);
        });

        it("are on something", async () => {
            const scope = idIn("Microsoft.Network/virtualNetworks/none");
            await assert.rejects(make(lockType, { scope, level: "CanNotDelete" }), /ResourceNotFound/);
        });
    });

    describe("tags", () => {
        const tags = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
        it("are 50 at most, 15 for private DNS, and without some signs", async () => {
            await address("a", { tags: tags(50) });
            await assert.rejects(address("b", { tags: tags(51) }), /TooManyTags/);
            await assert.rejects(zone("b.example.com", { tags: tags(16) }), /TooManyTags.*'15'/);
            await assert.rejects(address("c", { tags: { "a/b": "x" } }), /InvalidTagNameCharacters/);
            await address("d", { tags: { "a b": "x" } });
            await assert.rejects(zone("c.example.com", { tags: { "a b": "x" } }), /InvalidTagNameCharacters/);
            await assert.rejects(address("e", { tags: { a: "x".repeat(257) } }), /InvalidTagValueLength/);
        });
    });

    describe("subnets", () => {
        it("lie within their network, apart from each other, in one that is there", async () => {
            await assert.rejects(subnet("a", "10.0.0.0/24"), /Code="ParentResourceNotFound"/);
            await network();
            await subnet("a", "10.0.0.0/24");
            await assert.rejects(subnet("b", "10.1.0.0/24"), /NetcfgSubnetRangeOutsideVnet/);
            await assert.rejects(subnet("b", "10.0.0.128/25"), /NetcfgSubnetRangesOverlap/);
        });

        it("are not smaller than /29", async () => {
            const inputs = { resourceGroupName, virtualNetworkName: "net", addressPrefix: "10.0.0.0/30" };
            assert.match((await cloud.problems(subnetType, inputs)).join(), /is too small/);
        });

        it("are made one after the other", async () => {
            await network();
            const row = { inputs: {}, outputs: {}, state: "creating" as const, readyAt: Date.now() + 60_000 };
            const id = idIn("Microsoft.Network/virtualNetworks/net/subnets/slow");
            await cloud.provider.inventory.change((inventory) => inventory.add({ ...row, type: subnetType, id }));
            await assert.rejects(subnet("a", "10.0.0.0/24"), /Status=409 Code="AnotherOperationInProgress"/);
        });

        it("keep range and delegation while something is in them, and stay", async () => {
            const vnet = await network();
            const id = await subnet("a", "10.0.0.0/24");
            await endpoint(id);
            const same = { resourceGroupName, virtualNetworkName: "net", subnetName: "a" };
            await assert.rejects(
                update(subnetType, id, { ...same, addressPrefix: "10.0.1.0/24" }),
                /InUsePrefixCannotBeDeleted/,
            );
            await assert.rejects(cloud.delete(subnetType, id), /InUseSubnetCannotBeDeleted.*privateEndpoints\/pe/);
            await assert.rejects(cloud.delete(vnetType, vnet), /InUseSubnetCannotBeDeleted/);
        });
    });

    it("keeps security groups, NAT gateways and addresses that are in use", async () => {
        await network();
        const group = await make(securityGroupType, { ...here, networkSecurityGroupName: "nsg" });
        const ip = await address("ip");
        const nat = await make(natGatewayType, { ...here, natGatewayName: "nat", publicIpAddresses: [{ id: ip }] });
        const id = await subnet("a", "10.0.0.0/24", { networkSecurityGroup: { id: group }, natGateway: { id: nat } });
        await assert.rejects(
            cloud.delete(securityGroupType, group),
            /InUseNetworkSecurityGroupCannotBeDeleted.*subnets\/a/,
        );
        await assert.rejects(cloud.delete(natGatewayType, nat), /InUseNatGatewayCannotBeDeleted.*subnets\/a/);
        await assert.rejects(cloud.delete(publicAddressType, ip), /PublicIPAddressCannotBeDeleted.*natGateways\/nat/);
        for (const [type, one] of [
            [subnetType, id],
            [natGatewayType, nat],
            [publicAddressType, ip],
            [securityGroupType, group],
        ]) {
            await cloud.delete(type, one);
        }
    });

    it("has rules of security groups with a priority of their own", async () => {
        const rule = (name: string, priority: number) => ({
            name,
            priority,
            direction: "Inbound",
            access: "Allow",
            protocol: "Tcp",
            sourceAddressPrefix: "*",
            sourcePortRange: "*",
            destinationAddressPrefix: "*",
            destinationPortRange: "443",
        });
        const problems = (...rules: PropertyMap[]) =>
            cloud.problems(securityGroupType, { ...here, securityRules: rules });
        assert.deepEqual(await problems(rule("a", 100), rule("b", 4096)), []);
        assert.match(
            (await problems(rule("a", 100), rule("b", 100))).join(),
            /Rules cannot have the same Priority and Direction/,
        );
        assert.match((await problems(rule("a", 99))).join(), /priority must be 100 to 4096/);
        assert.match(
            (await problems({ ...rule("a", 100), sourceAddressPrefixes: ["10.0.0.0/8"] })).join(),
            /and not both/,
        );
    });

    describe("public addresses", () => {
        it("are Standard and static, in zones that there are, which never change", async () => {
            await assert.rejects(address("a", { sku: { name: "Basic" } }), /retired/);
            await assert.rejects(
                address("b", { publicIPAllocationMethod: "Dynamic" }),
                /AllocationMethod set to Static/,
            );
            await assert.rejects(address("c", { location: "westus", zones: ["1"] }), /AvailabilityZones/);
            const inputs = {
                ...here,
                publicIpAddressName: "d",
                publicIPAllocationMethod: "Static",
                sku: { name: "Standard" },
            };
            const id = await make(publicAddressType, inputs);
            await assert.rejects(
                update(publicAddressType, id, { ...inputs, zones: ["1"] }),
                /ResourceAvailabilityZonesCannotBeModified/,
            );
        });

        it("have a name in the region's domain that nobody else has", async () => {
            const id = await address("a", { dnsSettings: { domainNameLabel: "wandb" } });
            const { outputs } = cloud.provider.inventory.get(publicAddressType, id) ?? {};
            assert.deepEqual(outputs?.["dnsSettings"], {
                domainNameLabel: "wandb",
                fqdn: "wandb.westeurope.cloudapp.azure.com",
            });
            await assert.rejects(address("b", { dnsSettings: { domainNameLabel: "wandb" } }), /DnsRecordInUse/);
        });

        it("serve one NAT gateway, of their own zone", async () => {
            const [ip, zonal] = [await address("a"), await address("b", { zones: ["1"] })];
            const nat = (name: string, id: string, more: PropertyMap = {}) =>
                make(natGatewayType, { ...here, natGatewayName: name, publicIpAddresses: [{ id }], ...more });
            await nat("one", ip);
            await assert.rejects(nat("two", ip), /PublicIPAddressInUse/);
            await assert.rejects(nat("two", zonal, { zones: ["2"] }), /NatGatewayZoneMismatch/);
            await nat("two", zonal, { zones: ["1"] });
        });
    });

    async function endpoint(subnetId: string, more: PropertyMap = {}): Promise<string> {
        const target = idIn("Microsoft.KeyVault/vaults/v");
        const planted = cloud.provider.inventory.get("azure-native:keyvault:Vault", target);
        if (planted === undefined) {
            const row = { type: "azure-native:keyvault:Vault", id: target, inputs: {}, outputs: {} };
            await cloud.provider.inventory.plant(row);
        }
        const connection = { name: "c", privateLinkServiceId: target, groupIds: ["vault"], ...more };
        return make(privateEndpointType, {
            ...here,
            privateEndpointName: "pe",
            subnet: { id: subnetId },
            privateLinkServiceConnections: [connection],
        });
    }

    describe("private endpoints", () => {
        it("reach what is there, by a group of its kind, from a subnet that is left to nobody", async () => {
            await network();
            const id = await subnet("a", "10.0.0.0/24");
            const database = { delegations: [{ name: "d", serviceName: "Microsoft.DBforMySQL/flexibleServers" }] };
            const delegated = await subnet("b", "10.0.1.0/24", database);
            await assert.rejects(endpoint(delegated), /PrivateEndpointCreationNotAllowedAsSubnetIsDelegated/);
            await assert.rejects(endpoint(id, { groupIds: ["blob"] }), /InvalidGroupId.*Valid: vault/);
            await assert.rejects(
                endpoint(id, { privateLinkServiceId: idIn("Microsoft.KeyVault/vaults/w") }),
                /was not found/,
            );
        });

        it("write their address into one group of zones, and take it along", async () => {
            await network();
            await endpoint(await subnet("a", "10.0.0.0/24"));
            const zoneId = await zone();
            const group = (privateDnsZoneGroupName: string) =>
                make(zoneGroupType, {
                    resourceGroupName,
                    privateEndpointName: "pe",
                    privateDnsZoneGroupName,
                    privateDnsZoneConfigs: [{ name: "z", privateDnsZoneId: zoneId }],
                });
            const id = await group("default");
            const [record] = cloud.provider.inventory.view().rows(privateRecordType);
            assert.deepEqual(
                [record?.id, record?.outputs["aRecords"]],
                [`${zoneId}/A/v`, [{ ipv4Address: "10.0.0.4" }]],
            );
            await assert.rejects(group("other"), /It can have one/);
            await cloud.delete(zoneGroupType, id);
            assert.deepEqual(cloud.provider.inventory.view().rows(privateRecordType), []);
        });

        it("move to another subnet as another endpoint", async () => {
            const olds = { privateEndpointName: "pe", subnet: { id: "a" } };
            assert.equal(
                await replaces(privateEndpointType, olds, { ...olds, subnet: { id: "b" } }),
                "subnet.id old first",
            );
        });
    });

    describe("private DNS zones", () => {
        it("are in no region, and stay while networks are linked", async () => {
            await assert.rejects(zone("a.example.com", { location }), /LocationNotAvailableForResourceType/);
            const id = await zone();
            const linked = await link("l", await network());
            await assert.rejects(cloud.delete(privateZoneType, id), /CannotDeleteResource.*virtualNetworkLinks\/l'/);
            await cloud.delete(zoneLinkType, linked);
            await cloud.delete(privateZoneType, id);
        });

        it("are linked to a network once, and no other of the name with them", async () => {
            const vnet = await network();
            await zone();
            await link("l", vnet);
            await assert.rejects(link("m", vnet), /is linked to zone 'a\.example\.com' already/);
            const other = await make(resourceGroupType, { location, resourceGroupName: "other" });
            assert.ok(other);
            await make(privateZoneType, {
                resourceGroupName: "other",
                location: "global",
                privateZoneName: "a.example.com",
            });
            await assert.rejects(link("l", vnet, "a.example.com", "other"), /overlapping namespaces/);
        });
    });
});
