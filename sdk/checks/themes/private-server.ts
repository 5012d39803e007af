import { literal } from "../environment";
import type { View } from "../view";
import { ldapSettings } from "./ldap";

/**
 * Where the values name a server of one's own that the application reaches by TLS: an S3-compatible store, a directory. Others, such
 * as an identity provider, may as well be public ones.
 */
export function privateServer(values: View): string | undefined {
    const bucket = values.find("global.bucket");
    const store = bucket.at("name").text ?? "";
    const secure = /[?&]tls=true(&|$)/.test(bucket.at("path").text ?? "");
    if (bucket.at("provider").text === "s3" && /[.:]/.test(store) && secure) {
        return "global.bucket.name";
    }
    const directory = ldapSettings(values, "ADDRESS").find((place) => /^ldaps:/i.test(literal(place) ?? ""));
    return directory && "LDAP_ADDRESS";
}
