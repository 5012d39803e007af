/** IAM's rule for one request, over the statements that apply to it. Pure: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
import { covers } from "../../sandbox/clouds/aws/policy";
import type { PolicyDocument, Principals, Statement } from "../../sdk/aws/iam/policies";

export interface IamRequest {
    /** ARN of a role, user or account, host of a service, or ARN of an OIDC provider. Not looked at in policies of an identity. */
    readonly principal?: string;
    readonly action: string;
    /** Not looked at in policies that trust somebody. */
    readonly resource?: string;
    /** Condition keys of the request. */
    readonly context?: Readonly<Record<string, string>>;
}

/** Whether the documents, taken together, allow it: a refusal wins, then a grant, else nothing is allowed. */
export function allows(documents: PolicyDocument | readonly PolicyDocument[], request: IamRequest): boolean {
    const all = "Statement" in documents ? [documents] : documents;
    const matching = all.flatMap(({ Statement }) => Statement).filter((statement) => matches(statement, request));
    return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

function matches({ Principal, Action, Resource, Condition = {} }: Statement, request: IamRequest): boolean {
    const { principal, action, resource = "", context = {} } = request;
    const covered = (patterns: readonly string[], text: string) => patterns.some((pattern) => covers(pattern, text));
    const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => holds(operator, [values].flat(), context[key])),
    );
    return (
        isMeant(Principal, principal) &&
        covered(Action, action) &&
        (Resource === undefined || covered(Resource, resource)) &&
        conditions.every((held) => held)
    );
}

function isMeant(principals: "*" | Principals | undefined, principal: string | undefined): boolean {
    if (principals === undefined || principals === "*") {
        return true;
    }
    const { AWS = [], Service = [], Federated = [] } = principals;
    return AWS.includes("*") || (principal !== undefined && [...AWS, ...Service, ...Federated].includes(principal));
}

type Operator = (values: readonly string[], value: string | undefined) => boolean;

const equal: Operator = (values, value) => value !== undefined && values.includes(value);
/** Unlike for actions, case matters here. */
const like: Operator = (values, value) =>
    value !== undefined && values.some((pattern) => covers(pattern, value) && !differsInCase(pattern, value));

function differsInCase(pattern: string, value: string): boolean {
    return pattern.split(/[*?]+/).some((part) => !value.includes(part));
}

/** A key that the request does not have meets no operator but the negated ones. */
const Operators: Readonly<Record<string, Operator>> = {
    StringEquals: equal,
    StringNotEquals: (values, value) => !equal(values, value),
    StringLike: like,
    ArnEquals: like,
    Bool: equal,
    NumericLessThan: (values, value) => value !== undefined && values.some((most) => Number(value) < Number(most)),
};

function holds(name: string, values: readonly string[], value: string | undefined): boolean {
    const operator = Operators[name];
    if (operator === undefined) {
        throw new Error(`condition operator ${name} is not evaluated here: add it`);
    }
    return operator(values, value);
}
