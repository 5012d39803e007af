/** Amazon ElastiCache, as of @pulumi/aws 7.47: replication groups without sharding, and what belongs to them. */
import { createHash } from "node:crypto";
import type { PropertyChange } from "../diff";
import type { ComputeContext, InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap, type PropertyValue } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { carriesGroup, securityGroupType, textsIn, zoneOfSubnet } from "./ec2/shared";
import {
    cacheArn,
    cacheGroups,
    cacheParameterGroupType,
    cacheSubnetGroupType,
    namedCache,
    type Place,
    replicationGroupType,
} from "./elasticache-groups";
import {
    defaultVersions,
    families,
    familyOf,
    isDowngrade,
    isNodeType,
    isVersion,
    needsTiering,
} from "./elasticache-versions";
import { meet, minutesOf, wrongForms } from "./windows";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer" } as const;

const groupInputs: PropertyModels = {
    applyImmediately: flag,
    atRestEncryptionEnabled: flag,
    authToken: { ...text, secret: true },
    authTokenUpdateStrategy: { ...text, values: ["SET", "ROTATE", "DELETE"] },
    autoMinorVersionUpgrade: flag,
    automaticFailoverEnabled: { ...flag, default: false },
    clusterMode: { ...text, values: ["disabled"] },
    dataTieringEnabled: flag,
    description: { ...text, required: true },
    engine: { ...text, default: "redis", values: ["redis", "valkey"] },
    engineVersion: text,
    finalSnapshotIdentifier: text,
    kmsKeyId: text,
    maintenanceWindow: text,
    multiAzEnabled: { ...flag, default: false },
    nodeType: text,
    notificationTopicArn: text,
    numCacheClusters: { ...whole, default: 1 },
    parameterGroupName: text,
    port: whole,
    region,
    replicationGroupId: text,
    securityGroupIds: { type: "array" },
    snapshotRetentionLimit: whole,
    snapshotWindow: text,
    subnetGroupName: text,
    tags,
    transitEncryptionEnabled: flag,
    transitEncryptionMode: { ...text, values: ["preferred", "required"] },
};

const replicationGroup: ResourceModel = {
    token: replicationGroupType,
    inputs: groupInputs,
    outputs: {
        arn: text,
        clusterEnabled: flag,
        configurationEndpointAddress: text,
        engineVersionActual: text,
        memberClusters: { type: "array" },
        port: whole,
        primaryEndpointAddress: text,
        readerEndpointAddress: text,
        replicationGroupId: text,
        tagsAll,
    },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    name: {
        property: "replicationGroupId",
        auto: { maxLength: 40, lowercase: true },
        pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,39}(?<!-)$/,
        rule: "must be 1 to 40 alphanumeric characters and hyphens, a letter first, no hyphen last and no two in a row",
    },
    references: [carriesGroup("securityGroupIds[*]")],
    replaceOn: [
        "atRestEncryptionEnabled",
        "dataTieringEnabled",
        "kmsKeyId",
        "port",
        "region",
        "replicationGroupId",
        "subnetGroupName",
    ],
    adjust: replacedByDowngrade,
    volatile: ["engineVersionActual", "memberClusters", "tagsAll"],
    // internal/service/elasticache/replication_group_test.go
    unread: ["applyImmediately", "authTokenUpdateStrategy", "finalSnapshotIdentifier"],
    durationKey: "elasticache replication group, 2 nodes",
    validate: (inputs, given) => [
        ...wrongForms(inputs, ["snapshotWindow"], ["maintenanceWindow"]),
        ...wrongFailover(inputs),
        ...wrongToken(inputs, given),
    ],
    refuse: (inputs, context) =>
        (context.previous === undefined ? refusedCreation(inputs, context) : refusedChange(inputs, context.previous)) ??
        refusedEngine(inputs, context) ??
        refusedNodes(inputs, context) ??
        refusedEncryption(inputs, context.inventory) ??
        refusedTimes(inputs) ??
        refusedTags(inputs, context.config),
    id: ({ replicationGroupId }) => textOf(replicationGroupId).toLowerCase(),
    computed: groupOutputs,
};

/** The provider makes a new one where AWS only goes up (`ForceNew` in internal/service/elasticache/engine_version.go). */
function replacedByDowngrade(
    changes: readonly PropertyChange[],
    olds: PropertyMap,
    news: PropertyMap,
): readonly PropertyChange[] {
    const back = olds["engine"] === "valkey" && news["engine"] === "redis";
    const down = isDowngrade(textOf(olds["engineVersion"]), textOf(news["engineVersion"]));
    return changes.map((change) =>
        (change.path === "engine" && back) || (change.path === "engineVersion" && down)
            ? { ...change, replaces: true }
            : change,
    );
}

/** The provider's own checks of a plan. */
function wrongFailover(inputs: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    if (inputs["multiAzEnabled"] === true && inputs["automaticFailoverEnabled"] !== true) {
        problems.push({ property: "multiAzEnabled", reason: "needs automaticFailoverEnabled. Set it to true." });
    }
    if (inputs["automaticFailoverEnabled"] === true && Number(inputs["numCacheClusters"]) < 2) {
        const reason = "must be at least 2 if automaticFailoverEnabled is true. Raise it.";
        problems.push({ property: "numCacheClusters", reason });
    }
    if (Number(inputs["snapshotRetentionLimit"]) > 35) {
        problems.push({ property: "snapshotRetentionLimit", reason: "must be at most 35. Lower it." });
    }
    return problems;
}

function wrongToken(
    { authToken, authTokenUpdateStrategy: strategy }: PropertyMap,
    given: ReadonlySet<string>,
): Problem[] {
    if (strategy !== undefined && (strategy === "DELETE") === given.has("authToken")) {
        const reason = strategy === "DELETE" ? "excludes authToken. Leave it out." : "needs authToken. Give one.";
        return [{ property: "authTokenUpdateStrategy", reason }];
    }
    return typeof authToken === "string" && (authToken.length < 16 || authToken.length > 128)
        ? [{ property: "authToken", reason: "must have 16 to 128 characters. Choose another." }]
        : [];
}

function refusedCreation(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const id = textOf(inputs["replicationGroupId"]).toLowerCase();
    return namedCache(replicationGroupType, "replicationgroup", id, inputs, context) === undefined
        ? undefined
        : `ReplicationGroupAlreadyExists: Replication group ${id} already exists.`;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html */
function refusedChange(inputs: PropertyMap, previous: PropertyMap): string | undefined {
    const changed = (property: string) => inputs[property] !== previous[property];
    if (changed("engine") && !changed("engineVersion")) {
        return `must explicitly set 'engine_version' attribute for Replication Group (${textOf(previous["replicationGroupId"])}) when updating engine to 'valkey'`;
    }
    if (changed("authToken") && inputs["authTokenUpdateStrategy"] === "SET") {
        return "InvalidParameterValue: The AUTH token update strategy SET is allowed only after ROTATE.";
    }
    const wasOpen = previous["transitEncryptionEnabled"] !== true;
    return wasOpen && inputs["transitEncryptionEnabled"] === true && inputs["transitEncryptionMode"] !== "preferred"
        ? "InvalidParameterValue: TransitEncryptionMode must be set to preferred first."
        : undefined;
}

function versionOf(inputs: PropertyMap): string {
    const engine = textOf(inputs["engine"]);
    return textOf(inputs["engineVersion"], defaultVersions[engine]);
}

function refusedEngine(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const engine = textOf(inputs["engine"]);
    const version = versionOf(inputs);
    if (!isVersion(engine, version)) {
        return `InvalidParameterCombination: Cannot find version ${version} for ${engine}`;
    }
    const name = inputs["parameterGroupName"];
    const wanted = familyOf(engine, version);
    if (name === undefined) {
        return undefined;
    }
    const found = familyOfGroup(textOf(name), inputs, context);
    if (found === undefined) {
        return `CacheParameterGroupNotFound: CacheParameterGroup not found: ${textOf(name)}`;
    }
    return found === wanted
        ? undefined
        : `InvalidParameterCombination: Expected a parameter group of family ${wanted} but found one of family ${found}`;
}

/** AWS has a default group of each family: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html */
function familyOfGroup(name: string, inputs: PropertyMap, context: Place): string | undefined {
    const family = families.find((one) => name === `default.${one}`);
    const group = namedCache(cacheParameterGroupType, "parametergroup", name, inputs, context);
    return family ?? (group && textOf(group.inputs["family"]));
}

const mostNodes = 6;

function refusedNodes(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const nodeType = textOf(inputs["nodeType"]);
    if (nodeType === "") {
        return '"node_type" is required unless "global_replication_group_id" is set.';
    }
    if (!isNodeType(nodeType)) {
        return `InvalidParameterValue: Invalid Cache Node Type: ${nodeType}`;
    }
    if (needsTiering(nodeType) !== (inputs["dataTieringEnabled"] === true)) {
        return `InvalidParameterCombination: Data tiering must be enabled for nodes of the r6gd family, and for no others (${nodeType}).`;
    }
    const nodes = Number(inputs["numCacheClusters"]);
    if (nodes < 1 || nodes > mostNodes) {
        return `InvalidParameterValue: The number of cache clusters must be between 1 and ${mostNodes}, ${nodes} was given.`;
    }
    return refusedPlace(inputs, context);
}

function refusedPlace(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const name = inputs["subnetGroupName"];
    if (name === undefined) {
        return undefined;
    }
    const group = namedCache(cacheSubnetGroupType, "subnetgroup", textOf(name).toLowerCase(), inputs, context);
    if (group === undefined) {
        return `CacheSubnetGroupNotFoundFault: Cache Subnet Group ${textOf(name)} does not exist.`;
    }
    const zones = new Set(textsIn(group.inputs["subnetIds"]).map((id) => zoneOfSubnet(id, inventory)));
    if (inputs["multiAzEnabled"] === true && zones.size < 2) {
        return "InvalidParameterCombination: Multi-AZ needs a cache subnet group with subnets in at least two Availability Zones.";
    }
    const stranger = textsIn(inputs["securityGroupIds"]).find(
        (id) => inventory.find(securityGroupType, (row) => row.id === id)?.inputs["vpcId"] !== group.outputs["vpcId"],
    );
    return stranger === undefined
        ? undefined
        : `InvalidParameterValue: The security group ${stranger} is not of the VPC of the cache subnet group.`;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
function refusedEncryption(inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const { authToken, kmsKeyId, transitEncryptionEnabled: tls } = inputs;
    if (tls !== true && (authToken !== undefined || inputs["transitEncryptionMode"] !== undefined)) {
        return "InvalidParameterCombination: AUTH tokens and modes of transit encryption are only supported when encryption-in-transit is enabled.";
    }
    if (typeof authToken === "string" && !/^[A-Za-z0-9!&#$^<>-]+$/.test(authToken)) {
        return "InvalidParameterValue: Invalid AuthToken provided.";
    }
    if (kmsKeyId === undefined) {
        return undefined;
    }
    if (inputs["atRestEncryptionEnabled"] !== true) {
        return "InvalidParameterCombination: A KMS key needs encryption at rest to be enabled.";
    }
    return inventory.find("aws:kms/key:Key", ({ id, outputs }) => id === kmsKeyId || outputs["arn"] === kmsKeyId)
        ? undefined
        : "InvalidKMSKeyFault: The KMS key supplied is not valid.";
}

function refusedTimes({ maintenanceWindow, snapshotWindow }: PropertyMap): string | undefined {
    const short = (window: PropertyValue | undefined) => (minutesOf(window) ?? 60) < 60;
    if (short(maintenanceWindow) || short(snapshotWindow)) {
        return "InvalidParameterValue: Maintenance and snapshot windows must be at least 60 minutes.";
    }
    return meet(snapshotWindow, maintenanceWindow)
        ? "InvalidParameterValue: The snapshot window and maintenance window must not overlap."
        : undefined;
}

function groupOutputs(inputs: PropertyMap, { id, config }: ComputeContext): PropertyMap {
    const arn = cacheArn("replicationgroup", id, inputs, config);
    const where = regionOf(inputs, config);
    const hash = createHash("sha256").update(arn).digest("hex").slice(0, 6);
    // `euw1` of eu-west-1: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
    const code = where
        .split("-")
        .map((part, at) => (at === 0 ? part : part.replace(/north|south|east|west|central|gov/g, (word) => word[0])))
        .join("");
    const domain = `${id}.${hash}.${code}.cache.${accountOf(config).dnsSuffix}`;
    const nodes = Number(inputs["numCacheClusters"]);
    return {
        arn,
        clusterEnabled: false,
        configurationEndpointAddress: "",
        engineVersionActual: `${versionOf(inputs)}.0`,
        memberClusters: Array.from({ length: nodes }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`),
        port: inputs["port"] ?? 6379,
        primaryEndpointAddress: `master.${domain}`,
        readerEndpointAddress: `replica.${domain}`,
        replicationGroupId: id,
        tagsAll: allTags(inputs, config),
    };
}

export const elasticache: readonly ResourceModel[] = [...cacheGroups, replicationGroup];
