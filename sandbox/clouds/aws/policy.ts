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

/** The statements of a policy of a resource. @throws the reason why AWS calls it malformed */
export function statementsOf(text: string): Statement[] {
    const document = JSON.parse(text) as Record<string, unknown>;
    if (document["Version"] !== "2012-10-17" && document["Version"] !== "2008-10-17") {
        throw new Error("Policy has an invalid version");
    }
    const statements = listOf(document["Statement"]);
    if (statements.length === 0) {
        throw new Error("Missing required field Statement");
    }
    return statements.map(readStatement);
}

function readStatement(value: unknown): Statement {
    const statement = value as Record<string, unknown>;
    const { Effect: effect } = statement;
    if (effect !== "Allow" && effect !== "Deny") {
        throw new Error("Invalid effect");
    }
    for (const field of ["Principal", "Action", "Resource"]) {
        if (statement[field] === undefined && statement[`Not${field}`] === undefined) {
            throw new Error(`Missing required field ${field}`);
        }
    }
    return {
        effect,
        principals: principalsOf(statement["Principal"]),
        actions: texts(statement["Action"]),
        resources: texts(statement["Resource"]),
        conditions: conditionsOf(statement["Condition"]),
    };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalsOf(value: unknown): string[] {
    if (value === "*") {
        return ["*"];
    }
    if (typeof value !== "object" || value === null) {
        throw new Error("Invalid policy syntax: Principal must be * or an object");
    }
    const kinds = Object.keys(value);
    const strange = kinds.find((kind) => !["AWS", "Service", "Federated", "CanonicalUser"].includes(kind));
    if (kinds.length === 0 || strange !== undefined) {
        throw new Error("Invalid principal in policy");
    }
    return texts((value as Record<string, unknown>)["AWS"]);
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
