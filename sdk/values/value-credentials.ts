import * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "../contract/infrastructure";
import { mergeValues } from "./merge";
import type { Draft } from "./translate";
import { isGiven, isMap, mapAt } from "./tree";
import type { ValuesTree } from "./types";

/** One place in the chart's values that takes a credential as text, and how the chart takes it from a Secret instead. */
interface Place {
    readonly path: readonly string[];
    /** Key in the Secret that is made. */
    readonly key: string;
    /** Place of the reference. Beside it the chart ignores the text. */
    readonly named: readonly string[];
    readonly reference: (secret: SecretKey) => ValuesTree;
    /** The argument that makes such a Secret. */
    readonly argument?: string;
    /** Whether it can be moved; what cannot is left for the checks to find. */
    readonly movable?: (draft: Draft) => boolean;
}

const global = (below: ValuesTree): ValuesTree => ({ global: below });

/** Of a pair of keys one alone is of no use, except for Azure. */
function isWholeBucket({ tree, ours }: Draft): boolean {
    const { accessKey, secretKey, provider } = mapAt(tree, "global", "bucket") ?? {};
    const kind = provider ?? mapAt(ours, "global", "bucket")?.["provider"];
    return kind === "az" || (isCredential(accessKey) && isCredential(secretKey));
}

const Places: readonly Place[] = [
    {
        path: ["global", "license"],
        key: "LICENSE",
        named: ["global", "licenseSecret", "name"],
        reference: ({ name, key }) => global({ licenseSecret: { name, key } }),
        argument: "license",
    },
    {
        path: ["global", "mysql", "password"],
        key: "MYSQL_PASSWORD",
        named: ["global", "mysql", "passwordSecret", "name"],
        // The chart's own MySQL asks for a root password too, an external one reads no such key.
        reference: ({ name, key }) =>
            global({ mysql: { passwordSecret: { name, passwordKey: key, rootPasswordKey: key } } }),
        argument: "database.password",
    },
    {
        path: ["global", "redis", "password"],
        key: "REDIS_PASSWORD",
        named: ["global", "redis", "secret", "secretName"],
        reference: ({ name, key }) => global({ redis: { secret: { secretName: name, secretKey: key } } }),
        argument: "redis.password",
    },
    {
        path: ["global", "bucket", "accessKey"],
        key: "ACCESS_KEY",
        named: ["global", "bucket", "secret", "secretName"],
        reference: ({ name, key }) => global({ bucket: { secret: { secretName: name, accessKeyName: key } } }),
        argument: "bucket.accessKey",
        movable: isWholeBucket,
    },
    {
        path: ["global", "bucket", "secretKey"],
        key: "SECRET_KEY",
        named: ["global", "bucket", "secret", "secretName"],
        reference: ({ name, key }) => global({ bucket: { secret: { secretName: name, secretKeyName: key } } }),
        argument: "bucket.secretKey",
        movable: isWholeBucket,
    },
    {
        path: ["global", "auth", "oidc", "secret"],
        key: "OIDC_SECRET",
        named: ["global", "auth", "oidc", "oidcSecret", "name"],
        reference: ({ name, key }) => global({ auth: { oidc: { oidcSecret: { name, secretKey: key } } } }),
        argument: "oidc.clientSecret",
    },
    {
        path: ["global", "email", "smtp", "password"],
        key: "SMTP_PASSWORD",
        named: [],
        reference: ({ name, key }) =>
            global({ email: { smtp: { password: { valueFrom: { secretKeyRef: { name, key } } } } } }),
        argument: "smtp.password",
    },
    {
        path: ["global", "clickhouse", "password"],
        key: "CLICKHOUSE_PASSWORD",
        named: ["global", "clickhouse", "passwordSecret", "name"],
        reference: ({ name, key }) => global({ clickhouse: { passwordSecret: { name, passwordKey: key } } }),
    },
    {
        path: ["global", "olap", "default", "password"],
        key: "OLAP_PASSWORD",
        named: [],
        reference: ({ name, key }) =>
            global({ olap: { default: { password: { valueFrom: { secretKeyRef: { name, key } } } } } }),
    },
];

/** The chart mounts the CA of the cache from the Secret with its password, once there is one. */
const CacheCaKey = "REDIS_CA_CERT";

/** A credential that stood among the free values. */
export interface MovedCredential {
    /** Path below `values`. */
    readonly path: string;
    /** What it was, when that is known already. */
    readonly literal: string | undefined;
    readonly argument: string | undefined;
    /** It was dropped, since a Secret is named beside it and the chart reads that. */
    readonly ignored: boolean;
}

/**
 * Takes credentials out of a tree of free values: they would stand in the custom resource in clear.
 *
 * @returns the credentials by key of the Secret that they go to, and where they stood.
 */
export function takeCredentials(draft: Draft): {
    readonly literals: Record<string, pulumi.Input<string>>;
    readonly moved: readonly MovedCredential[];
} {
    const { tree } = draft;
    const literals: Record<string, pulumi.Input<string>> = {};
    const moved: MovedCredential[] = [];
    const movable = Places.filter(({ movable: may, named }) => isNamed(draft, named) || (may?.(draft) ?? true));
    for (const { path, key, argument, named } of movable) {
        const last = path[path.length - 1];
        const parent = mapAt(tree, ...path.slice(0, -1)) ?? {};
        const value = Object.hasOwn(parent, last) ? parent[last] : undefined;
        if (!isCredential(value)) {
            continue;
        }
        delete parent[last];
        const ignored = isNamed(draft, named);
        const where = path.join(".");
        moved.push({ path: where, literal: typeof value === "string" ? value : undefined, argument, ignored });
        if (!ignored) {
            literals[key] = asText(value, where);
        }
    }
    const ca = mapAt(tree, "global", "redis")?.["caCert"] ?? mapAt(draft.ours, "global", "redis")?.["caCert"];
    if (literals["REDIS_PASSWORD"] !== undefined && isCredential(ca)) {
        literals[CacheCaKey] = ca;
    }
    return { literals, moved };
}

/** Whether the values, or the arguments, name a Secret. */
function isNamed({ tree, ours }: Draft, path: readonly string[]): boolean {
    const [parent, last] = [path.slice(0, -1), path[path.length - 1]];
    const names = [tree, ours].map((values) => mapAt(values, ...parent)?.[last]);
    return path.length > 0 && names.some((name) => isGiven(name) && name !== "");
}

/** A text, now or later. */
export function isCredential(value: unknown): value is pulumi.Input<string> {
    return (typeof value === "string" && value !== "") || pulumi.Output.isInstance(value);
}

/** An Output may hold a whole reference, for which this is no place. */
function asText(value: pulumi.Input<string>, path: string): pulumi.Input<string> {
    if (!pulumi.Output.isInstance<string>(value)) {
        return value;
    }
    return value.apply((text: unknown) => {
        if (typeof text === "string") {
            return text;
        }
        throw new pulumi.RunError(
            `values.${path}: its Output holds ${isMap(text) ? "a map" : "no text"}, but stands where a password belongs. ` +
                "Put the Output where the name of the Secret stands: { valueFrom: { secretKeyRef: { name: <output>, key } } }.",
        );
    });
}

/** The values that point to the Secret with the credentials, to be merged over all others. */
export function credentialValues(secrets: Readonly<Record<string, SecretKey>>): ValuesTree {
    return Places.filter(({ key }) => Object.hasOwn(secrets, key)).reduce<ValuesTree>(
        (values, { key, reference }) => mergeValues(values, reference(secrets[key])),
        {},
    );
}
