/** Sizes of flexible servers: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-service-tiers-storage */

export interface ServerSku {
    readonly tier: string;
    readonly mostIops: number;
}

const skus = new Map<string, ServerSku>();

function add(tier: string, names: readonly string[], iops: Readonly<Record<string, number>>): void {
    for (const [size, mostIops] of Object.entries(iops)) {
        names.forEach((name) => skus.set(name.replace("*", size), { tier, mostIops }));
    }
}

add("Burstable", ["Standard_B*"], {
    "1ms": 640,
    "2s": 1280,
    "2ms": 1700,
    "4ms": 2400,
    "8ms": 3100,
    "12ms": 3800,
    "16ms": 4300,
    "20ms": 5000,
});
add("GeneralPurpose", ["Standard_D*ds_v4", "Standard_D*ads_v5"], {
    2: 3200,
    4: 6400,
    8: 12_800,
    16: 20_000,
    32: 20_000,
    48: 48_000,
    64: 48_000,
});
add("GeneralPurpose", ["Standard_D*ds_v5"], { 96: 48_000 });
add("MemoryOptimized", ["Standard_E*ds_v4", "Standard_E*ds_v5", "Standard_E*ads_v5"], {
    2: 5000,
    4: 10_000,
    8: 18_000,
    16: 28_000,
    20: 28_000,
    32: 38_000,
    48: 48_000,
    64: 64_000,
});
add("MemoryOptimized", ["Standard_E80ids_v4"], { 80: 72_000 });
add("MemoryOptimized", ["Standard_E96ads_v5"], { 96: 80_000 });

export const serverSku = (name: string): ServerSku | undefined => skus.get(name);
