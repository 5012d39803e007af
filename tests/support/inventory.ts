/** Every object of the cluster, so that a test sees what a deployment leaves behind, wherever it lies. */
import { waitFor } from "../../sandbox/processes";
import type { KubeClient, KubeObject } from "../../sandbox/operator/controller/kube";

/** Kinds that the cluster makes, renews and drops by itself. */
const Fleeting = new Set(["events", "leases", "endpoints", "endpointslices", "nodes", "componentstatuses"]);

interface Discovered {
    readonly resources: { readonly name: string; readonly verbs: readonly string[] }[];
}

/** `resource namespace/name` (or `resource name`) of every object, sorted. */
export async function inventory(client: KubeClient): Promise<string[]> {
    const groups = (await client.get("/apis")).groups as { preferredVersion: { groupVersion: string } }[];
    const roots = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
    const found: string[] = [];
    for (const root of roots) {
        const { resources } = (await client.get(root)) as unknown as Discovered;
        for (const { name } of resources.filter(({ name, verbs }) => verbs.includes("list") && !Fleeting.has(name))) {
            found.push(...(await client.list(`${root}/${name}`)).map((object) => `${name} ${nameOf(object)}`));
        }
    }
    return [...new Set(found)].sort();
}

/** Volumes have random names: what they are for says more. */
function nameOf({ metadata, spec }: KubeObject): string {
    const claim = spec?.claimRef as { namespace: string; name: string } | undefined;
    if (claim !== undefined) {
        return `of ${claim.namespace}/${claim.name}`;
    }
    return metadata?.namespace ? `${metadata.namespace}/${metadata.name}` : (metadata?.name ?? "");
}

/** Waits until nothing is there that was not there before, apart from `expected`, and gives what of `expected` is there. */
export async function leftovers(
    client: KubeClient,
    before: readonly string[],
    expected: readonly string[],
): Promise<string[]> {
    let added: string[] = [];
    let surplus: string[] = [];
    const isClean = async () => {
        added = (await inventory(client)).filter((object) => !before.includes(object));
        surplus = added.filter((object) => !expected.includes(object));
        return surplus.length === 0;
    };
    await waitFor("the cluster to be as before", isClean, { timeoutMs: 30_000 }).catch((error: unknown) => {
        throw new Error(`still there: ${surplus.join(", ")}`, { cause: error });
    });
    return added;
}
