/** What Azure Storage does not take of an account. */
import type { Row } from "../../inventory";
import type { RefuseContext } from "../../model";
import { isMap, sameValue, textOf, valuesAt, type PropertyMap } from "../../values";
import { armError } from "../errors";
import { groupIdIn, identityOf, lastName, rowById, subscriptionIn } from "../ids";
import { zonesOf } from "../locations";
import { refusedKey } from "./account-key";
import { identityType } from "../managedidentity/identity";
import { identitiesOf } from "./identities";
import { refusedNetworkRules } from "./network-rules";
import { accountIdOf, accountType, invalidValue } from "./shared";

/** https://learn.microsoft.com/en-us/azure/storage/common/scalability-targets-resource-provider: in a region, of one subscription */
const MostAccounts = 250;

export function refusedStorageAccount(
    inputs: PropertyMap,
    context: RefuseContext & { readonly location: string },
): string | undefined {
    return (
        refusedName(inputs, context) ??
        refusedKind(inputs, context) ??
        refusedPlace(inputs, context) ??
        refusedChange(inputs, context) ??
        refusedNetworkRules(inputs, context.inventory) ??
        refusedIdentities(inputs, context) ??
        refusedKey(inputs, context)
    );
}

function refusedName(inputs: PropertyMap, context: RefuseContext & { readonly location: string }): string | undefined {
    const { inventory, previous, location, config } = context;
    if (previous !== undefined) {
        return undefined;
    }
    const accounts = inventory.rows(accountType);
    const name = textOf(inputs["accountName"]);
    const isSame = (row: Row) => lastName(row.id) === name;
    if (accounts.some((row) => isSame(row) && row.id !== accountIdOf(inputs, context))) {
        return armError(409, "StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`);
    }
    const { subscriptionId } = identityOf(config);
    const there = accounts.filter(
        ({ id, outputs }) => subscriptionIn(id) === subscriptionId && outputs["location"] === location,
    );
    return there.length >= MostAccounts
        ? armError(
              409,
              "MaxStorageAccountsCountPerSubscriptionExceeded",
              `Subscription ${subscriptionId} already contains ${there.length} storage accounts in location ${location} and the maximum allowed is ${MostAccounts}.`,
          )
        : undefined;
}

function skuOf({ sku }: PropertyMap): string {
    return isMap(sku) ? textOf(sku["name"]) : "";
}

/** https://learn.microsoft.com/en-us/azure/storage/common/storage-account-overview#types-of-storage-accounts */
function refusedKind(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const { kind, accessTier, minimumTlsVersion } = inputs;
    const isPremium = /^Premium/.test(skuOf(inputs));
    const onlyPremium = kind === "BlockBlobStorage" || kind === "FileStorage";
    if ((onlyPremium && !isPremium && kind === "BlockBlobStorage") || (kind === "BlobStorage" && isPremium)) {
        return armError(
            400,
            "InvalidValue",
            `The sku ${skuOf(inputs)} is not valid for an account of kind ${textOf(kind)}.`,
        );
    }
    if (kind === "BlobStorage" && accessTier === undefined) {
        return armError(400, "AccessTierRequired", "Access tier is required for an account of kind BlobStorage.");
    }
    if ((accessTier === "Premium") !== onlyPremium && accessTier !== undefined) {
        return invalidValue("properties.accessTier");
    }
    if (minimumTlsVersion === "TLS1_3") {
        return invalidValue("properties.minimumTlsVersion");
    }
    // https://learn.microsoft.com/en-us/azure/storage/common/storage-account-upgrade
    return previous !== undefined && previous["kind"] !== kind && (kind !== "StorageV2" || onlyPremiumKind(previous))
        ? cannotUpdate("kind")
        : undefined;
}

function onlyPremiumKind({ kind }: PropertyMap): boolean {
    return kind === "BlockBlobStorage" || kind === "FileStorage";
}

function isZonal(sku: string): boolean {
    return /ZRS$/.test(sku);
}

/** https://learn.microsoft.com/en-us/azure/storage/common/redundancy-migration: zones come and go by a conversion only */
function refusedPlace(inputs: PropertyMap, { previous, location }: RefuseContext & { readonly location: string }) {
    const sku = skuOf(inputs);
    if (isZonal(sku) && zonesOf(location).length === 0) {
        return armError(
            400,
            "RedundancyConfigurationNotAvailableInRegion",
            `The redundancy configuration '${sku}' is not available in region '${location}'.`,
        );
    }
    const before = previous && skuOf(previous);
    if (before === undefined || before === sku) {
        return undefined;
    }
    return isZonal(before) === isZonal(sku) && before.split("_")[0] === sku.split("_")[0]
        ? undefined
        : cannotUpdate("sku.name");
}

/** What is decided when an account is made. What a request does not say stays as it is. */
const decidedOnce = [
    "dnsEndpointType",
    "enableNfsV3",
    "encryption.requireInfrastructureEncryption",
    "encryption.services.queue.keyType",
    "encryption.services.table.keyType",
];
const defaults: PropertyMap = {
    dnsEndpointType: "Standard",
    "encryption.services.queue.keyType": "Service",
    "encryption.services.table.keyType": "Service",
};

function refusedChange(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const changed = decidedOnce.find((path) => {
        const [now] = valuesAt(inputs, path);
        const [before = defaults[path] ?? false] = valuesAt(previous ?? {}, path);
        return previous !== undefined && now !== undefined && !sameValue(now, before);
    });
    return changed === undefined ? undefined : cannotUpdate(changed);
}

function cannotUpdate(property: string): string {
    return armError(
        409,
        "AccountPropertyCannotBeUpdated",
        `The property '${property}' was specified in the input, but it cannot be updated.`,
    );
}

function refusedIdentities(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { identity } = inputs;
    const ids = identitiesOf(inputs);
    const isUserAssigned = isMap(identity) && textOf(identity["type"]).split(",").includes("UserAssigned");
    if (isMap(identity) && isUserAssigned !== ids.length > 0) {
        return armError(
            400,
            "InvalidIdentityValues",
            "The identity type does not fit the user-assigned identities given.",
        );
    }
    const missing = ids.find((id) => rowById(context.inventory, identityType, id) === undefined);
    return missing === undefined
        ? undefined
        : armError(
              400,
              "FailedIdentityOperation",
              `Identity operation for resource '${accountIdOf(inputs, context)}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: Resource '${missing}' was not found in '${groupIdIn(missing)}'.'`,
          );
}
