/** What every role and every policy of a deployment on AWS may do, from the functions that make them, with the reason for each statement. */
import { clickHouseKeyPolicy } from "../sdk/aws/entry/click-house";
import {
    autoscalerPolicy,
    externalDnsPolicy,
    loadBalancerControllerPolicy,
    secretsKeyPolicy,
    volumeKeyPolicy,
} from "../sdk/aws/iam/controller-policies";
import { readMetrics } from "../sdk/aws/identity/monitoring";
import { flowLogPolicy, flowLogTrust } from "../sdk/aws/network/flow-log";
import { bucketPolicy, keyPolicy, keyUse, keyUseThroughS3, policy, principalPolicy } from "../sdk/aws/iam/policies";
import { queueUse, secretStore, teamBuckets } from "../sdk/aws/iam/policies-app";
import { queuePolicy, replicationPolicy } from "../sdk/aws/iam/policies-bucket";
import {
    accountId,
    appRoleArn,
    bucketArn,
    copyBucketArn,
    copyKeyArn,
    type Holder,
    keyArn,
    partition,
    place,
    podTrust,
    queueArn,
    type Reasons,
    region,
    serviceGrant,
} from "./iam-holder";

const onlyThisAccount =
    "only this service account; the audience is checked, so that tokens made for others do not count";

const cluster: readonly Holder[] = [
    {
        title: "Control plane",
        about: "The role of the EKS cluster.",
        role: "cluster-role",
        managed: { AmazonEKSClusterPolicy: "what EKS demands of the role of a cluster" },
        grants: [
            serviceGrant("cluster-role", "eks.amazonaws.com", "EKS acts as it"),
            {
                resource: "cluster-role-secrets",
                document: secretsKeyPolicy(keyArn),
                reasons: { Use: "Secrets of Kubernetes are encrypted with the deployment's key" },
            },
        ],
    },
    {
        title: "Nodes",
        about: "Pods do not get these: the metadata service answers one hop away only. The role has no right of W&B.",
        role: "node-role",
        managed: {
            AmazonEKSWorkerNodePolicy: "joining the cluster",
            AmazonEC2ContainerRegistryPullOnly: "pulling the images of the add-ons",
        },
        grants: [serviceGrant("node-role", "ec2.amazonaws.com", "instances act as it")],
    },
    {
        title: "Network add-on (vpc-cni)",
        about: "A role of its own, so that nodes need not have these rights.",
        role: "vpc-cni-role",
        managed: { AmazonEKS_CNI_Policy: "giving pods addresses of the VPC" },
        grants: [podTrust("vpc-cni-role", "kube-system", "aws-node", onlyThisAccount)],
    },
    {
        title: "EBS CSI driver",
        about: "It makes the volumes of pods.",
        role: "ebs-csi-role",
        managed: { AmazonEBSCSIDriverPolicy: "making, attaching and deleting volumes and their snapshots" },
        grants: [
            podTrust("ebs-csi-role", "kube-system", "ebs-csi-controller-sa", onlyThisAccount),
            {
                resource: "ebs-csi-role-key",
                document: volumeKeyPolicy(keyArn),
                reasons: {
                    Grants: "EC2 decrypts a volume on behalf of the driver, by a grant; grants for services of AWS only",
                    Use: "volumes are encrypted with the deployment's key",
                },
            },
        ],
    },
];

const loadBalancerReasons: Reasons = {
    ServiceRole: "the first load balancer of an account needs Elastic Load Balancing's own role",
    Look: "none of these actions can be limited to resources",
    Certificates: "reads the certificate of the listener",
    WebAcl: "puts `aws.loadBalancer.webAclArn` in front; which one is said by the Ingress",
    NewGroupInVpc: "security groups in the deployment's VPC only, which may be shared by another account",
    NewGroup: "a new group must carry the cluster's tag",
    TagNewGroup: "tags at creation",
    TagGroup: "tags of its own groups later; the cluster's tag itself stays",
    GroupRules: "rules of groups in the VPC: its own, and that of the nodes, which lets the load balancer in",
    DeleteGroup: "its own groups",
    Create: "a new load balancer or target group must carry the cluster's tag",
    TagNew: "tags at creation",
    Tag: "tags of what is its own later; the cluster's tag itself stays",
    TagListeners: "listeners and rules have no tags while they are made, by which they could be told apart",
    Change: "what carries the cluster's tag",
    Targets: "pods come and go as targets",
    NewListeners: "at its own load balancers",
    Listeners: "listeners of load balancers; AWS does not know their owner's tag here",
    Rules: "the same",
};

const controllers: readonly Holder[] = [
    {
        title: "Load balancer controller",
        about: "Release 2.17.1 of the AWS load balancer controller. Everything it makes carries the cluster's name, and it may change only that. Shield, WAF Classic and Cognito are left out.",
        role: "load-balancer-controller-role",
        grants: [
            podTrust("load-balancer-controller-role", "kube-system", "aws-load-balancer-controller", onlyThisAccount),
            {
                resource: "load-balancer-controller-role-rights",
                document: loadBalancerControllerPolicy(place, "<vpc>"),
                reasons: loadBalancerReasons,
            },
        ],
    },
    {
        title: "Cluster autoscaler",
        about: "It adds nodes and takes them away.",
        role: "cluster-autoscaler-role",
        grants: [
            podTrust("cluster-autoscaler-role", "kube-system", "cluster-autoscaler", onlyThisAccount),
            {
                resource: "cluster-autoscaler-role-rights",
                document: autoscalerPolicy(place),
                reasons: {
                    Look: "none of these actions can be limited to resources",
                    NodeGroups: "labels and taints of a group that has no node",
                    Scale: "groups that EKS has tagged as those of this cluster",
                },
            },
        ],
    },
    {
        title: "external-dns",
        about: "Only with `aws.dns.externalDns`.",
        role: "external-dns-role",
        grants: [
            podTrust("external-dns-role", "kube-system", "external-dns", onlyThisAccount),
            {
                resource: "external-dns-role-rights",
                document: externalDnsPolicy(partition, "<zone>"),
                reasons: {
                    Records: "records of the one zone `aws.dns.zoneId`",
                    Zones: "a list cannot be limited to one zone",
                },
            },
        ],
    },
];

const app: Holder = {
    title: "Pods of W&B",
    about: "The only role with rights on data. `aws.identity.policyArns` adds policies of yours.",
    role: "app-role",
    grants: [
        podTrust(
            "app-role",
            "<namespace>",
            "<each account of W&B>",
            "each account is named, as long as the text has at most 2048 characters, which is AWS's limit; beyond it the accounts whose names begin with that of the custom resource",
        ),
        {
            resource: "app-role-bucket",
            when: "unless the bucket is no S3 or has credentials of its own",
            document: principalPolicy({ bucketArn }, undefined),
            reasons: {
                WandbBucket: "W&B looks at these settings and lists objects; a list cannot be limited to a prefix",
                WandbObjects:
                    "reading, writing and presigned URLs, below `aws.bucket.prefix` where there is one. Nobody may delete a version, so that a mistake can be undone",
            },
        },
        {
            resource: "app-role-key",
            when: "with a key of the bucket",
            document: keyUseThroughS3(keyArn),
            reasons: {
                WandbUse: "objects are encrypted with it; through S3 only",
                WandbDescribe: "to see whether the key is there",
            },
        },
        {
            resource: "app-role-secrets",
            document: secretStore({ ...place, prefix: "<cluster>" }),
            reasons: { TeamSecrets: "secrets that teams enter, when W&B keeps them in Secrets Manager" },
        },
        {
            resource: "app-role-queue",
            when: "with `aws.bucket.eventQueue`",
            document: queueUse(queueArn),
            reasons: { BucketEvents: "takes events off the queue" },
        },
        {
            resource: "app-role-team-buckets",
            when: 'with `aws.identity.bucketAccess: "restricted"`',
            document: teamBuckets({ partition, accountId, teamAccounts: ["<account of a team>"] }),
            reasons: {
                TeamBuckets: "buckets that teams connect; an ARN of S3 names no account, so the condition does",
                TeamObjects: "the same",
                TeamKeys: "their keys, through S3 only",
            },
        },
        {
            resource: "app-role-team-buckets",
            when: 'with `aws.identity.bucketAccess: "public"`',
            document: teamBuckets({ partition, accountId }),
            reasons: {
                TeamBuckets: "buckets of every other account, as far as their policies allow",
                TeamObjects: "the same",
                TeamKeys: "their keys, through S3 only",
            },
        },
    ],
};

const services: readonly Holder[] = [
    {
        title: "CloudWatch exporter (YACE)",
        about: "Only with `aws.monitoring.cloudWatchExporter`.",
        role: "monitoring-role",
        grants: [
            podTrust("monitoring-role", "<namespace>", "<name>-yace", onlyThisAccount),
            {
                resource: "monitoring-role-metrics",
                document: readMetrics,
                reasons: {
                    ReadMetrics: "finds what carries the deployment's tag and reads metrics; none of it can be limited",
                },
            },
        ],
    },
    {
        title: "Enhanced monitoring of the database",
        about: "Only with `aws.database.monitoringIntervalSeconds`.",
        role: "database-monitoring-role",
        managed: { AmazonRDSEnhancedMonitoringRole: "what RDS demands" },
        grants: [serviceGrant("database-monitoring-role", "monitoring.rds.amazonaws.com", "RDS acts as it")],
    },
    {
        title: "VPC flow logs",
        about: "Only with `aws.network.flowLogs`.",
        role: "flow-log-role",
        grants: [
            {
                resource: "flow-log-role",
                document: flowLogTrust(partition, region, accountId),
                reasons: { Service: "the service writes for everybody, so only for flow logs of this account" },
            },
            {
                resource: "flow-log-role-write",
                document: flowLogPolicy(
                    `arn:aws:logs:${region}:${accountId}:log-group:<group>`,
                    partition,
                    region,
                    accountId,
                ),
                reasons: { Write: "records go to the one log group", Find: "a list cannot be limited to one group" },
            },
        ],
    },
    {
        title: "Replication of the bucket",
        about: "Only with `aws.bucket.replication`.",
        role: "replication-role",
        grants: [
            serviceGrant("replication-role", "s3.amazonaws.com", "S3 acts as it"),
            {
                resource: "replication-role-copy",
                document: replicationPolicy({ bucketArn, keyArn, copyBucketArn, copyKeyArn, otherAccount: true }),
                reasons: {
                    Source: "what is to be copied",
                    SourceObjects: "reading the versions",
                    Copies: "writing them; the owner is changed only when the copies are another account's",
                    SourceKey: "decrypting, through S3 and for this bucket only",
                    CopiesKey: "encrypting, through S3 and for the copies only",
                },
            },
        ],
    },
];

const keyReasons: Reasons = {
    Account: "IAM policies of the account decide who; without it the key could become unmanageable",
    Administrators: "with `aws.key.administratorArns`: managing it, without use and without grants",
    VolumesUse:
        "EC2 Auto Scaling starts nodes with encrypted volumes, as its own role and through EC2 only. The principal is everybody, limited to that role by conditions, because KMS refuses the name of a role that an account does not have yet",
    VolumesAttach: "the same, for grants to services of AWS only",
};

const resources: readonly Holder[] = [
    {
        title: "Policy of the key",
        about: "EKS, RDS, ElastiCache and S3 use the key by the rights of whoever calls them. A key of your own (`aws.key.arn`) keeps its policy.",
        grants: [
            {
                resource: "key",
                document: keyPolicy({
                    ...place,
                    administratorArns: ["<administrators>"],
                    userArns: [],
                    volumes: true,
                }),
                reasons: keyReasons,
            },
        ],
    },
    {
        title: "Policy of ClickHouse's key",
        about: "Only with `aws.clickHouse.key`.",
        grants: [
            {
                resource: "click-house-key",
                document: clickHouseKeyPolicy(`arn:aws:iam::${accountId}:root`, "<aws.clickHouse.keyPrincipalArn>"),
                reasons: {
                    Account: keyReasons.Account,
                    ClickHouse: "what ClickHouse Cloud asks for",
                },
            },
        ],
    },
    {
        title: "Policy of the bucket",
        about: "The pods' role is of the same account, so its own rights suffice.",
        grants: [
            {
                resource: "bucket-policy",
                document: bucketPolicy({ bucketArn }, []),
                reasons: {
                    HttpsOnly: "nobody reads or writes without TLS; a refusal has no exceptions",
                    Tls12OrNewer: "nor with TLS older than 1.2",
                },
            },
        ],
    },
    {
        title: "Policy of the queue",
        about: "Only with `aws.bucket.eventQueue`.",
        grants: [
            {
                resource: "bucket-events-policy",
                document: queuePolicy({ queueArn, bucketArn, accountId }),
                reasons: { BucketEvents: "S3 sends events of this bucket, and only while it is this account's" },
            },
        ],
    },
    {
        title: "A bucket of your own",
        about: "Not made here: outputs for the owner of the bucket that `bucket` names. Needed when it, or its key, is another account's.",
        grants: [
            {
                resource: "bucketOwnerPolicy",
                document: bucketPolicy({ bucketArn }, [appRoleArn]),
                reasons: {
                    HttpsOnly: "as above",
                    Tls12OrNewer: "as above",
                    WandbBucket: "as in the rights of the pods",
                    WandbObjects: "as in the rights of the pods",
                },
            },
            {
                resource: "bucketKeyPolicyStatements",
                document: policy(...keyUse([appRoleArn], region)),
                reasons: { WandbUse: "as in the rights of the pods", WandbDescribe: "as in the rights of the pods" },
            },
        ],
    },
];

/** All of them, in the order of the page. */
export const Holders: readonly Holder[] = [app, ...cluster, ...controllers, ...services, ...resources];
