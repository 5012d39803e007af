/** Whether a service may use a customer's key for what lies in a region. */
import type { RefuseContext } from "../model";
import { hasRole } from "./iam";
import { cryptoKeyMemberType, cryptoKeyPath, keyNamed, primaryOf } from "./kms";

const both = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
/** Each of the two may come by itself or with the other. */
const neededRoles = [
    [both, "roles/cloudkms.cryptoKeyEncrypter"],
    [both, "roles/cloudkms.cryptoKeyDecrypter"],
];

/** What is wrong with a key. */
export type KeyProblem = "malformed" | "elsewhere" | "missing" | "denied" | "disabled";

/** Its form, its place, its grant to the service's agent, and a version that works; absent when all is well. */
export function keyProblem(
    key: string,
    region: string,
    agent: string,
    { inventory }: Pick<RefuseContext, "inventory">,
): KeyProblem | undefined {
    const path = cryptoKeyPath(key);
    if (path === undefined) {
        return "malformed";
    }
    if (path.location !== region) {
        return "elsewhere";
    }
    const row = keyNamed(key, inventory);
    if (row === undefined) {
        return "missing";
    }
    const target = { members: cryptoKeyMemberType, target: key, projectId: path.projectId };
    if (!neededRoles.every((roles) => hasRole(`serviceAccount:${agent}`, roles, target, inventory))) {
        return "denied";
    }
    return primaryOf(row)?.state === "ENABLED" ? undefined : "disabled";
}
