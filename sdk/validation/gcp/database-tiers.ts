import { GcpDatabaseEdition, type GcpDatabaseArgs } from "../../gcp/args/database";
import { seriesOf } from "../../gcp/args/database-tiers";
import type { Section } from "../section";
import { given, list } from "../wording";

type Database = Section<GcpDatabaseArgs>;

/** Numbers of vCPUs that the predefined machine types have: https://docs.cloud.google.com/sql/docs/mysql/machine-series-overview */
const Predefined: Readonly<Record<string, readonly number[]>> = {
    "db-n1-standard": [1, 2, 4, 8, 16, 32, 64, 96],
    "db-n1-highmem": [2, 4, 8, 16, 32, 64, 96],
    "db-perf-optimized-N": [2, 4, 8, 16, 32, 48, 64, 80, 96, 128],
};

const Examples: Readonly<Record<GcpDatabaseEdition, string>> = {
    ENTERPRISE: "db-custom-4-26624",
    ENTERPRISE_PLUS: "db-perf-optimized-N-4",
};

/** `tier`, `edition`, `dataCache` and `diskType`, which must go together. */
export function checkTier(database: Database): void {
    database.check("tier", wrongTier);
    const tier = database.text("tier");
    const series = tier === undefined ? undefined : seriesOf(tier);
    const edition = editionOf(database);
    if (series !== undefined && edition !== undefined && series.edition !== edition) {
        database.refuse(
            "tier",
            `is a machine type of ${series.edition} ${given(tier ?? "")}, but the edition is ${edition}. Set \`${database.at("edition")}\` to ${series.edition}, or give a machine type of ${edition}, for example ${Examples[edition]}.`,
        );
    }
    if (database.flag("dataCache") === true && edition === GcpDatabaseEdition.Enterprise) {
        database.refuse(
            "dataCache",
            `is true, but only ENTERPRISE_PLUS has such a cache. Leave it out, or set \`edition\`.`,
        );
    }
    const disk = database.text("diskType");
    const disks: readonly string[] = series?.diskTypes ?? [];
    if (disk !== undefined && series !== undefined && !disks.includes(disk)) {
        database.refuse(
            "diskType",
            `is no disk of machine type ${tier} ${given(disk)}. Use ${list(disks, "or")}, or leave it out.`,
        );
    }
}

/** The edition that is given, or the one that is taken; absent while it is not known. */
export function editionOf(database: Database): GcpDatabaseEdition | undefined {
    if (!database.has("edition")) {
        return GcpDatabaseEdition.Enterprise;
    }
    const named = database.text("edition");
    return Object.values(GcpDatabaseEdition).find((edition) => edition === named);
}

function wrongTier(tier: string): string | undefined {
    if (seriesOf(tier) === undefined) {
        return `is not a machine type of Cloud SQL for MySQL ${given(tier)}. Give for example ${Examples.ENTERPRISE}, or ${Examples.ENTERPRISE_PLUS} for ENTERPRISE_PLUS.`;
    }
    const [, n4, cpus, megabytes] = /^db-custom-(N4-)?(\d+)-(\d+)$/.exec(tier) ?? [];
    if (cpus !== undefined) {
        return wrongCustom(tier, Number(cpus), Number(megabytes), n4 !== undefined);
    }
    const [, name = "", count] = /^(.*)-(\d+)$/.exec(tier) ?? [];
    const counts = Predefined[name];
    return counts !== undefined && !counts.includes(Number(count))
        ? `is not a machine type of Cloud SQL ${given(tier)}: ${name} has ${list(counts.map(String), "or")} vCPUs. Choose one.`
        : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/instance-settings */
function wrongCustom(tier: string, cpus: number, megabytes: number, n4: boolean): string | undefined {
    const mostCpus = n4 ? 80 : 96;
    if (cpus < 1 || cpus > mostCpus || (cpus > 1 && cpus % 2 === 1)) {
        return `has ${cpus} vCPUs ${given(tier)}, and Cloud SQL takes 1 or an even number up to ${mostCpus}. Give for example ${Examples.ENTERPRISE}.`;
    }
    const [least, most] = [0.9, n4 ? 8 : 6.5].map((gigabytes) => Math.floor(gigabytes * cpus * 4) * 256);
    return megabytes % 256 !== 0 || megabytes < Math.max(least, 3840) || megabytes > most
        ? `has ${megabytes} MB of memory ${given(tier)}, and Cloud SQL takes multiples of 256 from ${Math.max(least, 3840)} to ${most} with that many vCPUs. Give for example ${Examples.ENTERPRISE}.`
        : undefined;
}
