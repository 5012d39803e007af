/** What the documentation says of changes, in words that can be compared with what the models of AWS do. */
import assert from "node:assert/strict";

/** What one change does, by logical names without that of the deployment and with `*` for zones. */
export interface ShownChange {
    readonly updated: readonly string[];
    readonly replaced: readonly string[];
    readonly made: readonly string[];
    readonly removed: readonly string[];
    readonly refused: string;
}

/** What a text claims of a change. */
export interface ChangeClaim {
    /** Words for what is replaced. */
    readonly replaces: readonly string[];
    /** Words for what is said to stay. */
    readonly keeps: readonly string[];
    readonly inPlace: boolean;
    /** AWS refuses it for the cluster's sake. */
    readonly notUnderCluster: boolean;
}

/** How the documentation calls what may be replaced. */
const Things: Readonly<Record<string, RegExp>> = {
    alias: /(^|-)key-alias$/,
    associations: /^access-.+-Amazon/,
    bucket: /^bucket$/,
    cache: /^cache$/,
    certificate: /^certificate$/,
    cluster: /^cluster$/,
    database: /^database-cluster$/,
    endpoint: /-endpoint$/,
    entry: /^access-[a-z0-9]+$/,
    "flow log": /^flow-log$/,
    group: /-(security-group|parameters)$/,
    instance: /^database-\*$/,
    key: /^key$/,
    "log group": /^flow-logs$/,
    "NAT gateway": /^nat-gateway-\*$/,
    "Network Load Balancer": /^private-link-balancer$/,
    "node group": /^nodes-\*$/,
    "node groups": /^nodes-\*$/,
    queue: /^bucket-events$/,
    records: /^(dns|certificate)-record-/,
    role: /-role$/,
    roles: /-role$/,
    subnet: /-subnet-\*$/,
    "target group": /^private-link-target-group$/,
    template: /^nodes-template$/,
};

/** Whoever loses one of these must have been told: the rest follows from it. */
const Weighty = ["cluster", "database", "cache", "bucket", "key", "node groups", "NAT gateway"] as const;

/** What is gone with another one. */
const Within: Readonly<Record<string, string>> = { "node groups": "cluster" };

/** New Secrets for new values, and what is drawn for them: nobody sees these change. */
const Followers = /^(database-password|redis|cache-token)$/;

const thing = `(?:the |its |these |another |a new, empty |a new )?(${Object.keys(Things)
    .sort((one, other) => other.length - one.length)
    .join("|")})\\b`;

/** `the cluster`, `database and cache`, `the roles, and with them cluster and node groups`. */
const Listing = new RegExp(`^${thing}(?:(?:, and with them| and) ${thing})*`);

const Changing =
    /\b(?:[Aa] change|Another (?:range|subnet in the place of an old one)) (replaces|makes|restores into) (.*)/;
const InPlace = /\bA change (?:is made|acts) in place\b/;
const NotUnderCluster = /\bcannot change while the cluster lives\b/;

/** The claims of a text, sentence by sentence. */
export function claimsOf(meaning: string): ChangeClaim[] {
    return sentencesOf(meaning).flatMap((sentence) => claimOf(sentence) ?? []);
}

export function sentencesOf(meaning: string): string[] {
    return meaning.split(/(?<=[.]) (?=[A-Z`])/);
}

export function claimOf(sentence: string): ChangeClaim | undefined {
    const [, , what] = Changing.exec(sentence) ?? [];
    if (what !== undefined) {
        const kept = new RegExp(`, not ${thing}`).exec(what)?.[1];
        return {
            replaces: thingsIn(what),
            keeps: kept === undefined ? [] : [kept],
            inPlace: false,
            notUnderCluster: false,
        };
    }
    const inPlace = InPlace.test(sentence);
    const notUnderCluster = NotUnderCluster.test(sentence);
    return inPlace || notUnderCluster ? { replaces: [], keeps: [], inPlace, notUnderCluster } : undefined;
}

/** What a text begins with, in words of this file. */
export function thingsIn(text: string): string[] {
    const [list] = Listing.exec(text) ?? [];
    assert.ok(list !== undefined, `unknown words for what is replaced: ${text}`);
    return [...list.matchAll(new RegExp(thing, "g"))].map(([, word]) => word);
}

/** What of the claims is not so. */
export function contradictions(claims: readonly ChangeClaim[], change: ShownChange): string[] {
    const replaces = (word: string) => change.replaced.some((name) => Things[word].test(name));
    const said = claims.flatMap((claim) => claim.replaces);
    const restrained = claims.some(({ notUnderCluster }) => notUnderCluster);
    const wrong = [
        ...said.filter((word) => !replaces(word)).map((word) => `the ${word} is not replaced`),
        ...claims.flatMap(({ keeps }) => keeps.filter(replaces).map((word) => `the ${word} is replaced`)),
    ];
    if (claims.some(({ inPlace }) => inPlace)) {
        wrong.push(...change.replaced.filter((name) => !Followers.test(name)).map((name) => `${name} is replaced`));
        wrong.push(...(change.refused === "" ? [] : [`AWS refuses it: ${change.refused}`]));
        wrong.push(...([change.updated, change.made, change.removed].every(isEmpty) ? ["nothing changes"] : []));
    }
    if (restrained && !/cluster/.test(change.refused)) {
        wrong.push("AWS does not refuse it");
    }
    const told = (word: string) => said.includes(word) || said.includes(word.replace(/s$/, ""));
    const untold = Weighty.filter((word) => replaces(word) && !told(word) && !told(Within[word] ?? ""));
    if (!restrained) {
        wrong.push(...untold.map((word) => `it does not say that the ${word} is replaced`));
    }
    const silent = claims.length === 0 && change.replaced.some((name) => !Followers.test(name));
    if (silent && untold.length === 0) {
        wrong.push(`it does not say that ${change.replaced.join(", ")} is replaced`);
    }
    return wrong;
}

function isEmpty({ length }: readonly string[]): boolean {
    return length === 0;
}
