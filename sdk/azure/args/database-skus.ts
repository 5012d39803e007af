/** Tiers of Azure Database for MySQL, as its API names them. */
export type DatabaseTier = "Burstable" | "GeneralPurpose" | "MemoryOptimized";

const Tiers: Readonly<Record<string, DatabaseTier>> = {
    B: "Burstable",
    D: "GeneralPurpose",
    E: "MemoryOptimized",
};

/** Tier of a size such as Standard_E4ds_v4; absent when it is none. https://learn.microsoft.com/azure/mysql/flexible-server/concepts-service-tiers-storage */
export function databaseTier(sku: string): DatabaseTier | undefined {
    const [, letter] = /^Standard_([BDE])\d+[a-z]+(_v\d+)?$/.exec(sku) ?? [];
    return letter === undefined ? undefined : Tiers[letter];
}

/** Most input and output operations per second by vCPUs and tier, of the page above. */
const MostIops: Readonly<Record<DatabaseTier, Readonly<Record<string, number>>>> = {
    Burstable: {
        "1ms": 640,
        "2s": 1280,
        "2ms": 1700,
        "4ms": 2400,
        "8ms": 3100,
        "12ms": 3800,
        "16ms": 4300,
        "20ms": 5000,
    },
    GeneralPurpose: { 2: 3200, 4: 6400, 8: 12_800, 16: 20_000, 32: 20_000, 48: 48_000, 64: 48_000, 96: 48_000 },
    MemoryOptimized: {
        2: 5000,
        4: 10_000,
        8: 18_000,
        16: 28_000,
        20: 28_000,
        32: 38_000,
        48: 48_000,
        64: 64_000,
        80: 72_000,
        96: 80_000,
    },
};

/** Most operations per second of a size; absent when the page says nothing of it. */
export function mostIops(sku: string): number | undefined {
    const tier = databaseTier(sku);
    const [, size, vcpus] = /^Standard_[BDE]((\d+)[a-z]+)/.exec(sku) ?? [];
    return tier === undefined ? undefined : MostIops[tier][tier === "Burstable" ? size : vcpus];
}

/** Largest disk in GiB. */
export function largestDisk(tier: DatabaseTier | undefined): number {
    return tier === "MemoryOptimized" || tier === undefined ? 32_768 : 16_384;
}
