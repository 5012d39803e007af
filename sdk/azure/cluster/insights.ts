import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { DataCollectionRule } from "@pulumi/azure-native/monitor/dataCollectionRule";
import { DataCollectionRuleAssociation } from "@pulumi/azure-native/monitor/dataCollectionRuleAssociation";
import type { AzureContainerInsightsArgs } from "../args/cluster";
import type { AzureDeploymentScope } from "../scope";

/** What Microsoft's own set-up collects: https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable */
const Streams = ["Microsoft-ContainerInsights-Group-Default"];
const Destination = "workspace";

/** Says what Container Insights sends where: without a rule the add-on sends nothing. */
export function createInsights(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    cluster: ManagedCluster,
    { workspaceId, workspaceLocation }: AzureContainerInsightsArgs,
): void {
    const rule = new DataCollectionRule(
        `${name}-insights`,
        {
            resourceGroupName,
            location: workspaceLocation ?? location,
            kind: "Linux",
            dataSources: {
                extensions: [
                    { name: "ContainerInsightsExtension", extensionName: "ContainerInsights", streams: Streams },
                ],
            },
            destinations: { logAnalytics: [{ name: Destination, workspaceResourceId: workspaceId }] },
            dataFlows: [{ streams: Streams, destinations: [Destination] }],
            tags,
        },
        { parent },
    );
    new DataCollectionRuleAssociation(
        `${name}-insights-cluster`,
        { associationName: "ContainerInsightsExtension", resourceUri: cluster.id, dataCollectionRuleId: rule.id },
        { parent },
    );
}
