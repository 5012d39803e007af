/** Whether a service may encrypt with a key of Cloud KMS: the key is there and works, and the service's agent may use it. */
import type { InventoryView } from "../model";
import { hasRole } from "./iam";
import { cryptoKeyMemberType, cryptoKeyPath, keyNamed, primaryOf } from "./kms";

/** Each of the two may come by itself or with the other. */
const both = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
const neededRoles = [
    [both, "roles/cloudkms.cryptoKeyEncrypter"],
    [both, "roles/cloudkms.cryptoKeyDecrypter"],
];

/** Why not; absent when it may. `denied` also for a key that is not there, since nobody tells which it is. */
export function unusableKey(
    name: string,
    agentEmail: string,
    inventory: InventoryView,
): "malformed" | "denied" | "disabled" | undefined {
    const path = cryptoKeyPath(name);
    if (path === undefined) {
        return "malformed";
    }
    const target = { members: cryptoKeyMemberType, target: name, projectId: path.projectId };
    const granted = neededRoles.every((roles) => hasRole(`serviceAccount:${agentEmail}`, roles, target, inventory));
    const key = keyNamed(name, inventory);
    if (key === undefined || !granted) {
        return "denied";
    }
    return primaryOf(key)?.state === "ENABLED" ? undefined : "disabled";
}
