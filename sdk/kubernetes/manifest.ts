import * as pulumi from "@pulumi/pulumi";
import type { ValuesTree } from "../values/types";

/** The manifest as YAML. Loaded late, since most runs of a program need no YAML writer before the first resource. */
export function manifestYaml(manifest: ValuesTree): pulumi.Output<string> {
    return pulumi.output(manifest).apply(async (resolved) => {
        const { dump } = await import("js-yaml");
        return dump(resolved, { lineWidth: -1, noRefs: true });
    });
}
