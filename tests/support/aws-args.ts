import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsLoadBalancerScheme, BucketProvider, Size } from "../../sdk/index";
import { sandboxLicense } from "../../sandbox/stacks/local";

const common = { host: "wandb.example.com", license: sandboxLicense() };

/** A name for each role beside those of pods, cluster and nodes. */
export const EveryRoleName = {
    vpcCni: "acme-network",
    ebsCsiDriver: "acme-volumes",
    loadBalancerController: "acme-balancers",
    clusterAutoscaler: "acme-scaling",
    externalDns: "acme-dns",
    flowLogs: "acme-flow-logs",
    databaseMonitoring: "acme-database",
    bucketReplication: "acme-copies",
    cloudWatchExporter: "acme-metrics",
};

/** The deployments of the examples, and the least that there is. */
export const AwsDeployments = {
    minimal: {
        ...common,
        access: { cidrs: ["203.0.113.0/24"] },
        aws: { dns: { zoneId: "Z0123456789ABCDEFGHIJ" } },
    },
    production: {
        ...common,
        size: Size.Large,
        access: { cidrs: ["203.0.113.0/24"] },
        aws: {
            network: { cidr: "10.42.0.0/16", flowLogs: { trafficType: "REJECT", retentionDays: 90 } },
            key: { administratorArns: ["arn:aws:iam::123456789012:role/security"] },
            cluster: {
                accessEntries: {
                    platform: {
                        principalArn: "arn:aws:iam::123456789012:role/platform",
                        policies: ["AmazonEKSClusterAdminPolicy"],
                    },
                },
            },
            database: { readers: 2, backupRetentionDays: 35, monitoringIntervalSeconds: 60 },
            cache: { replicas: 2, snapshotRetentionDays: 7 },
            bucket: { lifecycle: { noncurrentVersionDays: 90 } },
            dns: { zoneId: "Z0123456789ABCDEFGHIJ" },
            loadBalancer: { inboundCidrs: ["198.51.100.0/24"], idleTimeoutSeconds: 300 },
            monitoring: { cloudWatchExporter: true },
        },
        tags: { team: "ml-platform" },
    },
    private: {
        ...common,
        access: { private: true },
        aws: {
            network: { interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts", "logs", "ec2", "elasticloadbalancing"] },
            dns: {
                zoneId: "Z0123456789ABCDEFGHIJ",
                privateZone: true,
                certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
            },
            loadBalancer: { scheme: AwsLoadBalancerScheme.Internal },
            privateLink: { allowedAccountIds: ["210987654321"] },
        },
    },
    existing: {
        ...common,
        aws: {
            network: {
                existing: {
                    vpcId: "vpc-0123456789abcdef0",
                    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    loadBalancerSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
                },
            },
            key: { arn: "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012" },
            cluster: { existing: { name: "platform" } },
            dns: {
                certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
            },
        },
        bucket: {
            provider: BucketProvider.S3,
            name: "example-wandb",
            region: "us-east-1",
            kmsKey: "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789013",
        },
    },
} satisfies Readonly<Record<string, WandbDeploymentArgs>>;
