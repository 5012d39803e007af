import type { Policies } from "@pulumi/policy";
import { type Check, type CheckContext, type CheckInput, Checks, runChecks, Unknown, View } from "pulumi-wandb/checks";
import { referenceOf, ReferenceParameter, type ReferenceConfiguration } from "./chart-reference";
import { chartPassword } from "./credentials";
import { InstanceType, operatorInput, OperatorPath, operatorReleases, watchingRelease } from "./releases";
import type { Resource } from "./resource";
import { type Finding, type Rule, resourcePolicy, stackPolicy } from "./rule";
import { contextOf } from "./surroundings";

/** Checks of secrets in clear and of missing encryption. All others advise. */
export const MandatoryChecks: ReadonlySet<string> = new Set([
    "bucket.secret-plain",
    "bucket.tls",
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
              findingsOf(check, { instance, context: contextOf(instance, []), configuration }),
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

export interface Case {
    /** The custom resource; without one all of it is unknown, and only the operator is judged. */
    readonly instance?: Resource;
    readonly operator?: Resource;
    /** What the stack tells about the things around them. */
    readonly context: CheckContext;
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
        yield* findingsOf(check, { instance, operator, context: contextOf(instance, resources), configuration });
    }
    for (const operator of unwatched) {
        yield* findingsOf(check, { operator, context: contextOf(undefined, resources), configuration });
    }
}

/** What a check finds, each with the resource that it is about: what is not the operator's is the custom resource's. */
export function findingsOf(check: Check, given: Case): Finding[] {
    const { instance, operator } = given;
    return runChecks([check], inputOf(given)).flatMap(({ path, message, remedy }) => {
        const resource = OperatorPath.test(path) ? operator : instance;
        const found = resource === undefined ? [] : [{ resource, path, message, remedy }];
        return found.filter((finding) => !isLeft(check, finding));
    });
}

/** A password in clear is reported by `wandb-literal-credentials`, which is mandatory; a user name by itself is no secret. */
function isLeft({ id }: Check, { resource, path }: Finding): boolean {
    return id === "chart.credentials" && chartPassword(resource).some((literal) => literal.path === path);
}

function inputOf({ instance, operator, context, configuration }: Case): CheckInput {
    const properties = instance?.properties ?? new View("", Unknown);
    const spec = properties.at("spec");
    return {
        metadata: properties.at("metadata"),
        chart: spec.at("chart"),
        values: spec.at("values"),
        untyped: spec.at("values"),
        operator: operator && operatorInput(operator),
        context,
        reference: () => referenceOf(configuration),
    };
}
