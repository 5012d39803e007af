/** What the arguments' own texts and docs/aws.md say of changes is what the models of AWS do. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ChangeRow } from "../../docs/aws-change-rows";
import { changedArguments } from "../../docs/aws-changes";
import { declaredArguments } from "../../docs/declared-arguments";
import { ModelledStack } from "../../docs/modelled-stack";
import { AwsBucketEncryption, AwsSecureStorageConnector, type AwsSecureStorageConnectorArgs } from "../../sdk/index";
import {
    type ChangeClaim,
    claimOf,
    claimsOf,
    contradictions,
    sentencesOf,
    thingsIn,
} from "../support/aws-change-claims";
import { Asides, Conditions } from "../support/aws-change-conditions";
import { sectionOf, type ShownChange, shownChanges, shownOf, tableRows } from "../support/aws-change-page";
import { LeastArgs } from "../support/storage-connector";

const guide = readFileSync(join(__dirname, "..", "..", "docs", "aws.md"), "utf8");
const all = declaredArguments().filter(({ path }) => /^(aws\.|access\.|tags$)/.test(path));

function found(changes: ReadonlyMap<string, ShownChange>, path: string): ShownChange {
    const change = changes.get(path);
    assert.ok(change !== undefined, `no change of ${path} is computed`);
    return change;
}

describe("texts of the arguments of `aws`", function () {
    // A deployment is registered for each condition.
    this.timeout(5 * 60_000);

    it("say of a change what the models do", () => {
        const changes = shownChanges();
        const wrong = all
            .filter(({ leaf }) => leaf)
            .flatMap(({ path, meaning }) => {
                const above = all.filter((group) => !group.leaf && path.startsWith(`${group.path}.`));
                const claims = claimsOf([...above.map((group) => group.meaning), meaning].join(" "));
                return contradictions(claims, found(changes, path)).map((what) => `${path}: ${what}`);
            });
        assert.deepEqual(wrong, []);
        assert.ok(
            all.filter(({ meaning }) => claimsOf(meaning).length > 0).length > 40,
            "hardly a claim is understood",
        );
    });

    it("say nothing of changes that is not compared", () => {
        const known = [...Conditions.map(({ argument, says }) => [argument, says] as const), ...Asides];
        const open = all.flatMap(({ path, meaning }) =>
            sentencesOf(meaning)
                .filter((sentence) => /replac|in place|\banew\b|refuse/.test(sentence))
                .filter((sentence) => claimOf(sentence) === undefined)
                .filter((sentence) => !known.some(([argument, says]) => argument === path && sentence.includes(says)))
                .map((sentence) => `${path}: ${sentence}`),
        );
        assert.deepEqual(open, []);
        const gone = known.filter(
            ([argument, says]) => !all.some(({ path, meaning }) => path === argument && meaning.includes(says)),
        );
        assert.deepEqual(gone, [], "sentences that are not in the texts any more");
    });

    it("say under which conditions", async () => {
        const rows = Conditions.map(({ argument, changed = argument, ...rest }) => ({ ...rest, argument: changed }));
        const computed = await changedArguments(rows);
        Conditions.forEach(({ argument, says, then }, index) => {
            const { replaced, refused } = shownOf(computed[index].changes);
            if ("refused" in then) {
                assert.match(refused, then.refused, `${argument}: ${says}`);
            } else {
                assert.deepEqual([replaced, refused], [then.replaces, ""], `${argument}: ${says}`);
            }
        });
    });
});

/** What an effect in a table says. */
function effectClaim(effect: string): ChangeClaim {
    const [, replaced] = /^replaces (.*)/.exec(effect) ?? [];
    // The load balancer is the controller's: here only the Ingress changes.
    const inPlace = /^(in place|another load balancer)/.test(effect);
    const notUnderCluster = effect.startsWith("not on a live deployment");
    assert.ok(replaced !== undefined || inPlace || notUnderCluster, `unknown words: ${effect}`);
    return { replaces: replaced === undefined ? [] : thingsIn(replaced), keeps: [], inPlace, notUnderCluster };
}

/** No resource has it as a property, so no model shows it. */
const OfTheEngine = "retainData";

/** What the rows of a table claim of each argument. */
function claimsByPath(
    table: readonly string[][],
    computed: readonly string[],
    start: string,
): Map<string, ChangeClaim[]> {
    const claims = new Map<string, ChangeClaim[]>();
    for (const [names, effect] of table) {
        for (const name of names.split(", ").filter((argument) => argument !== OfTheEngine)) {
            const paths = computed.filter((path) =>
                [name, `${start}${name}`].some(
                    (argument) =>
                        path === argument || (/^[.[]/.test(path.slice(argument.length)) && path.startsWith(argument)),
                ),
            );
            assert.ok(paths.length > 0, `no change of ${name} is computed`);
            paths.forEach((path) => claims.set(path, [...(claims.get(path) ?? []), effectClaim(effect)]));
        }
    }
    return claims;
}

describe("tables of changes in docs/aws.md", function () {
    this.timeout(5 * 60_000);

    /** Not below `aws`, so not on the page of changes. */
    const others: readonly ChangeRow[] = [
        { argument: "host", from: "wandb.example.com", to: "ml.example.com" },
        { argument: "ingress.additionalHosts", from: undefined, to: ["ml.example.com"] },
        { argument: "deletionProtection", from: true, to: false },
    ];

    it("say of a deployment what is computed", async () => {
        const computed = await changedArguments(others);
        const changes = new Map([
            ...shownChanges(),
            ...computed.map(({ argument, changes }) => [argument, shownOf(changes)] as const),
        ]);
        const table = tableRows(sectionOf(guide, "## What a change does"));
        const claims = claimsByPath(table, [...changes.keys()], "aws.");
        const wrong = [...claims].flatMap(([path, said]) =>
            contradictions(said, found(changes, path)).map((what) => `${path}: ${what}`),
        );
        assert.deepEqual(wrong, []);
        assert.ok(claims.size > 50, `only ${claims.size} arguments are compared`);
    });
});

type ConnectorArgs = AwsSecureStorageConnectorArgs;

/** What a change of the arguments of a connector does. */
async function connectorChange(before: Partial<ConnectorArgs>, after: Partial<ConnectorArgs>): Promise<ShownChange> {
    const program = (args: Partial<ConnectorArgs>) => async () => {
        new AwsSecureStorageConnector("files", { ...LeastArgs, ...args });
        await pulumi.runtime.disconnect();
    };
    const stack = await ModelledStack.of(program(before));
    return shownOf(await stack.changesBy(program(after)));
}

const ownKey = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const otherKey = ownKey.replace(/2$/, "3");

/** By the first cell of the row of docs/aws.md that tells of them. */
const connectorChanges: Readonly<
    Record<string, readonly (readonly [Partial<ConnectorArgs>, Partial<ConnectorArgs>])[]>
> = {
    "principalArns, hosts, prefix, tags, lifecycle, versioning": [
        [{}, { principalArns: ["arn:aws:iam::210987654321:role/other"] }],
        [{}, { hosts: ["ml.example.com"] }],
        [{}, { prefix: "wandb" }],
        [{}, { tags: { team: "ml" } }],
        [{}, { lifecycle: { noncurrentVersionDays: 90 } }],
        [{}, { versioning: false }],
    ],
    "kmsKey.rotationDays, deletionWindowDays, administratorArns": [
        [{}, { kmsKey: { rotationDays: 180 } }],
        [{}, { kmsKey: { deletionWindowDays: 7 } }],
        [{}, { kmsKey: { administratorArns: ["arn:aws:iam::123456789012:role/security"] } }],
    ],
    "kmsKey.alias": [[{}, { kmsKey: { alias: "alias/wandb" } }]],
    bucketName: [[{}, { bucketName: "wandb-files" }]],
    "encryption to s3, or kmsKey.arn, from a key that was made": [
        [{}, { encryption: AwsBucketEncryption.S3 }],
        [{}, { kmsKey: { arn: ownKey } }],
    ],
    "encryption to s3, or kmsKey.arn, from a key of your own": [
        [{ kmsKey: { arn: ownKey } }, { encryption: AwsBucketEncryption.S3 }],
        [{ kmsKey: { arn: ownKey } }, { kmsKey: { arn: otherKey } }],
    ],
    deletionProtection: [[{}, { deletionProtection: false }]],
};

describe("table of changes of AwsSecureStorageConnector in docs/aws.md", () => {
    const table = tableRows(sectionOf(guide, "### What changes in place, and what does not"));
    const rows = table.filter(([name]) => name !== OfTheEngine);

    it("has a row for each change that is computed", () => {
        assert.deepEqual(rows.map(([names]) => names).sort(), Object.keys(connectorChanges).sort());
    });

    for (const [names, effect] of rows) {
        it(`says of ${names} what is computed`, async () => {
            for (const [before, after] of connectorChanges[names]) {
                const change = await connectorChange(before, after);
                if (effect.startsWith("deletes that key")) {
                    assert.deepEqual([change.replaced, change.removed], [[], ["key", "key-alias"]]);
                } else {
                    assert.deepEqual(contradictions([effectClaim(effect)], change), [], JSON.stringify(after));
                }
            }
        });
    }

    it("says the same as the arguments' own texts", async () => {
        const texts = connectorTexts();
        const named = {
            bucketName: { bucketName: "wandb-files" },
            "kmsKey.alias": { kmsKey: { alias: "alias/wandb" } },
        };
        const claiming = [...texts].filter(([, meaning]) => claimsOf(meaning).length > 0).map(([path]) => path);
        assert.deepEqual(claiming, Object.keys(named));
        for (const [path, after] of Object.entries(named)) {
            const claims = claimsOf(texts.get(path) ?? "");
            assert.deepEqual(contradictions(claims, await connectorChange({}, after)), [], path);
        }
    });
});

interface Described {
    readonly description?: string;
}

/** The texts of the connector's arguments, from the package's schema. */
function connectorTexts(): Map<string, string> {
    const schema = JSON.parse(readFileSync(join(__dirname, "..", "snapshots", "schema.json"), "utf8")) as {
        readonly resources: Readonly<Record<string, { readonly inputProperties: Readonly<Record<string, Described>> }>>;
        readonly types: Readonly<Record<string, { readonly properties: Readonly<Record<string, Described>> }>>;
    };
    const connector = schema.resources["wandb:index:AwsSecureStorageConnector"].inputProperties;
    const key = Object.entries(schema.types["wandb:index:AwsKmsKeyArgs"].properties);
    const all = [...Object.entries(connector), ...key.map(([name, value]) => [`kmsKey.${name}`, value] as const)];
    return new Map(all.map(([path, { description = "" }]) => [path, description.replace(/\s+/g, " ")]));
}
