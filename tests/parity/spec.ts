/** How the custom resource that we write is held against the one that a Terraform module writes. */
import assert from "node:assert/strict";

/** A value of the module's custom resource that is another one with us, and why that is better. Keys are joined by slashes. */
export interface Difference<Inputs> {
    readonly path: RegExp;
    readonly reason: string;
    /** Where the same value stands with us; `$1` is what the path catches. Without it, and without `value`: nowhere. */
    readonly movedTo?: string;
    readonly value?: unknown;
    readonly when?: (inputs: Inputs) => boolean;
}

/** What only our custom resource says. */
export type Addition = Pick<Difference<unknown>, "path" | "reason">;

export interface CustomResource {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly values: Readonly<Record<string, unknown>> };
}

/** Leaves by their keys, joined by slashes. A slash in a key becomes `~`. Empty maps and lists say nothing. */
export function leaves(tree: unknown, path = ""): Map<string, unknown> {
    if (typeof tree !== "object" || tree === null) {
        return new Map([[path, tree]]);
    }
    const inner = Object.entries(tree).map(([key, value]) =>
        leaves(value, `${path === "" ? "" : `${path}/`}${key.replaceAll("/", "~")}`),
    );
    return new Map(inner.flatMap((found) => [...found]));
}

/** Compares custom resources, and knows which explanations were of use. */
export class SpecComparison<Inputs> {
    private readonly used = new Set<RegExp>();

    constructor(
        private readonly differences: readonly Difference<Inputs>[],
        private readonly additions: readonly Addition[],
    ) {}

    /** Holds our values against the module's. */
    compare(inputs: Inputs, module: unknown, ours: unknown): void {
        const said = leaves(ours);
        const explained = new Set<string>();
        for (const [path, value] of leaves(module)) {
            const difference = this.differences.find((one) => one.path.test(path) && (one.when?.(inputs) ?? true));
            if (difference === undefined) {
                assert.deepEqual(said.get(path), value, path);
                explained.add(path);
            } else {
                this.used.add(difference.path);
                explained.add(assertDifference(difference, path, value, said));
            }
        }
        for (const path of [...said.keys()].filter((key) => !explained.has(key))) {
            const addition = this.additions.find((one) => one.path.test(path));
            assert.ok(addition, `only ours says ${path}: ${JSON.stringify(said.get(path))}`);
            this.used.add(addition.path);
        }
    }

    /** Each explanation was needed, and says why. */
    assertUsed(): void {
        const all = [...this.differences, ...this.additions];
        assert.deepEqual(
            all.map(({ path }) => path).filter((path) => !this.used.has(path)),
            [],
        );
        for (const { path, reason } of all) {
            assert.match(reason, /^[A-Z].{20,}\.$/, String(path));
        }
    }
}

/** Our values are as the difference says. Gives the path at which we say the same, or where we say otherwise. */
function assertDifference<Inputs>(
    { path: pattern, movedTo, value: expected }: Difference<Inputs>,
    path: string,
    value: unknown,
    ours: Map<string, unknown>,
): string {
    if (movedTo === undefined) {
        assert.notDeepEqual(ours.get(path), value, `${path} is no different`);
        assert.deepEqual(ours.get(path), expected, path);
        return path;
    }
    const target = path.replace(pattern, movedTo);
    assert.equal(ours.has(path), false, path);
    assert.deepEqual(ours.get(target), value, `${path} -> ${target}`);
    return target;
}
