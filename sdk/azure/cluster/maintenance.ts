import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { type AzureClusterMaintenanceArgs, AzureWeekday } from "../args/cluster";
import type { AzureDeploymentScope } from "../scope";

/** When W&B is used least, with room for three zones of nodes. */
const Defaults: Required<AzureClusterMaintenanceArgs> = {
    day: AzureWeekday.Sunday,
    startTime: "00:00",
    hours: 8,
    utcOffset: "+00:00",
    intervalWeeks: 1,
};

/** What AKS calls the three kinds of its work, by a word for logical names. */
const Kinds = {
    releases: "default",
    versions: "aksManagedAutoUpgradeSchedule",
    "node-os": "aksManagedNodeOSUpgradeSchedule",
} as const;

/** When AKS may work on the cluster. One after the other: AKS takes one request about a cluster at a time. */
export function createMaintenance(
    { name, parent, resourceGroupName }: AzureDeploymentScope,
    cluster: ManagedCluster,
    args: AzureClusterMaintenanceArgs = {},
): void {
    const said = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    const { day, startTime, hours, utcOffset, intervalWeeks } = { ...Defaults, ...said };
    let last: MaintenanceConfiguration | undefined;
    for (const [word, configName] of Object.entries(Kinds)) {
        const weeks = configName === Kinds.versions ? intervalWeeks : 1;
        last = new MaintenanceConfiguration(
            `${name}-maintenance-${word}`,
            {
                configName,
                resourceGroupName,
                resourceName: cluster.name,
                maintenanceWindow: {
                    schedule: { weekly: { dayOfWeek: day, intervalWeeks: weeks } },
                    durationHours: hours,
                    startTime,
                    utcOffset,
                },
            },
            {
                parent,
                deletedWith: cluster,
                dependsOn: last === undefined ? [] : [last],
                // Azure tells the day of creation where none is said.
                ignoreChanges: ["maintenanceWindow.startDate"],
            },
        );
    }
}
