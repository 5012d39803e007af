/**
 * Policies as AWS reads them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * Wrong JSON is found by the provider before it asks AWS; what is wrong with the meaning, by the service.
 */
import type { Problem } from "../model";
import type { PropertyMap } from "../values";

export interface Statement {
    readonly effect: "Allow" | "Deny";
    /** Names of AWS principals; `*` is everybody. */
    readonly principals: readonly string[];
    /** Hosts of services. */
    readonly services: readonly string[];
    /** ARNs of identity providers. */
    readonly federated: readonly string[];
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly conditions: readonly Condition[];
}

interface Condition {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
}

/** For `validate`: the provider refuses text that is not JSON. */
export function wrongJson(inputs: PropertyMap, property: string): Problem[] {
    const text = inputs[property];
    if (typeof text !== "string") {
        return [];
    }
    try {
        const document: unknown = JSON.parse(text);
        if (typeof document === "object" && document !== null && !Array.isArray(document)) {
            return [];
        }
    } catch {
        // Said below.
    }
    return [{ property, reason: "contains an invalid JSON policy: it must be a JSON object. Correct it." }];
}

/** What a policy belongs to: a resource, a role that somebody may assume, or an identity. */
export type PolicyKind = "resource" | "trust" | "identity";

const NeededFields: Readonly<Record<PolicyKind, readonly string[]>> = {
    resource: ["Principal", "Action", "Resource"],
    trust: ["Principal", "Action"],
    identity: ["Action", "Resource"],
};

/** The statements of a policy. @throws the reason why AWS calls it malformed */
export function statementsOf(text: string, kind: PolicyKind = "resource"): Statement[] {
    const document = JSON.parse(text) as Record<string, unknown>;
    if (document["Version"] !== "2012-10-17" && document["Version"] !== "2008-10-17") {
        throw new Error("Policy has an invalid version");
    }
    const statements = listOf(document["Statement"]);
    if (statements.length === 0) {
        throw new Error("Missing required field Statement");
    }
    return statements.map((statement) => readStatement(statement, kind));
}

function readStatement(value: unknown, kind: PolicyKind): Statement {
    const statement = value as Record<string, unknown>;
    const { Effect: effect } = statement;
    if (effect !== "Allow" && effect !== "Deny") {
        throw new Error("Invalid effect");
    }
    const has = (field: string) => statement[field] !== undefined || statement[`Not${field}`] !== undefined;
    for (const field of NeededFields[kind]) {
        if (!has(field)) {
            throw new Error(`Missing required field ${field}`);
        }
    }
    if (kind === "trust" && has("Resource")) {
        throw new Error("Has prohibited field Resource");
    }
    if (kind === "identity" && has("Principal")) {
        throw new Error("Policy document should not specify a principal.");
    }
    const principals = kind === "identity" ? {} : principalsOf(statement["Principal"]);
    return {
        effect,
        principals: texts(principals["AWS"]),
        services: texts(principals["Service"]),
        federated: texts(principals["Federated"]),
        actions: texts(statement["Action"]),
        resources: texts(statement["Resource"]),
        conditions: conditionsOf(statement["Condition"]),
    };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalsOf(value: unknown): Record<string, unknown> {
    if (value === "*") {
        return { AWS: ["*"] };
    }
    if (typeof value !== "object" || value === null) {
        throw new Error("Invalid policy syntax: Principal must be * or an object");
    }
    const kinds = Object.keys(value);
    const strange = kinds.find((kind) => !["AWS", "Service", "Federated", "CanonicalUser"].includes(kind));
    if (kinds.length === 0 || strange !== undefined) {
        throw new Error("Invalid principal in policy");
    }
    return value as Record<string, unknown>;
}

function conditionsOf(value: unknown): Condition[] {
    return Object.entries((value ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: texts(values) })),
    );
}

/** The first principal that AWS does not take: of an unknown form, or of another partition. */
export function invalidPrincipal(statements: readonly Statement[], partition: string): string | undefined {
    const iam = new RegExp(`^arn:${partition}:iam::\\d{12}:(root|(role|user)/.+)$`);
    const session = new RegExp(`^arn:${partition}:sts::\\d{12}:(assumed-role|federated-user)/.+$`);
    const accepted = (name: string) => name === "*" || /^\d{12}$/.test(name) || iam.test(name) || session.test(name);
    return statements.flatMap(({ principals }) => principals).find((name) => !accepted(name));
}

/** Keys by which a policy limits everybody to somebody, with values that are fixed. */
const limitingKeys = new Set([
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceip",
    "aws:userid",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, "The meaning of public" */
export function isPublic({ effect, principals, conditions }: Statement): boolean {
    const limited = conditions.some(
        ({ operator, key, values }) =>
            !operator.includes("Not") &&
            limitingKeys.has(key) &&
            values.every((value) => !/[*?$]/.test(value) && value !== "0.0.0.0/0"),
    );
    return effect === "Allow" && principals.includes("*") && !limited;
}

/** Whether a pattern with `*` and `?` covers a text; actions do not care for case. */
export function covers(pattern: string, text: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".");
    return new RegExp(`^${expression}$`, "i").test(text);
}

function listOf(value: unknown): unknown[] {
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): string[] {
    return listOf(value).map(String);
}

/** A request, as far as the policy of the thing that is asked for matters. */
export interface PolicyRequest {
    /** ARN of a principal, or host of a service. */
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    /** Condition keys of the request, in lower case. */
    readonly context: Readonly<Record<string, string>>;
}

/** Whether a policy of a resource lets the principal in by itself: a refusal wins, then a grant. */
export function admits(statements: readonly Statement[], request: PolicyRequest): boolean {
    const matching = statements.filter((statement) => matches(statement, request));
    return matching.some(({ effect }) => effect === "Allow") && !matching.some(({ effect }) => effect === "Deny");
}

function matches({ principals, services, actions, resources, conditions }: Statement, request: PolicyRequest): boolean {
    const { principal, action, resource, context } = request;
    return (
        // A service is no principal of an account: everybody means it all the same.
        (principals.includes("*") || principals.includes(principal) || services.includes(principal)) &&
        actions.some((pattern) => covers(pattern, action)) &&
        resources.some((pattern) => covers(pattern, resource)) &&
        conditions.every(({ operator, key, values }) => holds(operator, values, context[key]))
    );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, values: readonly string[], value: string | undefined): boolean {
    switch (operator) {
        case "StringEquals":
        case "Bool":
            return value !== undefined && values.includes(value);
        case "StringNotEquals":
            return value === undefined || !values.includes(value);
        case "StringLike":
        case "ArnEquals":
        case "ArnLike":
            return value !== undefined && values.some((pattern) => covers(pattern, value));
        case "NumericLessThan":
            return value !== undefined && values.some((most) => Number(value) < Number(most));
        default:
            throw new Error(`condition operator ${operator} is not modelled: add it to the sandbox's table`);
    }
}
