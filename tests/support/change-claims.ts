/** What the documentation says of changes, in words that can be compared with what the models of a cloud do. */
import assert from "node:assert/strict";
import type { ShownChange } from "./change-page";

/** How the documentation of one cloud speaks. */
export interface ChangeWords {
    /** How it calls what may be replaced. */
    readonly things: Readonly<Record<string, RegExp>>;
    /** Whoever loses one of these must have been told: the rest follows from it. */
    readonly weighty: readonly string[];
    /** What is gone with another one. */
    readonly within: Readonly<Record<string, string>>;
    /** What is made anew beside something else, and nobody sees it: names that are drawn, Secrets for new values. */
    readonly followers: RegExp;
}

/** What a text claims of a change. */
export interface ChangeClaim {
    /** Words for what is replaced. */
    readonly replaces: readonly string[];
    /** Words for what is said to stay. */
    readonly keeps: readonly string[];
    readonly inPlace: boolean;
    /** The cloud refuses it for the cluster's sake. */
    readonly notUnderCluster: boolean;
    /** Deletion protection refuses it. */
    readonly guarded: boolean;
}

const Changing =
    /\b(?:[Aa] change(?: to or from `[^`]+`)?|[Aa]nother (?:one|range|network|subnet in the place of an old one)) (replaces|makes|restores into) (.*)/;
const InPlace = /\bA change (?:is made|acts) in place\b/;
const NotUnderCluster = /\bcannot change while the cluster lives\b/;
const Guarded = /\bdeletion protection refuses\b/;

/** Compares what is said of changes with what they do. */
export class ChangeClaims {
    private readonly thing: string;
    /** `the cluster`, `database and cache`, `the roles, and with them cluster and node groups`. */
    private readonly listing: RegExp;

    constructor(private readonly words: ChangeWords) {
        const longestFirst = Object.keys(words.things).sort((one, other) => other.length - one.length);
        this.thing = `(?:the |its |their |these |another |a new, empty |a new )?(${longestFirst.join("|")})\\b`;
        this.listing = new RegExp(`^${this.thing}(?:(?:, and with (?:it|them)| and|,) ${this.thing})*`);
    }

    /** The claims of a text, sentence by sentence. */
    claimsOf(meaning: string): ChangeClaim[] {
        return sentencesOf(meaning).flatMap((sentence) => this.claimOf(sentence) ?? []);
    }

    claimOf(sentence: string): ChangeClaim | undefined {
        const guarded = Guarded.test(sentence);
        const [, , what] = Changing.exec(sentence) ?? [];
        if (what !== undefined) {
            const kept = new RegExp(`, not ${this.thing}`).exec(what)?.[1];
            const keeps = kept === undefined ? [] : [kept];
            return { replaces: this.thingsIn(what), keeps, inPlace: false, notUnderCluster: false, guarded };
        }
        const inPlace = InPlace.test(sentence);
        const notUnderCluster = NotUnderCluster.test(sentence);
        return inPlace || notUnderCluster ? { replaces: [], keeps: [], inPlace, notUnderCluster, guarded } : undefined;
    }

    /** What a text begins with, in words of the cloud. */
    thingsIn(text: string): string[] {
        const [list] = this.listing.exec(text) ?? [];
        assert.ok(list !== undefined, `unknown words for what is replaced: ${text}`);
        return [...list.matchAll(new RegExp(this.thing, "g"))].map(([, word]) => word);
    }

    /** What of the claims is not so. */
    contradictions(claims: readonly ChangeClaim[], change: ShownChange): string[] {
        const replaces = (word: string) => this.isReplaced(word, change);
        const said = claims.flatMap((claim) => claim.replaces);
        const restrained = claims.some(({ notUnderCluster }) => notUnderCluster);
        const wrong = [
            ...said.filter((word) => !replaces(word)).map((word) => `the ${word} is not replaced`),
            ...claims.flatMap(({ keeps }) => keeps.filter(replaces).map((word) => `the ${word} is replaced`)),
            ...(claims.some(({ inPlace }) => inPlace) ? this.againstInPlace(change) : []),
        ];
        const { cluster } = this.words.things;
        if (restrained && !/cluster/.test(change.refused) && !change.guarded.some((name) => cluster.test(name))) {
            wrong.push("the cluster does not stand against it");
        }
        if (claims.some(({ guarded }) => guarded) && change.guarded.length === 0) {
            wrong.push("deletion protection does not refuse it");
        }
        return [...wrong, ...(restrained ? [] : this.untold(claims, change))];
    }

    private againstInPlace({ updated, replaced, made, removed, refused }: ShownChange): string[] {
        return [
            ...this.seen(replaced).map((name) => `${name} is replaced`),
            ...(refused === "" ? [] : [`the cloud refuses it: ${refused}`]),
            ...([updated, made, removed].every(({ length }) => length === 0) ? ["nothing changes"] : []),
        ];
    }

    private untold(claims: readonly ChangeClaim[], { replaced }: ShownChange): string[] {
        const said = claims.flatMap((claim) => claim.replaces);
        const told = (word: string) => said.includes(word) || said.includes(word.replace(/s$/, ""));
        const lost = (word: string) => replaced.some((name) => this.words.things[word].test(name));
        const untold = this.words.weighty.filter(
            (word) => lost(word) && !told(word) && !told(this.words.within[word] ?? ""),
        );
        const silent = claims.length === 0 && untold.length === 0 && this.seen(replaced).length > 0;
        return [
            ...untold.map((word) => `it does not say that the ${word} is replaced`),
            ...(silent ? [`it does not say that ${replaced.join(", ")} is replaced`] : []),
        ];
    }

    /** Also by another one of another name. */
    private isReplaced(word: string, { replaced, removed, made }: ShownChange): boolean {
        const isOne = (name: string) => this.words.things[word].test(name);
        return replaced.some(isOne) || (removed.some(isOne) && made.some(isOne));
    }

    private seen(replaced: readonly string[]): string[] {
        return replaced.filter((name) => !this.words.followers.test(name));
    }
}

export function sentencesOf(meaning: string): string[] {
    return meaning.split(/(?<=[.]) (?=[A-Z`])/);
}
