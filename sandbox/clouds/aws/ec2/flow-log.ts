/** VPC flow logs, as of @pulumi/aws 7.47. */
import type { RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { allTags, refusedTags, region, tags, tagsAll } from "../account";
import { roleSight } from "../iam-sight";
import { logGroupType } from "../logs";
import { ec2Arn, ec2Id, flowLogType, inVpc, rowsHere, shortWait } from "./shared";

const flowLog: ResourceModel = {
    token: flowLogType,
    inputs: {
        iamRoleArn: { type: "string" },
        logDestination: { type: "string", required: true },
        logDestinationType: { type: "string", values: ["cloud-watch-logs"], default: "cloud-watch-logs" },
        logFormat: { type: "string" },
        maxAggregationInterval: { type: "integer", values: [60, 600], default: 600 },
        trafficType: { type: "string", required: true, values: ["ACCEPT", "REJECT", "ALL"] },
        vpcId: { type: "string", required: true },
        region,
        tags,
    },
    outputs: { arn: { type: "string" }, tagsAll },
    references: [{ path: inVpc.path, types: inVpc.types, message: inVpc.message }],
    // All but tags: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html (a flow log's configuration cannot be changed)
    replaceOn: [
        "iamRoleArn",
        "logDestination",
        "logDestinationType",
        "logFormat",
        "maxAggregationInterval",
        "trafficType",
        "vpcId",
        "region",
    ],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    // internal/service/ec2/vpc_flow_log.go
    sights: [roleSight(["iamRoleArn"], { unknown: unassumable, repeated: ["create"] })],
    refuse: (inputs, context) =>
        (context.previous === undefined ? refusedFlowLog(inputs, context) : undefined) ??
        refusedTags(inputs, context.config),
    id: () => ec2Id("fl"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("vpc-flow-log", id, inputs, config),
        tagsAll: allTags(inputs, config),
    }),
};

/** As https://github.com/hashicorp/terraform-provider-aws/issues/29323 shows it. */
function unassumable(arn: string): string {
    return `InvalidParameter: Unable to assume given IAM role: '${arn}'`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html */
function refusedFlowLog(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { iamRoleArn, logDestination } = inputs;
    const { inventory } = context;
    if (iamRoleArn === undefined) {
        return "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.";
    }
    if (inventory.find(logGroupType, ({ outputs }) => outputs["arn"] === logDestination) === undefined) {
        return `LogDestinationNotFound: LogDestination: ${textOf(logDestination)} does not exist.`;
    }
    const role = inventory.find("aws:iam/role:Role", ({ outputs }) => outputs["arn"] === iamRoleArn);
    if (!textOf(role?.inputs["assumeRolePolicy"]).includes('"vpc-flow-logs.amazonaws.com"')) {
        return unassumable(textOf(iamRoleArn));
    }
    const same = ["vpcId", "logDestination", "trafficType"];
    const others = rowsHere(flowLogType, inputs, context);
    return others.some((other) => same.every((key) => other.inputs[key] === inputs[key]))
        ? "FlowLogAlreadyExists: Error. There is an existing Flow Log with the same configuration and log destination."
        : undefined;
}

export const flowLogs: readonly ResourceModel[] = [flowLog];
