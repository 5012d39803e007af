/** Addresses of stores with credentials in them, as W&B's older deployments write them, and their parts. */

export interface BucketParts {
    readonly provider: "s3" | "gcs" | "az" | "cw";
    /** Bucket; for S3-compatible stores `host[:port]`, for Azure the storage account. */
    readonly name: string;
    /** Prefix; for S3-compatible stores the bucket, with `?tls=true`; for Azure the container and the prefix. */
    readonly path?: string;
    readonly accessKey?: string;
    readonly secretKey?: string;
}

export interface ServerParts {
    readonly host: string;
    readonly port: number;
    readonly username?: string;
    /** As it stands in the address: the chart pastes it back into one. */
    readonly password?: string;
    /** What follows the first slash. */
    readonly path?: string;
    readonly parameters: Readonly<Record<string, string>>;
}

const Schemes: Readonly<Record<string, BucketParts["provider"]>> = { s3: "s3", gs: "gcs", az: "az", cw: "cw" };
const SchemeOf: Readonly<Record<BucketParts["provider"], string>> = { s3: "s3", gcs: "gs", az: "az", cw: "cw" };

/** `scheme://[user[:password]@]rest`: the last @ counts, since passwords may hold others. */
const Address = /^([a-z][a-z0-9+.-]*):\/\/(?:(.*)@)?([^@]*)$/is;

/** @returns nothing when it is no address of an object store */
export function splitBucket(address: string): BucketParts | undefined {
    const [, scheme = "", credentials, rest = ""] = Address.exec(address.trim()) ?? [];
    const provider = Schemes[scheme.toLowerCase()];
    const [name, ...below] = rest.split("/");
    if (provider === undefined || name === "") {
        return undefined;
    }
    const path = below.join("/");
    const [accessKey, secretKey] = credentials === undefined ? [] : halves(credentials, ":");
    return {
        provider,
        name,
        ...(path === "" ? {} : { path }),
        ...(accessKey === undefined ? {} : { accessKey: decoded(accessKey) }),
        ...(secretKey === undefined ? {} : { secretKey: decoded(secretKey) }),
    };
}

/** The opposite of `splitBucket`. */
export function joinBucket({ provider, name, path, accessKey, secretKey }: BucketParts): string {
    const secret = secretKey === undefined ? "" : `:${encodeURIComponent(secretKey)}`;
    const credentials = accessKey === undefined ? "" : `${encodeURIComponent(accessKey)}${secret}@`;
    return `${SchemeOf[provider]}://${credentials}${name}${path === undefined ? "" : `/${path}`}`;
}

/** Whether the name of a bucket is the host of an S3-compatible store. */
export function isEndpoint({ provider, name, path, accessKey }: BucketParts): boolean {
    return provider === "s3" && path !== undefined && accessKey !== undefined && /[.:]|^localhost$/.test(name);
}

/** @returns nothing when it is no address with that scheme */
export function splitServer(address: string, schemes: readonly string[], defaultPort: number): ServerParts | undefined {
    const [whole, query = ""] = halves(address.trim(), "?");
    const [, scheme = "", credentials, rest = ""] = Address.exec(whole) ?? [];
    const [place, path = ""] = halves(rest, "/");
    const [, host = "", digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(place) ?? [];
    const port = digits === undefined ? defaultPort : Number(digits);
    if (!schemes.includes(scheme.toLowerCase()) || host === "" || port < 1 || port > 65535) {
        return undefined;
    }
    const [username, password] = credentials === undefined ? [] : halves(credentials, ":");
    return {
        host,
        port,
        ...(username ? { username: decoded(username) } : {}),
        ...(password ? { password } : {}),
        ...(path === "" ? {} : { path }),
        parameters: parametersOf(query),
    };
}

/** The opposite of `splitServer`. */
export function joinServer(scheme: string, { host, port, username, password, path, parameters }: ServerParts): string {
    const secret = password === undefined ? "" : `:${password}`;
    const credentials =
        username === undefined && secret === "" ? "" : `${encodeURIComponent(username ?? "")}${secret}@`;
    const query = Object.entries(parameters).map(
        ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
    );
    const end = query.length === 0 ? "" : `?${query.join("&")}`;
    return `${scheme}://${credentials}${host}:${port}${path === undefined ? "" : `/${path}`}${end}`;
}

function parametersOf(query: string): Record<string, string> {
    const pairs = query
        .split("&")
        .filter((pair) => pair !== "")
        .map((pair) => halves(pair, "=").map((part) => decoded(part ?? "")) as [string, string]);
    return Object.fromEntries(pairs.map(([key, value]) => [key, value ?? ""]));
}

function halves(text: string, separator: string): [string, string?] {
    const at = text.indexOf(separator);
    return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A percent sign that begins no code is one. */
function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
