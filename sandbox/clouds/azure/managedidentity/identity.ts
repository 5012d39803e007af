/** User-assigned managed identities and what acts as them, as of @pulumi/azure-native 3.28. */
import { randomUUID } from "node:crypto";
import type { Row } from "../../inventory";
import type { InvokeModel, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, armOutputs } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, identityOf, resourceId, rowById, sameId } from "../ids";

export const identityType = "azure-native:managedidentity:UserAssignedIdentity";
export const credentialType = "azure-native:managedidentity:FederatedIdentityCredential";

const armType = "Microsoft.ManagedIdentity/userAssignedIdentities";
const apiVersion = "2023-01-31";

/** https://learn.microsoft.com/en-us/rest/api/managedidentity/user-assigned-identities/create-or-update */
const identities = arm(
    {
        type: armType,
        apiVersion,
        names: ["resourceName"],
        name: {
            pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
            rule: "must be 3 to 128 letters, digits, hyphens and underscores, a letter or digit first",
            longest: 128,
        },
    },
    {
        token: identityType,
        inputs: {},
        outputs: {
            clientId: { type: "string" },
            principalId: { type: "string" },
            systemData: { type: "any" },
            tenantId: { type: "string" },
        },
        durationKey: "storage account, vault, vnet, subnet, identity",
        // One of the same name later is another principal: what the old one might do, it may not.
        computed: (_inputs, { config, previous }) => ({
            clientId: previous?.["clientId"] ?? randomUUID(),
            principalId: previous?.["principalId"] ?? randomUUID(),
            systemData: {},
            tenantId: identityOf(config).tenantId,
        }),
    },
);

/** https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
const mostCredentials = 20;
const longestText = 600;

/** https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/create-or-update */
const credentials = arm(
    {
        type: `${armType}/federatedIdentityCredentials`,
        apiVersion,
        names: ["resourceName", "federatedIdentityCredentialResourceName"],
        parent: identityType,
        name: {
            pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/,
            rule: "must be 3 to 120 letters, digits, hyphens and underscores, a letter or digit first",
            longest: 120,
        },
    },
    {
        token: credentialType,
        inputs: {
            audiences: { type: "array", required: true },
            issuer: { type: "string", required: true },
            subject: { type: "string", required: true },
        },
        outputs: { systemData: { type: "any" } },
        durationKey: "federated credential",
        refuse: (inputs, context) => refusedCredential(inputs, context),
        computed: () => ({ systemData: {} }),
    },
);

function refusedCredential(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { audiences, issuer, subject } = inputs;
    const wrong = (reason: string) => armError(400, "BadRequest", reason);
    if (!Array.isArray(audiences) || audiences.length !== 1) {
        return wrong("Audiences must have exactly one value.");
    }
    if (!/^https:\/\/\S+$/.test(textOf(issuer))) {
        return wrong(`Issuer '${textOf(issuer)}' must be an https URL.`);
    }
    const texts = [textOf(issuer), textOf(subject), textOf(audiences[0])];
    if (texts.some((text) => text === "" || text.length > longestText)) {
        return wrong(`Issuer, subject and audience must have 1 to ${longestText} characters.`);
    }
    return refusedBeside(inputs, context);
}

function refusedBeside(inputs: PropertyMap, { inventory, previous, config }: RefuseContext): string | undefined {
    const { resourceName, federatedIdentityCredentialResourceName: own } = inputs;
    const owner = identityId(inputs, config);
    const others = inventory
        .rows(credentialType)
        .filter((row) => identityId(row.inputs, config).toLowerCase() === owner.toLowerCase())
        .filter((row) => !sameId(row.inputs["federatedIdentityCredentialResourceName"], own));
    if (others.some(({ state }) => state === "creating")) {
        return armError(
            409,
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
            `Too many Federated Identity Credentials are written concurrently for the managed identity '${owner}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
        );
    }
    const same = (row: Row): boolean => ["issuer", "subject"].every((name) => row.inputs[name] === inputs[name]);
    if (others.some(same)) {
        return armError(
            409,
            "Conflict",
            `Issuer and subject combination already exists for this Managed Identity '${textOf(resourceName)}'.`,
        );
    }
    return previous === undefined && others.length >= mostCredentials
        ? armError(
              400,
              "BadRequest",
              `Too many Federated Identity Credentials are configured for the managed identity '${owner}'. The limit is ${mostCredentials}.`,
          )
        : undefined;
}

function identityId(inputs: PropertyMap | Row["inputs"], config: PropertyMap): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    return resourceId(group, armType, [textOf(inputs["resourceName"])]);
}

const getUserAssignedIdentity: InvokeModel = {
    token: "azure-native:managedidentity:getUserAssignedIdentity",
    inputs: {
        resourceGroupName: { type: "string", required: true },
        resourceName: { type: "string", required: true },
    },
    outputs: {
        ...armOutputs,
        clientId: { type: "string" },
        id: { type: "string" },
        location: { type: "string" },
        principalId: { type: "string" },
        systemData: { type: "any" },
        tags: { type: "map" },
        tenantId: { type: "string" },
    },
    answer: (inputs, { config, inventory }) => {
        const row = rowById(inventory, identityType, identityId(inputs, config));
        if (row === undefined) {
            const { resourceName, resourceGroupName } = inputs;
            throw new Error(resourceNotFound(armType, textOf(resourceName), textOf(resourceGroupName)));
        }
        const { outputs, inputs: made } = row;
        return {
            azureApiVersion: apiVersion,
            clientId: outputs["clientId"] ?? null,
            id: row.id,
            location: outputs["location"] ?? null,
            name: outputs["name"] ?? null,
            principalId: outputs["principalId"] ?? null,
            systemData: {},
            tags: made["tags"] ?? null,
            tenantId: outputs["tenantId"] ?? null,
            type: armType,
        };
    },
};

export const managedIdentities: readonly ResourceModel[] = [identities, credentials];
export const managedIdentityInvokes: readonly InvokeModel[] = [getUserAssignedIdentity];
