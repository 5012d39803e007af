import type { WandbDeploymentArgs } from "../args";
import type { Section } from "./section";
import { checkSecretKey } from "./references";

/** `license` and `licenseSecret`. */
export function checkLicense(args: Section<WandbDeploymentArgs>): void {
    const sources = args.givenOf("license", "licenseSecret");
    if (sources.length === 0) {
        args.refuse(
            "license",
            "is missing, and W&B does not start without one. Give `license`, or `licenseSecret` with name and key of a Secret that exists.",
        );
    }
    if (sources.length === 2) {
        args.refuse("license", "is given together with `licenseSecret`. Keep one of the two.");
    }
    args.check("license", wrongLicense);
    checkSecretKey(args.section("licenseSecret"));
}

/** A license is a JWT. Its expiry is a matter of time, not of the arguments, and is warned about elsewhere. */
function wrongLicense(license: string): string | undefined {
    const parts = license.split(".");
    if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]+={0,2}$/.test(part))) {
        return "is not three dot-separated base64url parts (a JWT). Copy the license again, as one line without quotes.";
    }
    try {
        const claims: unknown = JSON.parse(Buffer.from(parts[1], "base64url").toString("utf8"));
        if (typeof claims === "object" && claims !== null && !Array.isArray(claims)) {
            return undefined;
        }
    } catch {
        // Said below, together with JSON that is no object.
    }
    return "is not a license: its second part holds no JSON object in base64url. Copy the license again.";
}
