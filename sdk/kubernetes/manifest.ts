import * as pulumi from "@pulumi/pulumi";
import { dump } from "js-yaml";
import type { ValuesTree } from "../values/types";

/** The manifest as YAML. */
export function manifestYaml(manifest: ValuesTree): pulumi.Output<string> {
    return pulumi.output(manifest).apply((resolved) => dump(resolved, { lineWidth: -1, noRefs: true }));
}
