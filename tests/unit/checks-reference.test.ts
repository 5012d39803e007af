import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { runChecks } from "../../sdk/checks";
import { chartReference, type ChartValue, knownReference } from "../../sdk/checks/reference";
import { indexOf, type Place } from "../../sdk/checks/reference-index";
import { shapeChecks } from "../../sdk/checks/themes/shape";
import { parseType } from "../../sdk/checks/value-types";
import { checkArgs } from "../../sdk/static-checks";
import { buildValues } from "../../sdk/values/build";
import { mergeValues } from "../../sdk/values/merge";
import type { ValuesInput, ValuesTree } from "../../sdk/values/types";
import { acceptedArguments } from "../support/accepted-arguments";
import { changed, validArguments } from "../support/bad-arguments";
import { checkInput } from "../support/check-input";
import { at, forbidResources, resolveTree } from "../support/resolve";
import { ValueRows } from "../support/rows";
import { SoundArgs } from "../support/sound-args";
import { MinimalArgs, valuesInput } from "../support/values-input";

const rows = knownReference().values;

describe("reference of the chart: the data file", () => {
    it("has every row, each path once, with types that can be read", () => {
        assert.equal(rows.length, 1193);
        assert.deepEqual(chartReference("0.43.8", rows), knownReference());
        assert.equal(rows.filter(({ read }) => read === "yes").length, 1058);
    });

    it("says what to use where nothing is read, by keys that are read", () => {
        const { root } = indexOf(knownReference());
        const ways = rows.filter(({ read, note }) => read === "no" && note?.startsWith("use "));
        assert.ok(ways.length >= 40, String(ways.length));
        for (const { path, note } of ways) {
            const instead = /^use ([\w-]+(?:\.[\w<>-]+)*)/.exec(note ?? "")?.[1] ?? "";
            assert.ok(isRead(root, instead.split(".")), `${path}: ${note}`);
        }
    });
});

/** Whether a path is known and read; what charts of others have besides is taken as known. */
function isRead(place: Place, keys: readonly string[]): boolean {
    const [key, ...below] = keys;
    if (place.unread !== undefined || key === undefined) {
        return place.unread === undefined;
    }
    const next = place.members.get(key);
    return next === undefined ? place.free !== undefined : isRead(next, below);
}

/** What our layers read or write without a row of their own, and by which rule of the chart's common template. */
const ByTemplate = ["console.containers.console.resources", "console.role.type"];

const Kinds: Readonly<Record<string, readonly string[]>> = {
    string: ["string"],
    number: ["number", "integer"],
    boolean: ["boolean"],
};

/** What is wrong with a tree, judged by the rows alone. */
function strangers(node: unknown, path: string): string[] {
    const row = rows.find((candidate) => candidate.path === path);
    const type = row?.type ?? "";
    const rowText = row === undefined ? "no row" : `${row.type}, read ${row.read}`;
    if (ByTemplate.includes(path)) {
        return [];
    }
    if (row?.read === "no") {
        return [`${path}: ${rowText}`];
    }
    if (typeof node === "object" && node !== null && !Array.isArray(node)) {
        const isLeaf = type.startsWith("map") || (type.includes("valueFrom") && "valueFrom" in node);
        const inside = Object.entries(node).flatMap(([key, value]) =>
            strangers(value, path === "" ? key : `${path}.${key}`),
        );
        return isLeaf ? [] : row === undefined ? inside : [`${path}: a map, ${rowText}`];
    }
    const kinds = Array.isArray(node) ? ["list"] : (Kinds[typeof node] ?? []);
    const fits = type.split("|").some((kind) => kinds.some((own) => kind === own || kind.startsWith(`${own}<`)));
    return fits ? [] : [`${path}: ${Array.isArray(node) ? "a list" : typeof node}, ${rowText}`];
}

const everywhere: ValuesInput["facts"] = {
    ...valuesInput(MinimalArgs).facts,
    cloud: "aws",
    ingress: { className: "alb", annotations: { a: "b" } },
    identity: { serviceAccountAnnotations: { role: "arn" }, podLabels: { use: "true" } },
};

describe("reference of the chart: what the component writes", () => {
    before(forbidResources);

    async function written(args: WandbDeploymentArgs): Promise<Record<string, unknown>> {
        const { cloud, ingress, identity } = everywhere;
        return resolveTree(buildValues(valuesInput(args, { cloud, ingress, identity })));
    }

    async function assertKnown(args: WandbDeploymentArgs): Promise<void> {
        const values = await written(args);
        assert.deepEqual(strangers(values, ""), []);
        const found = runChecks(shapeChecks, checkInput({ values }));
        assert.deepEqual(
            found.filter(({ id }) => id !== "values.list-append"),
            [],
        );
    }

    for (const [name, changes] of Object.entries(acceptedArguments)) {
        it(`is known, read and of the chart's kind: ${name}`, () =>
            assertKnown(changed(validArguments(), changes) as unknown as WandbDeploymentArgs));
    }

    it("is known, read and of the chart's kind for every argument of the documentation", async () => {
        for (const { argument, args } of ValueRows) {
            await assertKnown({ ...MinimalArgs, ...args }).catch((error: unknown) => {
                throw new Error(argument, { cause: error });
            });
        }
    });

    it("would be found if it were not", async () => {
        const values = await written({
            ...MinimalArgs,
            values: { app: { replicas: 1 }, global: { size: 1, mysql: { name: "x" } } },
        });
        assert.deepEqual(strangers(values, ""), [
            "global.size: number, string, read yes",
            "global.mysql.name: string, read no",
            "app.replicas: number, no row",
        ]);
    });
});

/** A value of the row's type: one that is allowed, the default when it says something, or any. */
function valueOf({ type, allowed, default: preset }: ChartValue): unknown {
    const chosen = allowed?.find((value) => value !== "") ?? preset;
    const [kind] = type.split("|");
    const samples: Readonly<Record<string, unknown>> = {
        string: "text",
        boolean: true,
        integer: 3,
        number: 0.5,
        list: ["a"],
        "list<string>": ["a"],
        "list<{hosts:list<string>,secretName:string}>": [{ hosts: ["a.example"], secretName: "s" }],
        "list<{subject,issuer}>": [{ subject: "s", issuer: "i" }],
        map: { key: "value" },
        "map<string,string>": { key: "value" },
        "map<string,scalar>": { key: "value" },
    };
    if (type.startsWith("list<string|")) {
        return ["a", { name: "b" }];
    }
    if (type.startsWith("map<size")) {
        return { small: { replicaCount: 2, resources: { requests: { cpu: 1 } } } };
    }
    if (type === "map<string,scalar|valueFrom>") {
        return { KEY: "value", OTHER: { valueFrom: { secretKeyRef: { name: "a", key: "b" } } } };
    }
    const isUseful = typeof chosen === "object" ? false : chosen !== "" && chosen !== undefined;
    return isUseful && chosen !== null ? chosen : samples[kind];
}

function treeOf(path: string, value: unknown): ValuesTree {
    return path.split(".").reduceRight<unknown>((tree, key) => ({ [key]: tree }), value) as ValuesTree;
}

/** A credential that becomes a reference to the Secret that is made for it. */
interface Move {
    /** Key in the Secret. */
    readonly key: string;
    readonly to: string;
    readonly reference: unknown;
    /** Moved only with this one. */
    readonly pair?: readonly string[];
}

const name = "made-values";
const Moved: Readonly<Partial<Record<string, Move>>> = {
    "global.license": { key: "LICENSE", to: "global.licenseSecret", reference: { name, key: "LICENSE" } },
    "global.mysql.password": {
        key: "MYSQL_PASSWORD",
        to: "global.mysql.passwordSecret",
        reference: { name, passwordKey: "MYSQL_PASSWORD", rootPasswordKey: "MYSQL_PASSWORD" },
    },
    "global.redis.password": {
        key: "REDIS_PASSWORD",
        to: "global.redis.secret",
        reference: { secretName: name, secretKey: "REDIS_PASSWORD" },
    },
    "global.bucket.accessKey": {
        key: "ACCESS_KEY",
        to: "global.bucket.secret",
        reference: { secretName: name, accessKeyName: "ACCESS_KEY", secretKeyName: "SECRET_KEY" },
        pair: ["global.bucket.secretKey"],
    },
    "global.bucket.secretKey": {
        key: "SECRET_KEY",
        to: "global.bucket.secret",
        reference: { secretName: name, accessKeyName: "ACCESS_KEY", secretKeyName: "SECRET_KEY" },
        pair: ["global.bucket.accessKey"],
    },
    "global.auth.oidc.secret": {
        key: "OIDC_SECRET",
        to: "global.auth.oidc.oidcSecret",
        reference: { name, secretKey: "OIDC_SECRET" },
    },
    "global.email.smtp.password": {
        key: "SMTP_PASSWORD",
        to: "global.email.smtp.password",
        reference: { valueFrom: { secretKeyRef: { name, key: "SMTP_PASSWORD" } } },
    },
    "global.clickhouse.password": {
        key: "CLICKHOUSE_PASSWORD",
        to: "global.clickhouse.passwordSecret",
        reference: { name, passwordKey: "CLICKHOUSE_PASSWORD" },
    },
    "global.olap.default.password": {
        key: "OLAP_PASSWORD",
        to: "global.olap.default.password",
        reference: { valueFrom: { secretKeyRef: { name, key: "OLAP_PASSWORD" } } },
    },
};

/** Sound arguments without credentials and Ingress settings of their own, which would be joined with the values. */
const Open: WandbDeploymentArgs = {
    ...SoundArgs,
    license: undefined,
    database: { host: "mysql.example.com" },
    ingress: { tls: { enabled: false } },
};

describe("reference of the chart: every value that is read", () => {
    before(forbidResources);
    const read = rows.filter((row) => row.read === "yes");

    it("can be set by `values`, arrives as it is or by a Secret, and is no finding of the shape", async () => {
        for (const row of read) {
            const value = valueOf(row);
            assert.ok(value !== undefined, row.path);
            const move = Moved[row.path];
            const paths = [row.path, ...(move?.pair ?? [])];
            const given = paths.map((path) => treeOf(path, value)).reduce(mergeValues);
            const { args, moved } = checkArgs({ ...Open, values: given });
            const values = await resolveTree(buildValues(valuesInput(args)));
            assert.deepEqual(moved.map(({ path }) => path).sort(), move === undefined ? [] : paths.sort());
            if (move === undefined) {
                assert.deepEqual(at(values, row.path), value, row.path);
            } else {
                assert.deepEqual(at(values, move.to), move.reference, row.path);
                assert.ok(move.to === row.path || at(values, row.path) === undefined, row.path);
                assert.equal(args.valueCredentials?.[move.key], value, row.path);
            }
            const found = runChecks(shapeChecks, checkInput({ values }));
            const expected = row.path === "global.operator.namespace" ? ["cr.operator-namespace"] : [];
            assert.deepEqual(
                found.filter(({ id }) => id !== "values.list-append").map(({ id }) => id),
                expected,
                `${row.path}: ${JSON.stringify(found)}`,
            );
        }
        const paths = read.map(({ path }) => path);
        assert.deepEqual(
            Object.keys(Moved).filter((path) => !paths.includes(path)),
            [],
        );
    }).timeout(60_000);

    it("is found when it is of another kind, or spelt otherwise", () => {
        const unjudged = new Set(["global.customCACerts", "ingress.tls", "ingress.secondary.tls"]);
        for (const { path, type } of read) {
            const wrong = type.startsWith("map") || type.startsWith("list") ? "text" : ["list"];
            // A lone list where a port belongs is the business of the checks of ports.
            if (!unjudged.has(path) && !/^global\.(mysql|redis|email\.smtp)\.port$|sessionLengthHours$/.test(path)) {
                const found = runChecks(shapeChecks, checkInput({ values: treeOf(path, wrong) }));
                assert.deepEqual(
                    found.map(({ id, path: place }) => [id, place]),
                    [
                        ["values.kind", `spec.values.${path}`],
                        ...(path === "global.operator.namespace"
                            ? [["cr.operator-namespace", `spec.values.${path}`]]
                            : []),
                    ],
                    path,
                );
            }
        }
    });
});

describe("reference of the chart: types", () => {
    it("reads what the data has, and nothing else", () => {
        for (const type of [
            "string|",
            "list<",
            "list<string",
            "map<string>",
            "{",
            "{a,}",
            "text",
            "",
            "map<,string>",
            "string>",
        ]) {
            assert.equal(parseType(type), undefined, type);
        }
        assert.deepEqual(parseType("list<string|{name}>"), [
            {
                kind: "list",
                member: [{ kind: "text" }, { kind: "map", fields: new Map([["name", [{ kind: "any" }]]]) }],
            },
        ]);
    });
});

describe("reference of another chart version", () => {
    const row = { path: "global.host", type: "string" };

    it("is taken when it is one", () => {
        assert.deepEqual(chartReference("0.44.0", [row]), { version: "0.44.0", values: [row] });
    });

    it("lists everything that is wrong, once", () => {
        const rowsGiven = [
            row,
            row,
            "text",
            { path: "a..b", type: "string" },
            { path: "c", type: "strnig", read: "maybe", secret: "no", note: 1 },
            {},
        ];
        assert.throws(() => chartReference(44, rowsGiven), {
            message: [
                "This is not a reference of the chart operator-wandb:",
                "- the version is not a text",
                "- row 2 (global.host) is there twice",
                "- row 3 is not a map",
                "- row 4 (a..b) has no path of keys joined with dots",
                '- row 5 (c) has no known type ("strnig")',
                "- row 5 (c) has a `read` that is not yes, no, conditional, operator",
                "- row 5 (c) has a `secret` that is neither true nor false",
                "- row 5 (c) has a `note` that is not a text",
                "- row 6 has no path of keys joined with dots",
                "- row 6 has no known type",
                "Give its version and a list with one row per value, in the form of checks/data/*.json of this package.",
            ].join("\n"),
        });
    });

    it("is no list, or an empty one", () => {
        for (const values of [undefined, null, {}, []]) {
            assert.throws(() => chartReference("0.44.0", values), /- the values are not a list of rows/);
        }
    });

    it("does not fill the screen", () => {
        const many = Array.from({ length: 500 }, () => ({}));
        assert.throws(() => chartReference("0.44.0", many), /- and \d+ more\n/);
    });
});

describe("reference of the chart: cost", () => {
    it("is not read by loading the package, and is on first use", () => {
        const script = `
            const fs = require("node:fs");
            const read = fs.readFileSync;
            let count = 0;
            fs.readFileSync = (file, ...rest) => {
                count += String(file).includes("operator-wandb-") ? 1 : 0;
                return read(file, ...rest);
            };
            require("./sdk/index");
            const loaded = count;
            const { knownReference } = require("./sdk/checks");
            knownReference();
            knownReference();
            console.log(JSON.stringify([loaded, count]));
        `;
        const root = resolve(__dirname, "../..");
        const out = execFileSync(process.execPath, ["--require", "tsx/cjs", "-e", script], {
            cwd: root,
            encoding: "utf8",
        });
        assert.deepEqual(JSON.parse(out), [0, 1]);
    }).timeout(60_000);
});
