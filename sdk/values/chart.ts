import type * as pulumi from "@pulumi/pulumi";
import type { ChartArgs } from "../args/operator";
import type { CredentialReferences } from "../contract/credentials";
import { compact } from "./merge";
import type { ValuesTree } from "./types";

const ApplicationChart = "operator-wandb";

function source(chart: ChartArgs): { url?: pulumi.Input<string>; name?: pulumi.Input<string> } {
    return chart.oci === undefined
        ? { url: chart.repository, name: chart.name ?? ApplicationChart }
        : { url: chart.oci };
}

/**
 * Makes `spec.chart` in exactly one of the shapes that the operator knows: path, OCI, repository. Any other is ignored without an
 * error and the release channel's chart installed. Undefined when no chart is given, for the release channel to decide.
 */
export function buildChart(
    chart: ChartArgs | undefined,
    credentials: Pick<CredentialReferences, "chart">,
): ValuesTree | undefined {
    if (chart === undefined) {
        return undefined;
    }
    if (chart.path !== undefined) {
        return { path: chart.path };
    }
    const secret = credentials.chart;
    return compact({
        ...source(chart),
        version: chart.version,
        credentialSecret: secret && {
            name: secret.name,
            usernameKey: secret.usernameKey,
            passwordKey: secret.passwordKey,
        },
        plainHTTP: chart.plainHttp,
    });
}
