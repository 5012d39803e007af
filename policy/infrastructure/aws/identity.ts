import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, stackPolicy } from "../../rule";
import { allows, type Comparison, comparisonsOf, confines, statementsOf } from "./document";
import { each, isPartlyUnknown, ofType, texts } from "../settings";

const RoleType = "aws:iam/role:Role";
const RolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const AttachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PolicyType = "aws:iam/policy:Policy";

/** Statements by which an OIDC issuer, such as that of a cluster, lets its subjects act as a role. */
function federated({ properties }: Resource): View[] {
    return statementsOf(properties.at("assumeRolePolicy")).filter(
        (statement) =>
            allows(statement) &&
            !statement.at("Condition").unknown &&
            texts(statement.at("Principal", "Federated")).some((arn) => arn.includes(":oidc-provider/")),
    );
}

const demands = (statement: View, claim: string, holds: (one: Comparison) => boolean): boolean =>
    comparisonsOf(statement).some((one) => one.key.endsWith(`:${claim}`) && confines(one) && holds(one));

/** Subjects that are as good as all of the issuer's, where `*` stands for anything. */
function isAnySubject({ operator, values }: Comparison): boolean {
    return (
        operator.endsWith("like") &&
        texts(values).some((text) => /^(?:system(?::serviceaccount)?:?|repo:)?[*:?]*$/.test(text))
    );
}

const subject = resourcePolicy(
    {
        name: "wandb-aws-trust-any-subject",
        description:
            "A role that trusts the OIDC issuer of a cluster without naming service accounts is every pod's. With an issuer that many share, it is everybody's.",
        level: "mandatory",
        severity: "critical",
        remedy: "Demand <issuer>:sub to be system:serviceaccount:<namespace>:<name>.",
    },
    [RoleType],
    function* (resource) {
        for (const statement of federated(resource)) {
            if (!demands(statement, "sub", (one) => !isAnySubject(one))) {
                yield {
                    resource,
                    path: statement.path,
                    message: "trusts an OIDC issuer whatever the subject is, so any pod may act as the role",
                    remedy: "Add a condition StringEquals on <issuer>:sub with the service accounts that are meant.",
                };
            }
        }
    },
);

const audience = resourcePolicy(
    {
        name: "wandb-aws-trust-any-audience",
        description:
            "A role that trusts an OIDC issuer checks the token's audience only when told so. Without it a token that was made for another service is good for AWS too.",
        level: "advisory",
        severity: "medium",
        remedy: "Demand <issuer>:aud to be sts.amazonaws.com.",
    },
    [RoleType],
    function* (resource) {
        for (const statement of federated(resource)) {
            if (!demands(statement, "aud", () => true)) {
                yield {
                    resource,
                    path: statement.path,
                    message: "does not check the token's audience",
                    remedy: "Add a condition StringEquals on <issuer>:aud with sts.amazonaws.com.",
                };
            }
        }
    },
);

/** Documents of rights that a resource carries. */
function documentsOf({ type, properties }: Resource): View[] {
    return type === RoleType
        ? properties.at("inlinePolicies").items.map((one) => one.at("policy"))
        : [properties.at("policy")];
}

const wideRights = resourcePolicy(
    {
        name: "wandb-aws-wide-rights",
        description:
            "All actions, or all of a service, on all resources is more than W&B needs anywhere. What takes over a pod has all of them.",
        level: "advisory",
        severity: "high",
        remedy: "Name the actions and the resources.",
    },
    [
        PolicyType,
        RolePolicyType,
        RoleType,
        AttachmentType,
        "aws:iam/groupPolicy:GroupPolicy",
        "aws:iam/userPolicy:UserPolicy",
    ],
    function* (resource) {
        for (const statement of documentsOf(resource).flatMap(statementsOf).filter(isWide)) {
            yield {
                resource,
                path: statement.path,
                message: "allows all actions of a service or more, on all resources",
                remedy: "Name the actions and the resources, or limit them by a condition.",
            };
        }
        const managed = [resource.properties.at("policyArn"), ...each(resource.properties.at("managedPolicyArns"))];
        for (const arn of managed.filter(({ text }) => text?.endsWith(":policy/AdministratorAccess"))) {
            yield {
                resource,
                path: arn.path,
                message: "is AdministratorAccess, so whoever acts as the role has the account",
                remedy: "Attach a policy with the rights that are needed.",
            };
        }
    },
);

function isWide(statement: View): boolean {
    const [actions, targets] = [statement.at("Action"), statement.at("Resource")];
    const many = statement.at("NotAction").given || texts(actions).some((action) => /^(?:\*|[\w-]+:\*)$/.test(action));
    const conditions = statement.at("Condition");
    return (
        allows(statement) &&
        many &&
        texts(targets).includes("*") &&
        !isPartlyUnknown(targets) &&
        !conditions.unknown &&
        !comparisonsOf(statement).some(confines)
    );
}

const nodeRights = stackPolicy(
    {
        name: "wandb-aws-node-rights",
        description:
            "Every pod that reaches its node's metadata acts as the node. Rights to files, keys, secrets and queues belong to a role of W&B's service accounts.",
        level: "advisory",
        severity: "high",
        remedy: "Move the rights to a role that trusts the service accounts (IRSA or EKS Pod Identity).",
    },
    (resources) =>
        ofType(resources, "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup").length === 0
            ? []
            : ofType(resources, RoleType)
                  .filter(isForInstances)
                  .flatMap((role) => applicationRights(role, resources)),
);

function isForInstances({ properties }: Resource): boolean {
    return statementsOf(properties.at("assumeRolePolicy")).some((statement) =>
        texts(statement.at("Principal", "Service")).some((service) => /^ec2\.amazonaws\.com(?:\.cn)?$/.test(service)),
    );
}

const ApplicationAction = /^(?:\*|(?:kms|s3|secretsmanager|sqs):.*)$/i;
const ApplicationPolicy =
    /:policy\/(?:AdministratorAccess|AmazonS3\w*Access|AmazonSQSFullAccess|AWSKeyManagementServicePowerUser|SecretsManagerReadWrite)$/;

function applicationRights(role: Resource, resources: readonly Resource[]): Finding[] {
    const own = role.properties.at("name").text;
    const belongs = ({ properties }: Resource) => own !== undefined && properties.at("role").text === own;
    const attached = ofType(resources, AttachmentType).filter(belongs);
    const made = ofType(resources, PolicyType).filter(({ properties }) =>
        attached.some((one) => one.properties.at("policyArn").text === (properties.at("arn").text ?? "")),
    );
    const statements = [role, ...ofType(resources, RolePolicyType).filter(belongs), ...made].flatMap((resource) =>
        documentsOf(resource)
            .flatMap(statementsOf)
            .filter((one) => allows(one) && texts(one.at("Action")).some((action) => ApplicationAction.test(action)))
            .map((one) => ({ resource, path: one.path })),
    );
    const managed = [role, ...attached].flatMap((resource) =>
        [resource.properties.at("policyArn"), ...each(resource.properties.at("managedPolicyArns"))]
            .filter(({ text }) => ApplicationPolicy.test(text ?? ""))
            .map(({ path }) => ({ resource, path })),
    );
    return [...statements, ...managed].map((place) => ({
        ...place,
        message: `gives nodes (role ${own ?? role.name}) rights to files, keys, secrets or queues, and with them every pod`,
        remedy: "Give them to a role of W&B's service accounts.",
    }));
}

/** Policies about roles and their rights. */
export const identityPolicies: Policies = [subject, audience, wideRights, nodeRights];
