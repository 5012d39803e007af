/**
 * Provider plugins of a sandbox instance.
 *
 * The engine wants a plugin in exactly the version that the SDK in node_modules names, in
 * `<home>/plugins/resource-<name>-v<version>/`; what it finds there it neither downloads nor compares.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { clouds, sdkVersion } from "../clouds";
import { installProgram } from "../compiled";
import { pulumiHome } from "../pulumi/environment";
import type { Toolchain } from "../toolchain";

/** Puts the Kubernetes provider and the simulated clouds where the instance's engine finds them. Can be repeated. */
export function installPlugins(dir: string, toolchain: Pick<Toolchain, "path">): void {
    replaceLink(
        pluginFile(dir, "kubernetes", sdkVersion("@pulumi/kubernetes")),
        toolchain.path("pulumi-resource-kubernetes"),
    );
    for (const { name, sdk } of clouds) {
        installProgram({
            entry: join(__dirname, "..", "clouds", "main.ts"),
            file: pluginFile(dir, name, sdkVersion(sdk)),
            args: [name],
            dir,
            comment: "A simulated cloud of the sandbox; written by sandbox/plugins.",
        });
    }
}

function pluginFile(dir: string, name: string, version: string): string {
    return join(pulumiHome(dir), "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
}

/** Makes the link beside its place and moves it there, so that a running `up` never misses it. */
function replaceLink(file: string, target: string): void {
    const next = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    rmSync(next, { force: true });
    symlinkSync(target, next);
    renameSync(next, file);
}
