/** Memory in GB of each number in the sizes of Azure Managed Redis. https://learn.microsoft.com/azure/redis/architecture#sharding-configuration */
const ManagedMemory: Readonly<Record<string, number>> = {
    0: 0.5,
    1: 1,
    3: 3,
    5: 6,
    10: 12,
    20: 24,
    50: 60,
    100: 120,
    150: 180,
    250: 240,
    350: 360,
    500: 480,
    700: 720,
    1000: 960,
    1500: 1440,
    2000: 1920,
    4500: 4500,
};

const ManagedNumbers: Readonly<Record<string, readonly number[]>> = {
    Balanced_B: [0, 1, 3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700, 1000],
    MemoryOptimized_M: [10, 20, 50, 100, 150, 250, 350, 500, 700, 1000, 1500, 2000],
    ComputeOptimized_X: [3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700],
    FlashOptimized_A: [250, 500, 700, 1000, 1500, 2000, 4500],
};

/** Memory in GB of a size of Managed Redis; absent when there is no such size. */
export function managedMemory(sku: string): number | undefined {
    const [, family, digits] = /^([A-Za-z]+_[A-Z])(\d+)$/.exec(sku) ?? [];
    const known = family !== undefined && (ManagedNumbers[family]?.includes(Number(digits)) ?? false);
    return known && String(Number(digits)) === digits ? ManagedMemory[digits] : undefined;
}

/** A size of Azure Cache for Redis. */
export interface AzureCacheSku {
    readonly name: "Standard" | "Premium";
    readonly family: "C" | "P";
    readonly capacity: number;
}

/** Standard_C0 to Standard_C6, Premium_P1 to Premium_P5; absent for all else, and for Basic, which has no replica. */
export function azureCacheSku(sku: string): AzureCacheSku | undefined {
    const [, standard] = /^Standard_C([0-6])$/.exec(sku) ?? [];
    const [, premium] = /^Premium_P([1-5])$/.exec(sku) ?? [];
    if (standard !== undefined) {
        return { name: "Standard", family: "C", capacity: Number(standard) };
    }
    return premium === undefined ? undefined : { name: "Premium", family: "P", capacity: Number(premium) };
}
