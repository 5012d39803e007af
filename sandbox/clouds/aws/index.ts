/** The `aws` package: what programs of this repository use of it. */
import type { CloudModel, PropertyModels } from "../model";
import { acm } from "./acm";
import { network, networkLookups } from "./ec2";
import { eks, eksInvokes } from "./eks";
import { elbv2 } from "./elbv2";
import { elbv2Invokes, elbv2Targets } from "./elbv2-targets";
import { endpointServices } from "./endpoint-service";
import { iam } from "./iam";
import { elasticache } from "./elasticache";
import { kms } from "./kms";
import { launchTemplate } from "./launch-template";
import { logs } from "./logs";
import { withQuota } from "./quotas";
import { route53, route53Invokes } from "./route53";
import { rds } from "./rds";
import { s3 } from "./s3";
import { s3Extras } from "./s3-extras";
import { sqs } from "./sqs";
import { sts } from "./sts";

/** https://www.pulumi.com/registry/packages/aws/installation-configuration/ */
const config: PropertyModels = {
    accessKey: { type: "string", secret: true },
    assumeRoles: {
        type: "array",
        items: {
            type: "object",
            properties: {
                roleArn: { type: "string", required: true },
                sessionName: { type: "string" },
                externalId: { type: "string" },
                duration: { type: "string" },
            },
        },
    },
    defaultTags: { type: "object", properties: { tags: { type: "map" } } },
    profile: { type: "string" },
    // The real provider looks into the environment too.
    region: { type: "string", required: true, default: process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] },
    secretKey: { type: "string", secret: true },
    skipCredentialsValidation: { type: "boolean" },
    skipMetadataApiCheck: { type: "boolean" },
    skipRegionValidation: { type: "boolean" },
    skipRequestingAccountId: { type: "boolean" },
    token: { type: "string", secret: true },
};

export const aws: CloudModel = {
    name: "aws",
    sdk: "@pulumi/aws",
    config,
    resources: [
        ...s3,
        ...s3Extras,
        ...kms,
        ...iam,
        ...sqs,
        ...network,
        ...logs,
        ...acm,
        ...route53,
        ...elbv2,
        ...elbv2Targets,
        ...endpointServices,
        ...eks,
        launchTemplate,
        ...rds,
        ...elasticache,
    ].map(withQuota),
    invokes: [...sts, ...networkLookups, ...route53Invokes, ...elbv2Invokes, ...eksInvokes],
};
