import type { WandbDeploymentArgs } from "../../args";
import type { AzureMonitoringArgs } from "../../azure/args/extras";
import type { Section } from "../section";
import { flag, object } from "../shape";

export const monitoringShape = object<AzureMonitoringArgs>("AzureMonitoringArgs", { azureMonitor: flag });

/** `azure.monitoring` */
export function checkMonitoring(args: Section<WandbDeploymentArgs>): void {
    const monitoring = args.section("azure")?.section("monitoring");
    if (monitoring?.flag("azureMonitor") === true && args.has("database") && args.has("redis")) {
        monitoring.refuse(
            "azureMonitor",
            "is true, but `database` and `redis` name others, so there is nothing here to watch. Leave it out.",
        );
    }
}
