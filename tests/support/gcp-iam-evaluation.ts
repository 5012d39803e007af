/**
 * Google Cloud's rule for one request, over the grants of the policies from the thing up to its project: one that has the permission and whose condition
 * holds is enough. Pure: https://docs.cloud.google.com/iam/docs/policies
 */
import type { RegisteredResource } from "./graph";

/** A member of a role in the policy of a thing. */
export interface Grant {
    /** Whose policy it is. */
    readonly on: string;
    readonly role: string;
    readonly member: string;
    /** In Google's Common Expression Language. */
    readonly condition?: string;
}

export interface GcpRequest {
    readonly member: string;
    readonly permission: string;
    /** The thing that is asked, and all above it. */
    readonly on: readonly string[];
    /** `resource.name` and `resource.type` of the request, where its service tells them. */
    readonly name?: string;
    readonly type?: string;
}

/** Permissions of predefined roles, as far as tests ask: https://docs.cloud.google.com/iam/docs/roles-permissions */
const predefined: Readonly<Record<string, readonly string[]>> = {
    "roles/bigtable.user": [
        "bigtable.tables.get",
        "bigtable.tables.list",
        "bigtable.tables.mutateRows",
        "bigtable.tables.readRows",
        "bigtable.tables.sampleRowKeys",
    ],
    "roles/container.defaultNodeServiceAccount": [
        "autoscaling.sites.writeMetrics",
        "logging.logEntries.create",
        "monitoring.metricDescriptors.create",
        "monitoring.metricDescriptors.list",
        "monitoring.timeSeries.create",
        "monitoring.timeSeries.list",
    ],
    "roles/iam.serviceAccountTokenCreator": [
        "iam.serviceAccounts.getAccessToken",
        "iam.serviceAccounts.getOpenIdToken",
        "iam.serviceAccounts.implicitDelegation",
        "iam.serviceAccounts.signBlob",
        "iam.serviceAccounts.signJwt",
    ],
    "roles/iam.workloadIdentityUser": ["iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.getOpenIdToken"],
    "roles/logging.logWriter": ["logging.logEntries.create"],
    "roles/monitoring.viewer": [
        "monitoring.metricDescriptors.get",
        "monitoring.metricDescriptors.list",
        "monitoring.timeSeries.list",
    ],
    "roles/pubsub.publisher": ["pubsub.topics.publish"],
    "roles/pubsub.subscriber": [
        "pubsub.snapshots.seek",
        "pubsub.subscriptions.consume",
        "pubsub.topics.attachSubscription",
    ],
    "roles/pubsub.viewer": ["pubsub.subscriptions.get", "pubsub.topics.get"],
    "roles/storage.bucketViewer": ["storage.buckets.get", "storage.buckets.list"],
    "roles/storage.objectUser": [
        "storage.multipartUploads.create",
        "storage.objects.create",
        "storage.objects.delete",
        "storage.objects.get",
        "storage.objects.list",
        "storage.objects.update",
    ],
};

/** Roles with their permissions: predefined ones are known, custom ones are given. */
export type CustomRoles = Readonly<Record<string, readonly string[]>>;

/** Whether any grant allows it. */
export function isAllowed(grants: readonly Grant[], roles: CustomRoles, request: GcpRequest): boolean {
    return grants.some(
        ({ on, role, member, condition }) =>
            member === request.member &&
            request.on.includes(on) &&
            permissionsOf(role, roles).includes(request.permission) &&
            (condition === undefined || holds(condition, request)),
    );
}

function permissionsOf(role: string, roles: CustomRoles): readonly string[] {
    const permissions = roles[role] ?? predefined[role];
    if (permissions === undefined) {
        throw new Error(`the permissions of ${role} are not known here: add them`);
    }
    return permissions;
}

/** Alternatives of comparisons; what is not told is nothing. */
function holds(condition: string, { name = "", type = "" }: GcpRequest): boolean {
    return condition.split(" || ").some((part) => {
        const start = /^resource\.name\.startsWith\("([^"]*)"\)$/.exec(part)?.[1];
        const kind = /^resource\.type == "([^"]*)"$/.exec(part)?.[1];
        if (start === undefined && kind === undefined) {
            throw new Error(`the condition ${part} is not evaluated here: add it`);
        }
        return start === undefined ? type === kind : name.startsWith(start);
    });
}

/** Properties that say whose policy a member is of, by the type of the member. */
const owners: Readonly<Record<string, string>> = {
    "gcp:bigtable/instanceIamMember:InstanceIamMember": "instance",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": "cryptoKeyId",
    "gcp:projects/iAMMember:IAMMember": "project",
    "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": "subscription",
    "gcp:pubsub/topicIAMMember:TopicIAMMember": "topic",
    "gcp:serviceaccount/iAMMember:IAMMember": "serviceAccountId",
    "gcp:storage/bucketIAMMember:BucketIAMMember": "bucket",
};

/** All grants of a program. One of a type that is not known here is an error: a test must not overlook it. */
export function grantsOf(resources: readonly RegisteredResource[]): Grant[] {
    return resources
        .filter(({ type }) => /I[Aa][Mm](Member|Binding|Policy)$/.test(type))
        .map(({ type, inputs }) => {
            const owner = owners[type];
            if (owner === undefined) {
                throw new Error(`grants of the type ${type} are not known here: add it`);
            }
            const condition = inputs["condition"] as { expression: string } | undefined;
            return {
                on: String(inputs[owner]),
                role: String(inputs["role"]),
                member: String(inputs["member"]),
                condition: condition?.expression,
            };
        });
}

/** The custom roles of a program, by what grants call them. */
export function customRolesOf(resources: readonly RegisteredResource[]): CustomRoles {
    const roles = resources.filter(({ type }) => type === "gcp:projects/iAMCustomRole:IAMCustomRole");
    return Object.fromEntries(
        roles.map(({ inputs }) => [
            `projects/${String(inputs["project"])}/roles/${String(inputs["roleId"])}`,
            inputs["permissions"] as string[],
        ]),
    );
}
