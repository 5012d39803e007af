/**
 * Provider plugins of a sandbox instance.
 *
 * The engine wants a plugin in exactly the version that the SDK in node_modules names, in
 * `<home>/plugins/resource-<name>-v<version>/`; what it finds there it neither downloads nor compares.
 */
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { clouds, sdkVersion } from "../clouds";
import { pulumiHome } from "../pulumi/environment";
import type { Toolchain } from "../toolchain";

/** Puts the Kubernetes provider and the simulated clouds where the instance's engine finds them. Can be repeated. */
export function installPlugins(dir: string, toolchain: Pick<Toolchain, "path">): void {
    place(dir, "kubernetes", sdkVersion("@pulumi/kubernetes"), (target) =>
        symlinkSync(toolchain.path("pulumi-resource-kubernetes"), target),
    );
    for (const cloud of clouds) {
        place(dir, cloud.name, sdkVersion(cloud.sdk), (target) => {
            writeFileSync(target, launcher(dir, cloud.name));
            chmodSync(target, 0o755);
        });
    }
}

/** Makes the plugin's file beside its place and moves it there, so that a running `up` never sees half of it. */
function place(dir: string, name: string, version: string, make: (target: string) => void): void {
    const file = join(pulumiHome(dir), "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
    const next = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    rmSync(next, { force: true });
    make(next);
    renameSync(next, file);
}

/** A script that becomes the Node.js process, so that the engine's signals reach it. */
function launcher(dir: string, cloud: string): string {
    const loader = pathToFileURL(require.resolve("tsx")).href;
    const main = join(__dirname, "..", "clouds", "main.ts");
    return [
        "#!/bin/sh",
        "# A simulated cloud of the sandbox; written by sandbox/plugins.",
        `[ -n "$SANDBOX_DIR" ] || SANDBOX_DIR=${quoted(dir)}`,
        "export SANDBOX_DIR",
        `exec ${quoted(process.execPath)} --import ${quoted(loader)} ${quoted(main)} ${cloud} "$@"`,
        "",
    ].join("\n");
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
