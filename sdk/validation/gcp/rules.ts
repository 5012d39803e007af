import { isIP } from "node:net";
import { wrongOriginHost } from "../origin";
import { given } from "../wording";

/** Rules of Google Cloud for names; each function says what is wrong with a text, or nothing. */

const exampleAccount = "Give for example wandb@example-project.iam.gserviceaccount.com.";

/** https://docs.cloud.google.com/iam/docs/service-account-types */
export function wrongServiceAccount(email: string): string | undefined {
    if (/^[a-z0-9][a-z0-9-]*@([a-z0-9-]+\.)*gserviceaccount\.com$/.test(email)) {
        return undefined;
    }
    if (email === "*" || /^all(Authenticated)?Users$/.test(email)) {
        return `is everybody ${given(email)}, which would make the bucket public. ${exampleAccount}`;
    }
    return /^[A-Za-z]+:/.test(email)
        ? `is a member with its kind in front ${given(email)}. Give the email address of a service account alone. ${exampleAccount}`
        : `is not the email address of a service account ${given(email)}. ${exampleAccount}`;
}

/** https://docs.cloud.google.com/storage/docs/cross-origin: an origin is one host, or `*` for all. */
export function wrongHost(host: string): string | undefined {
    return host !== "*" && host.includes("*")
        ? `holds a wildcard ${given(host)}, but Cloud Storage compares whole hosts. Give each host, or * for any.`
        : wrongOriginHost(host);
}

/** https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin */
export function wrongProject(project: string): string | undefined {
    if (/^\d+$/.test(project)) {
        return `is the number of a project ${given(project)}. Give its id, for example example-project.`;
    }
    return /^([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)
        ? undefined
        : `is not the id of a project ${given(project)}. It has 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last.`;
}

/** Its form only: regions are added from time to time. https://docs.cloud.google.com/storage/docs/locations */
export function wrongLocation(location: string): string | undefined {
    const lower = location.toLowerCase();
    if (/^(eu|us|asia|asia1|(eur|nam)\d+|[a-z]+-[a-z]+\d+)$/.test(lower)) {
        return undefined;
    }
    const [, region] = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(lower) ?? [];
    return region === undefined
        ? `is not a location of Cloud Storage ${given(location)}. Give a region such as europe-west4, a dual-region such as EUR4, or EU, US or ASIA.`
        : `is a zone ${given(location)}. Give its region, ${region}.`;
}

/** https://docs.cloud.google.com/storage/docs/buckets#naming */
export function wrongBucketName(name: string): string | undefined {
    if (/^[a-z0-9]+:\/\//i.test(name) || name.includes("/")) {
        return `is a URL or path ${given(name)}. Give the bucket's name alone, and what follows it as \`prefix\`.`;
    }
    const parts = name.split(".");
    const formed =
        /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(name) && parts.every((part) => /^[^.]{1,63}$/.test(part));
    if (!formed || isIP(name) !== 0) {
        return `is not a name of a Cloud Storage bucket ${given(name)}. It has 3 to 63 lower-case letters, digits, hyphens and underscores (dots between parts of a domain of yours), with a letter or digit at both ends.`;
    }
    return reserved(name)
        ? `begins with goog or holds google ${given(name)}, which Google keeps for itself. Choose another name.`
        : undefined;
}

/** Whether Google refuses the name, `g00gle` and the like too. */
export function reserved(name: string): boolean {
    return name.startsWith("goog") || /g[o0]{2}g[l1]e/.test(name);
}

/** The prefix stands in a condition, where some characters mean others. */
export function wrongPrefix(prefix: string): string | undefined {
    if (/^\/|\/$|\/\//.test(prefix)) {
        return `starts or ends with a slash or has two in a row ${given(prefix)}. Give for example team/wandb.`;
    }
    return /^[\w!.()/=+@:,~-]+$/.test(prefix)
        ? undefined
        : `holds a character that means something else in a condition or a URL ${given(prefix)}. Use letters, digits and - _ . / for example team/wandb.`;
}

const keyForm = /^projects\/[a-z0-9.:-]+\/locations\/[a-z0-9-]+\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63}$/;

/** https://docs.cloud.google.com/kms/docs/getting-resource-ids */
export function wrongKeyId(id: string): string | undefined {
    if (keyForm.test(id)) {
        return undefined;
    }
    const wanted = "Give projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>.";
    return /\/cryptoKeyVersions\/\d+$/.test(id)
        ? `is one version of a key ${given(id)}, which would end with the next rotation. ${wanted}`
        : `is not the id of a Cloud KMS key ${given(id)}. ${wanted}`;
}

/** https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create */
export function wrongKeyName(name: string): string | undefined {
    return /^[\w-]{1,63}$/.test(name)
        ? undefined
        : `is not a name of Cloud KMS ${given(name)}. It has 1 to 63 letters, digits, underscores and hyphens.`;
}

/** https://docs.cloud.google.com/resource-manager/docs/labels-overview#requirements; the provider takes ASCII only */
export function wrongLabelKey(key: string): string | undefined {
    return /^[a-z][a-z0-9_-]{0,62}$/.test(key)
        ? undefined
        : "is not a valid key of a label. Use 1 to 63 lower-case letters, digits, underscores and hyphens, a letter first.";
}

/** Value of a label; it may be empty. */
export function wrongLabel(value: string): string | undefined {
    return /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value)
        ? undefined
        : `is not a valid value of a label ${given(value)}. Use at most 63 lower-case letters, digits, underscores and hyphens.`;
}
