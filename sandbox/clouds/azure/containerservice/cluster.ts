/** The control plane of Azure Kubernetes Service, as of @pulumi/azure-native 3.28. It answers with the sandbox's own API server. */
import { emptyCluster } from "../../../control-plane/empty";
import type { Row } from "../../inventory";
import type { ComputeContext, InventoryView, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, placeOf, resourceGroupType, rowsWithin } from "../arm";
import { groupId, groupNameIn, guidFor, identityOf, lastName, resourceId, subscriptionIn } from "../ids";
import { identityType } from "../managedidentity/identity";
import { clusterInputs, clusterOutputs, replacesCluster } from "./cluster-inputs";
import { refusedCluster } from "./cluster-rules";
import { apiVersion, changed, clusterName, clusterType, part, partsIn, textsIn } from "./shared";
import { isBelow, resolvedVersion } from "./versions";

const identityArmType = "Microsoft.ManagedIdentity/userAssignedIdentities";

export const cluster: ResourceModel = arm(
    {
        type: "Microsoft.ContainerService/managedClusters",
        apiVersion,
        names: ["resourceName"],
        name: clusterName,
    },
    {
        token: clusterType,
        inputs: clusterInputs,
        outputs: clusterOutputs,
        replaceOn: replacesCluster,
        volatile: ["currentKubernetesVersion", "eTag"],
        durationKey: "aks cluster",
        references: [
            {
                path: "agentPoolProfiles[*].vnetSubnetID",
                types: ["azure-native:network:Subnet"],
                holds: inUse,
            },
            { path: "apiServerAccessProfile.subnetId", types: ["azure-native:network:Subnet"], holds: inUse },
        ],
        refuse: refusedCluster,
        computed: (inputs, context) => ({
            ...versions(inputs, context.previous),
            ...addresses(inputs, context),
            ...identities(inputs, context),
            ...networkTold(inputs),
            agentPoolProfiles: partsIn(inputs["agentPoolProfiles"]).map((pool) => ({
                ...pool,
                provisioningState: "Succeeded",
            })),
            eTag: guidFor(JSON.stringify(inputs)),
            maxAgentPools: 100,
            powerState: { code: "Running" },
            provisioningState: "Succeeded",
            systemData: {},
        }),
        brings: (row) => nodeGroup(row),
        takesAlong: (row, inventory) => inNodeGroup(row, inventory),
        // The sandbox has one API server: what it held is gone with the last cluster.
        afterDelete: (_row, { dir, inventory }) =>
            inventory.rows(clusterType).length === 0 ? emptyCluster(dir) : Promise.resolve(),
    },
);

/** https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/inusesubnetcannotbedeleted-error */
function inUse(subnet: Row, holder: Row): string {
    return `Status=400 Code="InUseSubnetCannotBeDeleted" Message="Subnet ${lastName(subnet.id)} is in use by ${holder.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet."`;
}

/** A minor version stands for its newest patch when the cluster is made; saying the same one again changes nothing. */
function versions(inputs: PropertyMap, previous: PropertyMap | undefined): PropertyMap {
    const wanted = inputs["kubernetesVersion"];
    const said = typeof wanted === "string" ? wanted : undefined;
    const resolved = resolvedVersion(said, inputs["supportPlan"] === "AKSLongTermSupport");
    const runs = textOf(previous?.["currentKubernetesVersion"], resolved ?? "");
    const moves = resolved !== undefined && changed("kubernetesVersion", inputs, previous) && isBelow(runs, resolved);
    return {
        currentKubernetesVersion: moves ? resolved : runs,
        kubernetesVersion: said ?? previous?.["kubernetesVersion"] ?? runs,
    };
}

function addresses(inputs: PropertyMap, context: ComputeContext): PropertyMap {
    const { id, config, previous } = context;
    const location = placeOf(inputs, context);
    const word = textOf(inputs["dnsPrefix"] ?? inputs["fqdnSubdomain"]);
    const host = `${word}-${guidFor(id).slice(0, 8)}`;
    const access = part(inputs["apiServerAccessProfile"]);
    const isPrivate = access["enablePrivateCluster"] === true;
    const zone = access["enableVnetIntegration"] === true ? "private" : "privatelink";
    const isPublic = !isPrivate || access["enablePrivateClusterPublicFQDN"] !== false;
    return {
        azurePortalFQDN: `${host}.portal.hcp.${location}.azmk8s.io`,
        fqdn: isPublic ? `${host}.hcp.${location}.azmk8s.io` : "",
        privateFQDN: isPrivate ? `${host}.${guidFor(`${id}/zone`)}.${zone}.${location}.azmk8s.io` : "",
        nodeResourceGroup: previous?.["nodeResourceGroup"] ?? nodeGroupName(inputs, id, location),
        oidcIssuerProfile: {
            enabled: part(inputs["oidcIssuerProfile"])["enabled"] === true,
            issuerURL: `https://${location}.oic.prod-aks.azure.com/${identityOf(config).tenantId}/${guidFor(id)}/`,
        },
        resourceUID: guidFor(id).replaceAll("-", "").slice(0, 24),
    };
}

/** Cut where it would be longer than AKS takes. */
function nodeGroupName(inputs: PropertyMap, id: string, location: string): string {
    return textOf(inputs["nodeResourceGroup"], `MC_${groupNameIn(id)}_${lastName(id)}_${location}`.slice(0, 80));
}

/** Add-ons that have an identity of their own, by the beginning of its name. */
const addonIdentities: Readonly<Record<string, string>> = {
    azurepolicy: "azurepolicy",
    ingressApplicationGateway: "ingressapplicationgateway",
    omsagent: "omsagent",
};

function identities(inputs: PropertyMap, context: ComputeContext): PropertyMap {
    const { id } = context;
    const location = placeOf(inputs, context);
    const group = groupId(subscriptionIn(id), nodeGroupName(inputs, id, location));
    const told = (word: string): PropertyMap => describe(group, word, id);
    const addons = Object.entries(part(inputs["addonProfiles"])).map(([name, profile]) => {
        const word = addonIdentities[name];
        const isOn = part(profile)["enabled"] === true && word !== undefined;
        return [name, { ...part(profile), ...(isOn ? { identity: told(`${word}-${lastName(id)}`) } : {}) }] as const;
    });
    const routing = part(part(inputs["ingressProfile"])["webAppRouting"]);
    return {
        addonProfiles: Object.fromEntries(addons),
        identityProfile: { kubeletidentity: told(`${lastName(id)}-agentpool`) },
        ...(routing["enabled"] === true
            ? {
                  ingressProfile: {
                      webAppRouting: { ...routing, identity: told(`webapprouting-${lastName(id)}`) },
                  },
              }
            : {}),
        identity: {
            type: "UserAssigned",
            userAssignedIdentities: Object.fromEntries(
                textsIn(part(inputs["identity"])["userAssignedIdentities"]).map((one) => [one, {}]),
            ),
        },
    };
}

function describe(group: string, name: string, clusterId: string): PropertyMap {
    return {
        clientId: guidFor(`${clusterId}/${name}/client`),
        objectId: guidFor(`${clusterId}/${name}/object`),
        resourceId: resourceId(group, identityArmType, [name]),
    };
}

/** Where a program says nothing: https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update#containerservicenetworkprofile */
function networkTold(inputs: PropertyMap): PropertyMap {
    const profile = part(inputs["networkProfile"]);
    return {
        networkProfile: {
            dnsServiceIP: "10.0.0.10",
            loadBalancerSku: "standard",
            networkDataplane: "azure",
            networkPlugin: "azure",
            outboundType: "loadBalancer",
            serviceCidr: "10.0.0.0/16",
            ...(profile["networkPluginMode"] === "overlay" ? { podCidr: "10.244.0.0/16" } : {}),
            ...profile,
        },
    };
}

/** The resource group of the nodes, and the identities of nodes and add-ons in it. */
function nodeGroup({ id, outputs }: Row): Row[] {
    const name = textOf(outputs["nodeResourceGroup"]);
    const group = groupId(subscriptionIn(id), name);
    const location = textOf(outputs["location"]);
    const addons = Object.values(part(outputs["addonProfiles"])).map((profile) => part(part(profile)["identity"]));
    const kubelet = part(part(outputs["identityProfile"])["kubeletidentity"]);
    const routing = part(part(part(outputs["ingressProfile"])["webAppRouting"])["identity"]);
    const made = [kubelet, routing, ...addons].filter(({ resourceId: one }) => one !== undefined);
    const inputs = { resourceGroupName: name, location };
    return [
        {
            type: resourceGroupType,
            id: group,
            state: "active",
            inputs: { ...inputs, managedBy: id },
            outputs: { ...inputs, name, type: "Microsoft.Resources/resourceGroups", managedBy: id },
        },
        ...made.map((identity): Row => {
            const resourceName = lastName(identity["resourceId"]);
            return {
                type: identityType,
                id: textOf(identity["resourceId"]),
                state: "active",
                inputs: { ...inputs, resourceName },
                outputs: {
                    ...inputs,
                    name: resourceName,
                    type: identityArmType,
                    clientId: textOf(identity["clientId"]),
                    principalId: textOf(identity["objectId"]),
                },
            };
        }),
    ];
}

function inNodeGroup({ id, outputs }: Row, inventory: InventoryView): Row[] {
    const group = groupId(subscriptionIn(id), textOf(outputs["nodeResourceGroup"]));
    const own = inventory.find(resourceGroupType, (row) => row.id === group);
    return own === undefined ? [] : [own, ...rowsWithin(inventory, group)];
}
