import type { WandbDeploymentArgs } from "../../sdk/args";
import type { WandbDeployment } from "../../sdk/index";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";
import type { GraphRecorder } from "../support/graph";
import { type Change, changed } from "./row";

/** What AWS gives names and addresses, for those who compare them. */
const Made = {
    "aws:ec2/vpcEndpointService:VpcEndpointService": {
        serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-1",
        availabilityZones: ["us-east-1a", "us-east-1b"],
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": { primaryEndpointAddress: "master.cache.example" },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        arn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
    },
    // Names are left to Pulumi, so roles are told apart by what they are for.
    "aws:iam/role:Role": ({ description }: Readonly<Record<string, unknown>>) => ({
        arn: `arn:aws:iam::123456789012:role/${String(description).replaceAll(/\W+/g, "-")}`,
    }),
    "aws:kms/key:Key": { arn: "arn:aws:kms:us-east-1:123456789012:key/made", keyId: "made" },
    "aws:rds/cluster:Cluster": { endpoint: "writer.database.example", port: 3306 },
    "aws:s3/bucket:Bucket": {
        bucket: "demo-bucket-1a2b3c4",
        arn: "arn:aws:s3:::demo-bucket-1a2b3c4",
        bucketRegion: "us-east-1",
    },
    "aws:sqs/queue:Queue": {
        arn: "arn:aws:sqs:us-east-1:123456789012:demo-bucket-events",
        url: "https://sqs.us-east-1.amazonaws.com/123456789012/demo-bucket-events",
    },
    "random:index/randomPassword:RandomPassword": { result: "generated" },
};

export interface Recorded {
    readonly graph: GraphRecorder;
    readonly deployment: WandbDeployment;
}

/** Makes the deployment `demo` against mocks, of the least arguments and a change of them. */
export async function recorded(change: Change): Promise<Recorded> {
    const graph = await startOnAws(Made);
    const deployment = await deployedAlone(changed(AwsDeployments.minimal, change) as WandbDeploymentArgs);
    return { graph, deployment };
}
