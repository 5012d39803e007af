/** The `aws` package: what programs of this repository use of it. */
import type { CloudModel, PropertyModels } from "../model";
import { kms } from "./kms";
import { s3 } from "./s3";
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
    resources: [...s3, ...kms],
    invokes: sts,
};
