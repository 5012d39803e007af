/** The typed part of the chart's values, held against what the chart knows: a key that nobody reads is seen before anybody writes it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { knownReference } from "../../sdk/checks";
import { indexOf, type Place, placeBelow } from "../../sdk/checks/reference-index";
import type { ValueType } from "../../sdk/checks/value-types";
import { TemplateComponents } from "../../sdk/validation/component-names";

const file = join(__dirname, "../../sdk/values/types.ts");
const source = ts.createSourceFile("types.ts", readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
const { root } = indexOf(knownReference());

/** Where each interface stands. */
const Roots: Readonly<Record<string, readonly string[]>> = {
    MysqlValues: ["global.mysql"],
    RedisValues: ["global.redis"],
    BucketValues: ["global.bucket"],
    AuthValues: ["global.auth"],
    EmailValues: ["global.email"],
    IngressValues: ["ingress"],
    ComponentValues: TemplateComponents.filter((name) => root.members.has(name)),
};

/** No places: a reference that may stand for a text, an entry of a list, which is reached from its list, and what the values are made of. */
const Elsewhere = ["IngressTlsValues", "ValueFrom", "ValuesInput"];

/** Kinds that are written with these names. */
const Named: Readonly<Record<string, readonly string[]>> = {
    Text: ["text"],
    ValueFrom: ["reference"],
    TextMap: ["map"],
    EnvironmentValues: ["map"],
    ValuesTree: ["map"],
    Record: ["map"],
    "pulumi.Input<number>": ["number"],
};

const noSuch = "the chart has no such value";
const unread = "nothing reads it";

/** What a few of the components do not have. Nothing is written there unless the user asks for it, and then a check tells. */
const Apart: Readonly<Record<string, readonly [place: string, why: string][]>> = {
    // Switched below `global`, or with another component.
    api: [["install", noSuch]],
    glue: [["install", noSuch]],
    internalSignerPreHook: [
        ["install", noSuch],
        ["podAnnotations", unread],
    ],
    // Have resources by container.
    console: [["resources", unread]],
    "mcp-server": [["resources", unread]],
    "lumen-agent": [
        ["resources", unread],
        ["podAnnotations", unread],
    ],
    appRenamePreHook: [["podAnnotations", unread]],
    appRenamePostHook: [["podAnnotations", unread]],
    settingsMigrationJob: [["podAnnotations", unread]],
    clickhouseMigrationJob: [
        ["podAnnotations", unread],
        ["serviceAccount.annotations", unread],
    ],
};

/** What is wrong with the members of an interface, or of a type written in place. */
function strangersOf(members: ts.NodeArray<ts.TypeElement>, place: Place, path: string): string[] {
    return members.flatMap((member) => {
        assert.ok(ts.isPropertySignature(member) && member.type !== undefined, member.getText());
        const key = member.name.getText();
        const below = placeBelow(place, key);
        const where = `${path}.${key}`;
        if (below === undefined) {
            return [`${where}: ${noSuch}`];
        }
        return below.unread === undefined ? strangerAt(member.type, below, where) : [`${where}: ${unread}`];
    });
}

function strangerAt(type: ts.TypeNode, place: Place, path: string): string[] {
    if (ts.isTypeLiteralNode(type)) {
        return isMap(place) ? strangersOf(type.members, place, path) : [misfit(path, "map", place)];
    }
    return kindsOf(type)
        .filter((kind) => !(kind === "map" ? isMap(place) : fits(kind, place.type)))
        .map((kind) => misfit(path, kind, place));
}

function isMap({ type, members }: Place): boolean {
    return type === undefined ? members.size > 0 : fits("map", type);
}

/** The kinds of a type, in the words of the reference; the operator tells a whole number from text, not from other numbers. */
function kindsOf(type: ts.TypeNode): readonly string[] {
    if (ts.isUnionTypeNode(type)) {
        return type.types.flatMap(kindsOf);
    }
    if (ts.isArrayTypeNode(type)) {
        return ["list"];
    }
    const written = type.getText();
    const words: Readonly<Record<string, readonly string[]>> = {
        string: ["text"],
        number: ["number"],
        boolean: ["flag"],
    };
    const name = ts.isTypeReferenceNode(type) ? type.typeName.getText() : written;
    const kinds = words[written] ?? Named[written] ?? Named[name];
    assert.ok(kinds, `the test does not know the kind of ${written}`);
    return kinds;
}

function fits(kind: string, type: ValueType | undefined): boolean {
    return type?.some((own) => own.kind === kind || (own.kind === "integer" && kind === "number")) === true;
}

function misfit(path: string, kind: string, { type = [] }: Place): string {
    return `${path}: a ${kind}, but the chart has ${type.map((own) => own.kind).join(" or ") || "a map"}`;
}

describe("typed values", () => {
    it("have an interface for each part", () => {
        assert.deepEqual([...interfaces.keys()].sort(), [...Object.keys(Roots), ...Elsewhere].sort());
        assert.ok(Roots.ComponentValues.length >= 20, String(Roots.ComponentValues.length));
    });

    for (const [name, paths] of Object.entries(Roots)) {
        it(`${name}: every member is a value of the chart, read, and of its kind`, () => {
            const members = interfaces.get(name)?.members;
            assert.ok(members !== undefined && members.length > 0);
            for (const path of paths) {
                const place = path.split(".").reduce((above, key) => placeBelow(above, key) ?? above, root);
                assert.equal(place.path, path);
                const apart = (Apart[path] ?? []).map(([below, why]) => `${path}.${below}: ${why}`);
                assert.deepEqual(strangersOf(members, place, path), apart);
            }
        });
    }

    it("IngressTlsValues: an entry has the keys that the chart reads of one", () => {
        const [list] = root.members.get("ingress")?.members.get("tls")?.type ?? [];
        const [entry] = list.member ?? [];
        const keys = interfaces.get("IngressTlsValues")?.members.map((member) => member.name?.getText());
        assert.deepEqual(keys?.sort(), [...(entry.fields?.keys() ?? [])].sort());
    });

    it("would be told when they are not", () => {
        const wrong = ts.createSourceFile(
            "wrong.ts",
            "interface A { hots?: Text; name?: Text; port: boolean; user: { a: Text }; passwordSecret: Text; host?: Text }",
            ts.ScriptTarget.ES2022,
            true,
        );
        const [declared] = wrong.statements.filter(ts.isInterfaceDeclaration);
        const place = root.members.get("global")?.members.get("mysql");
        assert.ok(place);
        assert.deepEqual(strangersOf(declared.members, place, "global.mysql"), [
            "global.mysql.hots: the chart has no such value",
            "global.mysql.name: nothing reads it",
            "global.mysql.port: a flag, but the chart has integer or text or reference",
            "global.mysql.user: a map, but the chart has text or reference",
            "global.mysql.passwordSecret: a text, but the chart has a map",
        ]);
    });
});
