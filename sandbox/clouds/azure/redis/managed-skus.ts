/** Sizes of Azure Managed Redis, with their memory in GB: https://learn.microsoft.com/azure/redis/architecture#sharding-configuration */

const memory = {
    Balanced: {
        B0: 0.5,
        B1: 1,
        B3: 3,
        B5: 6,
        B10: 12,
        B20: 24,
        B50: 60,
        B100: 120,
        B150: 180,
        B250: 240,
        B350: 360,
        B500: 480,
        B700: 720,
        B1000: 960,
    },
    MemoryOptimized: {
        M10: 12,
        M20: 24,
        M50: 60,
        M100: 120,
        M150: 180,
        M250: 240,
        M350: 360,
        M500: 480,
        M700: 720,
        M1000: 960,
        M1500: 1440,
        M2000: 1920,
    },
    ComputeOptimized: {
        X3: 3,
        X5: 6,
        X10: 12,
        X20: 24,
        X50: 60,
        X100: 120,
        X150: 180,
        X250: 240,
        X350: 360,
        X500: 480,
        X700: 720,
    },
    FlashOptimized: { A250: 240, A500: 480, A700: 720, A1000: 960, A1500: 1440, A2000: 1920, A4500: 4500 },
};

const sizes = new Map(
    Object.entries(memory).flatMap(([family, each]) =>
        Object.entries(each).map(([size, gigabytes]): [string, number] => [`${family}_${size}`, gigabytes]),
    ),
);

/** Memory in GB; absent when there is no such size. */
export const memoryOf = (sku: string): number | undefined => sizes.get(sku);

/** https://learn.microsoft.com/azure/redis/architecture#cluster-policies */
export const mostWithoutCluster = 25;
