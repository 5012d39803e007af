/**
 * Tokens for simulated EKS clusters, in the form of the real ones: a presigned request to STS that the cluster's
 * authenticator has answered, with the name of the cluster in a signed header that is not part of the URL.
 * https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 *
 * Signatures are made with a key of the instance, so that nobody outside of it can make a token.
 */
import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { credentialPaths } from "../control-plane/credentials";

const prefix = "k8s-aws-v1.";
const clusterHeader = "x-k8s-aws-id";
/** The authenticator takes a token for a quarter of an hour, which is why the CLI names 14 minutes. */
const longestAgeMs = 15 * 60_000;
const clockSkewMs = 60_000;

/** What a token says. */
export interface TokenClaims {
    readonly clusterName: string;
    readonly region: string;
    /** ARN of the user or role whose credentials signed it. */
    readonly principalArn: string;
}

/** The key of the instance's simulated credentials; undefined before its control plane was started. */
export function signingKey(dir: string): string | undefined {
    const file = credentialPaths(dir).awsSigningKey;
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** A token, as `aws eks get-token` prints it. */
export function mintToken(key: string, claims: TokenClaims, now = new Date()): string {
    const { region, principalArn, clusterName } = claims;
    const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const isRole = principalArn.includes(":role/");
    const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    const url = new URL(`https://sts.${region}.${domain}/`);
    const accessKey = isRole ? "ASIASANDBOXEXAMPLE00" : "AKIASANDBOXEXAMPLE00";
    for (const [name, value] of Object.entries({
        Action: "GetCallerIdentity",
        Version: "2011-06-15",
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": `${accessKey}/${time.slice(0, 8)}/${region}/sts/aws4_request`,
        "X-Amz-Date": time,
        "X-Amz-Expires": "60",
        "X-Amz-SignedHeaders": `host;${clusterHeader}`,
        // Real ones hide the principal in here too, for temporary credentials; a user's key stands for the user.
        "X-Amz-Security-Token": Buffer.from(principalArn).toString("base64url"),
    })) {
        url.searchParams.set(name, value);
    }
    url.searchParams.set("X-Amz-Signature", signatureOf(key, url, clusterName));
    return prefix + Buffer.from(url.href).toString("base64url");
}

/** What the token says when it is ours, for one of these clusters, and young enough; undefined otherwise. */
export function readToken(
    key: string,
    token: string,
    clusterNames: readonly string[],
    now = new Date(),
): TokenClaims | undefined {
    const url = urlIn(token);
    const signature = url?.searchParams.get("X-Amz-Signature");
    if (url === undefined || signature === null || !isYoung(url, now)) {
        return undefined;
    }
    url.searchParams.delete("X-Amz-Signature");
    const clusterName = clusterNames.find((name) => signatureOf(key, url, name) === signature);
    const principalArn = Buffer.from(url.searchParams.get("X-Amz-Security-Token") ?? "", "base64url").toString("utf8");
    return clusterName === undefined ? undefined : { clusterName, principalArn, region: url.hostname.split(".")[1] };
}

function urlIn(token: string): URL | undefined {
    if (!token.startsWith(prefix)) {
        return undefined;
    }
    try {
        return new URL(Buffer.from(token.slice(prefix.length), "base64url").toString("utf8"));
    } catch {
        return undefined;
    }
}

function isYoung(url: URL, now: Date): boolean {
    const [, year, month, day, hour, minute, second] =
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get("X-Amz-Date") ?? "") ?? [];
    const made = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    const age = now.getTime() - made;
    return age <= longestAgeMs && age >= -clockSkewMs;
}

function signatureOf(key: string, url: URL, clusterName: string): string {
    return createHmac("sha256", key).update(`GET\n${url.href}\n${clusterHeader}:${clusterName}`).digest("hex");
}
