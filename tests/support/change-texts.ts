/** The tests that hold what one cloud's arguments and guide say of changes against the models. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ChangeRow } from "../../docs/change-rows";
import { changedArguments, type ChangesPage } from "../../docs/changes";
import { declaredArguments } from "../../docs/declared-arguments";
import { ModelledStack } from "../../docs/modelled-stack";
import { type ChangeClaim, ChangeClaims, type ChangeWords, sentencesOf } from "./change-claims";
import type { Aside, Condition } from "./change-conditions";
import { sectionOf, type ShownChange, shownChanges, shownOf, tableRows } from "./change-page";

export interface ChangeTexts {
    readonly page: ChangesPage;
    readonly words: ChangeWords;
    readonly conditions: readonly Condition[];
    readonly asides: readonly Aside[];
    /** How many arguments at least make claims that are understood, and how many the guide's table names. */
    readonly least: { readonly claims: number; readonly inGuide: number };
}

/** No resource has it as a property, so no model shows it. */
const OfTheEngine = "retainData";

export function guideOf({ argument }: ChangesPage): string {
    return readFileSync(join(__dirname, "..", "..", "docs", `${argument}.md`), "utf8");
}

function found(changes: ReadonlyMap<string, ShownChange>, path: string): ShownChange {
    const change = changes.get(path);
    assert.ok(change !== undefined, `no change of ${path} is computed`);
    return change;
}

export function describeChangeTexts({ page, words, conditions, asides, least }: ChangeTexts): void {
    const { argument: cloud } = page;
    const claims = new ChangeClaims(words);
    const all = declaredArguments().filter(({ path }) => new RegExp(`^(${cloud}\\.|access\\.|tags$)`).test(path));

    describe(`texts of the arguments of \`${cloud}\``, function () {
        // A deployment is registered for each condition.
        this.timeout(5 * 60_000);

        it("say of a change what the models do", () => {
            const changes = shownChanges(page);
            const wrong = all
                .filter(({ leaf }) => leaf)
                .flatMap(({ path, meaning }) => {
                    const above = all.filter((group) => !group.leaf && path.startsWith(`${group.path}.`));
                    const said = claims.claimsOf([...above.map((group) => group.meaning), meaning].join(" "));
                    return claims.contradictions(said, found(changes, path)).map((what) => `${path}: ${what}`);
                });
            assert.deepEqual(wrong, []);
            const claiming = all.filter(({ meaning }) => claims.claimsOf(meaning).length > 0);
            assert.ok(claiming.length > least.claims, `only ${claiming.length} claims are understood`);
        });

        it("say nothing of changes that is not compared", () => {
            const known = [...conditions.map(({ argument, says }) => [argument, says] as const), ...asides];
            const open = all.flatMap(({ path, meaning }) =>
                sentencesOf(meaning)
                    .filter((sentence) => /replac|in place|\banew\b|refuse/.test(sentence))
                    .filter((sentence) => claims.claimOf(sentence) === undefined)
                    .filter(
                        (sentence) => !known.some(([argument, says]) => argument === path && sentence.includes(says)),
                    )
                    .map((sentence) => `${path}: ${sentence}`),
            );
            assert.deepEqual(open, []);
            const gone = known.filter(
                ([argument, says]) => !all.some(({ path, meaning }) => path === argument && meaning.includes(says)),
            );
            assert.deepEqual(gone, [], "sentences that are not in the texts any more");
        });

        it("say under which conditions", async () => {
            const rows = conditions.map(({ argument, changed = argument, ...rest }) => ({
                ...rest,
                argument: changed,
            }));
            const computed = await changedArguments(page, rows);
            conditions.forEach(({ argument, says, then }, index) => {
                checkOutcome(then, shownOf(page, computed[index].changes), `${argument}: ${says}`);
            });
        });
    });

    describe(`table of changes in docs/${cloud}.md`, function () {
        this.timeout(5 * 60_000);

        /** Not below the cloud's argument, so not on the page of changes. */
        const others: readonly ChangeRow[] = [
            { argument: "host", from: "wandb.example.com", to: "ml.example.com" },
            { argument: "ingress.additionalHosts", from: undefined, to: ["ml.example.com"] },
            { argument: "deletionProtection", from: true, to: false },
        ];

        it("says of a deployment what is computed", async () => {
            const computed = await changedArguments(page, others);
            const changes = new Map([
                ...shownChanges(page),
                ...computed.map(({ argument, changes }) => [argument, shownOf(page, changes)] as const),
            ]);
            const table = tableRows(sectionOf(guideOf(page), "## What a change does"));
            const said = claimsByPath(claims, table, [...changes.keys()], `${cloud}.`);
            const wrong = [...said].flatMap(([path, claimed]) =>
                claims.contradictions(claimed, found(changes, path)).map((what) => `${path}: ${what}`),
            );
            assert.deepEqual(wrong, []);
            assert.ok(said.size > least.inGuide, `only ${said.size} arguments are compared`);
        });
    });
}

function checkOutcome(then: Condition["then"], { replaced, guarded, refused }: ShownChange, what: string): void {
    if ("refused" in then) {
        assert.match(refused, then.refused, what);
    } else if ("replaces" in then) {
        assert.deepEqual([replaced, refused], [then.replaces, ""], what);
    } else if ("guarded" in then) {
        assert.deepEqual(guarded, then.guarded, what);
    } else {
        const missing = then.among.filter((name) => !replaced.includes(name));
        assert.deepEqual(missing, [], `${what}: only ${replaced.join(", ")} is replaced`);
    }
}

/** What an effect in a table says. */
function effectClaim(claims: ChangeClaims, effect: string): ChangeClaim {
    const [, replaced] = /^replaces (.*)/.exec(effect) ?? [];
    // The load balancer is the controller's: here only the Ingress changes.
    const inPlace = /^(in place|another load balancer)/.test(effect);
    const notUnderCluster = effect.startsWith("not on a live deployment");
    assert.ok(replaced !== undefined || inPlace || notUnderCluster, `unknown words: ${effect}`);
    return {
        replaces: replaced === undefined ? [] : claims.thingsIn(replaced),
        keeps: [],
        inPlace,
        notUnderCluster,
        guarded: effect.includes("deletion protection refuses"),
    };
}

/** What the rows of a table claim of each argument. */
function claimsByPath(
    claims: ChangeClaims,
    table: readonly string[][],
    computed: readonly string[],
    start: string,
): Map<string, ChangeClaim[]> {
    const found = new Map<string, ChangeClaim[]>();
    for (const [names, effect] of table) {
        for (const name of names.split(", ").filter((argument) => argument !== OfTheEngine)) {
            const paths = computed.filter((path) =>
                [name, `${start}${name}`].some(
                    (argument) =>
                        path === argument || (/^[.[]/.test(path.slice(argument.length)) && path.startsWith(argument)),
                ),
            );
            assert.ok(paths.length > 0, `no change of ${name} is computed`);
            paths.forEach((path) => found.set(path, [...(found.get(path) ?? []), effectClaim(claims, effect)]));
        }
    }
    return found;
}

export interface ConnectorTexts<Args extends object> {
    readonly page: ChangesPage;
    readonly words: ChangeWords;
    /** Name of the class. */
    readonly component: string;
    readonly make: (args: Partial<Args>) => unknown;
    /** Arguments before and after, by the first cell of the row of the guide that tells of them. */
    readonly changes: Readonly<Record<string, readonly (readonly [Partial<Args>, Partial<Args>])[]>>;
    /** What a row removes and replaces nothing for, by the beginning of its effect. */
    readonly removes: { readonly beginning: string; readonly removed: readonly string[] };
    /** Changes of the arguments whose own texts make claims, by path. */
    readonly claiming: Readonly<Record<string, Partial<Args>>>;
}

/** The same of a connector. */
export function describeConnectorTexts<Args extends object>(connector: ConnectorTexts<Args>): void {
    const { page, words, component, make, changes, removes, claiming } = connector;
    const claims = new ChangeClaims(words);
    const change = async (before: Partial<Args>, after: Partial<Args>): Promise<ShownChange> => {
        const program = (args: Partial<Args>) => async () => {
            make(args);
            await pulumi.runtime.disconnect();
        };
        const stack = await ModelledStack.of(page.account, program(before));
        return shownOf(page, await stack.changesBy(program(after)));
    };

    describe(`table of changes of ${component} in docs/${page.argument}.md`, () => {
        const table = tableRows(sectionOf(guideOf(page), "### What changes in place, and what does not"));
        const rows = table.filter(([name]) => name !== OfTheEngine);

        it("has a row for each change that is computed", () => {
            assert.deepEqual(rows.map(([names]) => names).sort(), Object.keys(changes).sort());
        });

        for (const [names, effect] of rows) {
            it(`says of ${names} what is computed`, async () => {
                for (const [before, after] of changes[names]) {
                    const shown = await change(before, after);
                    if (effect.startsWith(removes.beginning)) {
                        assert.deepEqual([shown.replaced, shown.removed], [[], removes.removed]);
                    } else {
                        const wrong = claims.contradictions([effectClaim(claims, effect)], shown);
                        assert.deepEqual(wrong, [], JSON.stringify(after));
                    }
                }
            });
        }

        it("says the same as the arguments' own texts", async () => {
            const texts = connectorTexts(component);
            const told = [...texts].filter(([, meaning]) => claims.claimsOf(meaning).length > 0).map(([path]) => path);
            assert.deepEqual(told.sort(), Object.keys(claiming).sort());
            for (const [path, after] of Object.entries(claiming)) {
                const said = claims.claimsOf(texts.get(path) ?? "");
                assert.deepEqual(claims.contradictions(said, await change({}, after)), [], path);
            }
        });
    });
}

interface Described {
    readonly description?: string;
    readonly $ref?: string;
}
type Properties = Readonly<Record<string, Described>>;

/** The texts of a connector's arguments, from the package's schema. */
function connectorTexts(component: string): Map<string, string> {
    const schema = JSON.parse(readFileSync(join(__dirname, "..", "snapshots", "schema.json"), "utf8")) as {
        readonly resources: Readonly<Record<string, { readonly inputProperties: Properties }>>;
        readonly types: Readonly<Record<string, { readonly properties: Properties }>>;
    };
    const below = ([path, { $ref }]: readonly [string, Described]) =>
        Object.entries(schema.types[$ref?.replace("#/types/", "") ?? ""]?.properties ?? {}).map(
            ([name, value]) => [`${path}.${name}`, value] as const,
        );
    const own = Object.entries(schema.resources[`wandb:index:${component}`].inputProperties);
    return new Map(
        [...own, ...own.flatMap(below)].map(([path, { description = "" }]) => [path, description.replace(/\s+/g, " ")]),
    );
}
