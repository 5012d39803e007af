/** A stack of Google Cloud in which nothing is wrong, and changes to it. */
import { gcpPolicies } from "../../../policy/infrastructure/gcp";
import { changed, type Change, type Found } from "../policy-aws/stack";
import { faultless } from "../policy-bad-stack";
import { InstanceType, violations, type Written } from "../policy-stack";

type Tree = Record<string, unknown>;

export const Project = "example-project";
export const NodesMember = `serviceAccount:nodes@${Project}.iam.gserviceaccount.com`;
export const AppMember = `serviceAccount:app@${Project}.iam.gserviceaccount.com`;

export const gcpResource = (type: string, name: string, props: Tree): Written => {
    const [module, kind] = type.split("/");
    return { type: `gcp:${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`, name, props };
};

const Key = `projects/${Project}/locations/europe-west4/keyRings/wandb/cryptoKeys/wandb`;

/** What JSON says of the members of roles. */
export const policyData = (...bindings: readonly Tree[]): string => JSON.stringify({ bindings });

const network = [
    gcpResource("compute/Firewall", "web", {
        allows: [{ protocol: "tcp", ports: ["80", "443"] }, { protocol: "icmp" }],
        sourceRanges: ["0.0.0.0/0"],
    }),
    gcpResource("compute/Firewall", "inside", {
        allows: [{ protocol: "tcp", ports: ["22", "3306"] }],
        sourceRanges: ["10.0.0.0/8"],
    }),
    gcpResource("compute/Firewall", "outward", {
        direction: "EGRESS",
        allows: [{ protocol: "all" }],
        destinationRanges: ["0.0.0.0/0"],
    }),
];

const shielded = { enableSecureBoot: true, enableIntegrityMonitoring: true };

const cluster = [
    gcpResource("container/Cluster", "cluster", {
        removeDefaultNodePool: true,
        masterAuthorizedNetworksConfig: {
            cidrBlocks: [{ cidrBlock: "198.51.100.0/24" }],
            gcpPublicCidrsAccessEnabled: false,
        },
        privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
        workloadIdentityConfig: { workloadPool: `${Project}.svc.id.goog` },
        databaseEncryption: { state: "ENCRYPTED", keyName: Key },
        enableLegacyAbac: false,
        enableShieldedNodes: true,
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    }),
    gcpResource("container/NodePool", "nodes", {
        nodeConfig: {
            serviceAccount: `nodes@${Project}.iam.gserviceaccount.com`,
            oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
            workloadMetadataConfig: { mode: "GKE_METADATA" },
            shieldedInstanceConfig: shielded,
        },
    }),
];

const stores = [
    gcpResource("sql/DatabaseInstance", "database", {
        databaseVersion: "MYSQL_8_0",
        encryptionKeyName: Key,
        settings: {
            availabilityType: "REGIONAL",
            deletionProtectionEnabled: true,
            ipConfiguration: { ipv4Enabled: false, privateNetwork: "network", sslMode: "ENCRYPTED_ONLY" },
            backupConfiguration: {
                enabled: true,
                binaryLogEnabled: true,
                backupRetentionSettings: { retainedBackups: 14 },
            },
        },
    }),
    gcpResource("redis/Instance", "cache", {
        tier: "STANDARD_HA",
        authEnabled: true,
        authString: "canary-token",
        transitEncryptionMode: "SERVER_AUTHENTICATION",
        customerManagedKey: Key,
    }),
    gcpResource("storage/Bucket", "files", {
        name: "files",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        versioning: { enabled: true },
        lifecycleRules: [{ action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 30 } }],
        encryption: { defaultKmsKeyName: Key },
        forceDestroy: false,
    }),
    gcpResource("kms/CryptoKey", "key", { rotationPeriod: "7776000s", destroyScheduledDuration: "2592000s" }),
];

const identity = [
    gcpResource("storage/BucketIAMMember", "bucket-grant", {
        bucket: "files",
        role: "roles/storage.objectUser",
        member: AppMember,
    }),
    gcpResource("projects/IAMMember", "project-grant", {
        role: "roles/container.defaultNodeServiceAccount",
        member: NodesMember,
    }),
    gcpResource("projects/IAMBinding", "project-binding", { role: "roles/viewer", members: [AppMember] }),
    gcpResource("kms/CryptoKeyIAMPolicy", "key-policy", {
        policyData: policyData({ role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", members: [AppMember] }),
    }),
    gcpResource("serviceaccount/IAMMember", "trust", {
        role: "roles/iam.workloadIdentityUser",
        member: `serviceAccount:${Project}.svc.id.goog[wandb/wandb-app]`,
    }),
];

const everybody = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } };

/** Rules of a security policy: those given, and the last one. */
export const rules = (last: string, ...first: readonly Tree[]): Tree[] => [
    ...first.map((rule, index) => ({ priority: 1000 + index, match: everybody, ...rule })),
    { priority: 2_147_483_647, action: last, match: everybody },
];

export const users = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["198.51.100.0/24"] } };

const Annotations = {
    "kubernetes.io/ingress.class": "gce",
    "ingress.gcp.kubernetes.io/pre-shared-cert": "wandb",
    "networking.gke.io/v1beta1.FrontendConfig": "wandb",
};

const entry: readonly Written[] = [
    gcpResource("compute/SecurityPolicy", "armor", {
        name: "armor",
        type: "CLOUD_ARMOR",
        rules: rules("deny(403)", { action: "allow", match: users }),
    }),
    gcpResource("compute/SSLPolicy", "tls", { profile: "MODERN", minTlsVersion: "TLS_1_2" }),
    gcpResource("compute/TargetHttpsProxy", "proxy", { sslPolicy: "tls" }),
    {
        type: "kubernetes:networking.gke.io/v1beta1:FrontendConfig",
        name: "frontend",
        props: { metadata: { name: "wandb" }, spec: { sslPolicy: "tls" } },
    },
    {
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        name: "ingress",
        props: { metadata: { annotations: Annotations }, spec: {} },
    },
];

const instance: Written = {
    type: InstanceType,
    name: "wandb",
    props: faultless({ values: { ingress: { class: null, annotations: Annotations } } }),
};

/** The custom resource `wandb`, and its resources of Google Cloud. */
export const soundGcpStack: readonly Written[] = [instance, ...network, ...cluster, ...stores, ...identity, ...entry];

/** The sound stack with a change. */
export const changedOnGcp = (change: Change): Written[] => changed(change, soundGcpStack);

/** What all policies about Google Cloud find, each without `wandb-gcp-`. */
export async function foundOnGcp(stack: readonly Written[], configuration: object = {}): Promise<Found[]> {
    const all: Found[] = [];
    for (const policy of gcpPolicies) {
        for (const { message } of await violations(policy, stack, configuration)) {
            all.push({ policy: policy.name.replace(/^wandb-gcp-/, ""), message });
        }
    }
    return all;
}
