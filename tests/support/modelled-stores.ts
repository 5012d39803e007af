/** The simulated RDS and ElastiCache in tests of their rules: what a database and a cache need, and orders that AWS takes. */
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2, NetworkCloud } from "./modelled-network";

export const Store = {
    cluster: "aws:rds/cluster:Cluster",
    instance: "aws:rds/clusterInstance:ClusterInstance",
    subnets: "aws:rds/subnetGroup:SubnetGroup",
    clusterParameters: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    instanceParameters: "aws:rds/parameterGroup:ParameterGroup",
    snapshot: "aws:rds/clusterSnapshot:ClusterSnapshot",
    cache: "aws:elasticache/replicationGroup:ReplicationGroup",
    cacheSubnets: "aws:elasticache/subnetGroup:SubnetGroup",
    cacheParameters: "aws:elasticache/parameterGroup:ParameterGroup",
} as const;

/** What `place` made. */
export interface Place {
    readonly vpcId: string;
    readonly subnetIds: string[];
    readonly securityGroupId: string;
    readonly kmsKeyId: string;
}

export class StoreCloud extends NetworkCloud {
    /** A VPC with subnets in two zones, a security group and a key. */
    async place(zones: readonly string[] = ["a", "b"]): Promise<Place> {
        const vpcId = await this.vpc();
        const subnetIds: string[] = [];
        for (const [index, zone] of zones.entries()) {
            subnetIds.push(await this.subnet(vpcId, `10.0.${index}.0/24`, `eu-west-1${zone}`));
        }
        const securityGroupId = await this.make(Ec2.securityGroup, { vpcId });
        const key = await this.made("aws:kms/key:Key", { isEnabled: true });
        return { vpcId, subnetIds, securityGroupId, kmsKeyId: textOf(key.outputs["arn"]) };
    }

    /** Inputs of a cluster that AWS takes. */
    async clusterInputs(more: PropertyMap = {}): Promise<PropertyMap> {
        const { subnetIds, securityGroupId, kmsKeyId } = await this.place();
        return {
            engine: "aurora-mysql",
            engineVersion: "8.0.mysql_aurora.3.10.4",
            masterUsername: "wandb",
            masterPassword: "correct-horse",
            databaseName: "wandb_local",
            dbSubnetGroupName: await this.make(Store.subnets, { subnetIds }),
            vpcSecurityGroupIds: [securityGroupId],
            storageEncrypted: true,
            kmsKeyId,
            skipFinalSnapshot: true,
            ...more,
        };
    }

    /** Inputs of a cache that AWS takes. */
    async cacheInputs(more: PropertyMap = {}, zones?: readonly string[]): Promise<PropertyMap> {
        const { subnetIds, securityGroupId, kmsKeyId } = await this.place(zones);
        return {
            description: "cache",
            engine: "redis",
            engineVersion: "7.1",
            nodeType: "cache.m6g.large",
            numCacheClusters: 2,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            subnetGroupName: await this.make(Store.cacheSubnets, { subnetIds }),
            securityGroupIds: [securityGroupId],
            atRestEncryptionEnabled: true,
            kmsKeyId,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            authToken: "a-token-of-mine-1",
            authTokenUpdateStrategy: "ROTATE",
            ...more,
        };
    }
}
