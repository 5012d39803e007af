/** AWS KMS, as of @pulumi/aws 7.47. A deleted key is pending for days; nothing can use it any more, so its row goes at once. */
import { randomBytes, randomUUID } from "node:crypto";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { missingPrincipal } from "./iam-principals";
import { principalSight } from "./iam-sight";
import {
    admits,
    covers,
    invalidPrincipal,
    statementsOf,
    type PolicyRequest,
    type Statement,
    wrongJson,
} from "./policy";

export const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";

const key: ResourceModel = {
    token: keyType,
    inputs: {
        bypassPolicyLockoutSafetyCheck: { type: "boolean", default: false },
        customerMasterKeySpec: { type: "string", default: "SYMMETRIC_DEFAULT" },
        deletionWindowInDays: { type: "integer" },
        description: { type: "string" },
        enableKeyRotation: { type: "boolean", default: false },
        isEnabled: { type: "boolean", default: true },
        keyUsage: {
            type: "string",
            default: "ENCRYPT_DECRYPT",
            values: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC"],
        },
        multiRegion: { type: "boolean" },
        policy: { type: "string" },
        region,
        rotationPeriodInDays: { type: "integer" },
        tags,
    },
    outputs: { arn: { type: "string" }, keyId: { type: "string" }, tagsAll },
    replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "region"],
    volatile: ["tagsAll"],
    // The provider's own tests leave these out of what an import must give (internal/service/kms/key_test.go).
    unread: ["bypassPolicyLockoutSafetyCheck", "deletionWindowInDays"],
    durationKey: "kms key",
    // CreateKey and PutKeyPolicy are repeated: internal/service/kms/key.go
    sights: [principalSight("policy", () => invalidPrincipals)],
    validate: (inputs) => [
        ...wrongJson(inputs, "policy"),
        // https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
        ...outside(inputs, "deletionWindowInDays", 7, 30),
        // https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
        ...outside(inputs, "rotationPeriodInDays", 90, 2560),
        ...rotationWithoutPeriod(inputs),
    ],
    refuse: (inputs, context) => refusedTags(inputs, context.config) ?? refusedKeyPolicy(inputs, context),
    id: () => randomUUID(),
    computed: (inputs, { id, config }) => {
        const { partition, accountId } = accountOf(config);
        return {
            arn: `arn:${partition}:kms:${regionOf(inputs, config)}:${accountId}:key/${id}`,
            keyId: id,
            tagsAll: allTags(inputs, config),
        };
    },
};

function outside(inputs: PropertyMap, property: string, least: number, most: number): Problem[] {
    const value = inputs[property];
    return typeof value === "number" && (value < least || value > most)
        ? [{ property, reason: `must be in the range (${least} - ${most}) (value given: ${value}). Correct it.` }]
        : [];
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key */
function rotationWithoutPeriod({ rotationPeriodInDays, enableKeyRotation }: PropertyMap): Problem[] {
    return rotationPeriodInDays !== undefined && enableKeyRotation !== true
        ? [{ property: "rotationPeriodInDays", reason: "needs enableKeyRotation. Set it to true." }]
        : [];
}

const invalidPrincipals =
    "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.";
const mostPolicyBytes = 32 * 1024;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html; without a policy AWS makes the default one */
function refusedKeyPolicy(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const text = inputs["policy"];
    if (typeof text !== "string") {
        return undefined;
    }
    const malformed = (reason: string) => `MalformedPolicyDocumentException: ${reason}`;
    if (Buffer.byteLength(text) > mostPolicyBytes) {
        return "LimitExceededException: The key policy is larger than 32 KB";
    }
    let statements: Statement[];
    try {
        statements = statementsOf(text);
    } catch (error) {
        return malformed(error instanceof Error ? error.message : String(error));
    }
    const { partition, accountId, callerArn, roleArn } = accountOf(config);
    const named = statements.flatMap(({ principals }) => principals);
    if (
        invalidPrincipal(statements, partition) !== undefined ||
        missingPrincipal(named, accountOf(config), inventory) !== undefined
    ) {
        return invalidPrincipals;
    }
    const managers = [`arn:${partition}:iam::${accountId}:root`, accountId, callerArn, roleArn, "*"];
    const manageable = statements.some(
        ({ effect, principals, actions }) =>
            effect === "Allow" &&
            principals.some((name) => managers.includes(name)) &&
            actions.some((action) => covers(action, "kms:PutKeyPolicy")),
    );
    return manageable || inputs["bypassPolicyLockoutSafetyCheck"] === true
        ? undefined
        : malformed("The new key policy will not allow you to update the key policy in the future.");
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/alias-create.html */
const aliasName = /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/;

const alias: ResourceModel = {
    token: aliasType,
    inputs: {
        name: { type: "string" },
        namePrefix: { type: "string" },
        region,
        targetKeyId: { type: "string", required: true },
    },
    outputs: { name: { type: "string" }, arn: { type: "string" }, targetKeyArn: { type: "string" } },
    replaceOn: ["name", "namePrefix", "region"],
    volatile: ["targetKeyArn"],
    validate: ({ name, namePrefix }) => {
        // The provider's own name for it has no `alias/` in front, and AWS takes no other.
        const given = name ?? namePrefix;
        const valid = typeof given === "string" && aliasName.test(name === undefined ? `${given}x` : given);
        return valid
            ? []
            : [
                  {
                      property: name === undefined ? "namePrefix" : "name",
                      reason: `must begin with 'alias/', not with 'alias/aws/', and be comprised of only [a-zA-Z0-9/_-] (value given: ${textOf(given, "none")}). Correct it.`,
                  },
              ];
    },
    refuse: (inputs, { config, inventory, previous }) => {
        const targetKeyId = textOf(inputs["targetKeyId"]);
        if (keyNamed(targetKeyId, inventory) === undefined) {
            return `NotFoundException: Invalid keyId '${targetKeyId}'`;
        }
        if (inputs["name"] === undefined || previous !== undefined) {
            return undefined;
        }
        // The name is taken in one account and region only: https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html
        const arn = aliasArn(textOf(inputs["name"]), inputs, config);
        return inventory.find(aliasType, ({ outputs }) => outputs["arn"] === arn) === undefined
            ? undefined
            : `AlreadyExistsException: An alias with the name ${arn} already exists`;
    },
    // The name, as the real one; where another account or region has an alias of that name, the ARN, since the inventory has one of an id.
    id: (inputs, { config, inventory }) => {
        const name = textOf(inputs["name"] ?? `${textOf(inputs["namePrefix"])}${randomBytes(13).toString("hex")}`);
        const taken = inventory.find(aliasType, ({ id }) => id === name) !== undefined;
        return taken ? aliasArn(name, inputs, config) : name;
    },
    computed: (inputs, { config, inventory, id }) => {
        const name = id.slice(id.indexOf("alias/"));
        return {
            name,
            arn: aliasArn(name, inputs, config),
            targetKeyArn: textOf(keyNamed(textOf(inputs["targetKeyId"]), inventory)?.outputs["arn"]),
        };
    },
};

function aliasArn(name: string, inputs: PropertyMap, config: PropertyMap): string {
    const { partition, accountId } = accountOf(config);
    return `arn:${partition}:kms:${regionOf(inputs, config)}:${accountId}:${name}`;
}

function keyNamed(name: string, inventory: InventoryView) {
    return inventory.find(keyType, ({ id, outputs }) => id === name || outputs["arn"] === name);
}

export const kms: readonly ResourceModel[] = [key, alias];

/** Whether the policy of a key that is there lets somebody in by itself, without an IAM policy of its account. */
export function keyAdmits(keyArn: string, request: Omit<PolicyRequest, "resource">, inventory: InventoryView): boolean {
    const policy = keyNamed(keyArn, inventory)?.inputs["policy"];
    // Without a policy AWS makes one that lets the account decide.
    return typeof policy === "string" && admits(statementsOf(policy), { ...request, resource: keyArn });
}

/**
 * Whether EC2 Auto Scaling can start nodes with volumes that the key encrypts. Its service-linked role has no rights on customer keys but those
 * of their policies: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function keyServesVolumes(keyName: string, inventory: InventoryView): boolean {
    const keyArn = textOf(keyNamed(keyName, inventory)?.outputs["arn"]);
    const [, partition, , region, accountId] = keyArn.split(":");
    const principal = `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const context = {
        "aws:principalarn": principal,
        "kms:calleraccount": accountId,
        "kms:viaservice": `ec2.${region}.amazonaws.com`,
    };
    const use = ["kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt"];
    const granting = { ...context, "kms:grantisforawsresource": "true" };
    return (
        use.every((action) => keyAdmits(keyArn, { principal, action, context }, inventory)) &&
        keyAdmits(keyArn, { principal, action: "kms:CreateGrant", context: granting }, inventory)
    );
}
