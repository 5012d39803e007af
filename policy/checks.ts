import type { Policies } from "@pulumi/policy";
import { type Check, type CheckInput, Checks, runChecks, Unknown, View } from "pulumi-wandb/checks";
import { referenceOf, ReferenceParameter, type ReferenceConfiguration } from "./chart-reference";
import { InstanceType, operatorInput, operatorReleases, watchingRelease } from "./releases";
import type { Resource } from "./resource";
import { type Finding, type Rule, resourcePolicy, stackPolicy } from "./rule";
import { contextOf } from "./surroundings";

/** Checks of secrets in clear and of missing encryption. All others advise. */
export const MandatoryChecks: ReadonlySet<string> = new Set([
    "bucket.secret-plain",
    "bucket.tls",
    "chart.credentials",
    "env.secret-literal",
    "host.https",
]);

/** Checks that look at more than the custom resource: the operator's release, or what the stack has around it. */
export const JoinedChecks: ReadonlySet<string> = new Set([
    "operator.version",
    "operator.image-tag",
    "operator.isolation-ns",
    "operator.isolation-cluster",
    "airgap.chart",
    "airgap.repo-public",
    "airgap.images",
    "airgap.smtp",
    "chart.oci-controller",
    "values.list-append",
    "ca.list",
    "ca.place",
    "ca.configmap-key",
    "license.required",
    "license.jwt",
    "license.expired",
    "mysql.version",
    "mysql.params",
    "mysql.params-size",
    "mysql.charset",
    "redis.ca-secret",
    "redis.version",
    "k8s.version",
    "k8s.arch",
]);

/** Checks that judge by what one version of the application's chart knows. */
export const ReferenceChecks: ReadonlySet<string> = new Set([
    "values.unknown-key",
    "values.unread-key",
    "values.kind",
    "values.list-append",
]);

/** Every check of the package as a policy of its own. */
export const checkPolicies: Policies = Checks.map((check) =>
    JoinedChecks.has(check.id)
        ? stackPolicy(ruleOf(check), (resources, configuration) => joinedFindings(check, resources, configuration))
        : resourcePolicy(ruleOf(check), [InstanceType], (instance, configuration) =>
              findingsOf(check, { instance, resources: [], configuration }),
          ),
);

/** `bucket.provider` is `wandb-bucket-provider`. */
export function policyName(id: string): string {
    return `wandb-${id.replaceAll(".", "-")}`;
}

function ruleOf({ id, level, wrong, why, remedy }: Check): Rule {
    const mandatory = MandatoryChecks.has(id);
    return {
        name: policyName(id),
        description: `${wrong}. ${why}.`,
        level: mandatory ? "mandatory" : "advisory",
        severity: mandatory ? "critical" : level === "error" ? "high" : "low",
        remedy,
        parameters: ReferenceChecks.has(id) ? ReferenceParameter : {},
    };
}

interface Case {
    /** The custom resource; without one all of it is unknown, and only the operator is judged. */
    readonly instance?: Resource;
    readonly operator?: Resource;
    /** All of the stack, when it is known. */
    readonly resources: readonly Resource[];
    readonly configuration: ReferenceConfiguration;
}

function* joinedFindings(
    check: Check,
    resources: readonly Resource[],
    configuration: ReferenceConfiguration,
): Iterable<Finding> {
    const unwatched = new Set(operatorReleases(resources));
    for (const instance of resources.filter(({ type }) => type === InstanceType)) {
        const operator = watchingRelease(instance, resources);
        if (operator !== undefined) {
            unwatched.delete(operator);
        }
        yield* findingsOf(check, { instance, operator, resources, configuration });
    }
    for (const operator of unwatched) {
        yield* findingsOf(check, { operator, resources, configuration });
    }
}

function findingsOf(check: Check, given: Case): Finding[] {
    const { instance, operator } = given;
    return runChecks([check], inputOf(given)).flatMap(({ path, message, remedy }) => {
        const resource = /^(?:spec|metadata)\b/.test(path) ? instance : operator;
        return resource === undefined ? [] : [{ resource, path, message, remedy }];
    });
}

function inputOf({ instance, operator, resources, configuration }: Case): CheckInput {
    const properties = instance?.properties ?? new View("", Unknown);
    const spec = properties.at("spec");
    return {
        metadata: properties.at("metadata"),
        chart: spec.at("chart"),
        values: spec.at("values"),
        untyped: spec.at("values"),
        operator: operator && operatorInput(operator),
        context: contextOf(instance, resources),
        reference: () => referenceOf(configuration),
    };
}
