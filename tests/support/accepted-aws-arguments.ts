import { EveryRoleName } from "./aws-args";
import { type ArgumentTree, type Changes, validLicense } from "./bad-arguments";
import { tlsFixture, validKubeconfig } from "./bad-arguments/valid";

const account = "123456789012";
const key = `arn:aws:kms:eu-west-1:${account}:key/12345678-1234-1234-1234-123456789012`;
const certificateArn = `arn:aws:acm:eu-west-1:${account}:certificate/12345678-1234-1234-1234-123456789012`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** The least that a deployment on AWS needs. A new tree each time, for the caller to change. */
export function validAwsArguments(): ArgumentTree {
    return {
        host: "wandb.example.com",
        license: validLicense,
        access: { cidrs: ["203.0.113.0/24"] },
        aws: { dns: { zoneId: "Z0123456789ABCDEFGHIJ" } },
    };
}

/** Valid variations. Together they use every argument below `aws`, `access`, `charts`, and `tags` and `retainData`. */
export const acceptedAwsArguments: Readonly<Record<string, Changes>> = {
    "the least": {},
    "no public endpoint": { access: { private: true } },
    "plain HTTP, said outright": { aws: {}, "ingress.tls.enabled": false },
    "an own certificate": { "aws.dns": { certificateArn } },
    "a private zone": { "aws.dns.privateZone": true, "aws.dns.validationZoneId": "Z1" },
    "records by external-dns": { "aws.dns.externalDns": true },
    "a network to measure": {
        "aws.network": {
            cidr: "10.42.0.0/16",
            zones: ["eu-west-1a", "eu-west-1b"],
            subnetCidrs: {
                private: ["10.42.0.0/18", "10.42.64.0/18"],
                public: ["10.42.128.0/24", "10.42.129.0/24"],
                data: ["10.42.130.0/24", "10.42.131.0/24"],
            },
            nat: "single",
            interfaceEndpoints: ["ecr.api", "com.amazonaws.eu-west-1.sts"],
            endpointSecurityGroup: group("endpoints"),
            flowLogs: { trafficType: "ALL", retentionDays: 0, logGroupName: "/wandb/flow" },
        },
    },
    "a closed network": {
        "aws.network": { zoneCount: 2, publicSubnets: false },
        "aws.loadBalancer": { scheme: "internal" },
    },
    "an own network": {
        "aws.network.existing": {
            vpcId: "vpc-0123456789abcdef0",
            privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            dataSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
            loadBalancerSubnetIds: ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"],
            routeTableIds: ["rtb-0123456789abcdef0"],
        },
    },
    "a key that is made": {
        "aws.key": {
            alias: "alias/wandb",
            administratorArns: [role("security")],
            rotationDays: 90,
            deletionWindowDays: 7,
        },
    },
    "own keys": {
        "aws.key": {
            arn: key,
            databaseKeyArn: key,
            performanceInsightsKeyArn: key,
            cacheKeyArn: key,
            bucketKeyArn: key,
        },
    },
    "a cluster in every detail": {
        "aws.cluster": {
            name: "wandb",
            version: "1.34",
            extendedSupport: false,
            accessEntries: {
                ops: { principalArn: role("ops"), policies: ["AmazonEKSClusterAdminPolicy"] },
                viewers: {
                    principalArn: role("viewers"),
                    groups: ["viewers"],
                    username: "viewer:{{SessionName}}",
                    policies: ["AmazonEKSViewPolicy"],
                    namespaces: ["wandb"],
                },
            },
            creatorAdmin: false,
            serviceCidr: "172.20.0.0/16",
            roleName: "wandb-cluster",
            logTypes: ["audit", "authenticator"],
            logRetentionDays: 90,
            kubeconfig: { roleArn: role("ops"), profile: "production" },
            tags: { team: "ml" },
        },
    },
    "nodes in every detail": {
        "aws.cluster.nodes": {
            instanceTypes: ["m6i.2xlarge", "m5.2xlarge"],
            minPerZone: 2,
            maxPerZone: 9,
            diskSizeGb: 300,
            spot: true,
            labels: { team: "ml" },
            taints: [{ key: "dedicated", value: "wandb", effect: "NO_SCHEDULE" }],
            maxUnavailablePercentage: 50,
            systemReserved: { cpuMillicores: 100, memoryMegabytes: 200, ephemeralStorageMegabytes: 1000, pids: -1 },
            releaseVersion: "1.35.2-20260415",
            groupNames: ["ng-0", "ng-1", "ng-2"],
            launchTemplateName: "wandb-nodes",
            roleName: "wandb-nodes",
        },
        "components.app.tolerations": [{ operator: "Exists" }],
    },
    "versions of add-ons": {
        "aws.cluster.addonVersions": {
            vpcCni: "v1.22.3-eksbuild.1",
            coredns: "v1.13.2-eksbuild.4",
            kubeProxy: "v1.35.3-eksbuild.2",
            ebsCsiDriver: "v1.60.0-eksbuild.1",
            metricsServer: "v0.8.1-eksbuild.1",
            podIdentityAgent: "v1.3.10-eksbuild.2",
        },
        "aws.identity.mode": "pod-identity",
    },
    "an own cluster in an own network": {
        access: undefined,
        "aws.network.existing": {
            vpcId: "vpc-0123456789abcdef0",
            privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            loadBalancerSubnetIds: ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"],
        },
        "aws.cluster.existing": {
            name: "platform",
            oidcProviderArn: `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE`,
            nodeSecurityGroupId: "sg-0123456789abcdef0",
            kubeconfig: validKubeconfig,
            installLoadBalancerController: true,
        },
    },
    "a database in every detail": {
        "aws.database": {
            identifier: "wandb",
            instanceIdentifiers: ["wandb-1", "wandb-2", "wandb-3"],
            instanceZones: ["eu-west-1b", "eu-west-1a", "eu-west-1a"],
            subnetGroupName: "wandb",
            securityGroup: group("database"),
            clusterParameterGroup: group("wandb-cluster"),
            instanceParameterGroup: group("wandb-instances"),
            engineVersion: "8.0.mysql_aurora.3.08.0",
            instanceClass: "db.r7g.large",
            readers: 2,
            name: "experiments",
            username: "admin",
            password: "a-b_c.d~e!f*g",
            caCertificate: tlsFixture("test-only-certificate.pem"),
            snapshotIdentifier: "rds:wandb-2026-01-31-02-10",
            finalSnapshot: false,
            backupRetentionDays: 35,
            backupWindow: "01:00-01:30",
            maintenanceWindow: "sat:03:00-sat:04:00",
            applyImmediately: false,
            logExports: ["error", "slowquery", "audit"],
            logRetentionDays: 14,
            performanceInsightsDays: 31,
            monitoringIntervalSeconds: 60,
            clusterParameters: { time_zone: "UTC" },
            instanceParameters: { sort_buffer_size: "1048576" },
        },
    },
    "a database without servers, with a new password": {
        "aws.database": {
            finalSnapshotIdentifier: "wandb-last",
            serverless: { minCapacity: 0.5, maxCapacity: 16 },
            passwordRotation: "2026-02",
        },
    },
    "a cache in every detail": {
        "aws.cache": {
            replicationGroupId: "wandb",
            subnetGroupName: "wandb",
            securityGroup: group("cache"),
            engine: "valkey",
            engineVersion: "8.1",
            nodeType: "cache.r7g.large",
            replicas: 2,
            authToken: "0123456789abcdef",
            keepPreviousAuthToken: false,
            maintenanceWindow: "sat:03:00-sat:04:00",
            snapshotRetentionDays: 7,
            snapshotWindow: "01:00-02:00",
            parameters: { "maxmemory-policy": "allkeys-lru" },
            parameterGroup: group("wandb-cache"),
            applyImmediately: false,
        },
    },
    "a cache with a new token": { "aws.cache": { authTokenRotation: "2026-02" } },
    "a bucket in every detail": {
        "aws.bucket": {
            name: "example-wandb",
            prefix: "team/wandb",
            encryption: "kms",
            versioning: true,
            lifecycle: { noncurrentVersionDays: 90, incompleteMultipartUploadDays: 1 },
            corsHosts: ["notebooks.example.com"],
            accessLogBucket: "example-logs",
            replication: {
                bucketArn: "arn:aws:s3:::example-copies",
                accountId: "210987654321",
                kmsKeyArn: "arn:aws:kms:eu-central-1:210987654321:key/12345678-1234-1234-1234-123456789012",
                storageClass: "GLACIER_IR",
            },
            eventQueue: true,
            eventQueueName: "wandb_events",
        },
    },
    "an identity in every detail": {
        "aws.identity": {
            roleNames: { ...EveryRoleName },
            mode: "irsa",
            roleName: "wandb-app",
            path: "/wandb/",
            secretPrefix: "wandb-teams",
            permissionsBoundary: `arn:aws:iam::${account}:policy/boundary`,
            bucketAccess: "restricted",
            teamBucketAccounts: ["210987654321"],
            policyArns: { extra: `arn:aws:iam::${account}:policy/extra` },
        },
    },
    "a load balancer in every detail": {
        "aws.loadBalancer": {
            name: "wandb",
            scheme: "internet-facing",
            inboundCidrs: ["198.51.100.0/24"],
            tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
            webAclArn: `arn:aws:wafv2:eu-west-1:${account}:regional/webacl/wandb/12345678-1234-1234-1234-123456789012`,
            accessLog: { bucket: "example-logs", prefix: "wandb" },
            idleTimeoutSeconds: 300,
            tags: { team: "ml" },
        },
    },
    "own security groups": { "aws.loadBalancer.securityGroupIds": ["sg-0123456789abcdef0"] },
    PrivateLink: {
        "aws.privateLink": {
            allowedAccountIds: ["210987654321"],
            acceptanceRequired: true,
            inboundCidrs: ["10.0.0.0/8"],
            privateDnsName: "wandb.example.com",
            loadBalancerName: "wandb-private",
            targetGroupName: "wandb-private",
            securityGroup: group("private link"),
        },
    },
    ClickHouse: {
        "aws.clickHouse": {
            endpointServiceName: "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0",
            securityGroup: group("clickhouse"),
            key: true,
            keyPrincipalArn: "arn:aws:iam::576599896960:role/prod-kms-request-role",
            keyAlias: "alias/clickhouse",
        },
    },
    "metrics, tags and kept data": {
        "aws.monitoring": { cloudWatchExporter: true },
        tags: { team: "ml" },
        retainData: true,
    },
    "charts of a mirror": {
        "aws.dns.externalDns": true,
        charts: {
            awsLoadBalancerController: chart("aws-load-balancer-controller", "3.4.0"),
            clusterAutoscaler: chart("cluster-autoscaler", "9.55.0"),
            externalDns: chart("external-dns", "1.20.0"),
        },
    },
    "stores of one's own": {
        database: { host: "mysql.example.com", password: "database-password" },
        redis: { host: "redis.example.com", tls: true },
        bucket: { provider: "s3", name: "example-wandb", region: "eu-west-1", kmsKey: key },
    },
};

function group(name: string): object {
    return { name, description: "Taken over" };
}

function chart(name: string, version: string): object {
    return { repository: `oci://registry.example.com/charts/${name}`, version, values: { image: { tag: "v1" } } };
}
