import * as pulumi from "@pulumi/pulumi";
import type { PodAccounts } from "../../contract/cloud-input";
import type { IdentityFacts } from "../../contract/infrastructure";
import { AwsBucketAccess } from "../args/bucket";
import type { AwsIdentityArgs } from "../args/identity";
import { accountAnnotations, accountTrust, associateAccount, type ClusterAccount } from "../cluster/identity";
import type { EksFacts } from "../facts";
import { createRole, type IamSettings } from "../iam/iam";
import { keyUseThroughS3, type PolicyDocument, principalPolicy } from "../iam/policies";
import { queueUse, secretStore, teamBuckets } from "../iam/policies-app";
import type { AwsScope } from "../scope";

export interface IdentityPartArgs {
    readonly identity: AwsIdentityArgs;
    readonly iam: IamSettings;
    readonly cluster: Pick<EksFacts, "identity" | "oidcIssuer">;
    readonly namespace: string;
    /** Service accounts of W&B's pods. */
    readonly accounts: PodAccounts;
    /** Absent when W&B's bucket is not in S3, or has credentials of its own. */
    readonly bucket?: {
        readonly arn: pulumi.Input<string>;
        readonly prefix?: pulumi.Input<string>;
        readonly keyArn?: pulumi.Input<string>;
        readonly queueArn?: pulumi.Input<string>;
    };
    /** Beginning of the names of the secrets that W&B may keep in Secrets Manager; without it there are no rights on any. */
    readonly secretPrefix?: pulumi.Input<string>;
}

export interface IdentityPart {
    readonly roleArn: pulumi.Output<string>;
    readonly facts: IdentityFacts;
    /** The role's rights, and who has the role: W&B waits for them. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes the role of W&B's pods. */
export function createIdentity(scope: AwsScope, args: IdentityPartArgs): IdentityPart {
    return new Identity(scope, args).part;
}

/** The one role of all pods of W&B, with its rights, and with the service accounts that have it. */
class Identity extends pulumi.ComponentResource {
    readonly part: IdentityPart;

    constructor(scope: AwsScope, args: IdentityPartArgs) {
        super("wandb:aws:Identity", `${scope.name}-identity`, {}, { parent: scope.parent });
        this.part = identityPart({ ...scope, parent: this }, args);
        this.registerOutputs({ roleArn: this.part.roleArn });
    }
}

function identityPart(scope: AwsScope, args: IdentityPartArgs): IdentityPart {
    const { identity, iam, cluster, namespace, accounts } = args;
    const all = [...accounts.own, ...accounts.made].map((name) => ({ namespace, name }));
    const role = createRole(scope, iam, {
        role: "app-role",
        roleName: identity.roleName,
        description: "Pods of Weights & Biases",
        trust: accountTrust(cluster.identity, all, { namespace, name: accounts.prefix }),
        policies: rights(scope, args),
        policyArns: identity.policyArns,
    });
    const roleArn = role.arn;
    return {
        roleArn,
        facts: {
            principal: roleArn,
            tokenIssuer: cluster.oidcIssuer,
            serviceAccountAnnotations: accountAnnotations(cluster.identity, roleArn),
        },
        ready: [...role.ready, ...associations(scope, args, roleArn)],
    };
}

/** One document per theme: what a preview cannot know yet about one hides nothing of the others. */
function rights(scope: AwsScope, args: IdentityPartArgs): Record<string, pulumi.Input<PolicyDocument>> {
    const { partition, region, accountId } = scope;
    const { bucket, identity } = args;
    const { bucketAccess = AwsBucketAccess.Strict, teamBucketAccounts = [] } = identity;
    const made: Record<string, pulumi.Input<PolicyDocument>> = {};
    if (args.secretPrefix !== undefined) {
        made["secrets"] = pulumi
            .all([partition, region, accountId, args.secretPrefix])
            .apply(([partition, region, accountId, prefix]) => secretStore({ partition, region, accountId, prefix }));
    }
    if (bucket !== undefined) {
        made["bucket"] = pulumi
            .all([bucket.arn, pulumi.output(bucket.prefix)])
            .apply(([bucketArn, prefix]) => principalPolicy({ bucketArn, prefix }, undefined));
    }
    if (bucket?.keyArn !== undefined) {
        made["key"] = pulumi.output(bucket.keyArn).apply(keyUseThroughS3);
    }
    if (bucket?.queueArn !== undefined) {
        made["queue"] = pulumi.output(bucket.queueArn).apply(queueUse);
    }
    if (bucketAccess !== AwsBucketAccess.Strict) {
        const named = bucketAccess === AwsBucketAccess.Restricted ? pulumi.all(teamBucketAccounts) : undefined;
        made["team-buckets"] = pulumi
            .all([partition, accountId, pulumi.output(named)])
            .apply(([partition, accountId, teamAccounts]) => teamBuckets({ partition, accountId, teamAccounts }));
    }
    return made;
}

function associations(scope: AwsScope, args: IdentityPartArgs, roleArn: pulumi.Output<string>): pulumi.Resource[] {
    const { cluster, namespace, accounts } = args;
    const associate = (name: ClusterAccount["name"], word: string, formerWords: readonly string[] = []) =>
        associateAccount(scope, cluster.identity, {
            word: `app-${word}`,
            formerWords: formerWords.map((former) => `app-${former}`),
            account: { namespace, name },
            roleArn,
        });
    return [
        ...accounts.made.flatMap((name) => associate(name, name.slice(accounts.prefix.length))),
        ...accounts.own.flatMap((name, index) => {
            if (typeof name === "string") {
                return associate(name, `own-${name}`);
            }
            // By its components, wherever it stands: EKS has one association for an account, so that two could not change places.
            const words = [...(accounts.components?.get(name) ?? [])].sort().map((one) => `account-of-${one}`);
            const [word = `own-${index + 1}`, ...others] = words;
            return associate(name, word, others);
        }),
    ];
}
