import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import ts from "typescript";
import { FreeMaps, FreeTrees, Numbers, Scalars, SecretPaths, TextMaps } from "../../config-shape";
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

/** Every argument and part of one with its path; keys of maps and places of lists are `*`. */
function placesOf(shape: Shape, path: readonly string[] = []): [path: string, shape: Shape][] {
    const own: [string, Shape][] = path.length === 0 ? [] : [[path.join("."), shape]];
    switch (shape.kind) {
        case "list":
        case "map":
            return [...own, ...placesOf(shape.of, [...path, "*"])];
        case "object":
            return [...own, ...Object.entries(shape.of).flatMap(([name, inner]) => placesOf(inner, [...path, name]))];
        default:
            return own;
    }
}

describe("what the root program knows of the arguments", () => {
    const places = placesOf(DeploymentShape);
    const pathsOf = (wanted: (shape: Shape) => boolean): string[] =>
        places.filter(([, shape]) => wanted(shape)).map(([path]) => path);

    it("is about every argument", () => {
        assert.ok(places.length >= 190, String(places.length));
        assert.deepEqual([...new Set(places.map(([path]) => path.split(".")[0]))], Object.keys(DeploymentShape.of));
    });

    it("names every number", () => {
        assert.deepEqual(pathsOf(({ kind }) => kind === "number").sort(), [...Numbers].sort());
    });

    it("names every map of texts", () => {
        // Files by name: the program reads them.
        const files = ["operator.offlineCharts"];
        const maps = pathsOf((shape) => shape.kind === "map" && shape.of.kind === "text");
        assert.deepEqual(maps.sort(), [...TextMaps, ...files].sort());
    });

    it("names every credential", () => {
        // Long, so no message shows them, but nothing to hide: certificates, and charts as files.
        const open = [
            "aws.database.caCertificate",
            "customCaCerts.*",
            "database.caCertificate",
            "ingress.tls.certificate",
            "operator.customCaCerts.*",
            "operator.offlineCharts.*",
            "redis.caCertificate",
        ];
        const hidden = pathsOf((shape) => shape.kind === "text" && shape.secret);
        assert.deepEqual(hidden.sort(), [...SecretPaths, ...open].sort());
    });

    it("names every free tree", () => {
        const isFree = (shape: Shape): boolean => shape.kind === "free";
        const lists = pathsOf((shape) => shape.kind === "list" && isFree(shape.of));
        const members = lists.map((path) => `${path}.*`);
        const trees = pathsOf(isFree).filter((path) => !members.includes(path));
        assert.deepEqual([...trees, ...lists].sort(), [...FreeTrees].sort());
    });

    it("keeps secret what is encrypted in values and variables", () => {
        const free = pathsOf(({ kind }) => kind === "free").filter((path) => /(^|\.)values$/.test(path));
        const variables = pathsOf(({ kind }) => kind === "map").filter((path) => /(^|\.)(env|extraEnv)$/.test(path));
        const covered = (path: string): boolean => FreeMaps.some((map) => `${path}.`.startsWith(`${map}.`));
        assert.deepEqual([...free, ...variables].sort(), [
            "charts.awsLoadBalancerController.values",
            "charts.certManager.values",
            "charts.clusterAutoscaler.values",
            "charts.externalDns.values",
            "components.*.env",
            "extraEnv",
            "operator.extraEnv",
            "operator.values",
            "values",
        ]);
        assert.deepEqual(
            [...free, ...variables].filter((path) => !covered(path)),
            [],
        );
        assert.deepEqual(
            FreeMaps.filter((map) => !places.some(([path]) => path === map)),
            [],
        );
    });

    it("reads every setting at the top that is no text", () => {
        const kinds = Object.entries(DeploymentShape.of).filter(([, { kind }]) => kind === "flag" || kind === "number");
        assert.deepEqual(kinds.map(([name]) => name).sort(), Object.keys(Scalars).sort());
        for (const [name, { kind }] of kinds) {
            assert.equal(Scalars[name](kind === "flag" ? "true" : "24"), kind === "flag" ? true : 24);
        }
    });
});
