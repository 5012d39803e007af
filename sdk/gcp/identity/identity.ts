import { InstanceIamMember } from "@pulumi/gcp/bigtable";
import { SubscriptionIAMMember, TopicIAMMember } from "@pulumi/gcp/pubsub";
import { type Account, IAMMember } from "@pulumi/gcp/serviceaccount";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { PodAccounts } from "../../contract/cloud-input";
import type { IdentityFacts } from "../../contract/infrastructure";
import type { Apis } from "../apis";
import type { GcpIdentityArgs } from "../args/identity";
import { type BucketGrant, bucketGrants } from "../bucket/grants";
import type { GcpDeploymentScope } from "../scope";
import { accountAnnotations, actAs, createServiceAccount } from "./account";
import { createSecretRights, grantInProject } from "./secrets";

export interface IdentityPartArgs {
    readonly identity: GcpIdentityArgs;
    readonly namespace: string;
    /** Service accounts of W&B's pods. */
    readonly accounts: PodAccounts;
    /** Known once the pool is there. */
    readonly workloadPool: pulumi.Input<string>;
    readonly tokenIssuer: pulumi.Input<string>;
    /** Absent when W&B's bucket is not in Cloud Storage, or has credentials of its own. */
    readonly bucket?: {
        readonly name: pulumi.Input<string>;
        readonly prefix?: pulumi.Input<string>;
        /** A bucket of the caller's own. */
        readonly own?: boolean;
    };
    /** Pub/Sub topics to which W&B sends, by a word that stays. */
    readonly topics?: Readonly<Record<string, pulumi.Input<string>>>;
    /** Pub/Sub subscriptions that W&B reads, by a word that stays. */
    readonly subscriptions?: Readonly<Record<string, pulumi.Input<string>>>;
    /** Name of the Bigtable instance. */
    readonly bigtableInstance?: pulumi.Input<string>;
    /** Beginning of the names of the secrets that W&B may keep in Secret Manager; without it there are no rights on any. */
    readonly secretPrefix?: pulumi.Input<string>;
    readonly apis: Apis;
}

export interface IdentityPart {
    readonly email: pulumi.Output<string>;
    readonly facts: IdentityFacts;
    /** The account's rights, and who has the account: W&B waits for them. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes the service account of W&B's pods. */
export function createIdentity(scope: GcpDeploymentScope, args: IdentityPartArgs): IdentityPart {
    return new Identity(scope, args).part;
}

/** The one service account of all pods of W&B, with its rights, and with the Kubernetes accounts that act as it. */
class Identity extends pulumi.ComponentResource {
    readonly part: IdentityPart;

    constructor(scope: GcpDeploymentScope, args: IdentityPartArgs) {
        super("wandb:gcp:Identity", `${scope.name}-identity`, {}, { parent: scope.parent });
        this.part = identityPart({ ...scope, parent: this }, args);
        this.registerOutputs({ email: this.part.email });
    }
}

function identityPart(scope: GcpDeploymentScope, args: IdentityPartArgs): IdentityPart {
    const { identity, apis } = args;
    const account = createServiceAccount(scope, {
        word: "app",
        accountId: identity.accountId,
        displayName: "Pods of Weights & Biases",
        apis,
    });
    return {
        email: account.email,
        facts: {
            principal: account.email,
            secretStore:
                args.secretPrefix &&
                pulumi.interpolate`gcp-secretmanager://${scope.project}?namespace=${args.secretPrefix}`,
            tokenIssuer: args.tokenIssuer,
            serviceAccountAnnotations: accountAnnotations(account.email),
        },
        ready: [
            ...bucketRights(scope, args, account),
            ...queueRights(scope, args, account),
            ...bigtableRights(scope, args, account),
            ...projectRights(scope, args, account),
            ...podAccounts(scope, args, account),
        ],
    };
}

function bucketRights(scope: GcpDeploymentScope, args: IdentityPartArgs, account: Account): pulumi.Resource[] {
    const { bucket, identity, apis } = args;
    if (bucket === undefined) {
        return [];
    }
    const { name, parent } = scope;
    const refused = bucket.own === true && identity.ownBucketAccess === false;
    const grants = refused ? [] : bucketGrants(bucket.name, bucket.prefix);
    return [
        ...grants.map(({ part, role, condition }: BucketGrant) => {
            const granted = { bucket: bucket.name, role, member: account.member, condition };
            return new BucketIAMMember(`${name}-app-bucket-${part}`, granted, { parent });
        }),
        // Who has no key signs URLs by asking IAM to, as the account itself.
        // https://docs.cloud.google.com/storage/docs/access-control/signing-urls-with-helpers
        new IAMMember(
            `${name}-app-sign`,
            {
                serviceAccountId: account.name,
                role: "roles/iam.serviceAccountTokenCreator",
                member: account.member,
            },
            { parent, dependsOn: apis.need("iamcredentials") },
        ),
    ];
}

/** Viewers may look whether it is there, as clients of Pub/Sub do before they use it. https://docs.cloud.google.com/pubsub/docs/access-control#roles */
const viewer = "roles/pubsub.viewer";

function queueRights({ name, parent, project }: GcpDeploymentScope, args: IdentityPartArgs, { member }: Account) {
    const { topics = {}, subscriptions = {} } = args;
    return [
        ...Object.entries(topics).flatMap(([word, topic]) =>
            Object.entries({ publish: "roles/pubsub.publisher", view: viewer }).map(
                ([verb, role]) =>
                    new TopicIAMMember(`${name}-app-${word}-${verb}`, { project, topic, role, member }, { parent }),
            ),
        ),
        ...Object.entries(subscriptions).flatMap(([word, subscription]) =>
            Object.entries({ read: "roles/pubsub.subscriber", look: viewer }).map(
                ([verb, role]) =>
                    new SubscriptionIAMMember(
                        `${name}-app-${word}-${verb}`,
                        { project, subscription, role, member },
                        { parent },
                    ),
            ),
        ),
    ];
}

function bigtableRights({ name, parent, project }: GcpDeploymentScope, args: IdentityPartArgs, { member }: Account) {
    const { bigtableInstance: instance } = args;
    if (instance === undefined) {
        return [];
    }
    const role = "roles/bigtable.user";
    return [new InstanceIamMember(`${name}-app-bigtable`, { project, instance, role, member }, { parent })];
}

function projectRights(scope: GcpDeploymentScope, args: IdentityPartArgs, { member }: Account): pulumi.Resource[] {
    const { identity, secretPrefix, apis } = args;
    const further = Object.entries(identity.roles ?? {});
    return [
        ...(secretPrefix === undefined
            ? []
            : createSecretRights(scope, { identity, prefix: secretPrefix, member, apis })),
        ...further.map(([word, role]) =>
            grantInProject(scope, `app-role-${word}`, { role, member, needed: apis.need("cloudresourcemanager") }),
        ),
    ];
}

function podAccounts(scope: GcpDeploymentScope, args: IdentityPartArgs, account: Account): pulumi.Resource[] {
    const { namespace, accounts, workloadPool } = args;
    const link = (word: string, name: pulumi.Input<string>, formerWords: readonly string[] = []) =>
        actAs(
            scope,
            account,
            `app-${word}`,
            { namespace, name, formerWords: formerWords.map((former) => `app-${former}`) },
            workloadPool,
        );
    return [
        ...accounts.made.map((name) => link(`as-${name.slice(accounts.prefix.length)}`, name)),
        ...accounts.own.map((name, index) => {
            if (typeof name === "string") {
                return link(`as-own-${name}`, name);
            }
            // By its components, wherever it stands: of two that change places, each would take the other's member away.
            const words = [...(accounts.components?.get(name) ?? [])].sort().map((one) => `as-account-of-${one}`);
            const [word = `as-own-${index + 1}`, ...others] = words;
            return link(word, name, others);
        }),
    ];
}
