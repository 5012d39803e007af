import type { Policies } from "@pulumi/policy";
import type { Resource } from "../../resource";
import { resourcePolicy } from "../../rule";
import { isOff, state } from "../settings";

const GroupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const SingleType = "aws:elasticache/cluster:Cluster";

/** A node by itself, which can encrypt nothing; other members follow their group. */
function isLonelyNode({ type, properties }: Resource): boolean {
    const engine = properties.at("engine").text;
    return (
        type === SingleType && properties.at("replicationGroupId").empty && (engine === "redis" || engine === "valkey")
    );
}

const withoutTls = resourcePolicy(
    {
        name: "wandb-aws-cache-without-tls",
        description:
            "W&B keeps sessions and queues in its cache. Without encryption in transit they, and the cache's password, travel in clear.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set transitEncryptionEnabled to true, with transitEncryptionMode required, on a replication group.",
    },
    [GroupType, SingleType],
    function* (resource) {
        const { properties } = resource;
        const [enabled, mode] = [properties.at("transitEncryptionEnabled"), properties.at("transitEncryptionMode")];
        if (isLonelyNode(resource)) {
            yield {
                resource,
                path: properties.at("engine").path,
                message: `is ${properties.at("engine").text} on a node by itself, which cannot encrypt what travels`,
                remedy: "Make a ReplicationGroup with transitEncryptionEnabled, with one node or more.",
            };
        } else if (resource.type === GroupType && isFirst(resource) && isOff(enabled)) {
            yield {
                resource,
                path: enabled.path,
                message: `${state(enabled)}, so data and password travel in clear`,
                remedy: "Set it to true, and tls to true in global.redis.params of W&B.",
            };
        } else if (resource.type === GroupType && mode.text === "preferred") {
            yield {
                resource,
                path: mode.path,
                message: "is preferred, so the cache still answers without encryption",
                remedy: "Set it to required once all clients use TLS.",
            };
        }
    },
);

/** Not a member of a global datastore, which has these settings from the first one. */
function isFirst({ properties }: Resource): boolean {
    return properties.at("globalReplicationGroupId").empty;
}

const unencrypted = resourcePolicy(
    {
        name: "wandb-aws-cache-unencrypted",
        description:
            "Snapshots and swap of the cache hold W&B's sessions and queues. ElastiCache leaves them in clear for Redis OSS unless told otherwise.",
        level: "mandatory",
        severity: "high",
        remedy: "Set atRestEncryptionEnabled to true on a replication group.",
    },
    [GroupType],
    function* (resource) {
        const { properties } = resource;
        const enabled = properties.at("atRestEncryptionEnabled");
        const [engine, snapshots] = [properties.at("engine"), properties.at("snapshotName")];
        // For Valkey the default is on.
        const unsaid = enabled.absent && (engine.unknown || engine.text === "valkey" || snapshots.filled);
        if (isFirst(resource) && isOff(enabled) && !unsaid) {
            yield {
                resource,
                path: enabled.path,
                message: `${state(enabled)}, so what the cache writes to disk lies in clear`,
                remedy: "Set it to true, with kmsKeyId for a key of yours.",
            };
        }
    },
);

const withoutPassword = resourcePolicy(
    {
        name: "wandb-aws-cache-without-password",
        description:
            "The cache asks for a password only when told so. Without one whatever gets into the network may read and change W&B's sessions and queues.",
        level: "advisory",
        severity: "high",
        remedy: "Set authToken, or userGroupIds.",
    },
    [GroupType],
    function* (resource) {
        const { properties } = resource;
        const places = ["authToken", "authTokenWo", "userGroupIds"].map((key) => properties.at(key));
        if (isFirst(resource) && places.every(({ empty }) => empty)) {
            yield {
                resource,
                path: "authToken",
                message: "is not set, and no userGroupIds are, so the cache asks nobody for a password",
                remedy: "Set one, and name its Secret in global.redis.secret of W&B.",
            };
        }
    },
);

const failover = resourcePolicy(
    {
        name: "wandb-aws-cache-failover",
        description:
            "A cache that fails over by itself, to another zone, outlives the loss of a node or a zone. Without it W&B stands still.",
        level: "advisory",
        severity: "medium",
        remedy: "Set automaticFailoverEnabled and multiAzEnabled to true, with two nodes or more.",
    },
    [GroupType],
    function* (resource) {
        for (const key of ["automaticFailoverEnabled", "multiAzEnabled"]) {
            const flag = resource.properties.at(key);
            if (isOff(flag)) {
                yield {
                    resource,
                    path: flag.path,
                    message: `${state(flag)}, so W&B stands still when the cache's node or zone is lost`,
                    remedy: "Set it to true, with two nodes or more.",
                };
                // One of them is useless without the other: told once.
                return;
            }
        }
    },
);

/** Policies about ElastiCache. */
export const cachePolicies: Policies = [withoutTls, unencrypted, withoutPassword, failover];
