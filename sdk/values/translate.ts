import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import { isDeployed } from "../checks/components";
import type { CheckLevel, Finding } from "../checks/finding";
import { View } from "../checks/view";
import { mergeValues } from "./merge";
import { resolved } from "./resolved";
import { translateLdap } from "./translate-ldap";
import { copyMaps, isGiven, mapAt, prune } from "./tree";
import type { ValuesTree } from "./types";
import { isCredential, type MovedCredential, takeCredentials } from "./value-credentials";

/** Arguments whose free values are translated. */
export interface TranslatedArgs extends WandbDeploymentArgs {
    /** Credentials that stood among the free values, by key of the Secret that they go to. */
    readonly valueCredentials?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Free values in the words that the chart reads, and what was changed for it. */
export interface Translation {
    readonly values: ValuesTree;
    /** Variables whose values are secret, to be added to `secretEnv`. */
    readonly secretEnv: Readonly<Record<string, pulumi.Input<string>>>;
    readonly valueCredentials: Readonly<Record<string, pulumi.Input<string>>>;
    /** What was changed in words, and what could not be. */
    readonly findings: readonly Finding[];
    /** Credentials that were taken out. */
    readonly moved: readonly MovedCredential[];
    /** Where something was written that now stands elsewhere: new path -> the user's. */
    readonly origins: ReadonlyMap<string, string>;
}

/** A translation at work. */
export interface Draft {
    /** The user's tree, changed step by step. */
    readonly tree: ValuesTree;
    /** What the arguments make without it. */
    readonly ours: ValuesTree;
    /** Tells a change. `path` is the user's, without `values`. */
    readonly report: (id: string, path: string, message: string, remedy: string, level?: CheckLevel) => void;
    /** Notes where something comes from. Both paths without `values`. */
    readonly moveTo: (path: string, origin: string) => void;
}

/**
 * Translates older spellings that the chart does not read, and what would conflict in Helm, and takes out credentials. Only what can
 * be said in the chart's own words is touched; the rest is left for the checks to find. The given tree is not changed.
 *
 * @param ours values that the arguments make without the free ones
 */
export function translateValues(values: ValuesTree, ours: ValuesTree): Translation {
    const findings: Finding[] = [];
    const origins = new Map<string, string>();
    const draft: Draft = {
        tree: copyMaps(values),
        ours,
        report: (id, path, message, remedy, level = "warning") =>
            findings.push({ id, level, path: `values.${path}`, message, remedy }),
        moveTo: (path, origin) => origins.set(`values.${path}`, `values.${origin}`),
    };
    const secretEnv = translateLdap(draft);
    translateRedis(draft);
    translateMysql(draft);
    translateAzureKey(draft);
    shareAccounts(draft);
    const { literals, moved } = takeCredentials(draft);
    return { values: draft.tree, secretEnv, valueCredentials: literals, findings, moved, origins };
}

function translateRedis({ tree, report, moveTo }: Draft): void {
    const redis = mapAt(tree, "global", "redis");
    const auth = redis && mapAt(redis, "auth");
    if (redis === undefined || auth === undefined) {
        return;
    }
    const { secret, key, enabled } = auth;
    const path = "global.redis.auth";
    if (enabled === false) {
        delete redis["auth"];
        prune(tree, ["global", "redis"]);
        report("redis.auth-drift", path, "is switched off, and the chart does not read it: removed", "Leave it out.");
    } else if (isGiven(secret) && isGiven(key) && !isGiven(redis["secret"])) {
        delete redis["auth"];
        redis["secret"] = { secretName: secret, secretKey: key };
        moveTo("global.redis.secret", path);
        report(
            "redis.auth-drift",
            path,
            "is an older spelling that the chart does not read, translated to `global.redis.secret`",
            "Write `global.redis.secret.{secretName,secretKey}`, or give the argument `redis.passwordSecret`.",
        );
    }
}

/** Another name of the argument's or the tree's own is left as it is: the chart has ignored this one so far. */
function translateMysql({ tree, ours, report, moveTo }: Draft): void {
    const mysql = mapAt(tree, "global", "mysql");
    const name = mysql?.["name"];
    const other = mysql?.["database"] ?? mapAt(ours, "global", "mysql")?.["database"];
    if (mysql === undefined || !isGiven(name) || (isGiven(other) && other !== name)) {
        return;
    }
    mysql["database"] = name;
    delete mysql["name"];
    moveTo("global.mysql.database", "global.mysql.name");
    report(
        "mysql.name",
        "global.mysql.name",
        "is never read by the chart, translated to `global.mysql.database`",
        "Write `global.mysql.database`, or give the argument `database.name`.",
    );
}

function translateAzureKey({ tree, ours, report, moveTo }: Draft): void {
    const bucket = mapAt(tree, "global", "bucket");
    const provider = bucket?.["provider"] ?? mapAt(ours, "global", "bucket")?.["provider"];
    if (
        bucket === undefined ||
        provider !== "az" ||
        !isCredential(bucket["secretKey"]) ||
        isGiven(bucket["accessKey"])
    ) {
        return;
    }
    bucket["accessKey"] = bucket["secretKey"];
    delete bucket["secretKey"];
    moveTo("global.bucket.accessKey", "global.bucket.secretKey");
    report(
        "bucket.az-secretkey",
        "global.bucket.secretKey",
        "is not read for Azure, translated to `accessKey`",
        "Give the argument `bucket.accessKey`.",
    );
}

/** Helm refuses an account that two components create: one that is deployed does. */
function shareAccounts({ tree, ours, report }: Draft): void {
    const merged = new View("", resolved(mergeValues(ours, tree)));
    const users = new Map<string, string[]>();
    for (const component of Object.keys(tree)) {
        const account = mapAt(tree, component, "serviceAccount");
        const name = account?.["name"];
        const creates = typeof name === "string" && name !== "" && account?.["create"] !== false;
        if (creates && isDeployed(merged, component) !== false) {
            users.set(name, [...(users.get(name) ?? []), component]);
        }
    }
    for (const [name, components] of users) {
        const creator = components.find((component) => isDeployed(merged, component) === true) ?? components[0];
        for (const component of components.filter((other) => other !== creator)) {
            const account = mapAt(tree, component, "serviceAccount") ?? {};
            account["create"] = false;
            report(
                "sa.shared-create",
                `${component}.serviceAccount.create`,
                `was changed to false: \`${creator}\` creates the same account "${name}", and a second creation fails the installation`,
                "Give the argument `serviceAccounts` with one entry that lists all components of the account.",
            );
        }
    }
}
