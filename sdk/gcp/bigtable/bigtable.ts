import { GCPolicy, Instance, Table } from "@pulumi/gcp/bigtable";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import type { Apis } from "../apis";
import type { GcpBigtableArgs } from "../args/bigtable";
import { physicalName } from "../name";
import type { GcpDeploymentScope } from "../scope";

export interface BigtableArgs {
    readonly bigtable: GcpBigtableArgs;
    /** Id of the key of all clusters; without it Google's own keys encrypt. */
    readonly keyId: pulumi.Output<string> | undefined;
    readonly apis: Apis;
}

export interface BigtableOutputs {
    /** Name of the instance, known once its tables are there. */
    readonly instance: pulumi.Output<string>;
}

/** Makes the instance of W&B's history store. */
export function createBigtable(scope: GcpDeploymentScope, args: BigtableArgs): BigtableOutputs {
    return new Bigtable(scope, args).outputs;
}

class Bigtable extends pulumi.ComponentResource {
    readonly outputs: BigtableOutputs;

    constructor(scope: GcpDeploymentScope, args: BigtableArgs) {
        super("wandb:gcp:Bigtable", `${scope.name}-history-store`, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this };
        const instance = createInstance(inner, args);
        const policies = Object.entries(Tables).flatMap(([table, families]) =>
            createTable(inner, { instance, table, families, bigtable: args.bigtable }),
        );
        const ready = pulumi.all(policies.map(({ id }) => id));
        this.outputs = { instance: pulumi.all([instance.name, ready]).apply(([name]) => name) };
        this.registerOutputs({ instance: this.outputs.instance });
    }
}

/** Names that W&B reads and writes, with their column families. */
const Tables: Readonly<Record<string, readonly string[]>> = {
    "omni-history": ["x"],
    "omni-history-lookup": ["x"],
    runs: ["data", "metadata"],
    logs: ["line"],
    history: ["event"],
};

/** Names of clusters have at most 30 characters, and are made of the instance's. */
const LongestName = 27;

function createInstance(scope: GcpDeploymentScope, { bigtable, keyId, apis }: BigtableArgs): Instance {
    const { name, project, region, labels, deletionProtection, retainData } = scope;
    const instanceName = physicalName(scope, bigtable.instanceName, {
        word: "bigtable",
        beginning: `${name}-bigtable`,
        longest: LongestName,
    });
    const zones = bigtable.zones ?? [pulumi.interpolate`${region}-b`];
    return new Instance(
        `${name}-bigtable`,
        {
            name: instanceName,
            project,
            clusters: zones.map((zone, index) => ({
                clusterId:
                    bigtable.clusterNames?.[index] ??
                    instanceName.apply((known) => `${beginning(known)}-c${index + 1}`),
                zone,
                storageType: bigtable.storage ?? "SSD",
                kmsKeyName: keyId,
                autoscalingConfig: {
                    minNodes: bigtable.minNodes ?? 1,
                    maxNodes: bigtable.maxNodes ?? 3,
                    cpuTarget: bigtable.cpuTarget ?? 70,
                },
            })),
            deletionProtection,
            // Whoever turns the protection off wants it gone: without this an instance with backups cannot be deleted.
            forceDestroy: !deletionProtection && !retainData,
            labels,
        },
        // The name is the same in each run.
        { ...dataOptions(scope, apis.need("bigtableadmin")), deleteBeforeReplace: true },
    );
}

/** The name as far as `-c8` fits behind it; one of the caller's own may be longer. */
function beginning(instanceName: string): string {
    return instanceName.slice(0, LongestName).replace(/-+$/, "");
}

interface TableSettings {
    readonly instance: Instance;
    readonly table: string;
    readonly families: readonly string[];
    readonly bigtable: GcpBigtableArgs;
}

/** Makes a table of which only the last version of each cell is kept. */
function createTable(scope: GcpDeploymentScope, { instance, table, families, bigtable }: TableSettings): GCPolicy[] {
    const { name, project, deletionProtection } = scope;
    const { backupDays = 7 } = bigtable;
    const backups = backupDays === 0 ? { retentionPeriod: "0", frequency: "0" } : daily(backupDays);
    const created = new Table(
        `${name}-bigtable-${table}`,
        {
            name: table,
            project,
            instanceName: instance.name,
            columnFamilies: families.map((family) => ({ family })),
            automatedBackupPolicy: backups,
            deletionProtection: deletionProtection ? "PROTECTED" : "UNPROTECTED",
        },
        dataOptions(scope),
    );
    return families.map(
        (columnFamily) =>
            new GCPolicy(
                `${name}-bigtable-${table}-${columnFamily}`,
                {
                    project,
                    instanceName: instance.name,
                    table: created.name,
                    columnFamily,
                    gcRules: JSON.stringify({ rules: [{ max_version: 1 }] }),
                    // It goes with the table. Of a table that is copied it could not be deleted.
                    deletionPolicy: "ABANDON",
                },
                dataOptions(scope),
            ),
    );
}

/** Bigtable makes backups once a day only. */
function daily(days: number): { retentionPeriod: string; frequency: string } {
    return { retentionPeriod: `${days * 24}h0m0s`, frequency: "24h0m0s" };
}
