/** Sentences of the arguments of `gcp` about changes that no row of docs/gcp-changes.md answers. */
import { type Aside, type Condition, inPlace } from "./change-conditions";

const plan = {
    "gcp.network.subnetCidrs": { nodes: "10.1.0.0/20", pods: "10.2.0.0/16", services: "10.3.0.0/20" },
};
const ownKey = {
    "gcp.key.id": "projects/example-project/locations/europe-west4/keyRings/own/cryptoKeys/all",
};
const fixedDisk = { "gcp.database.diskGrowth": false };
const zone = (letter: string) => `europe-west4-${letter}`;

export const GcpConditions: readonly Condition[] = [
    {
        argument: "gcp.network.subnetCidrs.nodes",
        says: "It can grow in place; anything else replaces the subnet",
        from: "10.1.0.0/20",
        to: "10.6.0.0/20",
        given: plan,
        then: { among: ["cluster", "subnet"] },
    },
    {
        argument: "gcp.network.subnetCidrs.nodes",
        says: "It can grow in place",
        from: "10.1.0.0/20",
        to: "10.1.0.0/19",
        given: plan,
        then: inPlace,
    },
    {
        argument: "gcp.key.grantAccess",
        says: "True later makes the grants; false takes them away, which deletion protection refuses",
        from: true,
        to: undefined,
        given: ownKey,
        then: { guarded: ["key-compute", "key-container", "key-redis", "key-sqladmin", "key-storage"] },
    },
    {
        argument: "gcp.cluster.minVersion",
        says: "A higher one upgrades it in place",
        from: "1.34",
        to: "1.35",
        then: inPlace,
    },
    {
        argument: "gcp.cluster.minVersion",
        says: "one minor at a time",
        from: "1.34",
        to: "1.36",
        then: { refused: /one minor|more than one|minor version/ },
    },
    {
        argument: "gcp.cluster.networkPolicy",
        says: "any other is made in place",
        from: "calico",
        to: "none",
        then: inPlace,
    },
    {
        argument: "gcp.database.engineVersion",
        says: "A higher one upgrades in place with a restart",
        from: "MYSQL_8_0_40",
        to: "MYSQL_8_4",
        then: inPlace,
    },
    {
        argument: "gcp.database.engineVersion",
        says: "to 8.4 from 8.0.37 on",
        from: "MYSQL_8_0_36",
        to: "MYSQL_8_4",
        then: { refused: /8_0_37|8\.0\.37/ },
    },
    {
        argument: "gcp.database.engineVersion",
        says: "a lower one is refused by Google",
        from: "MYSQL_8_4",
        to: "MYSQL_8_0_40",
        then: { refused: /Downgrade from MYSQL_8_4/ },
    },
    {
        argument: "gcp.database.diskSizeGb",
        says: "With `diskGrowth` it acts at creation only",
        from: 200,
        to: 100,
        then: inPlace,
    },
    {
        argument: "gcp.database.diskSizeGb",
        says: "a smaller one replaces the database",
        from: 200,
        to: 100,
        given: fixedDisk,
        then: { among: ["database"] },
    },
    {
        argument: "gcp.cache.engineVersion",
        says: "A higher one upgrades in place",
        from: "REDIS_7_0",
        to: "REDIS_7_2",
        then: inPlace,
    },
    {
        argument: "gcp.cache.engineVersion",
        says: "a lower one replaces the cache",
        from: "REDIS_7_2",
        to: "REDIS_7_0",
        then: { replaces: ["cache", "redis"] },
    },
    {
        argument: "gcp.bigtable.zones",
        says: "A zone that another takes the place of replaces the instance with all data",
        from: [zone("a")],
        to: [zone("b")],
        given: { "gcp.bigtable": {} },
        then: { among: ["bigtable"] },
    },
    {
        argument: "gcp.bigtable.clusterNames",
        says: "Bigtable refuses to rename one",
        from: ["history"],
        to: ["other-history"],
        given: { "gcp.bigtable": {} },
        then: { refused: /Only one cluster per zone is allowed/ },
    },
];

/** Sentences about replacing or refusing that tell of something else than a change of their argument. */
export const GcpAsides: readonly Aside[] = [
    ["gcp.key.id", "what shapes one is refused"],
    ["gcp.cluster.nodes.name", "Whatever else replaces it needs another name"],
    ["gcp.cluster.nodes.name", "Default: made anew for each"],
    ["gcp.cluster.nodePools.*.name", "Whatever else replaces it needs another name"],
    ["gcp.cluster.nodePools.*.name", "Default: made anew for each"],
    ["gcp.database.identifier", "with a name a replacement needs another one"],
    ["gcp.database.checkCertificate", "clients that compare names refuse it"],
    ["gcp.database.finalBackup", "when the database is deleted or replaced"],
    ["gcp.identity.roles", "Owner and editor are refused"],
    ["tags", "keeps for itself are refused"],
];
