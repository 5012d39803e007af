/** The account on AWS in which arguments are changed, with what they name. */
import type { Row } from "../sandbox/clouds/inventory";
import { answerOf } from "../tests/support/aws-graph";
import type { ModelledAccount } from "./modelled-stack";

export const AccountId = "123456789012";
export const roleArn = (name: string) => `arn:aws:iam::${AccountId}:role/${name}`;
export const policyArn = (name: string) => `arn:aws:iam::${AccountId}:policy/${name}`;

/** Two VPCs. */
export const vpcIds = ["vpc-0123456789abcdef0", "vpc-1123456789abcdef0"] as const;
/** A subnet in the one or the other. */
export const subnetId = (vpc: 0 | 1, last: number) => `subnet-${vpc}123456789abcdef${last}`;

const there = (type: string, id: string, outputs: Row["outputs"]): Row => ({
    type,
    id,
    state: "active",
    inputs: outputs,
    outputs,
});

/** Even ones lie in the first zone, odd ones in the second. */
function subnetRow(vpc: 0 | 1, last: number): Row {
    const zone = { vpcId: vpcIds[vpc], availabilityZone: last % 2 === 1 ? "us-east-1b" : "us-east-1a" };
    return { ...there("aws:ec2/subnet:Subnet", subnetId(vpc, last), zone), inputs: zone };
}

const rows: readonly Row[] = [
    ...["ops", "operations", "security", "clickhouse", "clickhouse-two"].map((name) =>
        there("aws:iam/role:Role", name, { name, arn: roleArn(name) }),
    ),
    ...["boundary", "extra"].map((name) => there("aws:iam/policy:Policy", name, { name, arn: policyArn(name) })),
    ...([0, 1] as const).flatMap((vpc) => [
        there("aws:ec2/vpc:Vpc", vpcIds[vpc], { cidrBlock: "10.0.0.0/16" }),
        there("aws:ec2/routeTable:RouteTable", `rtb-${vpc}123456789abcdef0`, { vpcId: vpcIds[vpc] }),
        there("aws:ec2/routeTable:RouteTable", `rtb-${vpc}123456789abcdef1`, { vpcId: vpcIds[vpc] }),
        there("aws:ec2/securityGroup:SecurityGroup", `sg-${vpc}123456789abcdef0`, { vpcId: vpcIds[vpc] }),
        ...Array.from({ length: 8 }, (_, last) => subnetRow(vpc, last)),
    ]),
    ...["replica", "other-replica"].flatMap((bucket) => [
        there("aws:s3/bucket:Bucket", bucket, { bucket, arn: `arn:aws:s3:::${bucket}` }),
        {
            ...there("aws:s3/bucketVersioning:BucketVersioning", bucket, {}),
            inputs: { bucket, versioningConfiguration: { status: "Enabled" } },
        },
    ]),
];

/** In which VPC a subnet lies. */
function vpcOf(token: string, { id }: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return token === "aws:ec2/getSubnet:getSubnet" ? { vpcId: vpcIds[String(id).startsWith("subnet-0") ? 0 : 1] } : {};
}

export const AwsAccount: ModelledAccount = {
    config: { region: "us-east-1" },
    clusterType: "aws:eks/cluster:Cluster",
    rows,
    answer: (token, asked) => ({ ...answerOf(token, asked), ...vpcOf(token, asked) }),
};
