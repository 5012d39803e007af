/** What a customer of Google Cloud has before W&B comes: planted in the simulated one, as its APIs would tell it. */
import { apiId, apiRow } from "../../sandbox/clouds/gcp/apis";
import { accountType, agentRow, storageAgent } from "../../sandbox/clouds/gcp/iam-principals";
import { cryptoKeyMemberType, cryptoKeyType, keyRingType } from "../../sandbox/clouds/gcp/kms";
import { projectType } from "../../sandbox/clouds/gcp/project";
import { bucketType, objectType } from "../../sandbox/clouds/gcp/storage";
import type { Inventory } from "../../sandbox/clouds/inventory";

/** The project of the READMEs. */
export const project = { projectId: "example-project", number: "210987654321" };
/** The region of the READMEs. */
export const region = "europe-west4";

export type GivenProject = typeof project;

/** @param services names of APIs that are on besides those of a new project, without `.googleapis.com` */
export async function plantProject(
    inventory: Inventory,
    given: GivenProject = project,
    services: readonly string[] = [],
): Promise<void> {
    const { projectId, number } = given;
    await inventory.plant({
        type: projectType,
        id: `projects/${projectId}`,
        inputs: { projectId, name: projectId },
        outputs: { projectId, number },
    });
    for (const service of services) {
        await inventory.plant(apiRow(apiId(projectId, `${service}.googleapis.com`), "ENABLED"));
    }
}

/** The account with which Cloud Storage works in the project. Gives the member that names it. */
export async function plantStorageAgent(inventory: Inventory, given: GivenProject = project): Promise<string> {
    const email = storageAgent(given);
    await inventory.plant(agentRow(email, given));
    return `serviceAccount:${email}`;
}

/** A service account of the project. Gives the member that names it. */
export async function plantServiceAccount(
    inventory: Inventory,
    accountId: string,
    { projectId }: GivenProject = project,
): Promise<string> {
    const email = `${accountId}@${projectId}.iam.gserviceaccount.com`;
    const id = `projects/${projectId}/serviceAccounts/${email}`;
    const member = `serviceAccount:${email}`;
    await inventory.plant({
        type: accountType,
        id,
        inputs: { accountId, project: projectId },
        outputs: { accountId, email, member, name: id, project: projectId, uniqueId: "100000000000000000001" },
    });
    return member;
}

/**
 * A key in a ring of its own, and who may encrypt and decrypt with it. Gives its id.
 *
 * @param name of the ring and the key
 */
export async function plantKey(
    inventory: Inventory,
    location: string,
    members: readonly string[] = [],
    { projectId }: GivenProject = project,
    name = "given",
): Promise<string> {
    const ring = `projects/${projectId}/locations/${location}/keyRings/${name}`;
    const id = `${ring}/cryptoKeys/${name}`;
    const ringInputs = { location, name, project: projectId };
    await inventory.plant({ type: keyRingType, id: ring, inputs: ringInputs, outputs: ringInputs });
    const inputs = { keyRing: ring, name, purpose: "ENCRYPT_DECRYPT" };
    const primaries = [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }];
    const versionTemplate = { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" };
    await inventory.plant({ type: cryptoKeyType, id, inputs, outputs: { ...inputs, primaries, versionTemplate } });
    const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
    for (const member of members) {
        const binding = { cryptoKeyId: id, member, role };
        await inventory.plant({
            type: cryptoKeyMemberType,
            id: `${id}/${role}/${member}`,
            inputs: binding,
            outputs: binding,
        });
    }
    return id;
}

/** A bucket of the project, as the console makes it. */
export async function plantBucket(
    inventory: Inventory,
    name: string,
    { projectId, number }: GivenProject = project,
): Promise<void> {
    const inputs = { name, location: region.toUpperCase(), project: projectId, storageClass: "STANDARD" };
    await inventory.plant({
        type: bucketType,
        id: name,
        inputs: { ...inputs, publicAccessPrevention: "enforced", uniformBucketLevelAccess: true },
        outputs: {
            ...inputs,
            projectNumber: Number(number),
            publicAccessPrevention: "enforced",
            uniformBucketLevelAccess: true,
            url: `gs://${name}`,
        },
    });
}

export async function plantObject(inventory: Inventory, bucket: string, name: string): Promise<void> {
    await inventory.plant({ type: objectType, id: `${bucket}/${name}`, inputs: { bucket, name }, outputs: {} });
}
