import type { View } from "./view";

/** Places that another check judges: one fault, one finding. */

/** What nothing reads, and a check of its own says so. */
const UnreadElsewhere = new Set([
    "global.ingress",
    "global.ldap",
    "global.auth.ldap",
    "global.mysql.name",
    "global.redis.auth",
    "console.resources",
]);

/** Whether another check reports that nothing reads this. */
export function isReportedAsUnread(keys: readonly string[]): boolean {
    return UnreadElsewhere.has(keys.join(".")) && keys.every((key) => !key.includes("."));
}

const Always = () => true;
/** A number written as a text. */
export const isQuotedNumber = (view: View) => /^\d{1,9}$/.test(view.text ?? "");
/** Of another kind than that of the lower layers, though it is the right number. */
const NoQuotedNumber = (view: View) => !view.isMap && !isQuotedNumber(view);
const OnlyMap = (view: View) => view.isMap;
const Scalar = (view: View) => view.scalar !== undefined;

/** What the checks `ca.list`, `ingress.tls-shape`, `oidc.*`, `redis.valuefrom`, `session.hours` and those of ports say about kinds. */
const KindElsewhere: Readonly<Record<string, (view: View) => boolean>> = {
    "global.customCACerts": Always,
    "ingress.tls": Always,
    "ingress.secondary.tls": Always,
    "global.redis.host": OnlyMap,
    "global.auth.oidc.clientId": OnlyMap,
    "global.auth.oidc.authMethod": Scalar,
    "global.auth.oidc.issuer": Scalar,
    "global.auth.sessionLengthHours": (view) => !isQuotedNumber(view),
};

/** Judged by checks of their own, which take a number in quotes for what it is. */
export const Ports: ReadonlySet<string> = new Set(["global.mysql.port", "global.redis.port", "global.email.smtp.port"]);

/** `global.size` and that of a component: `size.name` judges what is no size. */
const Size = /^[\w-]+\.size$/;

/** Whether another check judges the kind of what stands here. */
export function isKindJudgedElsewhere(path: string, view: View): boolean {
    if (Ports.has(path)) {
        return NoQuotedNumber(view);
    }
    return Object.hasOwn(KindElsewhere, path) ? KindElsewhere[path](view) : Size.test(path) && Scalar(view);
}
