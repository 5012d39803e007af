/** What a part of the Azure side is made in: a resource group that is there, against mocks or the simulated Azure. */
import * as pulumi from "@pulumi/pulumi";
import { azure } from "../../sandbox/clouds/azure";
import { resourceGroupType } from "../../sandbox/clouds/azure/arm";
import { groupId } from "../../sandbox/clouds/azure/ids";
import { natGatewayType, subnetType, vnetType } from "../../sandbox/clouds/azure/network/shared";
import type { Inventory, Row } from "../../sandbox/clouds/inventory";
import { readRequests } from "../../sandbox/clouds/requests";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import type { AzureExistingNetworkArgs } from "../../sdk/azure/args/network";
import type { Protection } from "../../sdk/protection";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import { TestCloud } from "./cloud-frame";
import { type Given, GraphRecorder } from "./graph";
import { ModelledCloud } from "./modelled-cloud";

/** The subscription and tenant of the READMEs. */
export const subscriptionId = "00000000-0000-4000-8000-000000000001";
export const tenantId = "00000000-0000-4000-8000-000000000002";
/** The region of the READMEs. */
export const location = "westeurope";
export const resourceGroupName = "wandb-group";
export const resourceGroupId = groupId(subscriptionId, resourceGroupName);

/** Id of a thing in the planted group: `idIn("Microsoft.Network/virtualNetworks/hub")`. */
export function idIn(path: string, group = resourceGroupId): string {
    return `${group}/providers/${path}`;
}

export interface PartSettings extends Partial<Omit<Protection, "parent">> {
    readonly name?: string;
    readonly tags?: AzureDeploymentScope["tags"];
}

class Owner extends pulumi.ComponentResource {
    constructor(name: string) {
        super("wandb:index:WandbDeployment", name, {});
    }
}

/** A scope in the group, as `createResourceGroup` gives it. */
export function azureScope(settings: PartSettings = {}): AzureDeploymentScope {
    const { name = "wandb", tags = { team: "ml" }, deletionProtection = true, retainData = false } = settings;
    return {
        name,
        parent: new Owner(name),
        resourceGroupName: pulumi.output(resourceGroupName),
        resourceGroupId: pulumi.output(resourceGroupId),
        location: pulumi.output(location),
        subscriptionId: pulumi.output(subscriptionId),
        tenantId: pulumi.output(tenantId),
        tags,
        deletionProtection,
        retainData,
    };
}

export interface AzurePartOptions extends PartSettings {
    readonly preview?: boolean;
    readonly outputs?: Readonly<Record<string, Given>>;
    readonly answers?: Readonly<Record<string, Given>>;
}

/** One part, made against mocks. */
export async function makeAzurePart<T>(
    make: (scope: AzureDeploymentScope) => T,
    { preview = false, outputs, answers, ...settings }: AzurePartOptions = {},
): Promise<{ readonly graph: GraphRecorder; readonly made: T }> {
    const graph = await GraphRecorder.start({ preview, outputs, answers });
    const made = make(azureScope(settings));
    await pulumi.runtime.disconnect();
    return { graph, made };
}

/** A simulated Azure with the group in it. Remove it when done. */
export async function azureCloud(config: PropertyMap = {}): Promise<TestCloud> {
    const cloud = new TestCloud({ cloud: azure });
    cloud.provider.configure(properties({ subscriptionId, tenantId, location, ...config }));
    await plantGroup(cloud.provider.inventory);
    return cloud;
}

export async function plantGroup(inventory: Inventory, name = resourceGroupName, place = location): Promise<string> {
    const id = groupId(subscriptionId, name);
    const inputs = { resourceGroupName: name, location: place };
    const outputs = { ...inputs, name, type: "Microsoft.Resources/resourceGroups" };
    await inventory.plant({ type: resourceGroupType, id, inputs, outputs });
    return id;
}

/** One part, made on the simulated Azure. @throws when Azure refuses anything that it asks for, of which the mocks tell nobody */
export async function runAzurePart<T>(
    cloud: TestCloud,
    make: (scope: AzureDeploymentScope) => T,
    settings: PartSettings = {},
): Promise<{ readonly run: ModelledCloud; readonly made: T }> {
    const { provider, dir } = cloud;
    const before = readRequests(dir).length;
    const refused: string[] = [];
    const check = provider.check.bind(provider);
    provider.check = async (request) => {
        const checked = await check(request);
        refused.push(...checked.problems.map(({ property, reason }) => `${request.urn}: ${property}: ${reason}`));
        return checked;
    };
    try {
        const run = await ModelledCloud.start(cloud);
        const made = make(azureScope(settings));
        await pulumi.runtime.disconnect();
        const errors = readRequests(dir).slice(before);
        refused.push(...errors.flatMap(({ error, urn }) => (error === undefined ? [] : [`${urn ?? ""}: ${error}`])));
        if (refused.length > 0) {
            throw new Error(refused.join("\n"));
        }
        return { run, made };
    } finally {
        provider.check = check;
    }
}

/** What is there besides resource groups: type and id of each. */
export function azureThings({ provider }: TestCloud): string[] {
    return provider.inventory
        .rows()
        .filter(({ type }) => type !== resourceGroupType)
        .map(({ type, id }) => `${type} ${id}`);
}

/** A network of a user, with a subnet for everything. Gives the arguments that name it. */
export async function plantNetwork(
    inventory: Inventory,
): Promise<Required<Record<keyof AzureExistingNetworkArgs, string>>> {
    const vnetId = idIn("Microsoft.Network/virtualNetworks/hub");
    const names = { virtualNetworkName: "hub", resourceGroupName };
    const space = { addressSpace: { addressPrefixes: ["10.30.0.0/16"] } };
    const here = { name: "hub", location };
    await inventory.plant({ type: vnetType, id: vnetId, inputs: { ...names, ...space, location }, outputs: here });
    const natId = idIn("Microsoft.Network/natGateways/hub-nat");
    await inventory.plant({ type: natGatewayType, id: natId, inputs: { natGatewayName: "hub-nat" }, outputs: here });
    const plant = async (name: string, addressPrefix: string, more: Row["inputs"] = {}): Promise<string> => {
        const id = `${vnetId}/subnets/${name}`;
        const inputs = { ...names, subnetName: name, addressPrefix, ...more };
        await inventory.plant({ type: subnetType, id, inputs, outputs: { ...inputs, name } });
        return id;
    };
    const delegated = (serviceName: string) => ({ delegations: [{ name: "service", serviceName }] });
    return {
        vnetId,
        nodeSubnetId: await plant("nodes", "10.30.16.0/20", { natGateway: { id: natId } }),
        endpointSubnetId: await plant("endpoints", "10.30.1.0/24"),
        gatewaySubnetId: await plant("gateway", "10.30.0.0/24", delegated("Microsoft.Network/applicationGateways")),
        databaseSubnetId: await plant("database", "10.30.3.0/24", delegated("Microsoft.DBforMySQL/flexibleServers")),
        apiServerSubnetId: await plant("api", "10.30.2.0/28", delegated("Microsoft.ContainerService/managedClusters")),
        privateLinkSubnetId: await plant("link", "10.30.4.0/24", { privateLinkServiceNetworkPolicies: "Disabled" }),
    };
}
