import type { WandbDeploymentArgs } from "../../args";
import { AwsBucketAccess } from "../../aws/args/bucket";
import { type AwsIdentityArgs, AwsIdentityMode, type AwsRoleNamesArgs } from "../../aws/args/identity";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, listOf, mapOf, object, text } from "../shape";
import { dnsLabel } from "../syntax";
import { given } from "../wording";
import { wrongAccountId, wrongIamPath, wrongPolicyArn, wrongRoleName } from "./rules";

const roleNames = {
    vpcCni: text,
    ebsCsiDriver: text,
    loadBalancerController: text,
    clusterAutoscaler: text,
    externalDns: text,
    flowLogs: text,
    databaseMonitoring: text,
    bucketReplication: text,
    cloudWatchExporter: text,
} as const;

export const identityShape = object<AwsIdentityArgs>("AwsIdentityArgs", {
    mode: choice(AwsIdentityMode),
    roleName: text,
    roleNames: object<AwsRoleNamesArgs>("AwsRoleNamesArgs", roleNames),
    path: text,
    permissionsBoundary: text,
    secretPrefix: text,
    bucketAccess: choice(AwsBucketAccess),
    teamBucketAccounts: listOf(text),
    policyArns: mapOf(text),
});

/** A role has ten policies at most, and up to twenty once AWS has raised the quota: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MostPolicies = 20;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; it stands in a policy, where `*` and `?` mean others. */
function wrongSecretPrefix(prefix: string): string | undefined {
    return /^[A-Za-z0-9/_+=.@-]{3,200}$/.test(prefix)
        ? undefined
        : `is not the beginning of names of secrets ${given(prefix)}. Use 3 to 200 letters, digits and / _ + = . @ - for example wandb-prod/.`;
}

/** `aws.identity` */
export function checkIdentity(args: Section<WandbDeploymentArgs>): void {
    const identity = args.section("aws")?.section("identity");
    checkRoleNames(args, identity);
    if (identity === undefined) {
        return;
    }
    identity.check("roleName", wrongRoleName);
    identity.check("path", wrongIamPath);
    identity.check("permissionsBoundary", wrongPolicyArn);
    identity.check("secretPrefix", wrongSecretPrefix);
    checkTeamBuckets(identity);
    const policies = identity.texts("policyArns");
    if (policies.length > MostPolicies) {
        identity.refuse(
            "policyArns",
            `has ${policies.length} entries, but AWS takes at most ${MostPolicies} policies for a role. Put some together.`,
        );
    }
    for (const policy of policies) {
        identity.checkEntry({ path: policy.path, value: policy.key }, (name) => dnsLabel(name));
        identity.checkEntry(policy, wrongPolicyArn);
    }
    refuseRepetition(identity, policies);
}

/** IAM knows no two roles of one name, whatever the case of its letters. */
function checkRoleNames(args: Section<WandbDeploymentArgs>, identity: Section<AwsIdentityArgs> | undefined): void {
    const cluster = args.section("aws")?.section("cluster");
    const nodes = cluster?.section("nodes");
    const names = identity?.section("roleNames");
    const further = names?.givenOf(...(Object.keys(roleNames) as (keyof AwsRoleNamesArgs)[])) ?? [];
    further.forEach((key) => names?.check(key, wrongRoleName));
    const all = [
        { path: "aws.identity.roleName", name: identity?.text("roleName") },
        { path: "aws.cluster.roleName", name: cluster?.text("roleName") },
        { path: "aws.cluster.nodes.roleName", name: nodes?.text("roleName") },
        ...further.map((key) => ({ path: names?.at(key) ?? key, name: names?.text(key) })),
    ];
    const taken = new Map<string, string>();
    for (const { path, name } of all) {
        const first = name === undefined ? undefined : taken.get(name.toLowerCase());
        if (name !== undefined && first !== undefined) {
            args.report(path, `is that of \`${first}\` too ${given(name)}. Give another name.`);
        } else if (name !== undefined) {
            taken.set(name.toLowerCase(), path);
        }
    }
}

function checkTeamBuckets(identity: Section<AwsIdentityArgs>): void {
    const accounts = identity.texts("teamBucketAccounts");
    accounts.forEach((entry) => identity.checkEntry(entry, wrongAccountId));
    refuseRepetition(identity, accounts);
    const restricted = identity.text("bucketAccess") === AwsBucketAccess.Restricted;
    if (restricted && accounts.length === 0 && !identity.pending("teamBucketAccounts")) {
        identity.refuse(
            "teamBucketAccounts",
            "is missing or empty, but `aws.identity.bucketAccess` is restricted. Give the numbers of the accounts whose buckets teams may connect.",
        );
    }
    if (!restricted && !identity.pending("bucketAccess") && identity.has("teamBucketAccounts")) {
        identity.refuse(
            "teamBucketAccounts",
            "has an effect with `aws.identity.bucketAccess` restricted only. Set that, or leave it out.",
        );
    }
}
