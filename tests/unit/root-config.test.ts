import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import ts from "typescript";
import type { Shape } from "../../sdk/validation/shape";
import { DeploymentShape } from "../../sdk/validation/shapes";

const root = join(__dirname, "../..");

interface ConfigKey {
    readonly type: string;
    readonly default: unknown;
    readonly description: string;
    readonly items?: { readonly type: string };
}

const { config } = load(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { config: Record<string, ConfigKey> };

/** The names in `WandbDeploymentArgs`, as written, with the default of their comment. */
function argumentsOfInterface(): Map<string, string | undefined> {
    const source = ts.createSourceFile(
        "args.ts",
        readFileSync(join(root, "sdk/args.ts"), "utf8"),
        ts.ScriptTarget.ES2022,
        true,
    );
    const declared = source.statements.find(
        (node): node is ts.InterfaceDeclaration =>
            ts.isInterfaceDeclaration(node) && node.name.text === "WandbDeploymentArgs",
    );
    assert.ok(declared);
    return new Map(
        declared.members.map((member) => {
            const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
            return [member.name?.getText() ?? "", ts.getTextOfJSDocComment(tag?.comment)?.trim()];
        }),
    );
}

/** Type and "not given" of a kind of argument. */
function expected(name: string, shape: Shape): [type: string, absent: unknown] {
    // Not given is another thing than false here.
    if (name === "createNamespace") {
        return ["string", ""];
    }
    switch (shape.kind) {
        case "text":
        case "choice":
            return ["string", ""];
        case "number":
            return ["integer", 0];
        case "flag":
            return ["boolean", undefined];
        case "list":
            return ["array", []];
        case "map":
        case "object":
        case "free":
            return ["object", {}];
    }
}

describe("the config schema of the root program", () => {
    const declared = argumentsOfInterface();

    it("has a key for every argument, and no other", () => {
        assert.ok(declared.size >= 25, String(declared.size));
        assert.deepEqual(Object.keys(config).sort(), [...declared.keys()].sort());
    });

    for (const [name, shape] of Object.entries(DeploymentShape.of)) {
        it(`${name}: type and default are those of the argument`, () => {
            const [type, absent] = expected(name, shape);
            const value = declared.get(name);
            const byDefault = value === undefined ? absent : type === "boolean" ? value === "true" : value;
            assert.equal(config[name].type, type);
            assert.deepEqual(config[name].default, byDefault);
            assert.equal(config[name].items?.type, type === "array" ? itemType(shape) : undefined);
            assert.match(config[name].description, /^.{20}/);
        });
    }
});

function itemType(shape: Shape): string {
    assert.equal(shape.kind, "list");
    return shape.kind === "list" && shape.of.kind === "text" ? "string" : "object";
}
