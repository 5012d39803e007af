import type { WandbDeploymentArgs } from "../../args";
import { AwsBucketAccess } from "../../aws/args/bucket";
import { type AwsIdentityArgs, AwsIdentityMode, type AwsRoleNamesArgs } from "../../aws/args/identity";
import type { Section } from "../section";
import { choice, listOf, mapOf, object, text } from "../shape";
import { dnsLabel } from "../syntax";
import { given } from "../wording";
import { refuseRepetition } from "../lists";
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
    if (identity === undefined) {
        return;
    }
    identity.check("roleName", wrongRoleName);
    checkRoleNames(args, identity);
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
function checkRoleNames(args: Section<WandbDeploymentArgs>, identity: Section<AwsIdentityArgs>): void {
    const names = identity.section("roleNames");
    if (names === undefined) {
        return;
    }
    const cluster = args.section("aws")?.section("cluster");
    const taken = new Map<string, string>();
    const note = (path: string, name: string | undefined): string | undefined => {
        const known = name?.toLowerCase();
        const first = known === undefined ? undefined : taken.get(known);
        if (known !== undefined && first === undefined) {
            taken.set(known, path);
        }
        return first;
    };
    note(identity.at("roleName"), identity.text("roleName"));
    note("aws.cluster.roleName", cluster?.text("roleName"));
    note("aws.cluster.nodes.roleName", cluster?.section("nodes")?.text("roleName"));
    for (const key of names.givenOf(...(Object.keys(roleNames) as (keyof AwsRoleNamesArgs)[]))) {
        names.check(key, wrongRoleName);
        const first = note(names.at(key), names.text(key));
        if (first !== undefined) {
            names.refuse(key, `is that of \`${first}\` too ${given(names.text(key) ?? "")}. Give another name.`);
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
