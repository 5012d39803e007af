import type { Size } from "./args/application";

/** What a size means on AWS. Nodes are counted per zone. */
export interface AwsSize {
    readonly databaseInstanceClass: string;
    readonly cacheNodeType: string;
    readonly nodeInstanceType: string;
    readonly minNodesPerZone: number;
    readonly maxNodesPerZone: number;
    readonly nodeDiskSizeGb: number;
}

function awsSize(database: string, cache: string, node: string, nodeDiskSizeGb: number): AwsSize {
    return Object.freeze({
        databaseInstanceClass: `db.r6g.${database}`,
        cacheNodeType: `cache.m6g.${cache}`,
        nodeInstanceType: `r6i.${node}`,
        minNodesPerZone: 1,
        maxNodesPerZone: 4,
        nodeDiskSizeGb,
    });
}

/** The figures of W&B's own Terraform module. Nodes are x86_64, since W&B's images are. */
export const AwsSizes: Readonly<Record<Size, AwsSize>> = Object.freeze({
    small: awsSize("large", "large", "2xlarge", 100),
    medium: awsSize("xlarge", "large", "4xlarge", 100),
    large: awsSize("2xlarge", "xlarge", "4xlarge", 256),
    xlarge: awsSize("4xlarge", "xlarge", "4xlarge", 256),
    xxlarge: awsSize("8xlarge", "2xlarge", "4xlarge", 256),
});

/** What a size means on Google Cloud. Nodes are counted per zone. */
export interface GcpSize {
    /** Machine type of the database in the edition Enterprise. */
    readonly databaseTier: string;
    /** The same in the edition Enterprise Plus. */
    readonly databaseTierPlus: string;
    readonly cacheMemoryGb: number;
    readonly nodeMachineType: string;
    readonly minNodesPerZone: number;
    readonly maxNodesPerZone: number;
    readonly nodeDiskSizeGb: number;
}

interface GcpFigures {
    readonly databaseCpus: number;
    readonly cacheMemoryGb: number;
    readonly nodeCpus: number;
    readonly nodeDiskSizeGb: number;
}

function gcpSize({ databaseCpus, nodeCpus, ...others }: GcpFigures): GcpSize {
    return Object.freeze({
        // 6.5 GB for each vCPU, as the former `db-n1-highmem-*` have.
        databaseTier: `db-custom-${databaseCpus}-${databaseCpus * 6656}`,
        databaseTierPlus: `db-perf-optimized-N-${databaseCpus}`,
        nodeMachineType: `n2-highmem-${nodeCpus}`,
        minNodesPerZone: 1,
        maxNodesPerZone: 4,
        ...others,
    });
}

/** The figures of W&B's own Terraform module, with machine types that Google still describes, and nodes over three zones instead of one. */
export const GcpSizes: Readonly<Record<Size, GcpSize>> = Object.freeze({
    small: gcpSize({ databaseCpus: 2, cacheMemoryGb: 6, nodeCpus: 8, nodeDiskSizeGb: 100 }),
    medium: gcpSize({ databaseCpus: 4, cacheMemoryGb: 6, nodeCpus: 16, nodeDiskSizeGb: 100 }),
    large: gcpSize({ databaseCpus: 8, cacheMemoryGb: 13, nodeCpus: 16, nodeDiskSizeGb: 256 }),
    xlarge: gcpSize({ databaseCpus: 16, cacheMemoryGb: 13, nodeCpus: 16, nodeDiskSizeGb: 256 }),
    xxlarge: gcpSize({ databaseCpus: 32, cacheMemoryGb: 26, nodeCpus: 16, nodeDiskSizeGb: 256 }),
});

/** What a size means on Azure for the nodes, which are counted per zone. */
export interface AzureSize {
    readonly nodeVmSize: string;
    readonly minNodesPerZone: number;
    readonly maxNodesPerZone: number;
    readonly nodeDiskSizeGb: number;
}

function azureSize(nodeCpus: number, nodeDiskSizeGb: number): AzureSize {
    return Object.freeze({
        nodeVmSize: `Standard_E${nodeCpus}s_v5`,
        minNodesPerZone: 1,
        maxNodesPerZone: 4,
        nodeDiskSizeGb,
    });
}

/** The figures of W&B's own Terraform module. Those of database and cache stand in `azure/args/store-sizes.ts`. */
export const AzureSizes: Readonly<Record<Size, AzureSize>> = Object.freeze({
    small: azureSize(8, 128),
    medium: azureSize(16, 128),
    large: azureSize(16, 256),
    xlarge: azureSize(16, 256),
    xxlarge: azureSize(16, 256),
});
