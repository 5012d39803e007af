import { given } from "../validation/wording";
import type { CheckInput, Fault } from "./check";
import { globalVariable, isSet } from "./connections";
import { type Store, storeOfKind } from "./stores";
import type { View } from "./view";

/** Rules for Azure Blob Storage. */

const IdentityMark = "azure.workload.identity/";

/** Whether any component is set up for Azure workload identity, or may be. */
function mayUseIdentity(values: View, { place }: Store): boolean {
    const places = values.members.flatMap(([, component]) => [
        component.at("serviceAccount", "annotations"),
        component.at("serviceAccount", "labels"),
        component.at("podLabels"),
        component.at("pod", "labels"),
    ]);
    // Newer charts name the identity beside the bucket.
    const named = [place.at("azureClientId"), values.at("global", "azureStorageIdentity", "clientId")];
    return (
        named.some((client) => client.filled) ||
        places.some((map) => map.unknown || map.members.some(([key]) => key.startsWith(IdentityMark)))
    );
}

/** Whether no place gives the key of an Azure storage account. */
function withoutAzureKey({ values }: CheckInput, store: Store): boolean {
    const places = [store.place.at("accessKey"), store.secretName, ...globalVariable(values, "AZURE_STORAGE_KEY")];
    return places.every((place) => place.empty) && !mayUseIdentity(values, store);
}

/** No key of the storage account. */
export function* noAzureKey(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "az");
    // With `secretKey` the key is only misplaced, which bucket.az-secretkey says.
    if (store !== undefined && store.place.at("secretKey").empty && withoutAzureKey(input, store)) {
        yield {
            path: store.place.at("accessKey").path,
            message: "is missing, and neither a Secret nor workload identity gives access to the storage account",
            remedy: "Set `global.bucket.secret.secretName` and `accessKeyName` of a Secret with the account's key, or annotate the service accounts with azure.workload.identity/client-id.",
        };
    }
}

/** The key of the storage account, in a place that nothing reads for Azure. */
export function* misplacedAzureKey(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "az");
    const key = store?.place.at("secretKey");
    if (store !== undefined && key !== undefined && isSet(key)) {
        const lost = withoutAzureKey(input, store);
        yield {
            path: key.path,
            message: lost
                ? "is read by nothing for provider az, so W&B has no key of the storage account"
                : "is read by nothing for provider az",
            remedy: lost
                ? "Move it to `accessKey`, or better into a Secret named by `global.bucket.secret.secretName` and `accessKeyName`."
                : "Remove it.",
            level: lost ? "error" : "warning",
        };
    }
}

/** No container behind the storage account. */
export function* noContainer(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "az");
    const name = store?.place.at("name").scalar;
    const path = store?.place.at("path");
    if (path?.empty === true && name !== undefined && !/^[^/]+\/+[^/]/.test(name)) {
        yield {
            path: path.path,
            message: `is missing, but the URL needs a container behind the storage account ${given(name)}`,
            remedy: "Set `path` to the container, or container/prefix.",
        };
    }
}
