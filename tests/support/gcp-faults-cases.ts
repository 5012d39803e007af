/** What tests of faults on the simulated Google Cloud share. */
import { gcp } from "../../sandbox/clouds/gcp";
import { connectionsOf, producerRow, producerType } from "../../sandbox/clouds/gcp/compute/producers";
import { networkType } from "../../sandbox/clouds/gcp/compute/shared";
import { agentRow } from "../../sandbox/clouds/gcp/iam-principals";
import { cryptoKeyMemberType } from "../../sandbox/clouds/gcp/kms";
import type { Inventory } from "../../sandbox/clouds/inventory";
import type { ResourceModel } from "../../sandbox/clouds/model";
import { random } from "../../sandbox/clouds/random";
import { project } from "./gcp-account";
import { NeverUpdated } from "./gcp-faults-sets";

/** Whether the provider replaces it whatever changes; how it is deleted is no change of the thing. */
function isAlwaysReplaced({ inputs, replaceOn = [] }: ResourceModel): boolean {
    return Object.keys(inputs).every((input) => replaceOn.includes(input) || input === "deletionPolicy");
}

/** Types that the provider replaces whatever changes, by the tables of the models. */
export const AlwaysReplaced: readonly string[] = [...gcp.resources, ...random.resources]
    .filter(isAlwaysReplaced)
    .map(({ token }) => token);

/** Of these types, those that some argument changes in place. */
export function changeable(types: readonly string[]): string[] {
    return types.filter((type) => !AlwaysReplaced.includes(type) && !(type in NeverUpdated));
}

/** What Cloud SQL still holds in the network of the deployment when its database is deleted. */
export async function plantProducer(inventory: Inventory): Promise<void> {
    const [{ id }] = networksOf(inventory);
    await inventory.change((change) => change.add(producerRow(id, "deleted-database")));
}

/** Four days later. */
export async function removeProducers(inventory: Inventory): Promise<void> {
    await inventory.change((change) =>
        change.view.rows(producerType).forEach(({ type, id }) => change.remove(type, id)),
    );
}

/** `gcloud compute networks peerings delete servicenetworking-googleapis-com`, for the network of the deployment. */
export async function deletePeering(inventory: Inventory): Promise<void> {
    const [{ id: network }] = networksOf(inventory);
    await inventory.change((change) => {
        connectionsOf(network, change.view).forEach(({ type, id }) => change.remove(type, id));
    });
}

/** Those that the deployment has made. */
function networksOf(inventory: Inventory) {
    return inventory.rows().filter(({ type, urn }) => type === networkType && urn !== undefined);
}

const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

const memberOf = (domain: string) => `service-${project.number}@${domain}.iam.gserviceaccount.com`;

/**
 * What the owner of a key does who is told of `gcp.kmsKeyGrants`: makes the service agents that are not there yet, and lets them use the key.
 *
 * @param domains of the agents
 */
export async function grantKey(inventory: Inventory, key: string, domains: readonly string[]): Promise<void> {
    await inventory.change((change) => {
        for (const email of domains.map(memberOf)) {
            const agent = agentRow(email, project);
            if (change.get(agent.type, agent.id) === undefined) {
                change.add(agent);
            }
            const binding = { cryptoKeyId: key, member: `serviceAccount:${email}`, role };
            const id = `${key}/${role}/${binding.member}`;
            change.add({ type: cryptoKeyMemberType, id, state: "active", inputs: binding, outputs: binding });
        }
    });
}

/** The owner takes these grants back. */
export async function withdrawKey(inventory: Inventory, key: string): Promise<void> {
    await inventory.change((change) => {
        change.view
            .rows(cryptoKeyMemberType)
            .filter(({ inputs }) => inputs["cryptoKeyId"] === key)
            .forEach(({ type, id }) => change.remove(type, id));
    });
}
