import type { Policies } from "@pulumi/policy";
import { resourcePolicy } from "../../rule";
import { isOpen, statementsOf } from "./document";
import { isOn, texts } from "../settings";

/** Resources that say themselves who may use them, and where. */
const Documents: Readonly<Record<string, string>> = {
    "aws:iam/role:Role": "assumeRolePolicy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:s3/bucketV2:BucketV2": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

const [FirstType, ...OtherTypes] = Object.keys(Documents);

const openToAnybody = resourcePolicy(
    {
        name: "wandb-aws-open-to-anybody",
        description:
            'A bucket, key, queue, topic, secret or role may allow something to the principal "*". That is every account of AWS, and for some of them everybody without one.',
        level: "mandatory",
        severity: "critical",
        remedy: "Name the principals, or demand in a condition the account, the organisation, the network or the source.",
    },
    [FirstType, ...OtherTypes],
    function* (resource) {
        const policy = resource.properties.at(Documents[resource.type]);
        for (const statement of statementsOf(policy).filter(isOpen)) {
            yield {
                resource,
                path: statement.path,
                message: "allows something to everybody, and no condition says who may",
                remedy: "Name the principals, or add a condition such as aws:SourceAccount, aws:SourceArn or aws:PrincipalOrgID.",
            };
        }
    },
);

const ServiceType = "aws:ec2/vpcEndpointService:VpcEndpointService";

const endpointService = resourcePolicy(
    {
        name: "wandb-aws-endpoint-service-public",
        description:
            "An endpoint service leads to W&B from other accounts. Allowed to everybody, and accepted without asking, it leads there from any account of AWS.",
        level: "mandatory",
        severity: "critical",
        remedy: "List the accounts, or set acceptanceRequired to true.",
    },
    [ServiceType, "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple"],
    function* (resource) {
        const { type, properties } = resource;
        const allowed = properties.at(type === ServiceType ? "allowedPrincipals" : "principalArn");
        const asks = properties.at("acceptanceRequired");
        if (texts(allowed).includes("*") && !asks.unknown && !isOn(asks)) {
            yield {
                resource,
                path: allowed.path,
                message: "is for everybody (* given), so any account of AWS may connect",
                remedy: "Name accounts, as arn:aws:iam::<account>:root; where each connection is accepted by hand, silence this.",
            };
        }
    },
);

const queueEncryption = resourcePolicy(
    {
        name: "wandb-aws-queue-unencrypted",
        description: "SQS encrypts messages by itself unless told not to. What W&B and S3 send then lies in clear.",
        level: "mandatory",
        severity: "medium",
        remedy: "Remove sqsManagedSseEnabled, or set kmsMasterKeyId.",
    },
    ["aws:sqs/queue:Queue"],
    function* (resource) {
        const { properties } = resource;
        const flag = properties.at("sqsManagedSseEnabled");
        if (flag.scalar === "false" && properties.at("kmsMasterKeyId").empty) {
            yield {
                resource,
                path: flag.path,
                message: "is false, and no kmsMasterKeyId is set, so messages lie in clear",
                remedy: "Set it to true, or name a key.",
            };
        }
    },
);

/** Policies about who may use a resource, as the resource itself says. */
export const accessPolicies: Policies = [openToAnybody, endpointService, queueEncryption];
