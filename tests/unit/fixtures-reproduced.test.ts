import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { buildChart } from "../../sdk/values/chart";
import { buildValues } from "../../sdk/values/build";
import { type Difference, Reproductions } from "../support/fixture-args";
import { forbidResources, resolveTree } from "../support/resolve";
import { referencesOf, valuesInput } from "../support/values-input";

const folder = resolve(__dirname, "../fixtures");

interface Fixture {
    spec: { values: { global: { license?: string } }; chart?: Record<string, unknown> };
}

/** The license of the fixtures is a long token; its place is compared, not its letters. */
function specOf(file: string): Fixture["spec"] {
    const { spec } = load(readFileSync(join(folder, file), "utf8")) as Fixture;
    if (spec.values.global.license !== undefined) {
        spec.values.global.license = "LICENSE";
    }
    return spec;
}

type Found = Omit<Difference, "reason">;

function isTree(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** Every path where the two differ; a part that only one has is listed leaf by leaf. */
function differences(fixture: unknown, ours: unknown, path: string): Found[] {
    const oneSided = fixture === undefined || ours === undefined;
    if ((isTree(fixture) || isTree(ours)) && (oneSided || (isTree(fixture) && isTree(ours)))) {
        const left = isTree(fixture) ? fixture : {};
        const right = isTree(ours) ? ours : {};
        const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
        return keys.flatMap((key) => differences(left[key], right[key], path === "" ? key : `${path}.${key}`));
    }
    if (fixture === ours) {
        return [];
    }
    return [{ path, ...(fixture === undefined ? {} : { fixture }), ...(ours === undefined ? {} : { ours }) }];
}

function sorted(list: readonly Found[]): Found[] {
    return list
        .map(({ path, ...rest }) => ({
            path,
            ...("fixture" in rest ? { fixture: rest.fixture } : {}),
            ...("ours" in rest ? { ours: rest.ours } : {}),
        }))
        .sort((one, other) => (one.path < other.path ? -1 : 1));
}

describe("fixtures: every custom resource that people have is reproduced by arguments", () => {
    before(forbidResources);

    Reproductions.forEach(({ file, args, differences: expected }) => {
        it(`${file}, apart from ${expected.length} listed values`, async () => {
            const ours = await resolveTree({
                values: buildValues(valuesInput(args)),
                chart: buildChart(args.chart, referencesOf(args)),
            });
            assert.deepEqual(sorted(differences(specOf(file), ours, "")), sorted(expected));
        });
    });

    it("covers every fixture", () => {
        const files = readdirSync(folder).filter((file) => /^cr-.*\.yaml$/.test(file));
        assert.deepEqual(Reproductions.map((reproduction) => reproduction.file).sort(), files.sort());
    });

    it("gives a reason for every difference", () => {
        for (const { file, differences: listed } of Reproductions) {
            listed.forEach((difference) => assert.ok(difference.reason.length > 10, `${file}: ${difference.path}`));
        }
    });
});
