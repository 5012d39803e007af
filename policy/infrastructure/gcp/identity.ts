import type { Policies } from "@pulumi/policy";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, stackPolicy } from "../../rule";
import { ofType } from "../settings";
import { AccountGrantTypes, type Grant, grantsOf, grantTypes, ProjectGrantTypes } from "./grants";
import { nodeAccounts } from "./nodes";

const shown = (members: readonly string[]): string => members.join(", ");

const [FirstProjectType, ...OtherProjectTypes] = ProjectGrantTypes;
const [FirstAccountType, ...OtherAccountTypes] = AccountGrantTypes;

const StoreTypes = [
    ...grantTypes("storage", "Bucket"),
    ...grantTypes("kms", "CryptoKey"),
    ...grantTypes("kms", "KeyRing"),
    ...grantTypes("pubsub", "Subscription"),
    ...grantTypes("pubsub", "Topic"),
    ...grantTypes("secretmanager", "Secret", "Iam"),
];

const Everybody = ["allUsers", "allAuthenticatedUsers"];

const openToAnybody = resourcePolicy(
    {
        name: "wandb-gcp-open-to-anybody",
        description:
            "A bucket, key, topic, subscription, secret, service account or project may give a role to allUsers or allAuthenticatedUsers. That is the whole internet, or everybody with an account of Google.",
        level: "mandatory",
        severity: "critical",
        remedy: "Name the members.",
        documentation: "https://docs.cloud.google.com/iam/docs/principal-identifiers",
    },
    [FirstProjectType, ...OtherProjectTypes, ...AccountGrantTypes, ...StoreTypes],
    function* (resource) {
        for (const { path, role, members } of grantsOf(resource)) {
            const open = members.filter((member) => Everybody.includes(member));
            if (open.length > 0) {
                yield {
                    resource,
                    path,
                    message: `gives ${role ?? "a role"} to ${shown(open)}, which is everybody`,
                    remedy: "Name service accounts, users or groups in its place.",
                };
            }
        }
    },
);

/** Roles with which one has a project, or all files, keys, secrets or databases in it. */
const WideRoles: ReadonlySet<string> = new Set(
    [
        ...["owner", "editor"],
        ...["storage.admin", "storage.objectAdmin", "storage.objectUser", "storage.objectViewer"],
        ...["cloudkms.admin", "cloudkms.cryptoKeyEncrypterDecrypter", "cloudkms.cryptoKeyDecrypter"],
        ...["secretmanager.admin", "secretmanager.secretAccessor"],
        ...["cloudsql.admin", "container.admin", "pubsub.admin", "resourcemanager.projectIamAdmin"],
        ...["iam.securityAdmin", "iam.serviceAccountAdmin", "iam.serviceAccountKeyAdmin"],
        ...["iam.serviceAccountTokenCreator", "iam.serviceAccountUser", "iam.workloadIdentityUser"],
    ].map((name) => `roles/${name}`),
);

/** Google's own agents, to which Google gives what their services need. */
const Agent =
    /@(?:(?:gcp-sa-[\w-]+|[\w-]+-robot|gs-project-accounts|compute-system)\.iam|cloudservices)\.gserviceaccount\.com$/;

/** Service accounts, also by workload identity, that are not Google's own. */
const isWorkload = (member: string): boolean =>
    /^(?:serviceAccount:|principal(?:Set)?:\/\/)/.test(member) && !Agent.test(member);

const wideRights = resourcePolicy(
    {
        name: "wandb-gcp-wide-rights",
        description:
            "W&B needs its own bucket, key and queue. A role on the whole project, such as Owner, Editor, storage.admin or cloudkms.admin, gives whoever gets hold of its account all others too.",
        level: "advisory",
        severity: "high",
        remedy: "Grant the role on the bucket, key, secret or account that is meant.",
        documentation: "https://docs.cloud.google.com/iam/docs/using-iam-securely",
    },
    [FirstProjectType, ...OtherProjectTypes],
    function* (resource) {
        for (const { path, role, members, conditional } of grantsOf(resource)) {
            const workloads = members.filter(isWorkload);
            if (role !== undefined && WideRoles.has(role) && !conditional && workloads.length > 0) {
                yield {
                    resource,
                    path,
                    message: `gives ${role} on more than one thing to ${shown(workloads)}`,
                    remedy: "Grant a narrower role, on the one bucket, key, secret or account that is needed.",
                };
            }
        }
    },
);

/** All of a pool, whichever namespace and service account it is. */
const WholePool =
    /^principalSet:\/\/iam\.googleapis\.com\/.+\/workloadIdentityPools\/[^/]+\/(?:\*|kubernetes\.cluster\/.+)$/;
const ActingRoles: readonly string[] = [
    "roles/iam.workloadIdentityUser",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountUser",
];

const anySubject = resourcePolicy(
    {
        name: "wandb-gcp-trust-any-subject",
        description:
            "A service account may let a whole workload identity pool or cluster act as itself. Then every pod has its rights, whatever the pod's own service account is.",
        level: "mandatory",
        severity: "critical",
        remedy: "Name the Kubernetes service account, as serviceAccount:<pool>[<namespace>/<name>].",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
    },
    [FirstAccountType, ...OtherAccountTypes],
    function* (resource) {
        for (const { path, role, members, conditional } of grantsOf(resource)) {
            const whole = members.filter((member) => WholePool.test(member));
            if (ActingRoles.includes(role ?? "") && !conditional && whole.length > 0) {
                yield {
                    resource,
                    path,
                    message: `lets all of ${shown(whole)} act as the service account`,
                    remedy: "Name the service accounts of W&B, one member for each.",
                };
            }
        }
    },
);

/** Rights of the application. Images may lie in a bucket, so reading objects is left to nodes. */
const ApplicationRole =
    /^roles\/(?:owner|editor|cloudkms\..+|secretmanager\..+|pubsub\..+|storage\.(?:admin|objectAdmin|objectUser|objectCreator))$/;

const nodeRights = stackPolicy(
    {
        name: "wandb-gcp-node-rights",
        description:
            "Whoever breaks out of a pod acts as the service account of the node. Rights to files, keys, secrets and queues belong to an account of W&B's own.",
        level: "advisory",
        severity: "high",
        remedy: "Give the rights to a service account that W&B's pods act as by Workload Identity Federation.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts",
    },
    (resources) => {
        const members = nodeAccounts(resources).map((email) => `serviceAccount:${email}`);
        return ofType(resources, ...ProjectGrantTypes, ...StoreTypes).flatMap((resource) =>
            grantsOf(resource)
                .filter(({ role }) => ApplicationRole.test(role ?? ""))
                .flatMap((grant) => nodeGrant(resource, grant, members)),
        );
    },
);

function nodeGrant(resource: Resource, { path, role, members }: Grant, accounts: readonly string[]): Finding[] {
    return members
        .filter((member) => accounts.includes(member))
        .map((member) => ({
            resource,
            path,
            message: `gives ${role} to ${member}, the account of nodes`,
            remedy: "Give it to a service account of W&B's pods.",
        }));
}

/** Policies about who may do what. */
export const identityPolicies: Policies = [openToAnybody, wideRights, anySubject, nodeRights];
