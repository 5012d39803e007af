import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { resourcePolicy } from "../../rule";
import { allows, statementsOf } from "./document";
import { isOff, state, texts } from "../settings";

const KeyType = "aws:kms/key:Key";

const rotation = resourcePolicy(
    {
        name: "wandb-aws-key-rotation",
        description:
            "A key that rotates limits what is lost with one piece of key material. KMS rotates keys of yours only when told so.",
        level: "advisory",
        severity: "medium",
        remedy: "Set enableKeyRotation to true.",
    },
    [KeyType],
    function* (resource) {
        const { properties } = resource;
        const [flag, spec] = [properties.at("enableKeyRotation"), properties.at("customerMasterKeySpec")];
        // Others cannot rotate: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
        const rotates = (spec.absent || spec.text === "SYMMETRIC_DEFAULT") && properties.at("customKeyStoreId").empty;
        if (rotates && isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so the key never changes`,
                remedy: "Set it to true; what is encrypted already stays readable.",
            };
        }
    },
);

const account = resourcePolicy(
    {
        name: "wandb-aws-key-account",
        description:
            "Who manages a key stands in its policy alone. If it names users and roles only, and they are gone, nobody can change it any more, and what it encrypts goes with it.",
        level: "advisory",
        severity: "high",
        remedy: "Begin the policy with a statement that allows kms:* to the account, arn:aws:iam::<account>:root.",
    },
    [KeyType, "aws:kms/keyPolicy:KeyPolicy"],
    function* (resource) {
        const policy = resource.properties.at("policy");
        const statements = statementsOf(policy);
        if (statements.length > 0 && !statements.some((one) => one.unknown || isTheAccounts(one))) {
            yield {
                resource,
                path: policy.path,
                message: "lets no account manage the key, only users and roles, which may be deleted one day",
                remedy: "Allow kms:* to arn:aws:iam::<account>:root, as AWS's own policy does; IAM still decides who may.",
            };
        }
    },
);

/** An account stands for all of its users and roles whom IAM allows it. */
const Account = /^(?:\d{12}|arn:[\w-]+:iam::\d{12}:root)$/;

function isTheAccounts(statement: View): boolean {
    const everything = texts(statement.at("Action")).some((action) => action === "*" || /^kms:\*$/i.test(action));
    return allows(statement) && everything && texts(statement.at("Principal", "AWS")).some((arn) => Account.test(arn));
}

/** Policies about KMS. */
export const keyPolicies: Policies = [rotation, account];
