import type { WandbDeploymentArgs } from "../../args";
import type { GcpIdentityArgs } from "../../gcp/args/identity";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import { flag, mapOf, object, text } from "../shape";
import { dnsLabel } from "../syntax";
import { given } from "../wording";
import { refuseSameName } from "./events";

export const identityShape = object<GcpIdentityArgs>("GcpIdentityArgs", {
    accountId: text,
    exporterAccountId: text,
    ownBucketAccess: flag,
    secretPrefix: text,
    secretCreatorRoleId: text,
    secretKeeperRoleId: text,
    roles: mapOf(text),
});

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create */
export function wrongAccountId(id: string): string | undefined {
    if (id.includes("@")) {
        return `is an address ${given(id)}. Give what stands before the @ alone.`;
    }
    return /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
        ? undefined
        : `is not an id of a service account ${given(id)}. It has 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last.`;
}

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create */
function wrongRoleId(id: string): string | undefined {
    return /^[A-Za-z0-9_.]{3,64}$/.test(id)
        ? undefined
        : `is not an id of a custom role ${given(id)}. It has 3 to 64 letters, digits, underscores and periods.`;
}

/** https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create; it stands in a condition. */
function wrongSecretPrefix(prefix: string): string | undefined {
    return /^[A-Za-z0-9_-]{3,200}$/.test(prefix)
        ? undefined
        : `is not the beginning of names of secrets ${given(prefix)}. Use 3 to 200 letters, digits, hyphens and underscores, for example wandb-prod-.`;
}

/** https://docs.cloud.google.com/iam/docs/roles-overview */
function wrongRole(role: string): string | undefined {
    if (/^roles\/(owner|editor)$/.test(role)) {
        return `would let W&B's pods change everything in the project ${given(role)}. Give a role that allows what they need.`;
    }
    return /^(roles\/[\w.]+|(projects|organizations)\/[^/]+\/roles\/[\w.]{3,64})$/.test(role)
        ? undefined
        : `is not a role ${given(role)}. Give roles/<name>, or projects/<project>/roles/<id> for a custom one.`;
}

/** `gcp.identity` */
export function checkIdentity(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const identity = gcp?.section("identity");
    if (gcp === undefined || identity === undefined) {
        return;
    }
    identity.check("accountId", wrongAccountId);
    identity.check("exporterAccountId", wrongAccountId);
    identity.check("secretPrefix", wrongSecretPrefix);
    identity.check("secretCreatorRoleId", wrongRoleId);
    identity.check("secretKeeperRoleId", wrongRoleId);
    const named = (key: "accountId" | "exporterAccountId" | "secretCreatorRoleId" | "secretKeeperRoleId") => ({
        path: identity.at(key),
        name: identity.text(key),
    });
    refuseSameName(args, [named("accountId"), named("exporterAccountId")]);
    refuseSameName(args, [named("secretCreatorRoleId"), named("secretKeeperRoleId")]);
    const monitoring = gcp.section("monitoring");
    if (
        identity.has("exporterAccountId") &&
        !gcp.pending("monitoring") &&
        monitoring?.flag("stackdriverExporter") !== true &&
        monitoring?.pending("stackdriverExporter") !== true
    ) {
        identity.refuse(
            "exporterAccountId",
            "has no effect, because `gcp.monitoring.stackdriverExporter` is not true. Set that, or leave this out.",
        );
    }
    if (identity.has("ownBucketAccess") && !args.has("bucket")) {
        identity.refuse(
            "ownBucketAccess",
            "has no effect without a bucket of your own: the one that is made is W&B's. Give `bucket`, or leave this out.",
        );
    }
    const roles = identity.texts("roles");
    for (const role of roles) {
        identity.checkEntry({ path: role.path, value: role.key }, (name) => dnsLabel(name));
        identity.checkEntry(role, wrongRole);
    }
    refuseRepetition(identity, roles);
}
