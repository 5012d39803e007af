import type { CheckContext, DatabaseContext, View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { ClusterGroupType, ClusterType, GroupType, InstanceType, isMysql, MemberType } from "./mysql";
import { named, ofType } from "../settings";

/** What resources of AWS in the stack tell about the servers that a custom resource names, and about the cluster. */
export function awsFacts(
    instance: Resource,
    resources: readonly Resource[],
): Pick<CheckContext, "database" | "redisVersion" | "kubernetes"> {
    const global = instance.properties.find("spec.values.global");
    return {
        database: databaseFacts(global.find("mysql.host"), resources),
        redisVersion: cacheVersion(global.find("redis.host"), resources),
        kubernetes: clusterFacts(resources),
    };
}

/** The first of some properties that is known. */
function firstText(properties: View, ...keys: readonly string[]): string | undefined {
    return keys.map((key) => properties.at(key).text).find((text) => text !== undefined);
}

function databaseFacts(host: View, resources: readonly Resource[]): DatabaseContext | undefined {
    const databases = ofType(resources, ClusterType, InstanceType).filter(isMysql);
    const database = named(host, databases, "endpoint") ?? named(host, databases, "address");
    if (database === undefined) {
        return undefined;
    }
    const aurora = database.properties.at("engine").text === "aurora-mysql";
    const version = firstText(database.properties, "engineVersionActual", "engineVersion");
    const parameters = parametersOf(database, resources);
    return {
        engine: aurora ? "aurora-mysql" : "mysql",
        // "8.0" leaves open which Aurora it is.
        version: aurora && version?.includes("mysql_aurora.") !== true ? undefined : version,
        parameters,
        charset: parameters.character_set_server,
        collation: parameters.collation_server,
    };
}

/** Parameters that are set; those of the instances win over those of their cluster. */
function parametersOf(database: Resource, resources: readonly Resource[]): Record<string, string> {
    const { type, properties } = database;
    const groups = ofType(resources, GroupType);
    const group = (reference: View, candidates: readonly Resource[]) => named(reference, candidates, "name");
    if (type === InstanceType) {
        return variables(group(properties.at("parameterGroupName"), groups));
    }
    const members = ofType(resources, MemberType).filter(
        (member) => named(member.properties.at("clusterIdentifier"), [database], "clusterIdentifier") !== undefined,
    );
    return Object.assign(
        {},
        variables(group(properties.at("dbClusterParameterGroupName"), ofType(resources, ClusterGroupType))),
        ...members.map((member) => variables(group(member.properties.at("dbParameterGroupName"), groups))),
    ) as Record<string, string>;
}

function variables(group: Resource | undefined): Record<string, string> {
    const parameters = group?.properties.at("parameters").items ?? [];
    return Object.fromEntries(
        parameters.flatMap((parameter) => {
            const [name, value] = [parameter.at("name").text, parameter.at("value").scalar];
            return name === undefined || value === undefined ? [] : [[name, value]];
        }),
    );
}

const CacheTypes = [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/serverlessCache:ServerlessCache",
];

function cacheVersion(host: View, resources: readonly Resource[]): string | undefined {
    const caches = ofType(resources, ...CacheTypes);
    const cache =
        named(host, caches, "primaryEndpointAddress") ??
        named(host, caches, "configurationEndpointAddress") ??
        caches.find(({ properties }) =>
            properties
                .at("endpoints")
                .items.some((endpoint) => host.text !== undefined && endpoint.at("address").text === host.text),
        );
    return (
        cache &&
        firstText(cache.properties, "engineVersionActual", "engineVersion", "fullEngineVersion", "majorEngineVersion")
    );
}

/** Of the only cluster of the stack: with two of them nobody knows in which one the custom resource is. */
function clusterFacts(resources: readonly Resource[]): CheckContext["kubernetes"] {
    const clusters = ofType(resources, "aws:eks/cluster:Cluster");
    if (clusters.length !== 1) {
        return undefined;
    }
    const kinds = ofType(resources, "aws:eks/nodeGroup:NodeGroup").map(({ properties }) =>
        architectureOf(properties.at("amiType").text ?? ""),
    );
    const architectures = kinds.filter((kind) => kind !== undefined);
    return {
        version: clusters[0].properties.at("version").text,
        // A group of images of somebody's own may have what the others lack.
        architectures: architectures.length === kinds.length ? architectures : undefined,
    };
}

function architectureOf(amiType: string): string | undefined {
    return /ARM_64/i.test(amiType) ? "arm64" : /x86_64/i.test(amiType) ? "amd64" : undefined;
}
