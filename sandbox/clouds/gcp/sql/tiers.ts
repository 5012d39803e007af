/** Machine types of Cloud SQL for MySQL: https://docs.cloud.google.com/sql/docs/mysql/machine-series-overview */

export interface Tier {
    readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
    /** The first one where none is given. */
    readonly diskTypes: readonly string[];
    /** Greatest disk in GB. */
    readonly mostDisk: number;
}

const standardDisk = 65_536;
/** https://docs.cloud.google.com/sql/docs/mysql/quotas#storage_limits */
const sharedDisk = 3054;

const attached = ["PD_SSD", "PD_HDD"];
const enterprise: Tier = { edition: "ENTERPRISE", diskTypes: attached, mostDisk: standardDisk };

const predefined: Readonly<Record<string, readonly number[]>> = {
    "db-n1-standard": [1, 2, 4, 8, 16, 32, 64, 96],
    "db-n1-highmem": [2, 4, 8, 16, 32, 64, 96],
    "db-perf-optimized-N": [2, 4, 8, 16, 32, 48, 64, 80, 96, 128],
    "db-memory-optimized-N": [4, 8, 16],
    "db-c4a-highmem": [1, 2, 4, 8, 16, 32, 48, 64, 72],
};

/** The machine type of that name; absent when there is none. */
export function tierOf(name: string): Tier | undefined {
    if (name === "db-f1-micro" || name === "db-g1-small") {
        return { ...enterprise, mostDisk: sharedDisk };
    }
    const custom = /^db-custom-(N4-)?(\d+)-(\d+)$/.exec(name);
    if (custom !== null) {
        return customTier(custom[1] !== undefined, Number(custom[2]), Number(custom[3]));
    }
    const [, series = "", cpus] = /^(db-[a-zA-Z0-9-]+)-(\d+)$/.exec(name) ?? [];
    if (predefined[series]?.includes(Number(cpus)) !== true) {
        return undefined;
    }
    if (series.startsWith("db-n1")) {
        return enterprise;
    }
    return {
        edition: "ENTERPRISE_PLUS",
        diskTypes: series === "db-c4a-highmem" ? ["HYPERDISK_BALANCED"] : ["PD_SSD"],
        mostDisk: standardDisk,
    };
}

/** https://docs.cloud.google.com/sql/docs/mysql/instance-settings: one or an even number of CPUs, memory in steps of 256 MB */
function customTier(n4: boolean, cpus: number, megabytes: number): Tier | undefined {
    const perCpu = megabytes / 1024 / cpus;
    const fits =
        (cpus === 1 || cpus % 2 === 0) &&
        cpus >= 1 &&
        cpus <= (n4 ? 80 : 96) &&
        megabytes % 256 === 0 &&
        megabytes >= 3840 &&
        perCpu >= 0.9 &&
        perCpu <= (n4 ? 8 : 6.5);
    return fits ? { ...enterprise, ...(n4 ? { diskTypes: ["HYPERDISK_BALANCED"] } : {}) } : undefined;
}
