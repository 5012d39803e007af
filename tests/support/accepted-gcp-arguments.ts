import { type ArgumentTree, type Changes, validLicense } from "./bad-arguments";
import { validKubeconfig } from "./bad-arguments/valid";

const region = "europe-west4";
const key = (name: string) => `projects/example-project/locations/${region}/keyRings/own/cryptoKeys/${name}`;

/** The least that a deployment on Google Cloud needs. A new tree each time, for the caller to change. */
export function validGcpArguments(): ArgumentTree {
    return {
        host: "wandb.example.com",
        license: validLicense,
        access: { cidrs: ["203.0.113.0/24"] },
        gcp: { dns: { managedZone: "example" } },
    };
}

const pool = {
    name: "own-nodes",
    machineType: "n2-highmem-16",
    minPerZone: 2,
    maxPerZone: 6,
    diskSizeGb: 200,
    diskType: "pd-ssd",
    spot: true,
    zones: [`${region}-a`, `${region}-b`],
    labels: { pool: "wandb" },
    taints: [{ key: "dedicated", value: "wandb", effect: "NO_SCHEDULE" }],
    networkTags: ["wandb-nodes"],
    secureBoot: false,
    maxPodsPerNode: 64,
    maxSurge: 2,
    maxUnavailable: 1,
};

const backup = {
    edition: "ENTERPRISE_PLUS",
    finalBackup: true,
    finalBackupRetentionDays: 60,
    backupRetentionDays: 30,
    pointInTimeRecoveryDays: 14,
    backupStartTime: "03:00",
    backupLocation: "eu",
};

const internal = {
    "gcp.dns": { managedZone: "example", privateZone: true, certificateNames: ["wandb-example-com"] },
    "gcp.loadBalancer": {
        scheme: "internal",
        existingAddress: "wandb-address",
        proxySubnet: { create: true, cidr: "10.126.0.0/23", name: "proxies", firewallName: "proxies", ports: ["8080"] },
    },
};

/** Valid variations. Together they use every argument below `gcp`. */
export const acceptedGcpArguments: Readonly<Record<string, Changes>> = {
    "the least": {},
    "no zone": { gcp: {} },
    "no public endpoint": { access: { private: true }, "gcp.cluster": { privateAccessCidrs: ["10.0.0.0/8"] } },
    "plain HTTP, said outright": { gcp: {}, "ingress.tls.enabled": false },
    "another project and region": { "gcp.project": "other-project", "gcp.region": region, "gcp.enableApis": false },
    labels: { tags: { team: "ml", empty: "" } },
    "a network to measure": {
        "gcp.network": {
            cidr: "10.64.0.0/12",
            networkName: "wandb",
            networkDescription: "W&B",
            subnetName: "wandb",
            subnetDescription: "Nodes",
            podRangeName: "wandb-pods",
            serviceRangeName: "wandb-services",
            routingMode: "GLOBAL",
            mtu: 1500,
            nat: "gateway",
            natAddressCount: 2,
            natAddressNames: ["one", "two"],
            natLogging: "ALL",
            routerName: "wandb",
            natName: "wandb-nat",
            googleApis: "restricted",
            googleApiDomains: ["pkg.dev"],
            privateServices: { rangeName: "stores" },
            flowLogs: { interval: "INTERVAL_1_MIN", sampling: 0.1, metadata: false, filter: "true" },
        },
    },
    "a network with a plan of one's own": {
        "gcp.network": {
            subnetCidrs: { nodes: "10.1.0.0/20", pods: "10.2.0.0/16", services: "10.3.0.0/20" },
            privateServices: { prefixLength: 20 },
            natAddressIds: [`projects/example-project/regions/${region}/addresses/out`],
        },
    },
    "a network with all ranges planned": {
        "gcp.network.subnetCidrs": {
            nodes: "10.1.0.0/20",
            pods: "10.2.0.0/16",
            services: "10.3.0.0/20",
            privateServices: "10.4.0.0/20",
        },
    },
    "an own network": {
        "gcp.network.existing": {
            networkId: "projects/host-project/global/networks/shared",
            subnetworkId: `projects/host-project/regions/${region}/subnetworks/wandb`,
            podRangeName: "pods",
            serviceRangeName: "services",
            privateServicesRangeName: "stores",
        },
    },
    "keys that are made": {
        "gcp.bucket": { location: "EU" },
        "gcp.key": {
            keyRingName: "wandb",
            keyName: "wandb",
            bucketKeyRingName: "wandb-bucket",
            bucketKeyName: "wandb-bucket",
            protection: "hsm",
            rotationDays: 30,
            deletionWindowDays: 60,
        },
    },
    "keys of one's own": {
        "gcp.key": {
            id: key("all"),
            grantAccess: true,
            clusterKeyId: key("cluster"),
            databaseKeyId: key("database"),
            cacheKeyId: key("cache"),
            bucketKeyId: key("bucket"),
        },
    },
    "a cluster in every detail": {
        "gcp.cluster": {
            name: "platform",
            description: "W&B",
            location: region,
            nodeZones: [`${region}-a`, `${region}-b`],
            releaseChannel: "STABLE",
            minVersion: "1.35",
            privateNodes: true,
            controlPlaneCidr: "172.16.0.0/28",
            dnsEndpoint: true,
            networkPolicy: "calico",
            intranodeVisibility: false,
            binaryAuthorization: true,
            maxPodsPerNode: 64,
            maintenance: { days: ["SA", "SU"], startTime: "02:00", hours: 6 },
            loggingComponents: ["SYSTEM_COMPONENTS"],
            monitoringComponents: ["SYSTEM_COMPONENTS", "STORAGE"],
            managedPrometheus: false,
            gcsFuse: true,
            nodes: { ...structuredClone(pool), taints: undefined },
            nodePools: { spare: { ...pool, name: "spare-nodes" } },
            nodeAccount: { accountId: "wandb-nodes", artifactRegistryReader: true },
            volumeType: "pd-ssd",
            kubeconfig: {
                credentials: "gcloud",
                impersonateServiceAccount: "admin@example-project.iam.gserviceaccount.com",
            },
            labels: { team: "ml" },
        },
    },
    "taints on one pool of two": {
        "gcp.cluster": { nodes: { taints: structuredClone(pool.taints) }, nodePools: { spare: {} } },
    },
    "a control plane in a subnet, nodes with an account": {
        "gcp.cluster": {
            controlPlaneSubnetworkId: `projects/example-project/regions/${region}/subnetworks/control`,
            nodeAccount: { email: "nodes@example-project.iam.gserviceaccount.com" },
        },
    },
    "an own cluster": {
        access: undefined,
        "gcp.cluster.existing": {
            name: "platform",
            location: region,
            project: "platform-project",
            kubeconfig: validKubeconfig,
        },
        "gcp.network.existing": {
            networkId: "projects/host-project/global/networks/shared",
            subnetworkId: `projects/host-project/regions/${region}/subnetworks/wandb`,
            podRangeName: "pods",
            serviceRangeName: "services",
        },
    },
    "a database in every detail": {
        "gcp.region": region,
        "gcp.database": {
            ...backup,
            identifier: "wandb-database",
            engineVersion: "MYSQL_8_0_40",
            tier: "db-perf-optimized-N-4",
            highAvailability: true,
            zone: `${region}-a`,
            secondaryZone: `${region}-b`,
            diskType: "PD_SSD",
            diskSizeGb: 200,
            diskGrowth: true,
            diskGrowthLimitGb: 1000,
            dataCache: false,
            name: "experiments",
            username: "admin",
            passwordRotation: "2026-11",
            checkCertificate: true,
            maintenanceWindow: "sun:03:00",
            maintenanceTrack: "week5",
            queryInsights: false,
            parameters: { long_query_time: "2" },
        },
    },
    "a database with a password of one's own": { "gcp.database.password": "AbC123dEf456" },
    "a database from a backup": {
        "gcp.database": {
            restore: { backupRunId: 1234567890123, instance: "wandb-old", project: "other-project" },
            createDatabase: false,
        },
    },
    "a database from a moment": {
        "gcp.database.clone": {
            instance: "wandb-old",
            pointInTime: "2026-11-01T10:00:00Z",
            project: "other-project",
        },
    },
    "a cache in every detail": {
        "gcp.region": region,
        "gcp.cache": {
            identifier: "wandb-cache",
            engineVersion: "REDIS_7_2",
            memorySizeGb: 20,
            highAvailability: true,
            readReplicas: 2,
            zone: `${region}-a`,
            alternativeZone: `${region}-b`,
            connectMode: "PRIVATE_SERVICE_ACCESS",
            reservedIpRange: "stores",
            secondaryIpRange: "auto",
            snapshotPeriod: "SIX_HOURS",
            snapshotStartTime: "2026-11-01T02:00:00Z",
            maintenanceWindow: "sun:03:00",
            parameters: { "maxmemory-policy": "allkeys-lru" },
        },
    },
    "a bucket in every detail": {
        "gcp.bucket": {
            name: "example-wandb",
            location: region,
            prefix: "team/wandb",
            encryption: "kms",
            storageClass: "NEARLINE",
            versioning: true,
            lifecycle: { noncurrentVersionDays: 90, incompleteMultipartUploadDays: 3 },
            softDeleteDays: 14,
            corsHosts: ["other.example.com"],
            accessLogBucket: "example-logs",
            events: true,
            eventTopicName: "wandb-files",
            eventSubscriptionName: "wandb-files",
        },
    },
    "queues and a history store": {
        "gcp.region": region,
        "gcp.events": {
            fileStreamTopicName: "file-stream",
            fileStreamSubscriptionName: "file-stream",
            runUpdatesTopicName: "run-updates",
            runUpdatesSubscriptionName: "run-updates",
            retentionDays: 14,
        },
        "gcp.bigtable": {
            instanceName: "wandb-history",
            zones: [`${region}-a`, `${region}-b`],
            clusterNames: ["history-one", "history-two"],
            storage: "HDD",
            minNodes: 2,
            maxNodes: 8,
            cpuTarget: 50,
            backupDays: 14,
        },
    },
    "identities in every detail": {
        "gcp.identity": {
            accountId: "wandb-pods",
            exporterAccountId: "wandb-metrics",
            secretPrefix: "wandb-",
            secretCreatorRoleId: "wandb.secretCreator",
            secretKeeperRoleId: "wandb.secretKeeper",
            roles: { logs: "roles/logging.logWriter" },
        },
        "gcp.monitoring": { stackdriverExporter: true },
    },
    "a bucket that its owner lets W&B into": {
        "gcp.identity": { ownBucketAccess: false },
        bucket: { provider: "gcs", name: "example-wandb", prefix: "team" },
    },
    "a load balancer in every detail": {
        "gcp.dns": { managedZone: "example", managedZoneProject: "dns-project" },
        "gcp.loadBalancer": {
            scheme: "external",
            addressName: "wandb",
            inboundCidrs: ["198.51.100.0/24", "2001:db8::/32"],
            armor: {
                enabled: true,
                policyName: "wandb",
                wafRules: ["sqli-v33-stable"],
                wafSensitivity: 2,
                wafPreview: true,
                rateLimit: { requests: 1000, intervalSeconds: 60 },
            },
            tlsPolicy: { profile: "RESTRICTED", minVersion: "TLS_1_2", name: "wandb" },
            httpRedirect: false,
        },
    },
    "policies of one's own": {
        "gcp.loadBalancer": {
            armor: { existingPolicy: "company" },
            tlsPolicy: { existingPolicy: "company" },
        },
    },
    "an internal load balancer": internal,
    "other projects": {
        ...internal,
        "gcp.privateServiceConnect": {
            consumers: [{ project: "consumer-project", connectionLimit: 4 }],
            natCidr: "192.168.7.0/24",
            subnetName: "consumers",
            attachmentName: "wandb",
            domainName: "wandb.example.com.",
        },
    },
    "every other project": { ...internal, "gcp.privateServiceConnect": { acceptAll: true } },
    "ClickHouse Cloud": {
        "gcp.clickHouse": {
            serviceAttachment: `projects/clickhouse/regions/${region}/serviceAttachments/weave`,
            region,
            subnetCidr: "10.51.0.0/24",
            subnetName: "click-house",
            addressName: "click-house",
            endpointName: "click-house",
            zoneName: "click-house",
        },
    },
    "ClickHouse Cloud in a subnet of one's own": {
        "gcp.clickHouse": {
            serviceAttachment: `projects/clickhouse/regions/${region}/serviceAttachments/weave`,
            existingSubnetId: `projects/example-project/regions/${region}/subnetworks/endpoints`,
        },
    },
};
