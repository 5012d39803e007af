import { Configuration } from "@pulumi/azure-native/dbformysql/configuration";
import type { Server } from "@pulumi/azure-native/dbformysql/server";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureDeploymentScope } from "../scope";

type Parameters = Readonly<Record<string, string>>;

/**
 * W&B's own Terraform module and its requirements page ask for these. The format of the binary log is always ROW on Azure, and `sync_binlog` and
 * `innodb_flush_log_at_trx_commit` are 1 unless somebody changes them. One is smaller than on that page, as in the module: Microsoft does not say how much Azure takes
 * of `sort_buffer_size`. https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters
 */
const Ours: Parameters = {
    binlog_row_image: "minimal",
    innodb_online_alter_log_max_size: "268435456",
    long_query_time: "4",
    max_binlog_size: "1073741824",
    max_execution_time: "600000",
    max_prepared_stmt_count: "1048576",
    require_secure_transport: "ON",
    slow_query_log: "ON",
    sort_buffer_size: "524288",
};

/**
 * Sets the parameters of a server, one after the other: Azure refuses to change two at a time.
 *
 * @param after what is written to the server before
 */
export function setParameters(
    scope: AzureDeploymentScope,
    server: Server,
    given: Parameters = {},
    after: pulumi.Resource | undefined,
): Configuration[] {
    const all = { ...Ours, ...given };
    const set: Configuration[] = [];
    for (const name of Object.keys(all).sort()) {
        const before = set.at(-1) ?? after;
        const configuration = new Configuration(
            `${scope.name}-database-${name.replaceAll("_", "-")}`,
            {
                resourceGroupName: scope.resourceGroupName,
                serverName: server.name,
                configurationName: name,
                value: all[name],
                // Without it Azure takes the value for its own default, and refuses any other.
                source: "user-override",
            },
            // Unprotected, so that leaving one out gives back Azure's default. With the server they go unasked.
            { parent: scope.parent, dependsOn: before, deletedWith: server },
        );
        set.push(configuration);
    }
    return set;
}
