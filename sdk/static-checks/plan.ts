import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import { type OperatorInput, Unknown, View } from "../checks";
import { credentialArgs } from "../kubernetes/credential-args";
import { operatorValues } from "../kubernetes/operator";
import { credentialReferences } from "../kubernetes/secrets";
import { InstanceDefaults, OperatorDefaults } from "../naming";
import { buildValues } from "../values/build";
import { buildChart } from "../values/chart";
import { resolved } from "../values/resolved";
import type { TranslatedArgs } from "../values/translate";
import type { ValuesTree } from "../values/types";
import { plannedFacts } from "./planned-facts";
import { OperatorChartVersion, VendorRepository } from "../versions";

/** What the custom resource will say, before anything is made: names of Secrets to be made are not known. */
export interface Plan {
    readonly values: ValuesTree;
    readonly chart: ValuesTree | undefined;
}

/** The values and the chart that arguments stand for. */
export function plan(args: TranslatedArgs): Plan {
    const facts = plannedFacts(args);
    const notYet = pulumi.output("");
    const credentials = credentialReferences(credentialArgs(args, facts, ""), () => notYet);
    return { values: buildValues({ args, facts, credentials }), chart: buildChart(args.chart, credentials) };
}

/** The operator's release, as far as we make it. */
export function plannedOperator({ operator = {}, namespace: watched }: WandbDeploymentArgs): OperatorInput | undefined {
    if (operator.install === false) {
        return undefined;
    }
    const { chart, version = OperatorChartVersion, namespace = OperatorDefaults.namespace } = operator;
    const source = chart?.path ?? chart?.oci ?? chart?.repository ?? VendorRepository;
    const values = operatorValues(operator, watched ?? InstanceDefaults.namespace);
    return {
        version: new View("operator.version", chart?.path === undefined ? version : Unknown),
        source: new View("operator.chart", resolved(source)),
        namespace: new View("operator.namespace", namespace),
        values: new View("operator.values", resolved(values)),
    };
}
