/** What programs ask about the account they work in. */
import type { InvokeModel } from "../model";
import { accountOf, regionOf } from "./account";

const id = { type: "string" } as const;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const getCallerIdentity: InvokeModel = {
    token: "aws:index/getCallerIdentity:getCallerIdentity",
    inputs: { id },
    outputs: { accountId: { type: "string" }, arn: { type: "string" }, id, userId: { type: "string" } },
    answer: (_inputs, { config }) => {
        const { accountId, callerArn } = accountOf(config);
        return { accountId, arn: callerArn, id: accountId, userId: "AIDASANDBOXEXAMPLE000" };
    },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/getpartition/ */
const getPartition: InvokeModel = {
    token: "aws:index/getPartition:getPartition",
    inputs: { id },
    outputs: { dnsSuffix: { type: "string" }, id, partition: { type: "string" }, reverseDnsPrefix: { type: "string" } },
    answer: (_inputs, { config }) => {
        const { partition, dnsSuffix } = accountOf(config);
        return { dnsSuffix, id: partition, partition, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
    },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/getregion/ */
const getRegion: InvokeModel = {
    token: "aws:index/getRegion:getRegion",
    inputs: { region: { type: "string" } },
    outputs: {
        description: { type: "string" },
        endpoint: { type: "string" },
        id,
        name: { type: "string" },
        region: { type: "string" },
    },
    answer: (inputs, { config }) => {
        const region = regionOf(inputs, config);
        const endpoint = `ec2.${region}.${accountOf(config).dnsSuffix}`;
        return { description: `Sandbox (${region})`, endpoint, id: region, name: region, region };
    },
};

export const sts: readonly InvokeModel[] = [getCallerIdentity, getPartition, getRegion];
