import { LogGroup } from "@pulumi/aws/cloudwatch";
import { FlowLog } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { type AwsFlowLogArgs, AwsFlowLogTraffic } from "../args/network";
import { createRole, type IamSettings, serviceTrust } from "../iam/iam";
import { policy, type PolicyDocument } from "../iam/policies";
import type { AwsScope } from "../scope";
import { named } from "./names";

/** Records traffic of the VPC in a log group. */
export function createFlowLog(
    scope: AwsScope,
    vpcId: pulumi.Output<string>,
    args: AwsFlowLogArgs,
    iam: IamSettings,
): void {
    const { name, parent, tags } = scope;
    const logGroup = new LogGroup(
        `${name}-flow-logs`,
        { name: args.logGroupName, retentionInDays: args.retentionDays ?? 30, tags },
        { parent },
    );
    const account = pulumi.all([scope.partition, scope.region, scope.accountId]);
    const role = createRole(scope, iam, {
        role: "flow-log-role",
        description: "Lets VPC flow logs write their records",
        trust: account.apply(([partition, region, accountId]) => flowLogTrust(partition, region, accountId)),
        policies: {
            write: pulumi
                .all([logGroup.arn, account])
                .apply(([arn, [partition, region, accountId]]) => flowLogPolicy(arn, partition, region, accountId)),
        },
    });
    const flowLog = named(scope, "flow-log");
    new FlowLog(
        flowLog.name,
        {
            vpcId,
            trafficType: args.trafficType ?? AwsFlowLogTraffic.Reject,
            logDestinationType: "cloud-watch-logs",
            logDestination: logGroup.arn,
            iamRoleArn: role.arn,
            tags: flowLog.tags,
        },
        // AWS takes no second one of the same network to the same place.
        { parent, dependsOn: [...role.ready], deleteBeforeReplace: true },
    );
}

/** For flow logs of this account only: the service writes for everybody, and anybody may name a role to it. */
export function flowLogTrust(partition: string, region: string, accountId: string): PolicyDocument {
    const { Statement } = serviceTrust("vpc-flow-logs.amazonaws.com");
    const Condition = {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
    };
    return policy(...Statement.map((statement) => ({ ...statement, Condition })));
}

/**
 * What AWS asks for, limited to the group, which is there already:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogPolicy(groupArn: string, partition: string, region: string, accountId: string): PolicyDocument {
    return policy(
        {
            Sid: "Write",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [groupArn, `${groupArn}:*`],
        },
        {
            Sid: "Find",
            Effect: "Allow",
            // A list cannot be limited to one group.
            Action: ["logs:DescribeLogGroups"],
            Resource: [`arn:${partition}:logs:${region}:${accountId}:log-group:*`],
        },
    );
}
