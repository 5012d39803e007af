/** Resource group and network against the simulated Azure: it accepts what the component asks for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { azure } from "../../sandbox/clouds/azure";
import { resourceGroupType } from "../../sandbox/clouds/azure/arm";
import { groupId } from "../../sandbox/clouds/azure/ids";
import {
    natGatewayType,
    privateRecordType,
    publicAddressType,
    subnetType,
    zoneLinkType,
} from "../../sandbox/clouds/azure/network/shared";
import { properties, textOf } from "../../sandbox/clouds/values";
import { AzureOutbound, type AzureExistingNetworkArgs, type AzureNetworkArgs } from "../../sdk/azure/args/network";
import type { NetworkFacts } from "../../sdk/azure/facts";
import { createNetwork, type NetworkWants } from "../../sdk/azure/network/network";
import { createResourceGroup } from "../../sdk/azure/resource-group";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import { failureOf } from "../support/aws-part";
import {
    azureCloud,
    azureThings,
    idIn,
    location,
    plantGroup,
    plantNetwork,
    resourceGroupName,
    runAzurePart,
    subscriptionId,
    tenantId,
} from "../support/azure-platform";
import { TestCloud } from "../support/cloud-frame";
import { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

const everything: NetworkWants = { database: true, gateway: true, apiServer: true, privateLink: true, overlay: true };
const nothing: NetworkWants = { database: false, gateway: false, apiServer: false, privateLink: false, overlay: true };

/** Deletes what Azure refuses first as early as the edges allow. */
const dangerous = ["-vnet", "nat-address", "-nat", "security", "zone", "subnet", "endpoint"];
const mostDangerous = (candidates: readonly string[]): string => {
    const rank = (name: string): number => dangerous.findIndex((word) => name.includes(word)) >>> 0;
    return [...candidates].sort((one, other) => rank(one) - rank(other))[0];
};

describe("Azure network on the simulated Azure", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    async function make(args: AzureNetworkArgs, wants = everything, targets: readonly string[] = []) {
        return runAzurePart(cloud, (scope: AzureDeploymentScope) => {
            const facts = createNetwork(scope, args, { wants });
            const ready = targets.flatMap((targetId) => facts.privateEndpoint({ service: "blob", targetId }));
            return { facts, ready };
        });
    }

    /** Something to reach, as other parts make it. */
    async function plantAccount(): Promise<string> {
        const id = idIn("Microsoft.Storage/storageAccounts/wandbstorage");
        const type = "azure-native:storage:StorageAccount";
        await cloud.provider.inventory.plant({ type, id, inputs: {}, outputs: { name: "wandbstorage" } });
        return id;
    }

    const variants: Readonly<Record<string, AzureNetworkArgs>> = {
        "the default one": {},
        "a small one with many addresses": { cidr: "192.168.0.0/23", natAddressCount: 3, natZone: "2" },
        "one with a plan of its own": {
            cidr: "10.20.0.0/16",
            additionalCidrs: ["100.64.0.0/20"],
            subnetCidrs: { nodes: "100.64.0.0/20", gateway: "10.20.200.0/24" },
            dnsServers: ["10.0.0.4"],
        },
        "one behind AKS's own load balancer": { outbound: AzureOutbound.LoadBalancer },
    };
    for (const [name, args] of Object.entries(variants)) {
        it(`makes ${name}, and lets it go again`, async () => {
            const targetId = await plantAccount();
            const { run } = await make(args, everything, [targetId]);
            assert.equal(cloud.provider.inventory.view().rows(subnetType).length, 6);
            await run.destroy(mostDangerous);
            assert.deepEqual(azureThings(cloud), [`azure-native:storage:StorageAccount ${targetId}`]);
        });
    }

    it("goes away in any order that the edges allow", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), async (draws) => {
                const { run } = await make({});
                let step = 0;
                await run.destroy((candidates) => candidates[draws[step++ % draws.length] % candidates.length]);
                assert.deepEqual(azureThings(cloud), []);
            }),
            { numRuns: 4 },
        );
    });

    it("has no subnet that nothing needs", async () => {
        await make({}, nothing);
        const names = cloud.provider.inventory
            .view()
            .rows(subnetType)
            .map(({ outputs }) => textOf(outputs["name"]));
        assert.deepEqual(names, ["wandb-nodes-subnet", "wandb-endpoints-subnet"]);
    });

    it("finds what a private endpoint reaches by its usual name", async () => {
        await make({}, nothing, [await plantAccount()]);
        const [record] = cloud.provider.inventory.view().rows(privateRecordType);
        assert.equal(
            record?.id,
            idIn("Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net/A/wandbstorage"),
        );
        assert.deepEqual(record?.outputs["aRecords"], [{ ipv4Address: "10.10.1.4" }]);
    });

    it("gives the NAT gateway its addresses in its zone", async () => {
        await make({ natAddressCount: 2, natZone: "3" }, nothing);
        const view = cloud.provider.inventory.view();
        assert.deepEqual(view.rows(natGatewayType)[0]?.inputs["zones"], ["3"]);
        assert.equal(view.rows(publicAddressType).length, 2);
    });

    describe("of the user's own", () => {
        async function own(given: Partial<AzureExistingNetworkArgs> = {}): Promise<AzureExistingNetworkArgs> {
            return { ...(await plantNetwork(cloud.provider.inventory)), ...given };
        }

        it("is used as it is, and stays", async () => {
            const existing = await own();
            const before = azureThings(cloud);
            const targetId = await plantAccount();
            const { run, made } = await make({ existing }, everything, [targetId]);
            assert.equal(await promiseOf(made.facts.nodeSubnetId), existing.nodeSubnetId);
            assert.equal(await promiseOf(made.facts.gatewayCidr ?? ""), "10.30.0.0/24");
            assert.deepEqual(Object.keys(made.facts.clientRanges), ["nodes"]);
            assert.equal(await promiseOf(made.facts.clientRanges["nodes"] ?? ""), "10.30.16.0/20");
            assert.equal(cloud.provider.inventory.view().rows(zoneLinkType).length, 2);
            await run.destroy(mostDangerous);
            assert.deepEqual(azureThings(cloud), [...before, `azure-native:storage:StorageAccount ${targetId}`]);
        });

        const wrong: readonly (readonly [string, (given: AzureExistingNetworkArgs) => AzureNetworkArgs, RegExp])[] = [
            [
                "a subnet of the database that is left to nobody",
                (given) => ({ existing: { ...given, databaseSubnetId: given.nodeSubnetId } }),
                /azure\.network\.existing\.databaseSubnetId: is delegated to nothing .*Give one delegated to Microsoft\.DBforMySQL\/flexibleServers\./,
            ],
            [
                "nodes in the subnet of the database",
                (given) => ({ existing: { ...given, nodeSubnetId: given.databaseSubnetId ?? "" } }),
                /azure\.network\.existing\.nodeSubnetId: is delegated to Microsoft\.DBforMySQL\/flexibleServers .*Give one that is delegated to nothing\./,
            ],
            [
                "routes that are not there",
                (given) => ({ existing: given, outbound: AzureOutbound.Routes }),
                /azure\.network\.existing\.nodeSubnetId: has no route table .*Attach one with a default route\./,
            ],
            [
                "a subnet that is not there",
                (given) => ({ existing: { ...given, gatewaySubnetId: `${textOf(given.gatewaySubnetId as string)}x` } }),
                /azure\.network\.existing\.gatewaySubnetId: cannot be read .*gatewayx" given.*Give the id of a subnet/,
            ],
        ];
        for (const [name, args, message] of wrong) {
            it(`is refused with ${name}`, async () => {
                const given = await own();
                const run = await ModelledCloud.start(cloud);
                assert.ok(run);
                const facts = factsOf(args(given));
                assert.match(await failureOf(facts.vnetId), message);
            });
        }

        function factsOf(args: AzureNetworkArgs): NetworkFacts {
            const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
            const group = { existingName: resourceGroupName };
            const settings = { location, tags: undefined, deletionProtection: true, retainData: false };
            const scope = createResourceGroup("wandb", parent, { ...settings, resourceGroup: group });
            return createNetwork(scope, args, { wants: everything });
        }
    });
});

describe("Azure resource group on the simulated Azure", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: azure });
        cloud.provider.configure(properties({ subscriptionId, tenantId, location: "northeurope" }));
    });
    afterEach(() => cloud.remove());

    async function make(given: Partial<Parameters<typeof createResourceGroup>[2]>) {
        const run = await ModelledCloud.start(cloud);
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const settings = { location: undefined, tags: { team: "ml" }, deletionProtection: true, retainData: false };
        const scope = createResourceGroup("wandb", parent, { resourceGroup: undefined, ...settings, ...given });
        await pulumi.runtime.disconnect();
        return { run, scope };
    }

    it("is made in the provider's region, and told apart by eight digits", async () => {
        const { run, scope } = await make({});
        assert.match(await promiseOf(scope.resourceGroupName), /^wandb-group[0-9a-f]{8}$/);
        assert.equal(await promiseOf(scope.location), "northeurope");
        assert.equal(await promiseOf(scope.subscriptionId), subscriptionId);
        assert.equal(await promiseOf(scope.tenantId), tenantId);
        const id = groupId(subscriptionId, await promiseOf(scope.resourceGroupName));
        assert.equal(await promiseOf(scope.resourceGroupId), id);
        await run.destroy(mostDangerous);
        assert.deepEqual(cloud.provider.inventory.rows(), []);
    });

    it("has the name and the region that are given", async () => {
        const { scope } = await make({ resourceGroup: { name: "ml-group" }, location: "westeurope" });
        assert.equal(await promiseOf(scope.resourceGroupName), "ml-group");
        assert.equal(await promiseOf(scope.location), "westeurope");
    });

    it("of the user's own gives its region, which another one overrides", async () => {
        await plantGroup(cloud.provider.inventory, "theirs", "uksouth");
        const first = await make({ resourceGroup: { existingName: "theirs" } });
        assert.equal(await promiseOf(first.scope.location), "uksouth");
        const second = await make({ resourceGroup: { existingName: "theirs" }, location: "ukwest" });
        assert.equal(await promiseOf(second.scope.location), "ukwest");
        assert.equal(cloud.provider.inventory.view().rows(resourceGroupType).length, 1);
    });

    it("that is not there is told by its argument", async () => {
        await ModelledCloud.start(cloud);
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const settings = { location: undefined, tags: undefined, deletionProtection: true, retainData: false };
        const { location: place } = createResourceGroup("wandb", parent, {
            ...settings,
            resourceGroup: { existingName: "none" },
        });
        assert.match(
            await failureOf(place),
            /^azure\.resourceGroup\.existingName: cannot be read \("none" given\): .*Give the name of a resource group/,
        );
    });
});
