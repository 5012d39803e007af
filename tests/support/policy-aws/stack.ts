/** A stack of AWS in which nothing is wrong, and changes to it. */
import { awsPolicies } from "../../../policy/infrastructure/aws";
import { faultless } from "../policy-bad-stack";
import { InstanceType, violations, type Written } from "../policy-stack";

type Tree = Record<string, unknown>;

/** What a change leaves of the sound stack. */
export interface Change {
    /** The resource that is changed. */
    readonly on?: string;
    /** New values by path; undefined takes out what stands there. A last key with dots in it stands behind two slashes. */
    readonly set?: Tree;
    readonly without?: readonly string[];
    readonly add?: readonly Written[];
}

/** A fault, the place where it is found, and the nearest changes that are none. */
export interface Row extends Change {
    /** Name of the policy, without `wandb-aws-`. */
    readonly policy: string;
    /** `resource: path` of what is found. Default: `on` and the only path of `set`. */
    readonly at?: string;
    /** Part of the message. */
    readonly says?: RegExp;
    readonly passes?: readonly Change[];
    /** Further policies that find something in the same change. */
    readonly also?: readonly string[];
}

export const Account = "123456789012";
export const Root = `arn:aws:iam::${Account}:root`;
const Issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";
export const Provider = `arn:aws:iam::${Account}:oidc-provider/${Issuer}`;

export const document = (...statements: readonly Tree[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (more: Tree): Tree => ({ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"], ...more });

export const refusal = (more: Tree = {}): Tree => ({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::files", "arn:aws:s3:::files/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
    ...more,
});

/** Trust in service accounts of the cluster. */
export const trust = (condition: Tree | undefined): string =>
    document({
        Effect: "Allow",
        Principal: { Federated: [Provider] },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        ...(condition === undefined ? {} : { Condition: condition }),
    });

export const claims = (subject: unknown): Tree => ({
    [`${Issuer}:aud`]: "sts.amazonaws.com",
    [`${Issuer}:sub`]: subject,
});

export const serviceTrust = document({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
});

const aws = (type: string, name: string, props: Tree): Written => {
    const [module, kind] = type.split("/");
    return { type: `aws:${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`, name, props };
};

export { aws as awsResource };

const network = [
    aws("ec2/SecurityGroup", "group", {
        ingress: [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
            { protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["10.0.0.0/16"] },
        ],
    }),
    aws("ec2/SecurityGroupRule", "rule", {
        type: "ingress",
        protocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrBlocks: ["0.0.0.0/0"],
    }),
    aws("vpc/SecurityGroupIngressRule", "cache-rule", {
        ipProtocol: "tcp",
        fromPort: 6379,
        toPort: 6379,
        referencedSecurityGroupId: "sg-1",
    }),
    aws("ec2/VpcEndpointService", "service", { acceptanceRequired: false, allowedPrincipals: [Root] }),
];

const cluster = [
    aws("eks/Cluster", "cluster", {
        version: "1.35",
        vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] },
        encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:eu-west-1:1:key/1" } },
        enabledClusterLogTypes: ["audit"],
    }),
    aws("eks/NodeGroup", "nodes", { amiType: "AL2023_x86_64_STANDARD" }),
    aws("eks/Addon", "addon", { addonName: "vpc-cni", addonVersion: "v1.20.0-eksbuild.1" }),
    aws("ec2/LaunchTemplate", "template", {
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 100, encrypted: true } }],
    }),
    aws("ebs/Volume", "volume", { encrypted: true }),
    {
        type: "kubernetes:storage.k8s.io/v1:StorageClass",
        name: "gp3",
        props: { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3", encrypted: "true" } },
    },
];

const transport = { name: "require_secure_transport", value: "ON" };

const stores = [
    aws("rds/Cluster", "database", {
        engine: "aurora-mysql",
        engineVersion: "8.0.mysql_aurora.3.08.0",
        clusterIdentifier: "database",
        dbClusterParameterGroupName: "cluster-group",
        endpoint: "mysql.example.com",
        storageEncrypted: true,
        deletionProtection: true,
        backupRetentionPeriod: 14,
    }),
    aws("rds/ClusterInstance", "writer", { clusterIdentifier: "database", dbParameterGroupName: "instance-group" }),
    aws("rds/Instance", "other-database", {
        engine: "mysql",
        engineVersion: "8.0.44",
        parameterGroupName: "instance-group",
        address: "other.example.com",
        storageEncrypted: true,
        deletionProtection: true,
        backupRetentionPeriod: 7,
    }),
    aws("rds/ClusterParameterGroup", "cluster-group", {
        name: "cluster-group",
        family: "aurora-mysql8.0",
        parameters: [transport],
    }),
    aws("rds/ParameterGroup", "instance-group", {
        name: "instance-group",
        family: "mysql8.0",
        parameters: [transport],
    }),
    aws("elasticache/ReplicationGroup", "cache", {
        engine: "valkey",
        engineVersion: "8.0",
        primaryEndpointAddress: "redis.example.com",
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        atRestEncryptionEnabled: true,
        authToken: "canary-token",
        automaticFailoverEnabled: true,
        multiAzEnabled: true,
    }),
    aws("sqs/Queue", "queue", { name: "queue" }),
];

const bucket = [
    aws("s3/Bucket", "files", { bucket: "files", forceDestroy: false }),
    aws("s3/BucketPublicAccessBlock", "block", {
        bucket: "files",
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    }),
    aws("s3/BucketPolicy", "bucket-policy", { bucket: "files", policy: document(refusal()) }),
    aws("s3/BucketVersioning", "versioning", { bucket: "files", versioningConfiguration: { status: "Enabled" } }),
    aws("s3/BucketLifecycleConfiguration", "lifecycle", { bucket: "files", rules: [{ id: "old" }] }),
    aws("s3/BucketServerSideEncryptionConfiguration", "encryption", {
        bucket: "files",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key" } }],
    }),
];

const identity = [
    aws("kms/Key", "key", {
        enableKeyRotation: true,
        policy: document({ Effect: "Allow", Principal: { AWS: [Root] }, Action: ["kms:*"], Resource: ["*"] }),
    }),
    aws("iam/Role", "role", {
        name: "role",
        assumeRolePolicy: trust({ StringEquals: claims(["system:serviceaccount:wandb:wandb-app"]) }),
    }),
    aws("iam/RolePolicy", "rights", {
        role: "role",
        policy: document(allow({ Resource: ["arn:aws:s3:::files/*"] })),
    }),
    aws("iam/Role", "node-role", { name: "node-role", assumeRolePolicy: serviceTrust }),
    aws("iam/RolePolicyAttachment", "node-rights", {
        role: "node-role",
        policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    }),
];

/** The custom resource `wandb`, which names the stores of the stack, and its resources of AWS. */
export const soundStack: readonly Written[] = [
    { type: InstanceType, name: "wandb", props: faultless() },
    ...network,
    ...cluster,
    ...stores,
    ...bucket,
    ...identity,
];

function put(tree: Tree, [key, ...below]: readonly string[], value: unknown): Tree {
    return { ...tree, [key]: below.length === 0 ? value : put((tree[key] ?? {}) as Tree, below, value) };
}

function keysOf(path: string): string[] {
    const [plain, last] = path.split("//");
    return [...plain.split("."), ...(last === undefined ? [] : [last])];
}

/** The sound stack, or another one, with a change. */
export function changed({ on, set = {}, without = [], add = [] }: Change, sound = soundStack): Written[] {
    const kept = sound.filter(({ name }) => !without.includes(name));
    const stack = kept.map((one) =>
        one.name === on
            ? {
                  ...one,
                  props: Object.entries(set).reduce(
                      (tree, [path, value]) => put(tree, keysOf(path), value),
                      one.props as Tree,
                  ),
              }
            : one,
    );
    return [...stack, ...add];
}

/** One finding: the policy without `wandb-aws-`, and the text. */
export interface Found {
    readonly policy: string;
    readonly message: string;
}

/** What all policies about AWS find. */
export async function foundIn(stack: readonly Written[], configuration: object = {}): Promise<Found[]> {
    const all: Found[] = [];
    for (const policy of awsPolicies) {
        for (const { message } of await violations(policy, stack, configuration)) {
            all.push({ policy: policy.name.replace(/^wandb-aws-/, ""), message });
        }
    }
    return all;
}
