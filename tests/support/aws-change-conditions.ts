/** Sentences of the arguments of `aws` about changes that no row of docs/aws-changes.md answers. */
import type { ChangeRow } from "../../docs/aws-change-rows";

/** A sentence that depends on what the change is, with changes of that kind. */
export interface Condition {
    readonly argument: string;
    readonly says: string;
    /** The argument that is changed, when it is another one. */
    readonly changed?: string;
    readonly from: unknown;
    readonly to: unknown;
    readonly given?: ChangeRow["given"];
    /** What is replaced, or the beginning of what AWS answers. */
    readonly then: { readonly replaces: readonly string[] } | { readonly refused: RegExp };
}

const inPlace = { replaces: [] };
export const Conditions: readonly Condition[] = [
    {
        argument: "aws.network.zones",
        says: "another one in the place of an old one is refused",
        from: ["us-east-1a", "us-east-1b"],
        to: ["us-east-1a", "us-east-1d"],
        then: { refused: /exact set of AZs/ },
    },
    {
        argument: "aws.key.performanceInsightsKeyArn",
        says: "AWS refuses a change as long as Performance Insights are on",
        from: undefined,
        to: "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789013",
        then: { refused: /cannot change your Performance Insights KMS key/ },
    },
    {
        argument: "aws.cluster.version",
        says: "A higher one upgrades control plane, add-ons and nodes in place",
        from: "1.34",
        to: "1.35",
        then: inPlace,
    },
    {
        argument: "aws.cluster.version",
        says: "one minor at a time",
        from: "1.34",
        to: "1.36",
        then: { refused: /Unsupported Kubernetes minor version update from 1.34 to 1.36/ },
    },
    {
        argument: "aws.cluster.version",
        says: "a lower one is refused by EKS",
        from: "1.35",
        to: "1.34",
        then: { refused: /Unsupported Kubernetes minor version update from 1.35 to 1.34/ },
    },
    {
        argument: "aws.cluster.nodes.minPerZone",
        says: "EKS refuses to raise it above the number that runs",
        from: 1,
        to: 2,
        then: { refused: /can't be greater than desired size/ },
    },
    {
        argument: "aws.database.engineVersion",
        says: "A higher one upgrades in place with a restart",
        from: "8.0.mysql_aurora.3.08.0",
        to: "8.0.mysql_aurora.3.10.4",
        then: inPlace,
    },
    {
        argument: "aws.database.engineVersion",
        says: "to 8.4 as well, where both parameter groups follow",
        from: "8.0.mysql_aurora.3.10.4",
        to: "8.4.mysql_aurora.8.4.7",
        then: { replaces: ["database-cluster-parameters", "database-instance-parameters"] },
    },
    {
        argument: "aws.database.engineVersion",
        says: "a lower one is refused by AWS",
        from: "8.0.mysql_aurora.3.10.4",
        to: "8.0.mysql_aurora.3.08.0",
        then: { refused: /Cannot upgrade aurora-mysql/ },
    },
    {
        argument: "aws.database.snapshotIdentifier",
        says: "Leaving it out later keeps the database",
        from: "before-upgrade",
        to: undefined,
        // The random end of the name that its last snapshot will have.
        then: { replaces: ["database-final-snapshot"] },
    },
    {
        argument: "aws.cache.engine",
        says: "From redis to valkey is an upgrade in place",
        from: "redis",
        to: "valkey",
        then: inPlace,
    },
    {
        argument: "aws.cache.engine",
        says: "back replaces the cache",
        from: "valkey",
        to: "redis",
        then: { replaces: ["cache"] },
    },
    {
        argument: "aws.cache.engineVersion",
        says: "A higher one upgrades in place",
        from: "7.0",
        to: "7.1",
        then: inPlace,
    },
    {
        argument: "aws.cache.engineVersion",
        says: "a lower one replaces the cache",
        from: "7.1",
        to: "7.0",
        then: { replaces: ["cache"] },
    },
    {
        argument: "aws.cache.keepPreviousAuthToken",
        changed: "aws.cache.authTokenRotation",
        says: "AWS refuses a new token while it is false",
        from: "2026-11",
        to: "2026-12",
        given: { "aws.cache.keepPreviousAuthToken": false },
        then: { refused: /allowed only after ROTATE/ },
    },
];

/** Sentences about replacing or refusing that tell of something else than a change of their argument. */
export const Asides: readonly (readonly [argument: string, says: string])[] = [
    ["aws.key.arn", "what shapes one is refused"],
    ["aws.cluster.extendedSupport", "a downgrade, which EKS refuses"],
    ["aws.cluster.accessEntries.*.principalArn", "EKS refuses a second one"],
    ["aws.cluster.accessEntries.*.username", "the same beginnings are refused"],
    ["aws.cluster.nodes.groupNames", "Whatever else replaces node groups"],
    ["aws.database.identifier", "a replacement fails until the old database is gone"],
    ["aws.database.username", "must be that of the snapshot, or the next run replaces the database"],
    ["aws.database.finalSnapshot", "when the database is deleted or replaced"],
    ["aws.database.finalSnapshotIdentifier", "can be neither deleted nor replaced"],
    ["aws.database.finalSnapshotIdentifier", "another one after each replacement"],
    ["aws.cache.replicas", "a failing primary is replaced by itself"],
    ["aws.identity.teamBucketAccounts", "refused otherwise"],
    ["aws.loadBalancer.webAclArn", "leaves the ACL in place"],
    ["tags", "keeps for itself are refused"],
];
