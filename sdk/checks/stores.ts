import { isIP } from "node:net";
import { unencoded } from "../validation/connection";
import type { Fault } from "./check";
import { isSet } from "./connections";
import type { View } from "./view";

/** Kinds of object stores that the chart makes a URL for. */
export const Providers: readonly string[] = ["s3", "gcs", "az", "cw"];

/** The object store in use: `global.bucket` as soon as it has a name, else `global.defaultBucket`. */
export interface Store {
    readonly place: View;
    /** The provider, when it is known. */
    readonly provider: string | undefined;
    /** The Secret with credentials, for both places. */
    readonly secretName: View;
}

/** The store in use; nothing when none is named, or when its name is not known yet. */
export function storeOf(values: View): Store | undefined {
    const bucket = values.at("global", "bucket");
    const named = bucket.at("name").empty ? values.at("global", "defaultBucket") : bucket;
    if (!isSet(named.at("name"))) {
        return undefined;
    }
    const provider = named.at("provider");
    return {
        place: named,
        provider: named !== bucket && provider.absent ? "s3" : provider.text,
        secretName: bucket.at("secret", "secretName"),
    };
}

/** The store in use, when it is of one of these kinds. */
export function storeOfKind(values: View, ...providers: readonly string[]): Store | undefined {
    const store = storeOf(values);
    return store?.provider !== undefined && providers.includes(store.provider) ? store : undefined;
}

/** What name and path of an S3 store say together: the chart joins them by a slash. */
export interface S3Address {
    /** The part before the first slash: a bucket of Amazon's, or the host of another store. */
    readonly first: string;
    /** What `first` is. A name with dots may be either. */
    readonly kind: "bucket" | "host" | "either";
    /** What comes after it: a bucket or a prefix. */
    readonly inside: string;
    readonly tls: boolean;
}

/** The address of an S3 store; nothing for other stores, and when a part of it is not known. */
export function s3Address({ place, provider }: Store): S3Address | undefined {
    const name = place.at("name").scalar;
    const path = place.at("path").absent ? "" : place.at("path").scalar;
    if (provider !== "s3" || name === undefined || path === undefined || hasScheme(name)) {
        return undefined;
    }
    const joined = `${name}/${path}`;
    const query = joined.indexOf("?");
    const plain = query < 0 ? joined : joined.slice(0, query);
    const parameters = query < 0 ? "" : joined.slice(query + 1);
    const slash = plain.indexOf("/");
    const first = slash < 0 ? plain : plain.slice(0, slash);
    return {
        first,
        kind: parameters.includes("tls=") ? "host" : kindOf(first),
        inside: slash < 0 ? "" : plain.slice(slash + 1).replaceAll("/", ""),
        tls: asksForTls(parameters),
    };
}

export function hasScheme(name: string): boolean {
    return /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(name);
}

/** Whether a host name is one of Amazon's own. */
export function isAmazon(host: string): boolean {
    return /\.amazonaws\.com(\.cn)?(:\d+)?$/i.test(host);
}

function kindOf(first: string): S3Address["kind"] {
    if (first.includes(":") || isIP(first) !== 0 || isAmazon(first)) {
        return "host";
    }
    return first.includes(".") ? "either" : "bucket";
}

function asksForTls(query: string): boolean {
    return query.split("&").includes("tls=true");
}

const DocumentedForm = "s3://KEY:SECRET@HOST/BUCKET, with ?tls=true at the end for HTTPS";
const FormRemedy = `Write it as ${DocumentedForm}, or better use \`global.bucket\` with \`global.bucket.secret\`.`;

/** What is wrong with the variable BUCKET. It holds credentials: nothing of it is shown. */
export function* wrongBucketUrl(variable: View): Iterable<Fault> {
    const { text } = variable;
    const wrong = text === undefined || text === "" ? undefined : bucketUrl(text).wrong;
    if (wrong !== undefined) {
        yield { path: variable.path, message: wrong.message, remedy: FormRemedy, level: wrong.level };
    }
}

/** Whether the variable BUCKET names a store that is not Amazon's, without asking for TLS. */
export function lacksTls(variable: View): boolean {
    const { text } = variable;
    if (text === undefined) {
        return false;
    }
    const { wrong, host, query } = bucketUrl(text);
    return wrong === undefined && kindOf(host) !== "bucket" && !asksForTls(query);
}

interface BucketUrl {
    readonly host: string;
    readonly query: string;
    readonly wrong?: { readonly message: string; readonly level: "error" | "warning" };
}

function bucketUrl(text: string): BucketUrl {
    const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text)?.[1].toLowerCase();
    const nowhere = { host: "", query: "" };
    if (scheme !== "s3") {
        // These work for the one variable, since the chart makes such URLs itself.
        const level = scheme === "gs" || scheme === "az" || scheme === "cw" ? "warning" : "error";
        const what = scheme === undefined ? "has no scheme" : `has the scheme ${scheme}://`;
        return { ...nowhere, wrong: { message: `${what}, but the documented form is s3://`, level } };
    }
    const rest = text.slice("s3://".length);
    const end = rest.search(/[/?#]/);
    const authority = end < 0 ? rest : rest.slice(0, end);
    const after = end < 0 ? "" : rest.slice(end);
    const mark = after.indexOf("?");
    const at = authority.lastIndexOf("@");
    const host = authority.slice(at + 1);
    const query = mark < 0 ? "" : after.slice(mark + 1);
    const path = mark < 0 ? after : after.slice(0, mark);
    return { host, query, wrong: wrongParts(authority.slice(0, Math.max(at, 0)), host, path, after) };
}

function wrongParts(credentials: string, host: string, path: string, after: string): BucketUrl["wrong"] {
    const [key, secret, ...more] = credentials.split(":");
    const broken = credentials === "" ? after.includes("@") : more.length > 0 || unencoded(key + (secret ?? ""));
    if (broken) {
        const message = "holds one of the characters : / ? # [ ] @ % in key or secret, not percent-encoded";
        return { message, level: "error" };
    }
    // Amazon's buckets need neither keys nor a host: the variable works, in another form than the documented one.
    const level = host !== "" && kindOf(host) === "bucket" ? "warning" : "error";
    if (key === "" || secret === undefined || secret === "") {
        return { message: "has no access key and secret in front of an @", level };
    }
    if (host === "") {
        return { message: "has no host", level };
    }
    return /^\/[^/]/.test(path) ? undefined : { message: "names no bucket after the host", level };
}
