import { AzureBucketAccess, AzureBucketEncryption } from "../azure/args/bucket";
import { ConnectorServiceAccounts } from "../azure/args/connector-defaults";
import type { AzureSecureStorageConnectorArgs } from "../azure/args/storage-connector";
import type { Problem } from "../errors";
import { wrongIdentityName, wrongKeyId, wrongKeyName, wrongVaultName } from "../validation/azure/key";
import { wrongLocation, wrongResourceGroupName, wrongTag, wrongTagKey } from "../validation/azure/rules";
import {
    checkOldVersions,
    checkOrigins,
    checkSoftDelete,
    checkStorageNetwork,
    wrongAccountName,
    wrongContainerName,
    wrongLockName,
} from "../validation/azure/storage-rules";
import { checkNumber, refuseRepetition } from "../validation/lists";
import { wrongOriginHost } from "../validation/origin";
import type { Section } from "../validation/section";
import { dnsLabel, objectName } from "../validation/syntax";
import { codes, given } from "../validation/wording";
import { checkHosts, validateConnector } from "./arguments";
import { AzureConnectorShape } from "./azure-shape";

type Args = Section<AzureSecureStorageConnectorArgs>;

/**
 * Finds everything that is wrong with the arguments of `AzureSecureStorageConnector`.
 *
 * @param name logical name of the component
 */
export function validateAzureConnector(name: string, args: AzureSecureStorageConnectorArgs): Problem[] {
    return validateConnector(name, args, {
        shape: AzureConnectorShape,
        rules: [checkAccess, checkAccounts, checkPlace, checkOwnHosts, checkBucket, checkKey, checkOwnTags],
        wrongName: wrongLogicalName,
    });
}

/** The lock's name is the longest that the provider makes: `-bucket-lock` and eight characters behind it, of at most 90. */
const LongestName = 90 - "-bucket-lock".length - 8;

function wrongLogicalName(name: string): string | undefined {
    return /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name) && name.length <= LongestName
        ? undefined
        : `is not usable ${given(name)}. It has letters, digits and hyphens, a letter or digit first, and at most ${LongestName} characters: what is made is named after it.`;
}

/** `access`, `oidcIssuerUrl` and what else belongs to an identity: who reads the data. */
function checkAccess(args: Args): void {
    args.check("oidcIssuerUrl", wrongIssuer);
    if (args.text("access") === AzureBucketAccess.Key) {
        const idle = args.givenOf("oidcIssuerUrl", "namespace", "serviceAccounts", "identityName");
        idle.forEach((key) =>
            args.refuse(
                key,
                "belongs to an identity, but `access` is key, which makes none. Leave one of the two out.",
            ),
        );
    } else if (!args.pending("access") && !args.has("oidcIssuerUrl")) {
        args.refuse(
            "oidcIssuerUrl",
            "is missing. Give the issuer of the tokens of the W&B instance's pods, which decides who reads your data, or set `access` to key.",
        );
    }
    args.check("identityName", wrongIdentityName);
}

/** https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/create-or-update */
const LongestIssuer = 600;

function wrongIssuer(url: string): string | undefined {
    const remedy =
        "Give it as it stands in the tokens, for example https://westeurope.oic.prod-aks.azure.com/<tenant>/<id>/.";
    if (!/^https:\/\/[a-z0-9.-]+(:\d+)?(\/[^\s?#]*)?$/i.test(url)) {
        return `is not the URL of an issuer ${given(url)}. ${remedy}`;
    }
    return url.length > LongestIssuer
        ? `is longer than the ${LongestIssuer} characters that Microsoft Entra ID takes (${url.length} given). ${remedy}`
        : undefined;
}

/** https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
const MostCredentials = 20;

/** `namespace`, `serviceAccounts` */
function checkAccounts(args: Args): void {
    args.check("namespace", (namespace) => dnsLabel(namespace));
    const accounts = args.texts("serviceAccounts");
    accounts.forEach((entry) => args.checkEntry(entry, (name) => objectName(name)));
    refuseRepetition(args, accounts);
    if (args.has("serviceAccounts") && !args.pending("serviceAccounts") && accounts.length === 0) {
        args.refuse(
            "serviceAccounts",
            `is empty, so that nobody could use the container. Name at least one, or leave it out for the ${ConnectorServiceAccounts.length} of W&B's chart.`,
        );
    }
    if (accounts.length > MostCredentials) {
        args.refuse(
            "serviceAccounts",
            `has ${accounts.length} entries, but Azure takes ${MostCredentials} for one identity. Leave some out.`,
        );
    }
}

/** `resourceGroup`, `location` */
function checkPlace(args: Args): void {
    args.check("location", wrongLocation);
    const group = args.section("resourceGroup");
    group?.check("name", wrongResourceGroupName);
    group?.check("existingName", wrongResourceGroupName);
    if (group?.has("name") && group.has("existingName")) {
        group.refuse(
            "existingName",
            "names a resource group that is there already, but `resourceGroup.name` one that is made. Leave one of the two out.",
        );
    }
}

/** `hosts` */
function checkOwnHosts(args: Args): void {
    checkHosts(args, wrongOriginHost);
    checkOrigins(args, "hosts", []);
}

/** The account and its container. */
function checkBucket(args: Args): void {
    args.check("accountName", wrongAccountName);
    args.check("containerName", wrongContainerName);
    args.check("lockName", wrongLockName);
    checkOldVersions(args.section("lifecycle"));
    checkSoftDelete(args);
    checkStorageNetwork(args);
    const closed = args.has("allowedCidrs") && !args.pending("allowedCidrs") && args.texts("allowedCidrs").length === 0;
    if (closed && !args.has("allowedSubnetIds")) {
        args.refuse(
            "allowedCidrs",
            "is empty, so that nobody could reach the account. Give ranges, `allowedSubnetIds`, or leave it out.",
        );
    }
    if (args.flag("deletionProtection") === false && args.has("lockName")) {
        args.refuse("lockName", "has no effect, because `deletionProtection` is false. Leave one of the two out.");
    }
}

/** `encryption`, `key` */
function checkKey(args: Args): void {
    if (args.text("encryption") === AzureBucketEncryption.Microsoft && args.has("key")) {
        args.refuse(
            "key",
            "is given, but `encryption` is microsoft, which uses no key of yours. Leave one of the two out.",
        );
    }
    const key = args.section("key");
    if (key === undefined) {
        return;
    }
    key.check("id", wrongKeyId);
    key.check("vaultName", (name) =>
        name.includes("/")
            ? `is an id or a URI ${given(name)}. Give the name of a new vault alone, or a key that is there already as \`key.id\`.`
            : wrongVaultName(name),
    );
    key.check("keyName", wrongKeyName);
    key.check("encryptionIdentityName", wrongIdentityName);
    if (key.number("rotationDays") !== 0) {
        checkNumber(key, "rotationDays", 7);
    }
    const others = key.givenOf("vaultName", "recover", "keyName", "protection", "rotationDays");
    if (key.has("id") && others.length > 0) {
        key.refuse(
            "id",
            `names a key that is there already, but ${codes(others.map((name) => `key.${name}`))} would belong to one that is made. Leave out the one or the other.`,
        );
    } else if (key.flag("recover") === true && !key.has("vaultName")) {
        key.refuse(
            "recover",
            "is true, but the vault has a new name each time. Name the one to bring back as `key.vaultName`.",
        );
    }
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations */
const MostTags = 50;

/** `tags` */
function checkOwnTags(args: Args): void {
    const tags = args.texts("tags");
    if (tags.length > MostTags) {
        args.refuse("tags", `has ${tags.length} entries, but Azure takes at most ${MostTags}. Leave some out.`);
    }
    for (const tag of tags) {
        args.checkEntry({ path: tag.path, value: tag.key }, wrongTagKey);
        args.checkEntry(tag, wrongTag);
    }
}
