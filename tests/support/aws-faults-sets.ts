/** The deployments under faults, which have every type of the simulated AWS among them. */
import type { Inventory } from "../../sandbox/clouds/inventory";
import { AwsBucketAccess, AwsIdentityMode, AwsLoadBalancerScheme, AwsNatMode, AwsStorageClass } from "../../sdk/index";
import { plantKey, plantRole, plantZone } from "./aws-account";
import type { Changes, FaultSet } from "./faults";

const keyArn = (last: number) => `arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-12345678901${last}`;

/** What changes in place in the bucket of each. */
const bucketChanges = {
    prefix: "team/wandb",
    corsHosts: ["other.example.com"],
    lifecycle: { noncurrentVersionDays: 90 },
};

/** The least that there is. */
export const Least: FaultSet = {
    args: {},
    plant: async (inventory) => {
        await plantZone(inventory);
        await plantKey(inventory, keyArn(1));
    },
    changes: {
        tags: { team: "ml" },
        aws: {
            network: { nat: AwsNatMode.Single },
            key: { bucketKeyArn: keyArn(1) },
            bucket: { ...bucketChanges, versioning: false },
            identity: { bucketAccess: AwsBucketAccess.Restricted, teamBucketAccounts: ["210987654321"] },
            // Makes another load balancer, to which the record then points.
            loadBalancer: { scheme: AwsLoadBalancerScheme.Internal },
        },
    },
};

const ops = { principalArn: "arn:aws:iam::123456789012:role/ops", policies: ["AmazonEKSViewPolicy"] };

/** With all that makes types of resources which the least has not. */
export const Everything: FaultSet = {
    args: {
        aws: {
            network: { flowLogs: {} },
            cluster: { accessEntries: { ops } },
            cache: { parameters: { "maxmemory-policy": "allkeys-lru" } },
            bucket: {
                accessLogBucket: "access-logs",
                replication: { bucketArn: "arn:aws:s3:::copies", kmsKeyArn: keyArn(2) },
                eventQueue: true,
            },
            identity: { mode: AwsIdentityMode.PodIdentity },
            privateLink: { allowedAccountIds: ["210987654321"], privateDnsName: "wandb.example.com" },
        },
    },
    plant: async (inventory) => {
        await plantZone(inventory);
        await plantRole(inventory, "ops");
        await plantKey(inventory, keyArn(2));
        for (const name of ["access-logs", "other-access-logs", "copies"]) {
            await plantLocalBucket(inventory, name);
        }
        await inventory.plant({
            type: "aws:s3/bucketVersioning:BucketVersioning",
            id: "copies",
            inputs: { bucket: "copies", versioningConfiguration: { status: "Enabled" } },
            outputs: {},
        });
    },
    changes: {
        tags: { team: "ml" },
        aws: {
            cluster: { accessEntries: { ops: { ...ops, groups: ["ops"] } } },
            cache: { parameters: { "maxmemory-policy": "noeviction" } },
            bucket: {
                ...bucketChanges,
                accessLogBucket: "other-access-logs",
                replication: {
                    bucketArn: "arn:aws:s3:::copies",
                    kmsKeyArn: keyArn(2),
                    storageClass: AwsStorageClass.StandardInfrequent,
                },
            },
            privateLink: { allowedAccountIds: ["210987654321", "210987654322"] },
        },
    },
};

export const QueuePolicy = "aws:sqs/queuePolicy:QueuePolicy";

/** Another bucket. The queue of its events stays, but its policy must let in the new one: nothing else changes it. */
export const OtherBucket: Changes = { aws: { bucket: { name: "other-example-wandb" } } };

/** Types that `Everything` has and `Least` has not. */
export const ExtraTypes: readonly string[] = [
    "aws:ec2/flowLog:FlowLog",
    "aws:ec2/vpcEndpointService:VpcEndpointService",
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "aws:elasticache/parameterGroup:ParameterGroup",
    "aws:lb/listener:Listener",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:s3/bucketLogging:BucketLogging",
    "aws:s3/bucketNotification:BucketNotification",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "aws:sqs/queue:Queue",
    QueuePolicy,
    "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];

/** Types that no deployment makes: it only names what the account has. */
export const UnmadeTypes: readonly string[] = [
    // By `aws.identity.policyArns` and `aws.identity.permissionsBoundary`.
    "aws:iam/policy:Policy",
];

/** Types that no argument changes in place, and why. */
export const NeverUpdated: Readonly<Record<string, string>> = {
    "aws:acm/certificateValidation:CertificateValidation": "another certificate is another validation",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "a subnet keeps its table",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": "the provider replaces it for whatever changes",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "the provider replaces it for whatever changes",
    "aws:kms/alias:Alias": "only its name can be given, which replaces it",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": "the provider replaces it for whatever changes",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "the same for every bucket",
    "aws:s3/bucketPolicy:BucketPolicy": "it says the same of every bucket, and names no principal",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "the same for every bucket",
    "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification":
        "the provider replaces it for whatever changes",
    "random:index/randomId:RandomId": "what is random stays, or is drawn anew",
    "random:index/randomPassword:RandomPassword": "what is random stays, or is drawn anew",
};

/** A bucket in the region of the deployments. */
async function plantLocalBucket(inventory: Inventory, bucket: string): Promise<void> {
    const outputs = { arn: `arn:aws:s3:::${bucket}`, bucket, bucketRegion: "us-east-1" };
    await inventory.plant({ type: "aws:s3/bucket:Bucket", id: bucket, inputs: { bucket }, outputs });
}
