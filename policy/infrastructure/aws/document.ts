import { View } from "pulumi-wandb/checks";
import { each, isPartlyUnknown, isWide, texts } from "../settings";

/**
 * Statements of an IAM policy, whether it is written as JSON or as a tree: one that is unknown while the policy is, and none when it
 * cannot be read.
 */
export function statementsOf(policy: View): View[] {
    return each(documentOf(policy).at("Statement"));
}

function documentOf(policy: View): View {
    if (policy.text === undefined) {
        return policy;
    }
    try {
        return new View(policy.path, JSON.parse(policy.text));
    } catch {
        // What AWS would refuse anyway.
        return new View(policy.path, undefined);
    }
}

export function allows(statement: View): boolean {
    return statement.at("Effect").text === "Allow";
}

export function denies(statement: View): boolean {
    return statement.at("Effect").text === "Deny";
}

/** Whether a statement is about everybody. */
export function isForAnybody(statement: View): boolean {
    const principal = statement.at("Principal");
    return (
        statement.at("NotPrincipal").given ||
        principal.text === "*" ||
        texts(principal.at("AWS")).some((text) => text === "*")
    );
}

/** One comparison of a condition: `StringEquals`, `aws:SourceAccount` and the values. */
export interface Comparison {
    /** In small letters. */
    readonly operator: string;
    /** In small letters. */
    readonly key: string;
    readonly values: View;
}

export function comparisonsOf(statement: View): Comparison[] {
    return statement.at("Condition").members.flatMap(([operator, keys]) =>
        keys.members.map(([key, values]) => ({
            operator: operator.toLowerCase(),
            key: key.toLowerCase(),
            values,
        })),
    );
}

/** Comparisons that fail when the key is missing. Those with `IfExists` or `Not` let a request without it pass. */
const Demanding = /^(?:foranyvalue:)?(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like)|ipaddress)$/;

/** Whether a comparison leaves only some values, not all of them. */
export function confines({ operator, values }: Comparison): boolean {
    if (!Demanding.test(operator)) {
        return false;
    }
    const open = (value: string) => /^[*?]+$/.test(value) || (operator.endsWith("ipaddress") && isWide(value));
    return isPartlyUnknown(values) || !texts(values).some(open);
}

/**
 * Keys by which a statement for everybody is for some only, as S3 and KMS see it:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const IdentifyingKeys = new Set([
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
]);

/** Whether a statement lets anybody in: for everybody, and no condition says who it is. */
export function isOpen(statement: View): boolean {
    return (
        allows(statement) &&
        isForAnybody(statement) &&
        !statement.at("Condition").unknown &&
        !comparisonsOf(statement).some((one) => IdentifyingKeys.has(one.key) && confines(one))
    );
}
