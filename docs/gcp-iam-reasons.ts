/** Why each grant of a deployment on Google Cloud is there. */

/** Who is granted something. */
interface Member {
    readonly words: string;
    /** What is granted looks like this. */
    readonly like: RegExp;
}

/** A reason for grants, which are told by the logical names of their resources without that of the deployment. */
export interface GrantReason {
    readonly where: RegExp;
    /** The same for readers. */
    readonly names: string;
    readonly member: Member;
    readonly on: string;
    /** When they are there; absent when always. */
    readonly when?: string;
    readonly why: string;
}

const account = (id: string) => new RegExp(`^serviceAccount:demo-${id}-[0-9a-f]+@example-project\\.iam\\.`);
const pods: Member = { words: "W&B's pods", like: account("app") };
const nodes: Member = { words: "nodes", like: account("nodes") };
const exporter: Member = { words: "exporter", like: account("monitoring") };
const ofKubernetes = (words: string): Member => ({ words, like: /^serviceAccount:example-project\.svc\.id\.goog\[/ });
const agents = (words: string): Member => ({ words, like: /^serviceAccount:service-123456789012@/ });
const storageAgent = agents("service agent of Cloud Storage");

const ofBucket: readonly GrantReason[] = [
    {
        where: /^app-bucket-objects$/,
        names: "app-bucket-objects",
        member: pods,
        on: "the bucket",
        why: "read, write, delete and list objects: what W&B signs URLs for. The condition comes with `bucket.prefix`, and does not limit lists",
    },
    {
        where: /^app-bucket-settings$/,
        names: "app-bucket-settings",
        member: pods,
        on: "the bucket",
        why: "W&B looks at CORS and versioning",
    },
    {
        where: /^app-sign$/,
        names: "app-sign",
        member: pods,
        on: "their own service account",
        why: "who has no key [signs URLs by asking IAM to](https://docs.cloud.google.com/storage/docs/access-control/signing-urls-with-helpers), as the account itself",
    },
    {
        where: /^app-as-/,
        names: "app-as-*",
        member: ofKubernetes("each Kubernetes account of the chart"),
        on: "the service account of W&B's pods",
        why: "pods act as it, in the namespace of W&B only, account by account",
    },
];

const ofSecrets: readonly GrantReason[] = [
    {
        where: /^app-secret-creator$/,
        names: "app-secret-creator",
        member: pods,
        on: "the project",
        why: "teams' secrets. Making a secret is asked of the project, so [no condition](https://docs.cloud.google.com/secret-manager/docs/access-control) could limit it to names",
    },
    {
        where: /^app-secret-keeper$/,
        names: "app-secret-keeper",
        member: pods,
        on: "the project, below `identity.secretPrefix`",
        why: "read, change and delete these secrets, not who has access to them",
    },
];

const onRequest: readonly GrantReason[] = [
    {
        where: /^app-(file-stream|run-updates)-(subscription-)?(publish|read|view|look)$/,
        names: "app-file-stream-*, app-run-updates-*",
        member: pods,
        on: "each topic, each subscription",
        when: "with `events`",
        why: "send, read, and see whether it is there",
    },
    {
        where: /^app-bucket-events-subscription-/,
        names: "app-bucket-events-subscription-*",
        member: pods,
        on: "the subscription of the bucket's events",
        when: "with `bucket.events`",
        why: "read, and see whether it is there. To the bucket's topic W&B does not send",
    },
    {
        where: /^app-bigtable$/,
        names: "app-bigtable",
        member: pods,
        on: "the instance",
        when: "with `bigtable`",
        why: "read and write tables, not make them",
    },
    {
        where: /^app-role-/,
        names: "app-role-*",
        member: pods,
        on: "the project",
        when: "with `identity.roles`",
        why: "whatever these roles are for",
    },
    {
        where: /^bucket-events-publisher$/,
        names: "bucket-events-publisher",
        member: storageAgent,
        on: "the topic of the bucket",
        when: "with `bucket.events`",
        why: "tells of new objects",
    },
    {
        where: /^monitoring-view$/,
        names: "monitoring-view",
        member: exporter,
        on: "the project",
        when: "with `monitoring.stackdriverExporter`",
        why: "read metrics",
    },
    {
        where: /^monitoring-as-/,
        names: "monitoring-as-*",
        member: ofKubernetes("Kubernetes account of the exporter"),
        on: "the service account of the exporter",
        when: "with `monitoring.stackdriverExporter`",
        why: "its pod acts as it",
    },
];

const ofNodes: readonly GrantReason[] = [
    {
        where: /^nodes-account-use$/,
        names: "nodes-account-use",
        member: nodes,
        on: "the project",
        why: "logs and metrics: the [least that GKE asks for](https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts)",
    },
    {
        where: /^nodes-account-images$/,
        names: "nodes-account-images",
        member: nodes,
        on: "the project",
        when: "with `cluster.nodeAccount.artifactRegistryReader`",
        why: "images of mirrors",
    },
];

const ofKeys: readonly GrantReason[] = [
    {
        where: /^key-(compute|container|redis|sqladmin|storage|pubsub|bigtableadmin)$/,
        names: "key-*",
        member: agents(
            "service agents of GKE, Compute Engine, Cloud SQL, Memorystore and Cloud Storage; of Pub/Sub and Bigtable on request",
        ),
        on: "the key",
        why: "encrypt and decrypt. Pods and nodes need no right on the key",
    },
    {
        where: /^bucket-key-storage$/,
        names: "bucket-key-storage",
        member: storageAgent,
        on: "the key of the bucket",
        when: "with a bucket that lies elsewhere",
        why: "the same",
    },
];

/** All of them, in the order of the page. */
export const GcpGrantReasons: readonly GrantReason[] = [...ofBucket, ...ofSecrets, ...onRequest, ...ofNodes, ...ofKeys];
