/** What Google keeps of a deployment that is gone (docs/gcp.md, "What stays"). */
import assert from "node:assert/strict";

/** Of what the deployment has made; what was there before need not be told. */
export interface WhatStays {
    readonly projectId: string;
    /** APIs that it turned on, without `.googleapis.com`. */
    readonly apis: readonly string[];
    /** Domains of the agents of services that it let use a key, or be used. */
    readonly agents: readonly string[];
    /** It made a key of its own. */
    readonly key: boolean;
    /** It made the first cluster with Workload Identity of the project. */
    readonly pool: boolean;
}

/** Of a deployment that makes everything. */
export const everything: Omit<WhatStays, "projectId"> = {
    apis: [
        "cloudkms",
        "cloudresourcemanager",
        "compute",
        "container",
        "dns",
        "iam",
        "iamcredentials",
        "redis",
        "secretmanager",
        "servicenetworking",
        "sqladmin",
        "storage",
    ],
    agents: ["cloud-redis", "compute-system", "container-engine-robot", "gcp-sa-cloud-sql", "gs-project-accounts"],
    key: true,
    pool: true,
};

/** Of one that gets network, cluster, key and bucket. */
export const storesOnly: Omit<WhatStays, "projectId"> = {
    apis: ["iam", "iamcredentials", "redis", "sqladmin"],
    agents: ["cloud-redis", "gcp-sa-cloud-sql"],
    key: false,
    pool: false,
};

function expected({ projectId, apis, agents, key, pool }: WhatStays): string[] {
    const ring = `projects/${projectId}/locations/europe-west4/keyRings/wandb-key-ring-#`;
    return [
        ...(key ? [`CryptoKey ${ring}/cryptoKeys/wandb-key-#`, `KeyRing ${ring}`] : []),
        ...(pool ? [`iam/workloadIdentityPool ${projectId}.svc.id.goog`] : []),
        ...agents.map((domain) => `serviceAgent service-#@${domain}.iam.gserviceaccount.com`),
        ...apis.map((api) => `serviceusage/api ${projectId}/${api}.googleapis.com`),
        // The name, for a week.
        `sql/takenName ${projectId}/wandb-database-#`,
    ];
}

/** Without numbers of projects and what Pulumi draws for names. */
function plain(thing: string): string {
    return thing.replace(/-[0-9a-f]{7}\b/g, "-#").replace(/service-\d+@/, "service-#@");
}

/** What was planted is there, and beside it what Google keeps, and nothing else. */
export function assertStays(left: readonly string[], planted: readonly string[], stays: WhatStays): void {
    assert.deepEqual(
        planted.filter((thing) => !left.includes(thing)),
        [],
        "what was there is gone",
    );
    const added = left.filter((thing) => !planted.includes(thing)).map(plain);
    const kept = expected(stays).filter((thing) => !planted.includes(thing));
    assert.deepEqual(added.sort(), kept.sort());
}
