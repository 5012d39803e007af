import * as pulumi from "@pulumi/pulumi";

const TimeoutMs = 5_000;

/** Waits for an Output. An unknown one never resolves, so a time-out fails the test instead of hanging it. */
export function promiseOf<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`output did not resolve within ${TimeoutMs} ms`)), TimeoutMs);
        pulumi.output(output).apply((value) => {
            clearTimeout(timer);
            resolve(value);
        });
    });
}

/** A tree with every Output in it resolved. */
export async function resolveTree(tree: unknown): Promise<Record<string, unknown>> {
    return promiseOf(tree as Record<string, unknown>);
}

/** One leaf of a tree and what the engine would be told about it. */
export interface Leaf {
    readonly path: string;
    readonly secret: boolean;
    readonly known: boolean;
}

/** `isKnown` is not part of the public type, but the only way to see an unknown without waiting for it. */
interface OutputInternals {
    readonly isKnown: Promise<boolean>;
}

/** Every leaf of a tree, Outputs not walked into. */
export async function leavesOf(tree: unknown, path = ""): Promise<Leaf[]> {
    if (pulumi.Output.isInstance(tree)) {
        const known = await (tree as unknown as OutputInternals).isKnown;
        return [{ path, secret: await pulumi.isSecret(tree), known }];
    }
    if (typeof tree === "object" && tree !== null) {
        const inner = Object.entries(tree).map(([key, value]) => leavesOf(value, path === "" ? key : `${path}.${key}`));
        return (await Promise.all(inner)).flat();
    }
    return [{ path, secret: false, known: true }];
}

/** Reads `a.b.0.c` of a tree; undefined where there is none. Keys with dots are given as list. */
export function at(tree: unknown, path: string | readonly string[]): unknown {
    const keys = typeof path === "string" ? path.split(".") : path;
    return keys.reduce<unknown>(
        (node, key) => (typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined),
        tree,
    );
}

/** Mocks for code that only computes: nothing may be registered. */
export function forbidResources(): Promise<void> {
    return pulumi.runtime.setMocks({
        newResource: (args) => {
            throw new Error(`a resource was registered: ${args.type} ${args.name}`);
        },
        call: (args) => {
            throw new Error(`a function was called: ${args.token}`);
        },
    });
}
