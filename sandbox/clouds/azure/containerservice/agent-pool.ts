/** Pools of nodes of Azure Kubernetes Service, as of @pulumi/azure-native 3.28. The nodes themselves are the sandbox's own. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { groupId, guidFor, identityOf, parentId, resourceId } from "../ids";
import { refusedCpus, refusedMachine } from "./machines";
import { refusedPoolSubnet } from "./network-rules";
import { poolInputs } from "./pool-inputs";
import { refusedPoolChange, refusedPoolSettings, refusedSkew } from "./pool-rules";
import { principalOf } from "./rights";
import { apiVersion, bad, clusterById, clusterType, part, partsIn, poolName, poolType, textsIn } from "./shared";
import { resolvedVersion } from "./versions";

export const agentPool: ResourceModel = arm(
    {
        type: "Microsoft.ContainerService/managedClusters/agentPools",
        apiVersion,
        names: ["resourceName", "agentPoolName"],
        parent: clusterType,
        name: poolName,
        tags: {},
    },
    {
        token: poolType,
        inputs: poolInputs,
        outputs: {
            currentOrchestratorVersion: { type: "string" },
            eTag: { type: "string" },
            nodeImageVersion: { type: "string" },
            provisioningState: { type: "string" },
        },
        // forceNewMap of the provider
        replaceOn: ["gpuInstanceProfile", "vmSize"],
        volatile: ["currentOrchestratorVersion", "eTag"],
        durationKey: "extra node pool",
        references: [
            {
                path: "vnetSubnetID",
                types: ["azure-native:network:Subnet"],
                holds: (subnet, holder) =>
                    bad(
                        `Subnet ${subnet.id} is in use by ${holder.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
                        "InUseSubnetCannotBeDeleted",
                    ),
            },
        ],
        refuse: (inputs, context) => refusedPool(inputs, context),
        computed: (inputs, context) => {
            const controlPlane = textOf(clusterOf(inputs, context)?.outputs["currentKubernetesVersion"]);
            const wanted = inputs["orchestratorVersion"];
            const said = typeof wanted === "string" ? resolvedVersion(wanted, true) : undefined;
            return {
                currentOrchestratorVersion:
                    context.previous !== undefined && context.previous["orchestratorVersion"] === (wanted ?? null)
                        ? (context.previous["currentOrchestratorVersion"] ?? controlPlane)
                        : (said ?? controlPlane),
                eTag: guidFor(JSON.stringify(inputs)),
                nodeImageVersion: "AKSUbuntu-2204gen2containerd-202611.01.0",
                provisioningState: "Succeeded",
            };
        },
        blocksDeletion: (row, inventory) => refusedDeletion(row, inventory),
    },
);

function clusterOf(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">) {
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const id = resourceId(group, "Microsoft.ContainerService/managedClusters", [textOf(inputs["resourceName"])]);
    return clusterById(inventory, id);
}

function refusedPool(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const cluster = clusterOf(inputs, context);
    if (cluster === undefined) {
        return armError(
            404,
            "ParentResourceNotFound",
            `Failed to perform 'write' on resource(s) of type 'managedClusters/agentPools', because the parent resource '${textOf(inputs["resourceName"])}' could not be found.`,
        );
    }
    const name = textOf(inputs["agentPoolName"]);
    const inline = partsIn(cluster.inputs["agentPoolProfiles"]).some((pool) => pool["name"] === name);
    if (previous === undefined && inline) {
        return `cannot create already existing resource '${cluster.id}/agentPools/${name}'`;
    }
    const [identityId = ""] = textsIn(part(cluster.inputs["identity"])["userAssignedIdentities"]);
    const location = textOf(cluster.outputs["location"]);
    const wanted = inputs["orchestratorVersion"];
    const version = typeof wanted === "string" ? resolvedVersion(wanted, true) : undefined;
    return (
        (previous === undefined ? undefined : refusedPoolChange(inputs, previous, "properties")) ??
        refusedPoolSettings(inputs, name, previous !== undefined) ??
        refusedMachine({ pool: inputs, name, location }) ??
        refusedSkew(version, textOf(cluster.outputs["currentKubernetesVersion"])) ??
        refusedPoolSubnet(
            {
                pool: { ...inputs, name },
                profile: part(cluster.outputs["networkProfile"]),
                principalId: principalOf(identityId, inventory) ?? "",
            },
            inventory,
        ) ??
        (previous === undefined ? refusedCpus([inputs], location, context) : undefined)
    );
}

/** https://learn.microsoft.com/azure/aks/use-system-pools#remove-a-system-node-pool */
function refusedDeletion(row: Row, inventory: InventoryView): string | undefined {
    const cluster = clusterById(inventory, parentId(row.id));
    const beside = [
        ...partsIn(cluster?.inputs["agentPoolProfiles"]),
        ...inventory
            .rows(poolType)
            .filter(({ id }) => id !== row.id && parentId(id) === parentId(row.id))
            .map((one) => one.inputs),
    ];
    return row.inputs["mode"] === "System" && !beside.some(({ mode }) => mode === "System")
        ? bad("There has to be at least one system agent pool.")
        : undefined;
}
