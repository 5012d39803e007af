import { PodIdentityAssociation } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { IdentityFacts } from "../../contract/infrastructure";
import { AwsBucketAccess } from "../args/bucket";
import { type AwsIdentityArgs, AwsIdentityMode } from "../args/identity";
import type { EksFacts } from "../facts";
import type { AwsAccounts } from "../folder";
import { createRole, type IamSettings, issuerTrust, podIdentityTrust } from "../iam/iam";
import { keyUseThroughS3, type PolicyDocument, principalPolicy } from "../iam/policies";
import { queueUse, secretStore, teamBuckets } from "../iam/policies-app";
import type { AwsScope } from "../scope";

export interface IdentityPartArgs {
    readonly identity: AwsIdentityArgs;
    readonly iam: IamSettings;
    readonly cluster: Pick<EksFacts, "oidcIssuer" | "oidcProviderArn" | "name">;
    readonly namespace: string;
    /** Service accounts of W&B's pods. */
    readonly accounts: AwsAccounts;
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
    const { identity, iam, cluster } = args;
    const role = createRole(scope, iam, {
        role: "app-role",
        roleName: identity.roleName,
        description: "Pods of Weights & Biases",
        trust: usesIrsa(identity) ? irsaTrust(args) : podIdentityTrust,
        policies: rights(scope, args),
        policyArns: identity.policyArns,
    });
    const roleArn = role.arn;
    const facts = { principal: roleArn, tokenIssuer: cluster.oidcIssuer };
    return usesIrsa(identity)
        ? {
              roleArn,
              facts: { ...facts, serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": roleArn } },
              ready: role.ready,
          }
        : { roleArn, facts, ready: [...role.ready, ...associations(scope, args, roleArn)] };
}

function usesIrsa({ mode = AwsIdentityMode.Irsa }: AwsIdentityArgs): boolean {
    return mode === AwsIdentityMode.Irsa;
}

function irsaTrust({ cluster, namespace, accounts }: IdentityPartArgs): pulumi.Output<PolicyDocument> {
    if (cluster.oidcProviderArn === undefined) {
        throw new Error("IRSA needs an OIDC provider, which the cluster's part makes or finds");
    }
    const names = pulumi.all([...accounts.own, ...accounts.made]);
    return pulumi.all([cluster.oidcIssuer, cluster.oidcProviderArn, names]).apply(([issuer, providerArn, known]) =>
        issuerTrust(
            issuer,
            providerArn,
            known.map((name) => ({ namespace, name })),
            { namespace, name: accounts.prefix },
        ),
    );
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
    const words: [string, pulumi.Input<string>][] = [
        ...accounts.made.map((name): [string, pulumi.Input<string>] => [name.slice(accounts.prefix.length), name]),
        // A name of the caller's own tells accounts apart as long as it is known.
        ...accounts.own.map((name, index): [string, pulumi.Input<string>] => [
            `own-${typeof name === "string" ? name : index + 1}`,
            name,
        ]),
    ];
    return words.map(
        ([word, serviceAccount]) =>
            new PodIdentityAssociation(
                `${scope.name}-app-${word}`,
                { clusterName: cluster.name, namespace, serviceAccount, roleArn, tags: scope.tags },
                // EKS has one association for an account: a new one cannot come before the old one is gone.
                { parent: scope.parent, deleteBeforeReplace: true },
            ),
    );
}
