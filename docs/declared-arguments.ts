import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const sdk = resolve(__dirname, "../sdk");

/** Arguments of other components. */
const ofConnectors = /(storage-connector|kms-key)\.ts$/;

/** The files that declare the arguments of `WandbDeployment`. */
export function argumentFiles(): string[] {
    const inFolder = (folder: string) => readdirSync(join(sdk, folder)).map((file) => join(sdk, folder, file));
    const all = [
        join(sdk, "args.ts"),
        join(sdk, "existing/args.ts"),
        join(sdk, "aws/args.ts"),
        join(sdk, "gcp/args.ts"),
        join(sdk, "azure/args.ts"),
    ];
    return [...all, ...["args", "aws/args", "gcp/args", "azure/args"].flatMap(inFolder)].filter(
        (file) => !ofConnectors.test(file),
    );
}

/** Small shapes that occur in many places: documented and tested once, by the name of their interface. */
export const SharedShapes: readonly string[] = ["SecretKeyArgs", "ConfigMapKeyArgs", "EnvSourceArgs"];

/** One argument as the source declares it. */
export interface Argument {
    /** Path from `WandbDeploymentArgs`: `[]` for items of a list, `*` for entries of a map; for shared shapes `<interface>.<field>`. */
    readonly path: string;
    /** Plain words: `string`, `list of string`, `map of ComponentArgs`, `small, medium, ...`. */
    readonly type: string;
    readonly required: boolean;
    /** Text after `@default`. */
    readonly defaultValue?: string;
    /** What the comment says. */
    readonly meaning: string;
    /** No further arguments below it. */
    readonly leaf: boolean;
}

interface Sources {
    readonly interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>;
    /** Values of constant objects that serve as enumerations. */
    readonly choices: ReadonlyMap<string, readonly string[]>;
}

function readSources(): Sources {
    const interfaces = new Map<string, ts.InterfaceDeclaration>();
    const choices = new Map<string, readonly string[]>();
    for (const file of argumentFiles()) {
        const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
        for (const statement of source.statements) {
            if (ts.isInterfaceDeclaration(statement)) {
                interfaces.set(statement.name.text, statement);
            }
            if (ts.isVariableStatement(statement)) {
                statement.declarationList.declarations.forEach((declaration) => {
                    choices.set(declaration.name.getText(), literals(declaration));
                });
            }
        }
    }
    return { interfaces, choices };
}

function literals(node: ts.Node): string[] {
    if (ts.isStringLiteral(node)) {
        return [node.text];
    }
    const found: string[] = [];
    node.forEachChild((child) => {
        found.push(...literals(child));
    });
    return found;
}

interface TypeShape {
    readonly text: string;
    /** Name of the interface below, and how to get there. */
    readonly below?: { readonly name: string; readonly step: string };
}

function shapeOf(node: ts.TypeNode, sources: Sources): TypeShape {
    if (ts.isArrayTypeNode(node)) {
        const item = shapeOf(node.elementType, sources);
        return { text: `list of ${item.text}`, below: item.below && { ...item.below, step: "[]" } };
    }
    if (!ts.isTypeReferenceNode(node)) {
        return { text: node.getText() };
    }
    const name = node.typeName.getText();
    if (name === "pulumi.Input" && node.typeArguments) {
        return shapeOf(node.typeArguments[0], sources);
    }
    if (name === "Record" && node.typeArguments) {
        const value = shapeOf(node.typeArguments[1], sources);
        return { text: `map of ${value.text}`, below: value.below && { ...value.below, step: ".*" } };
    }
    if (sources.interfaces.has(name)) {
        return { text: name, below: SharedShapes.includes(name) ? undefined : { name, step: "" } };
    }
    const choices = sources.choices.get(name);
    return { text: choices ? choices.join(", ") : name };
}

function defaultOf(node: ts.Node): string | undefined {
    const tag = ts.getJSDocTags(node).find((candidate) => candidate.tagName.text === "default");
    return tag && ts.getTextOfJSDocComment(tag.comment);
}

function meaningOf(node: ts.Node): string {
    const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    return comments
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
        .join(" ")
        .replace(/\s+/g, " ");
}

function list(name: string, prefix: string, sources: Sources): Argument[] {
    const declaration = sources.interfaces.get(name);
    if (declaration === undefined) {
        throw new Error(`interface ${name} is not in the argument files`);
    }
    const inherited = (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
    const above = inherited.flatMap((parent) => list(parent, prefix, sources));
    const own = declaration.members.flatMap((member) => {
        if (!ts.isPropertySignature(member) || member.type === undefined) {
            throw new Error(`${name}: only typed properties are expected, found ${member.getText()}`);
        }
        const shape = shapeOf(member.type, sources);
        const path = `${prefix}${member.name.getText()}`;
        const own: Argument = {
            path,
            type: shape.text,
            required: member.questionToken === undefined,
            defaultValue: defaultOf(member),
            meaning: meaningOf(member),
            leaf: shape.below === undefined,
        };
        return shape.below ? [own, ...list(shape.below.name, `${path}${shape.below.step}.`, sources)] : [own];
    });
    return [...above, ...own];
}

/** Every argument of `WandbDeployment` and every field of the shared shapes, from the source. */
export function declaredArguments(): Argument[] {
    const sources = readSources();
    const shared = SharedShapes.flatMap((name) => list(name, `${name}.`, sources));
    return [...list("WandbDeploymentArgs", "", sources), ...shared];
}
