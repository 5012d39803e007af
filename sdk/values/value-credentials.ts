import * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "../contract/infrastructure";
import { mergeValues } from "./merge";
import { mapAt } from "./tree";
import type { ValuesTree } from "./types";

/** One place in the chart's values that takes a credential as text, and how the chart takes it from a Secret instead. */
interface Place {
    readonly path: readonly string[];
    /** Key in the Secret that is made. */
    readonly key: string;
    readonly reference: (secret: SecretKey) => ValuesTree;
    /** The argument that makes the same Secret. */
    readonly argument: string;
    /** Whether it can be moved; what cannot is left for the checks to find. */
    readonly movable?: (tree: ValuesTree, provider: string | undefined) => boolean;
}

/** Of a pair of keys one alone is of no use, except for Azure. */
function isWholeBucket(tree: ValuesTree, provider: string | undefined): boolean {
    const { accessKey, secretKey, provider: own = provider } = mapAt(tree, "global", "bucket") ?? {};
    return own === "az" || (isCredential(accessKey) && isCredential(secretKey));
}

function isCredential(value: unknown): value is pulumi.Input<string> {
    return (typeof value === "string" && value !== "") || pulumi.Output.isInstance(value);
}

const Places: readonly Place[] = [
    {
        path: ["global", "license"],
        key: "LICENSE",
        reference: ({ name, key }) => ({ global: { licenseSecret: { name, key } } }),
        argument: "license",
    },
    {
        path: ["global", "mysql", "password"],
        key: "MYSQL_PASSWORD",
        reference: ({ name, key }) => ({ global: { mysql: { passwordSecret: { name, passwordKey: key } } } }),
        argument: "database.password",
    },
    {
        path: ["global", "redis", "password"],
        key: "REDIS_PASSWORD",
        reference: ({ name, key }) => ({ global: { redis: { secret: { secretName: name, secretKey: key } } } }),
        argument: "redis.password",
    },
    {
        path: ["global", "bucket", "accessKey"],
        key: "ACCESS_KEY",
        reference: ({ name, key }) => ({ global: { bucket: { secret: { secretName: name, accessKeyName: key } } } }),
        argument: "bucket.accessKey",
        movable: isWholeBucket,
    },
    {
        path: ["global", "bucket", "secretKey"],
        key: "SECRET_KEY",
        reference: ({ name, key }) => ({ global: { bucket: { secret: { secretName: name, secretKeyName: key } } } }),
        argument: "bucket.secretKey",
        movable: isWholeBucket,
    },
    {
        path: ["global", "auth", "oidc", "secret"],
        key: "OIDC_SECRET",
        reference: ({ name, key }) => ({ global: { auth: { oidc: { oidcSecret: { name, secretKey: key } } } } }),
        argument: "oidc.clientSecret",
    },
    {
        path: ["global", "email", "smtp", "password"],
        key: "SMTP_PASSWORD",
        reference: ({ name, key }) => ({
            global: { email: { smtp: { password: { valueFrom: { secretKeyRef: { name, key } } } } } },
        }),
        argument: "smtp.password",
    },
];

/** A credential that stood among the free values. */
export interface MovedCredential {
    /** Path below `values`. */
    readonly path: string;
    readonly argument: string;
}

/**
 * Takes credentials out of a tree of free values, which is changed: they would stand in the custom resource in clear.
 *
 * @param provider kind of object store of the argument `bucket`, where the values name none
 * @returns the credentials by key of the Secret that they go to, and where they stood.
 */
export function takeCredentials(
    tree: ValuesTree,
    provider: string | undefined,
): {
    readonly literals: Record<string, pulumi.Input<string>>;
    readonly moved: readonly MovedCredential[];
} {
    const literals: Record<string, pulumi.Input<string>> = {};
    const moved: MovedCredential[] = [];
    const movable = Places.filter(({ movable: may }) => may === undefined || may(tree, provider));
    for (const { path, key, argument } of movable) {
        const last = path[path.length - 1];
        const parent = mapAt(tree, ...path.slice(0, -1)) ?? {};
        const value = Object.hasOwn(parent, last) ? parent[last] : undefined;
        if (isCredential(value)) {
            literals[key] = value;
            delete parent[last];
            moved.push({ path: path.join("."), argument });
        }
    }
    return { literals, moved };
}

/** The values that point to the Secret with the credentials, to be merged over all others. */
export function credentialValues(secrets: Readonly<Record<string, SecretKey>>): ValuesTree {
    return Places.filter(({ key }) => Object.hasOwn(secrets, key)).reduce<ValuesTree>(
        (values, { key, reference }) => mergeValues(values, reference(secrets[key])),
        {},
    );
}
