/** The stack `azure` of the root program: W&B on a simulated Azure, from the resource group on. */
import { dnsZoneToken } from "../clouds/azure/dns";
import { resourceGroupType } from "../clouds/azure/arm";
import { groupId, resourceId } from "../clouds/azure/ids";
import { Inventory } from "../clouds/inventory";
import { sandboxLicense } from "./local";
import { sandboxDir, type SandboxStack } from "./stack";

const subscriptionId = "00000000-0000-4000-8000-00000000005b";
const zoneName = "sandbox.example";
const group = groupId(subscriptionId, "dns");
const zoneId = resourceId(group, "Microsoft.Network/dnsZones", [zoneName]);

export const azureStack: SandboxStack = {
    name: "azure",
    dir: sandboxDir("azure"),
    /** A public zone of the domain in a group of its own: subscriptions have one before they get a W&B. */
    plant: async ({ dir }) => {
        const inventory = new Inventory(dir, "azure-native");
        if (inventory.get(dnsZoneToken, zoneId) === undefined) {
            const groupInputs = { resourceGroupName: "dns", location: "westeurope" };
            const groupOutputs = { ...groupInputs, name: "dns", type: "Microsoft.Resources/resourceGroups" };
            await inventory.plant({ type: resourceGroupType, id: group, inputs: groupInputs, outputs: groupOutputs });
            const inputs = { resourceGroupName: "dns", zoneName, location: "Global" };
            await inventory.plant({
                type: dnsZoneToken,
                id: zoneId,
                inputs,
                outputs: { name: zoneName, location: "global", zoneType: "Public", type: "Microsoft.Network/dnsZones" },
            });
        }
    },
    firstSettings: [
        { path: "azure-native:subscriptionId", value: subscriptionId },
        { path: "azure-native:location", value: "westeurope" },
        { path: "host", value: "https://wandb.sandbox.example" },
        { path: "license", value: sandboxLicense(), secret: true },
        { path: "access.cidrs[0]", value: "203.0.113.0/24" },
        { path: "azure.dns.zoneId", value: zoneId },
        // So that `npm stop` can remove everything.
        { path: "deletionProtection", value: "false" },
    ],
    serviceSettings: ({ operator }) => [
        { path: "operator.chart.repository", value: operator.repositoryUrl },
        { path: "operator.channelUrl", value: operator.channelUrl },
        { path: "charts.certManager.repository", value: operator.repositoryUrl },
    ],
};
