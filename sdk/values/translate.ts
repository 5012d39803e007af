import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import type { Finding } from "../checks/finding";
import { type Report, translateLdap } from "./translate-ldap";
import { copyMaps, mapAt } from "./tree";
import type { ValuesTree } from "./types";
import { type MovedCredential, takeCredentials } from "./value-credentials";

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
    /** One warning for each change of words. */
    readonly changes: readonly Finding[];
    readonly moved: readonly MovedCredential[];
}

/**
 * Translates older spellings that the chart does not read, and what would conflict in Helm, and takes out credentials. Only what can be said in the chart's own
 * words is touched; the rest is left for the checks to find. The given tree is not changed.
 *
 * @param provider kind of object store of the argument `bucket`, where the values name none
 */
export function translateValues(values: ValuesTree, provider: string | undefined): Translation {
    const tree = copyMaps(values);
    const changes: Finding[] = [];
    const report: Report = (id, path, message, remedy) =>
        changes.push({ id, level: "warning", path: `values.${path}`, message, remedy });
    const secretEnv = translateLdap(tree, report);
    translateRedis(tree, report);
    translateMysql(tree, report);
    translateAzureKey(tree, provider, report);
    shareAccounts(tree, report);
    const { literals, moved } = takeCredentials(tree, provider);
    return { values: tree, secretEnv, valueCredentials: literals, changes, moved };
}

function translateRedis(tree: ValuesTree, report: Report): void {
    const redis = mapAt(tree, "global", "redis");
    const auth = redis && mapAt(redis, "auth");
    if (redis === undefined || auth === undefined) {
        return;
    }
    const { secret, key, enabled } = auth;
    if (enabled !== false && (secret === undefined || key === undefined || redis["secret"] !== undefined)) {
        return;
    }
    delete redis["auth"];
    if (enabled !== false) {
        redis["secret"] = { secretName: secret, secretKey: key };
    }
    report(
        "redis.auth-drift",
        "global.redis.auth",
        "is an older spelling that the chart does not read, translated to `global.redis.secret`",
        "Write `global.redis.secret.{secretName,secretKey}`, or give the argument `redis.passwordSecret`.",
    );
}

function translateMysql(tree: ValuesTree, report: Report): void {
    const mysql = mapAt(tree, "global", "mysql");
    if (mysql?.["name"] === undefined || (mysql["database"] !== undefined && mysql["database"] !== mysql["name"])) {
        return;
    }
    mysql["database"] = mysql["name"];
    delete mysql["name"];
    report(
        "mysql.name",
        "global.mysql.name",
        "is never read by the chart, translated to `global.mysql.database`",
        "Write `global.mysql.database`, or give the argument `database.name`.",
    );
}

function translateAzureKey(tree: ValuesTree, provider: string | undefined, report: Report): void {
    for (const name of ["bucket", "defaultBucket"]) {
        const bucket = mapAt(tree, "global", name);
        const kind: unknown = bucket?.["provider"] ?? provider;
        if (bucket?.["secretKey"] === undefined || kind !== "az" || bucket["accessKey"] !== undefined) {
            continue;
        }
        bucket["accessKey"] = bucket["secretKey"];
        delete bucket["secretKey"];
        report(
            "bucket.az-secretkey",
            `global.${name}.secretKey`,
            "is not read for Azure, translated to `accessKey`",
            "Give the argument `bucket.accessKey`, which keeps the key out of the custom resource.",
        );
    }
}

/** Components that the chart deploys unless told otherwise: one of these should make a shared account. */
const OnByDefault = new Set(["app", "console", "parquet", "weave"]);

/** Helm refuses an account that two components create: one of them does. */
function shareAccounts(tree: ValuesTree, report: Report): void {
    const users = new Map<string, string[]>();
    for (const component of Object.keys(tree)) {
        const account = mapAt(tree, component, "serviceAccount");
        const name: unknown = account?.["name"];
        if (typeof name === "string" && name !== "" && account?.["create"] !== false) {
            users.set(name, [...(users.get(name) ?? []), component]);
        }
    }
    for (const [name, components] of users) {
        const creator = components.find((component) => OnByDefault.has(component)) ?? components[0];
        for (const component of components.filter((other) => other !== creator)) {
            const account = mapAt(tree, component, "serviceAccount");
            if (account !== undefined) {
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
}
