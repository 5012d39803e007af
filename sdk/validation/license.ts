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
    args.check("license", (license) => {
        const { wrong, remedy } = readLicense(license);
        return wrong === undefined ? undefined : `${wrong}. ${remedy}`;
    });
    checkSecretKey(args.section("licenseSecret"));
}

/** What a license says, or what is wrong with it; neither shows any of it. */
export type License =
    | { readonly claims: Readonly<Record<string, unknown>>; readonly wrong?: undefined; readonly remedy?: undefined }
    | { readonly claims?: undefined; readonly wrong: string; readonly remedy: string };

/** A license is a JWT. Its expiry is a matter of time, not of its form, and is judged elsewhere. */
export function readLicense(license: string): License {
    const parts = license.split(".", 4);
    if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]+={0,2}$/.test(part))) {
        return {
            wrong: "is not three dot-separated base64url parts (a JWT)",
            remedy: "Copy the license again, as one line without quotes.",
        };
    }
    try {
        const claims: unknown = JSON.parse(Buffer.from(parts[1], "base64url").toString("utf8"));
        if (typeof claims === "object" && claims !== null && !Array.isArray(claims)) {
            return { claims: claims as Record<string, unknown> };
        }
    } catch {
        // Said below, together with JSON that is no object.
    }
    return {
        wrong: "is not a license: its second part holds no JSON object in base64url",
        remedy: "Copy the license again.",
    };
}
