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
