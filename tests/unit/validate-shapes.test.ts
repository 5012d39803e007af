import assert from "node:assert/strict";
import ts from "typescript";
import { AccountComponents, ComponentNames } from "../../sdk/validation/component-names";
import type { Shape } from "../../sdk/validation/shape";
import { DeploymentShape } from "../../sdk/validation/shapes";
import { Components } from "../../sdk/values/components";
import { closest } from "../../sdk/validation/suggest";
import { argumentFiles } from "../../docs/declared-arguments";

const Root = "WandbDeploymentArgs";

/** Interface -> property -> kind, in one notation for both sides: `text`, `list<text>`, `small|medium`, `SecretKeyArgs`; `!` = required. */
type Table = Record<string, Record<string, string>>;

/** What the interfaces say. */
function fromInterfaces(): Table {
    const files = argumentFiles();
    const program = ts.createProgram(files, {
        strict: true,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
    });
    const checker = program.getTypeChecker();
    const table: Table = {};
    const bases = new Set<string>();
    for (const file of files) {
        program.getSourceFile(file)?.forEachChild((node) => {
            // Others only serve the code that reads the arguments.
            if (ts.isInterfaceDeclaration(node) && node.name.text.endsWith("Args")) {
                (node.heritageClauses ?? [])
                    .flatMap(({ types }) => types.map(({ expression }) => expression.getText()))
                    .forEach((base) => bases.add(base));
                table[node.name.text] = Object.fromEntries(
                    membersOf(node, checker).map((property) => {
                        assert.ok(property.type, property.getText());
                        const kind = kindOf(property.type, checker);
                        return [property.name.getText(), property.questionToken ? kind : `${kind}!`];
                    }),
                );
            }
        });
    }
    // Nobody gives them as they are.
    bases.forEach((base) => delete table[base]);
    return table;
}

/** Its own members, after those that it takes over from another interface. */
function membersOf(node: ts.InterfaceDeclaration, checker: ts.TypeChecker): ts.PropertySignature[] {
    const above = (node.heritageClauses ?? []).flatMap(({ types }) => [...types]);
    const inherited = above.flatMap((type) => checker.getTypeAtLocation(type).symbol.declarations ?? []);
    const taken = inherited.filter(ts.isInterfaceDeclaration).flatMap((parent) => membersOf(parent, checker));
    return [...taken, ...node.members.filter(ts.isPropertySignature)];
}

function kindOf(node: ts.TypeNode, checker: ts.TypeChecker): string {
    if (ts.isArrayTypeNode(node)) {
        return `list<${kindOf(node.elementType, checker)}>`;
    }
    if (ts.isTypeReferenceNode(node) && node.typeArguments) {
        const last = node.typeArguments[node.typeArguments.length - 1];
        if (node.typeName.getText() === "pulumi.Input") {
            const kind = kindOf(last, checker);
            // Of flags and choices there are no Inputs: they decide what is created.
            return kind === "plain text" ? "text" : kind === "plain number" ? "number" : `Input of ${kind}`;
        }
        assert.equal(node.typeName.getText(), "Record");
        return last.kind === ts.SyntaxKind.AnyKeyword ? "free" : `map<${kindOf(last, checker)}>`;
    }
    const type = checker.getTypeAtLocation(node);
    if (type.isUnion() && type.types.every((one) => one.isStringLiteral())) {
        return type.types
            .map((one) => (one.isStringLiteral() ? one.value : ""))
            .sort()
            .join("|");
    }
    return { string: "plain text", number: "plain number", boolean: "flag" }[node.getText()] ?? node.getText();
}

/** What the table says. */
function fromShapes(shape: Shape, table: Table = {}): Table {
    if (shape.kind === "list" || shape.kind === "map") {
        fromShapes(shape.of, table);
    } else if (shape.kind === "object") {
        table[shape.name] = Object.fromEntries(
            Object.entries(shape.of).map(([key, inner]) => [
                key,
                inner.required === undefined ? spell(inner) : `${spell(inner)}!`,
            ]),
        );
        Object.values(shape.of).forEach((inner) => fromShapes(inner, table));
    }
    return table;
}

function spell(shape: Shape): string {
    switch (shape.kind) {
        case "list":
        case "map":
            return `${shape.kind}<${spell(shape.of)}>`;
        case "choice":
            return [...shape.of].sort().join("|");
        case "object":
            return shape.name;
        case "text":
        case "number":
            return shape.plain ? `plain ${shape.kind}` : shape.kind;
        default:
            return shape.kind;
    }
}

function assertFrozen(shape: Shape): void {
    assert.ok(Object.isFrozen(shape));
    if (shape.kind === "list" || shape.kind === "map") {
        assertFrozen(shape.of);
    } else if (shape.kind === "object") {
        assert.ok(Object.isFrozen(shape.of));
        Object.values(shape.of).forEach(assertFrozen);
    }
}

describe("validate: the table of kinds", () => {
    it("says the same as the interfaces", () => {
        const interfaces = fromInterfaces();
        assert.ok(Object.keys(interfaces).length > 20 && interfaces[Root].host === "text!");
        assert.deepEqual(fromShapes(DeploymentShape), interfaces);
    }).timeout(60_000);

    it("knows every component that gets a cloud identity", () => {
        for (const { name } of Components) {
            assert.ok(ComponentNames.includes(name) && AccountComponents.includes(name), name);
        }
    });

    it("is frozen", () => assertFrozen(DeploymentShape));
});

describe("validate: did you mean", () => {
    const cases: [string, readonly string[], string | undefined][] = [
        ["hostt", ["host", "port"], "host"],
        ["hots", ["host", "port"], "host"],
        ["kubeConfig", ["kubeconfig", "context"], "kubeconfig"],
        ["user", ["username", "password"], "username"],
        ["hostname", ["host", "port"], "host"],
        ["passwd", ["username", "password"], "password"],
        ["weave_trace", ["weave", "weave-trace"], "weave-trace"],
        ["parqet", ComponentNames, "parquet"],
        ["zzz", ["host", "port"], undefined],
        ["x".repeat(10_000), ["host"], undefined],
        ["", ["host"], undefined],
    ];
    for (const [word, known, expected] of cases) {
        it(`${word.slice(0, 20)} -> ${expected}`, () => assert.equal(closest(word, known), expected));
    }
});
