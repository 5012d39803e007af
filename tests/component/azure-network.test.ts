import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AzureOutbound, type AzureNetworkArgs } from "../../sdk/azure/args/network";
import type { NetworkFacts, PrivateService } from "../../sdk/azure/facts";
import { createNetwork, type NetworkInput, type NetworkWants } from "../../sdk/azure/network/network";
import { createResourceGroup } from "../../sdk/azure/resource-group";
import {
    azureScope,
    idIn,
    location,
    makeAzurePart,
    resourceGroupName,
    subscriptionId,
} from "../support/azure-platform";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

const everything: NetworkWants = { database: true, gateway: true, apiServer: true, privateLink: true, overlay: true };

/** The provider makes names of what has none. */
const outputs = {
    "azure-native:network:VirtualNetwork": { name: "wandb-vnet" },
    "azure-native:network:PrivateEndpoint": { name: "wandb-endpoint" },
    "azure-native:privatedns:PrivateZone": ({ privateZoneName }: Readonly<Record<string, unknown>>) => ({
        name: privateZoneName,
    }),
};

function lastPart(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

async function namesOf(resources: readonly pulumi.Resource[]): Promise<string[]> {
    return (await Promise.all(resources.map(({ urn }) => promiseOf(urn)))).map(lastPart);
}

interface Options extends Partial<NetworkInput> {
    readonly services?: readonly PrivateService[];
}

class Made {
    private constructor(
        readonly graph: GraphRecorder,
        readonly facts: NetworkFacts,
        readonly ready: readonly pulumi.Resource[],
    ) {}

    static async make(args: AzureNetworkArgs = {}, { services = [], wants = everything, ...rest }: Options = {}) {
        const { graph, made } = await makeAzurePart(
            (scope) => {
                const facts = createNetwork(scope, args, { wants, ...rest });
                const ready = services.flatMap((service) => facts.privateEndpoint({ service, targetId: "target" }));
                return { facts, ready };
            },
            { outputs },
        );
        return new Made(graph, made.facts, made.ready);
    }

    inputs(name: string): Record<string, unknown> {
        return this.graph.byName(name).inputs;
    }

    names(type: string): string[] {
        return this.graph.resources.filter((one) => one.type.endsWith(`:${type}`)).map(({ name }) => name);
    }

    after(name: string): string[] {
        return this.graph.byName(name).dependencies.map(lastPart).sort();
    }
}

describe("Azure network", () => {
    it("divides its range, each subnet for its use, and lets no machine out by itself", async () => {
        const made = await Made.make();
        assert.deepEqual(made.inputs("wandb-vnet"), {
            resourceGroupName,
            location,
            addressSpace: { addressPrefixes: ["10.10.0.0/16"] },
            enableDdosProtection: false,
            enableVmProtection: false,
            tags: { team: "ml" },
        });
        const common = {
            resourceGroupName,
            virtualNetworkName: "wandb-vnet",
            privateEndpointNetworkPolicies: "Enabled",
            privateLinkServiceNetworkPolicies: "Enabled",
        };
        const closed = { ...common, defaultOutboundAccess: false };
        const expected: Record<string, object> = {
            nodes: { ...closed, addressPrefix: "10.10.16.0/20", natGateway: { id: "wandb-nat-id" } },
            gateway: {
                ...common,
                addressPrefix: "10.10.0.0/24",
                networkSecurityGroup: { id: "wandb-gateway-security-id" },
                delegations: [{ name: "gateway", serviceName: "Microsoft.Network/applicationGateways" }],
            },
            endpoints: { ...closed, addressPrefix: "10.10.1.0/24" },
            "private-link": { ...closed, addressPrefix: "10.10.2.0/25", privateLinkServiceNetworkPolicies: "Disabled" },
            "api-server": {
                ...common,
                addressPrefix: "10.10.2.128/25",
                delegations: [{ name: "api-server", serviceName: "Microsoft.ContainerService/managedClusters" }],
            },
            database: {
                ...common,
                addressPrefix: "10.10.3.0/24",
                delegations: [{ name: "database", serviceName: "Microsoft.DBforMySQL/flexibleServers" }],
            },
        };
        for (const [word, inputs] of Object.entries(expected)) {
            assert.deepEqual(made.inputs(`wandb-${word}-subnet`), inputs, word);
        }
        assert.equal(made.names("Subnet").length, 6);
    });

    it("makes subnets one after the other, those first for which most waits", async () => {
        const made = await Made.make();
        const order = ["database", "gateway", "nodes", "api-server", "endpoints", "private-link"];
        order.slice(1).forEach((word, index) => {
            assert.ok(made.after(`wandb-${word}-subnet`).includes(`wandb-${order[index]}-subnet`), word);
        });
    });

    it("makes no subnet for what is not wanted, and keeps the chain whole", async () => {
        const wants = { database: false, gateway: false, apiServer: true, privateLink: false, overlay: true };
        const made = await Made.make({}, { wants });
        assert.deepEqual(made.names("Subnet"), [
            "wandb-nodes-subnet",
            "wandb-api-server-subnet",
            "wandb-endpoints-subnet",
        ]);
        assert.deepEqual(made.names("NetworkSecurityGroup"), []);
        assert.deepEqual(made.names("PrivateZone"), []);
        const { gatewaySubnetId, gatewayCidr, databaseSubnetId, privateLinkSubnetId, databaseZone } = made.facts;
        const absent = [gatewaySubnetId, gatewayCidr, databaseSubnetId, privateLinkSubnetId, databaseZone];
        assert.ok(absent.every((fact) => fact === undefined));
        assert.ok(made.after("wandb-endpoints-subnet").includes("wandb-api-server-subnet"));
    });

    it("leads nodes out by a NAT gateway under static addresses, on which they wait", async () => {
        const made = await Made.make({ natAddressCount: 2, natZone: "1", natIdleTimeout: 30 });
        assert.deepEqual(made.inputs("wandb-nat"), {
            resourceGroupName,
            location,
            sku: { name: "Standard" },
            idleTimeoutInMinutes: 30,
            publicIpAddresses: [{ id: "wandb-nat-address-1-id" }, { id: "wandb-nat-address-2-id" }],
            zones: ["1"],
            tags: { team: "ml" },
        });
        assert.deepEqual(made.inputs("wandb-nat-address-2")["zones"], ["1"]);
        assert.equal(made.inputs("wandb-nat-address-2")["publicIPAllocationMethod"], "Static");
        assert.deepEqual(await namesOf(made.facts.egress), ["wandb-nat", "wandb-nodes-subnet"]);
        assert.equal(made.facts.outbound, "nat-gateway");
    });

    it("uses addresses of the user's, routes, or AKS's own way", async () => {
        const own = await Made.make({ natAddressIds: ["mine"] });
        assert.deepEqual(own.names("PublicIPAddress"), []);
        assert.deepEqual(own.inputs("wandb-nat")["publicIpAddresses"], [{ id: "mine" }]);
        const routes = await Made.make({ outbound: AzureOutbound.Routes, routeTableId: "table" });
        assert.deepEqual(routes.inputs("wandb-nodes-subnet")["routeTable"], { id: "table" });
        assert.deepEqual([routes.names("NatGateway"), routes.facts.egress, routes.facts.outbound], [[], [], "routes"]);
        const aks = await Made.make({ outbound: AzureOutbound.LoadBalancer });
        assert.deepEqual([aks.names("NatGateway"), aks.facts.outbound], [[], "load-balancer"]);
    });

    describe("lets Azure manage the gateway, and", () => {
        const rulesOf = async (gatewayInbound?: NetworkInput["gatewayInbound"]) => {
            const made = await Made.make({}, { gatewayInbound });
            const rules = made.inputs("wandb-gateway-security")["securityRules"] as Record<string, unknown>[];
            assert.deepEqual(
                rules
                    .slice(0, 2)
                    .map((one) => [one["sourceAddressPrefix"], one["destinationPortRange"], one["access"]]),
                [
                    ["GatewayManager", "65200-65535", "Allow"],
                    ["AzureLoadBalancer", "*", "Allow"],
                ],
            );
            return rules
                .slice(2)
                .map((one) => [
                    one["sourceAddressPrefix"] ?? one["sourceAddressPrefixes"],
                    one["destinationPortRanges"],
                ]);
        };
        it("everybody in when nothing is said", async () => {
            assert.deepEqual(await rulesOf(), [["*", ["80", "443"]]]);
        });
        it("those on the list in, and nobody else", async () => {
            const cidrs = ["203.0.113.0/24", "198.51.100.7/32"];
            assert.deepEqual(await rulesOf({ cidrs, ports: [443] }), [[cidrs, ["443"]]]);
        });
        it("nobody from outside in when the list is empty", async () => {
            assert.deepEqual(await rulesOf({ cidrs: [] }), []);
        });
    });

    it("links the zone of the database's subnet to the network before anything is made in it", async () => {
        const made = await Made.make();
        assert.equal(
            made.inputs("wandb-database-subnet-zone")["privateZoneName"],
            "wandb.private.mysql.database.azure.com",
        );
        assert.deepEqual(made.inputs("wandb-database-subnet-zone-link"), {
            privateZoneName: "wandb.private.mysql.database.azure.com",
            resourceGroupName,
            location: "global",
            virtualNetwork: { id: "wandb-vnet-id" },
            registrationEnabled: false,
            tags: { team: "ml" },
        });
        assert.equal(await promiseOf(made.facts.databaseZone?.id ?? ""), "wandb-database-subnet-zone-id");
        assert.deepEqual(await namesOf(made.facts.databaseZone?.ready ?? []), ["wandb-database-subnet-zone-link"]);
    });

    it("links the network to a zone of the user's, in the group where that is", async () => {
        const hub = `/subscriptions/${subscriptionId}/resourceGroups/hub`;
        const databaseSubnet = idIn("Microsoft.Network/privateDnsZones/w.mysql.database.azure.com", hub);
        const made = await Made.make({ privateDnsZones: { databaseSubnet } });
        assert.deepEqual(made.names("PrivateZone"), []);
        const { privateZoneName, resourceGroupName: group } = made.inputs("wandb-database-subnet-zone-link");
        assert.deepEqual([privateZoneName, group], ["w.mysql.database.azure.com", "hub"]);
        assert.equal(await promiseOf(made.facts.databaseZone?.id ?? ""), databaseSubnet);
    });

    describe("private endpoints", () => {
        const services: Readonly<Record<PrivateService, readonly [group: string, zone: string]>> = {
            blob: ["blob", "privatelink.blob.core.windows.net"],
            queue: ["queue", "privatelink.queue.core.windows.net"],
            vault: ["vault", "privatelink.vaultcore.azure.net"],
            cache: ["redisCache", "privatelink.redis.cache.windows.net"],
            "managed-cache": ["redisEnterprise", "privatelink.redis.azure.net"],
            database: ["mysqlServer", "privatelink.mysql.database.azure.com"],
        };
        for (const [service, [group, zone]] of Object.entries(services) as [PrivateService, [string, string]][]) {
            it(`of ${service} are found in ${zone}`, async () => {
                const made = await Made.make({}, { services: [service] });
                const endpoint = made.inputs(`wandb-${service}-endpoint`);
                assert.deepEqual(endpoint["privateLinkServiceConnections"], [
                    { name: service, privateLinkServiceId: "target", groupIds: [group] },
                ]);
                assert.equal((endpoint["subnet"] as { id: string }).id, "wandb-endpoints-subnet-id");
                assert.equal(made.inputs(`wandb-${service}-zone`)["privateZoneName"], zone);
                assert.deepEqual(made.inputs(`wandb-${service}-endpoint-zone`), {
                    resourceGroupName,
                    privateEndpointName: "wandb-endpoint",
                    privateDnsZoneGroupName: "default",
                    privateDnsZoneConfigs: [
                        { name: zone.replaceAll(".", "-"), privateDnsZoneId: `wandb-${service}-zone-id` },
                    ],
                });
                const ready = [`wandb-${service}-endpoint-zone`, `wandb-${service}-zone-link`];
                assert.deepEqual(await namesOf(made.ready), ready);
            });
        }

        it("of one storage account are made one after the other", async () => {
            const made = await Made.make({}, { services: ["blob", "queue"] });
            assert.ok(made.after("wandb-queue-endpoint").includes("wandb-blob-endpoint"));
        });

        it("write into zones of the user's, and make none", async () => {
            const made = await Made.make(
                { privateDnsZones: { managedCache: "hub-zone" } },
                { services: ["managed-cache"] },
            );
            assert.deepEqual(made.names("PrivateZone"), ["wandb-database-subnet-zone"]);
            assert.deepEqual(made.inputs("wandb-managed-cache-endpoint-zone")["privateDnsZoneConfigs"], [
                { name: "privatelink-redis-azure-net", privateDnsZoneId: "hub-zone" },
            ]);
            assert.deepEqual(await namesOf(made.ready), ["wandb-managed-cache-endpoint-zone"]);
        });
    });

    it("has the names that are given", async () => {
        const made = await Made.make({
            vnetName: "v",
            subnetNames: { nodes: "n", apiServer: "a" },
            natGatewayName: "nat",
            natAddressNames: ["ip"],
            gatewaySecurityGroupName: "nsg",
            databaseZoneName: "d.mysql.database.azure.com",
            subnetCidrs: { nodes: "10.10.32.0/20" },
            dnsServers: ["10.0.0.4"],
            additionalCidrs: ["100.64.0.0/16"],
        });
        const given = [
            made.inputs("wandb-vnet")["virtualNetworkName"],
            made.inputs("wandb-nodes-subnet")["subnetName"],
            made.inputs("wandb-api-server-subnet")["subnetName"],
            made.inputs("wandb-nat")["natGatewayName"],
            made.inputs("wandb-nat-address-1")["publicIpAddressName"],
            made.inputs("wandb-gateway-security")["networkSecurityGroupName"],
            made.inputs("wandb-database-subnet-zone")["privateZoneName"],
        ];
        assert.deepEqual(given, ["v", "n", "a", "nat", "ip", "nsg", "d.mysql.database.azure.com"]);
        assert.equal(made.inputs("wandb-nodes-subnet")["addressPrefix"], "10.10.32.0/20");
        assert.equal(await promiseOf(made.facts.clientRanges["nodes"] ?? ""), "10.10.32.0/20");
        assert.deepEqual(made.inputs("wandb-vnet")["dhcpOptions"], { dnsServers: ["10.0.0.4"] });
        const space = { addressPrefixes: ["10.10.0.0/16", "100.64.0.0/16"] };
        assert.deepEqual(made.inputs("wandb-vnet")["addressSpace"], space);
    });
});

describe("Azure resource group", () => {
    it("is protected as what is in it, and ids are no secrets", async () => {
        const answers = {
            "azure-native:authorization:getClientConfig": { subscriptionId, tenantId: "t", clientId: "c" },
        };
        const graph = await GraphRecorder.start({ preview: false, answers });
        const { parent } = azureScope();
        const settings = {
            resourceGroup: undefined,
            location,
            tags: { team: "ml" },
            deletionProtection: true,
            retainData: true,
        };
        const scope = createResourceGroup("wandb", parent, settings);
        await pulumi.runtime.disconnect();
        const group = graph.byName("wandb-group");
        assert.deepEqual([group.protect, group.retainOnDelete], [true, true]);
        assert.deepEqual(group.inputs, { location, tags: { team: "ml" } });
        assert.equal(await pulumi.isSecret(scope.subscriptionId), false);
        assert.equal(await promiseOf(scope.subscriptionId), subscriptionId);
    });
});
