/**
 * Access tokens of Microsoft Entra ID for simulated AKS clusters. As the real ones they say who somebody is and name no cluster, last about an hour, and
 * nobody else can make one: https://learn.microsoft.com/entra/identity-platform/access-tokens
 *
 * They are signed with a key of the instance.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { signingKey } from "../aws-cli/token";

const prefix = "entra.";
const lifetimeMs = 3_600_000;
const clockSkewMs = 60_000;

/** What a token says. */
export interface TokenClaims {
    /** Object id of a user, a service principal or a managed identity. */
    readonly objectId: string;
    /** Application for which it is. */
    readonly audience: string;
    /** When it ends, in milliseconds since 1970. */
    readonly expires: number;
}

/** The key of the instance's simulated Entra ID; undefined before its control plane was started. */
export function entraKey(dir: string): string | undefined {
    const key = signingKey(dir);
    return key === undefined ? undefined : createHmac("sha256", key).update("entra").digest("hex");
}

/** A token of that identity, and what it says. */
export function mintToken(
    key: string,
    { objectId, audience }: Omit<TokenClaims, "expires">,
    now = new Date(),
): TokenClaims & { readonly token: string } {
    const claims: TokenClaims = { objectId, audience, expires: now.getTime() + lifetimeMs };
    const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
    return { ...claims, token: `${prefix}${body}.${signatureOf(key, body)}` };
}

/** What the token says when it is ours and has not ended; undefined otherwise. */
export function readToken(key: string, token: string, now = new Date()): TokenClaims | undefined {
    const [body, signature, ...more] = token.startsWith(prefix) ? token.slice(prefix.length).split(".") : [];
    if (
        body === undefined ||
        signature === undefined ||
        more.length > 0 ||
        !isSame(signature, signatureOf(key, body))
    ) {
        return undefined;
    }
    const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as TokenClaims;
    const left = claims.expires - now.getTime();
    return left > 0 && left <= lifetimeMs + clockSkewMs ? claims : undefined;
}

function signatureOf(key: string, body: string): string {
    return createHmac("sha256", key).update(body).digest("base64url");
}

function isSame(one: string, other: string): boolean {
    const [first, second] = [Buffer.from(one), Buffer.from(other)];
    return first.length === second.length && timingSafeEqual(first, second);
}
