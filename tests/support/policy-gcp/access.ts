/** Faults of grants and of the load balancer, each with the nearest changes that are none. */
import type { Row } from "../policy-aws/stack";
import { UnknownText } from "../policy-stack";
import { AppMember, gcpResource, NodesMember, policyData, Project, rules, users } from "./stack";

const projectGrant = (role: string, member: string, more: Record<string, unknown> = {}) =>
    gcpResource("projects/IAMMember", "grant", { role, member, ...more });

const Pool = `principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/${Project}.svc.id.goog`;

const grants: readonly Row[] = [
    {
        policy: "open-to-anybody",
        on: "bucket-grant",
        set: { member: "allUsers" },
        says: /gives roles\/storage\.objectUser to allUsers, which is everybody/,
        passes: [
            { on: "bucket-grant", set: { member: UnknownText } },
            { on: "bucket-grant", set: { member: "group:everybody@example.com" } },
        ],
    },
    {
        policy: "open-to-anybody",
        on: "key-policy",
        set: {
            policyData: policyData(
                { role: "roles/viewer", members: [AppMember] },
                { role: "roles/cloudkms.viewer", members: ["allAuthenticatedUsers"] },
            ),
        },
        at: "key-policy: policyData.bindings[1].members",
        passes: [
            { on: "key-policy", set: { policyData: UnknownText } },
            { on: "key-policy", set: { policyData: "no JSON" } },
        ],
    },
    {
        policy: "open-to-anybody",
        add: [gcpResource("secretmanager/SecretIamBinding", "secret", { role: "roles/x", members: ["allUsers"] })],
        at: "secret: members",
    },
    {
        policy: "wide-rights",
        add: [projectGrant("roles/storage.admin", AppMember)],
        at: "grant: member",
        says: /gives roles\/storage\.admin on more than one thing to serviceAccount:app@/,
        passes: [
            { add: [projectGrant("roles/storage.admin", AppMember, { condition: { expression: "true" } })] },
            { add: [projectGrant("roles/owner", "user:owner@example.com")] },
            { add: [projectGrant("roles/monitoring.viewer", AppMember)] },
            { add: [projectGrant(UnknownText, AppMember)] },
            { add: [projectGrant("roles/editor", "serviceAccount:1@cloudservices.gserviceaccount.com")] },
            {
                add: [
                    projectGrant(
                        "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                        "serviceAccount:service-1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
                    ),
                ],
            },
        ],
    },
    ...["roles/owner", "roles/editor", "roles/cloudkms.admin"].map((role): Row => ({
        policy: "wide-rights",
        on: "project-binding",
        set: { role },
        at: "project-binding: members",
    })),
    {
        policy: "trust-any-subject",
        on: "trust",
        set: { member: `${Pool}/*` },
        says: /lets all of principalSet:.+ act as the service account/,
        passes: [
            { on: "trust", set: { member: `${Pool}/namespace/wandb` } },
            { on: "trust", set: { member: UnknownText } },
            { on: "trust", set: { member: `${Pool}/*`, role: "roles/iam.serviceAccountViewer" } },
        ],
    },
    {
        policy: "trust-any-subject",
        on: "trust",
        set: { member: `${Pool}/kubernetes.cluster/https://container.googleapis.com/v1/projects/x/clusters/y` },
    },
    {
        policy: "node-rights",
        on: "bucket-grant",
        set: { member: NodesMember },
        says: /gives roles\/storage\.objectUser to serviceAccount:nodes@.+, the account of nodes/,
        passes: [
            { on: "bucket-grant", set: { member: NodesMember, role: "roles/storage.objectViewer" } },
            { on: "bucket-grant", set: { member: NodesMember }, without: ["nodes"] },
        ],
    },
];

const Certificate = "ingress.gcp.kubernetes.io/pre-shared-cert";

const entry: readonly Row[] = [
    {
        policy: "armor-open",
        on: "armor",
        set: { rules: rules("allow") },
        passes: [
            { on: "armor", set: { rules: undefined } },
            { on: "armor", set: { rules: rules("allow", { action: "throttle" }) } },
            { on: "armor", set: { rules: rules("allow"), type: "CLOUD_ARMOR_EDGE" } },
            { on: "armor", set: { rules: UnknownText } },
        ],
    },
    {
        policy: "armor-open",
        on: "armor",
        set: { rules: rules("deny(403)", { action: "deny(403)", match: users, preview: true }, { action: "allow" }) },
        passes: [
            {
                on: "armor",
                set: { rules: rules("deny(403)", { action: "deny(403)", match: users }, { action: "allow" }) },
            },
        ],
    },
    {
        policy: "load-balancer-old-tls",
        on: "tls",
        set: { minTlsVersion: "TLS_1_1" },
        says: /is TLS_1_1, so TLS 1\.0 or 1\.1 is accepted/,
        passes: [
            { on: "tls", set: { minTlsVersion: "TLS_1_3" } },
            { on: "tls", set: { minTlsVersion: UnknownText } },
        ],
    },
    { policy: "load-balancer-old-tls", on: "tls", set: { minTlsVersion: undefined }, says: /takes for TLS_1_0/ },
    {
        policy: "ingress-tls-policy",
        on: "proxy",
        set: { sslPolicy: undefined },
        passes: [{ on: "proxy", set: { sslPolicy: UnknownText } }],
    },
    { policy: "ingress-tls-policy", on: "frontend", set: { "spec.sslPolicy": undefined } },
    ...["ingress: metadata", "wandb: spec.values.ingress"].map((place): Row => {
        const [on, path] = place.split(": ");
        const without = { [`${path}.annotations`]: { "kubernetes.io/ingress.class": "gce" } };
        return {
            policy: "ingress-tls-policy",
            on,
            set: { [`${path}.annotations`]: { "kubernetes.io/ingress.class": "gce", [Certificate]: "wandb" } },
            at: `${on}: ${path}.annotations["networking.gke.io/v1beta1.FrontendConfig"]`,
            passes: [
                { on, set: without },
                {
                    on,
                    set: {
                        [`${path}.annotations`]: {
                            "kubernetes.io/ingress.class": "gce-internal",
                            [Certificate]: "wandb",
                        },
                    },
                },
            ],
        };
    }),
];

export const accessRows: readonly Row[] = [...grants, ...entry];
