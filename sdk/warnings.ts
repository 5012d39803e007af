import type { WandbDeploymentArgs } from "./args";
import { AzureCacheKind } from "./azure/args/cache";
import { AzureIngressController } from "./azure/args/entry";
import { crowdedGroups } from "./validation/aws/inbound-rules";
import { CloudNames } from "./validation/where";

/** The check that finds the same in free values; said here in the words of the arguments. */
export const InternalMysql = "mysql.internal";

/** What is allowed, but has a consequence that is better known before than after. */
export function warnings(args: WandbDeploymentArgs): string[] {
    const { access, aws, gcp, database, chart, checks, operator } = args;
    const found = crowdedGroups(args);
    const cloud = CloudNames.find((one) => args[one] !== undefined);
    const made = cloud !== undefined && args[cloud]?.network?.existing === undefined;
    if (access?.private === true && made && gcp?.cluster?.dnsEndpoint !== true) {
        found.push(
            "access.private: the API server has no public endpoint, in a network that is made here too: from outside of it `pulumi up` stops at the first " +
                `object in the cluster. Run it inside \`${cloud}.network.existing\`, or begin with \`access.cidrs\` and change over in a second run, which is in place.`,
        );
    }
    const taints = aws?.cluster?.nodes?.taints ?? [];
    if (taints.length > 0 && operator?.values?.tolerations === undefined) {
        found.push(
            "aws.cluster.nodes.taints: the operator's own pod tolerates none of them, so it has no node to run on. " +
                "Give `operator.values.tolerations`, and `components.<name>.tolerations` for W&B's pods.",
        );
    }
    if (database?.install === true && checks?.silence?.[InternalMysql] === undefined) {
        found.push(
            "database.install: MySQL runs in the cluster as one pod with one volume and no backup, which is not for production. " +
                `Give \`database.host\` of an external MySQL 8. [${InternalMysql}]`,
        );
    }
    const credentials = chart?.credentials ? "credentials" : "credentialsSecret";
    if (chart?.repository !== undefined && chart[credentials] !== undefined) {
        found.push(
            `chart.${credentials}: when the custom resource is deleted, the operator asks the repository again, and without credentials: ` +
                "deletion would never end. Before you destroy, change `chart` to `oci` or `path` and run `pulumi up`.",
        );
    }
    return [...found, ...azureWarnings(args)];
}

function azureWarnings({ azure }: WandbDeploymentArgs): string[] {
    const { cache, database, loadBalancer } = azure ?? {};
    const found: string[] = [];
    if (loadBalancer?.controller === AzureIngressController.AppRouting) {
        found.push(
            "azure.loadBalancer.controller: Microsoft supports the add-on's NGINX with security patches until November 2026 only. " +
                "Use application-gateway, or a controller of your own by `ingress.className`.",
        );
    }
    if (cache?.kind === AzureCacheKind.AzureCache) {
        found.push(
            "azure.cache.kind: Azure Cache for Redis has Redis 6, and W&B asks for 7. Microsoft retires it on 2028-09-30, and makes none for tenants " +
                "that had none before April 2026. Leave `kind` out for Azure Managed Redis.",
        );
    }
    if (database?.maintenanceWindow !== undefined) {
        found.push(
            "azure.database.maintenanceWindow: Azure takes it when it changes a server, not when it makes one. " +
                "Look at the server after the first `pulumi up`, and set the window there should it have none.",
        );
    }
    return found;
}
