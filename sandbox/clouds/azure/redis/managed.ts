/** `redisenterprise`: Azure Managed Redis, API version 2025-07-01. */
import type { InvokeModel, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, placeOf } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, identityOf, lastName, parentId, resourceId, rowById, sameId } from "../ids";
import { keyTrouble } from "../keyvault/key-rules";
import { memoryOf, mostWithoutCluster } from "./managed-skus";
import { accessKey, cacheName, invalidRequest, managedDatabaseType, managedType, part } from "./shared";

const text = { type: "string" } as const;
const any = { type: "any" } as const;
const flag = { type: "boolean" } as const;
const switched = { type: "string", values: ["Enabled", "Disabled"] } as const;
const armType = "Microsoft.Cache/redisEnterprise";
const apiVersion = "2025-07-01";
/** Managed Redis has one port. */
const port = 10_000;

/** https://learn.microsoft.com/rest/api/redis/redisenterprisecache/redis-enterprise/create */
const cluster: ResourceModel = arm(
    { type: armType, apiVersion, names: ["clusterName"], name: { ...cacheName, longest: 60 } },
    {
        token: managedType,
        inputs: {
            encryption: {
                type: "object",
                properties: {
                    customerManagedKeyEncryption: {
                        type: "object",
                        properties: {
                            keyEncryptionKeyIdentity: {
                                type: "object",
                                properties: {
                                    identityType: {
                                        ...text,
                                        values: ["userAssignedIdentity", "systemAssignedIdentity"],
                                    },
                                    userAssignedIdentityResourceId: text,
                                },
                            },
                            keyEncryptionKeyUrl: text,
                        },
                    },
                },
            },
            highAvailability: switched,
            identity: {
                type: "object",
                properties: { type: { ...text, required: true }, userAssignedIdentities: { type: "array" } },
            },
            minimumTlsVersion: { ...text, values: ["1.0", "1.1", "1.2"] },
            publicNetworkAccess: { ...switched, required: true },
            sku: {
                type: "object",
                required: true,
                properties: { capacity: { type: "integer" }, name: { ...text, required: true } },
            },
            zones: { type: "array" },
        },
        outputs: {
            highAvailability: text,
            hostName: text,
            kind: text,
            minimumTlsVersion: text,
            privateEndpointConnections: { type: "array", items: any },
            provisioningState: text,
            redisVersion: text,
            redundancyMode: text,
            resourceState: text,
            systemData: any,
        },
        durationKey: "azure managed redis",
        refuse: refusedCluster,
        computed: (inputs, context) => ({
            highAvailability: textOf(inputs["highAvailability"], "Enabled"),
            hostName: `${textOf(inputs["clusterName"])}.${placeOf(inputs, context)}.redis.azure.net`,
            kind: "v2",
            minimumTlsVersion: textOf(inputs["minimumTlsVersion"], "1.2"),
            privateEndpointConnections: context.previous?.["privateEndpointConnections"] ?? [],
            provisioningState: "Succeeded",
            redisVersion: "7.4",
            redundancyMode: inputs["highAvailability"] === "Disabled" ? "None" : "ZR",
            resourceState: "Running",
            systemData: {},
        }),
    },
);

function refusedCluster(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { sku, highAvailability = "Enabled", minimumTlsVersion = "1.2", zones } = inputs;
    const name = textOf(part({ sku: sku ?? null }, "sku")["name"]);
    const { previous } = context;
    if (memoryOf(name) === undefined) {
        return invalidRequest(`The SKU '${name}' is not valid.`);
    }
    if (part(inputs, "sku")["capacity"] !== undefined) {
        return invalidRequest("The property 'sku.capacity' can only be used with Enterprise and EnterpriseFlash SKUs.");
    }
    if (Array.isArray(zones) && zones.length > 0) {
        return invalidRequest("The property 'zones' is not supported for this SKU: zones are chosen by Azure.");
    }
    if (minimumTlsVersion !== "1.2") {
        return invalidRequest("TLS versions before 1.2 are not supported.");
    }
    if (previous !== undefined && previous["highAvailability"] === "Enabled" && highAvailability === "Disabled") {
        return invalidRequest("High availability cannot be disabled on an existing cluster.");
    }
    return refusedScaling(inputs, name, context) ?? refusedEncryption(inputs, context);
}

/** https://learn.microsoft.com/azure/redis/how-to-scale#limitations-of-scaling-azure-managed-redis */
function refusedScaling(inputs: PropertyMap, name: string, { config, inventory, previous }: RefuseContext) {
    const before = textOf(part(previous ?? {}, "sku")["name"]);
    if (before === "" || before === name) {
        return undefined;
    }
    if (before.startsWith("Flash") !== name.startsWith("Flash")) {
        return invalidRequest(`Scaling from '${before}' to '${name}' is not supported.`);
    }
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const id = resourceId(group, armType, [textOf(inputs["clusterName"])]);
    const database = inventory.find(managedDatabaseType, (row) => sameId(parentId(row.id), id));
    const isWhole = database?.outputs["clusteringPolicy"] === "NoCluster";
    return isWhole && (memoryOf(name) ?? 0) > mostWithoutCluster
        ? invalidRequest(`A database with the clustering policy NoCluster cannot be scaled to '${name}'.`)
        : undefined;
}

/** https://learn.microsoft.com/azure/redis/how-to-encryption */
function refusedEncryption(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const encryption = part(part(inputs, "encryption"), "customerManagedKeyEncryption");
    const uri = encryption["keyEncryptionKeyUrl"];
    if (uri === undefined) {
        return undefined;
    }
    const { identityType, userAssignedIdentityResourceId } = part(encryption, "keyEncryptionKeyIdentity");
    const identityId = textOf(userAssignedIdentityResourceId);
    const own = part(inputs, "identity")["userAssignedIdentities"];
    if (
        identityType !== "userAssignedIdentity" ||
        !(Array.isArray(own) && own.some((one) => sameId(one, identityId)))
    ) {
        return invalidRequest(
            "The identity of the key encryption key must be a user assigned identity of the cluster.",
        );
    }
    if (!/\/keys\/[^/]+\/[0-9a-f]{32}$/.test(textOf(uri))) {
        return invalidRequest("The key encryption key URL must have a version.");
    }
    const trouble = keyTrouble({ keyUri: textOf(uri), identityId, verbs: "wrap", trusted: true }, inventory);
    return trouble && armError(400, "CustomerManagedKeyError", `The key ${textOf(uri)} cannot be used: ${trouble}.`);
}

/** https://learn.microsoft.com/rest/api/redis/redisenterprisecache/databases/create */
const database: ResourceModel = arm(
    {
        type: `${armType}/databases`,
        apiVersion,
        names: ["clusterName", "databaseName"],
        parent: managedType,
        name: { pattern: /^default$/, rule: "must be default, the only one of a cluster", longest: 60 },
    },
    {
        token: managedDatabaseType,
        inputs: {
            accessKeysAuthentication: switched,
            clientProtocol: { ...text, values: ["Encrypted", "Plaintext"] },
            clusteringPolicy: { ...text, values: ["EnterpriseCluster", "OSSCluster", "NoCluster"] },
            deferUpgrade: { ...text, values: ["Deferred", "NotDeferred"] },
            evictionPolicy: {
                ...text,
                values: [
                    "AllKeysLFU",
                    "AllKeysLRU",
                    "AllKeysRandom",
                    "VolatileLRU",
                    "VolatileLFU",
                    "VolatileTTL",
                    "VolatileRandom",
                    "NoEviction",
                ],
            },
            persistence: {
                type: "object",
                properties: {
                    aofEnabled: flag,
                    aofFrequency: { ...text, values: ["1s", "always"] },
                    rdbEnabled: flag,
                    rdbFrequency: { ...text, values: ["1h", "6h", "12h"] },
                },
            },
            port: { type: "integer" },
        },
        outputs: {
            accessKeysAuthentication: text,
            clusteringPolicy: text,
            evictionPolicy: text,
            port: { type: "integer" },
            provisioningState: text,
            redisVersion: text,
            resourceState: text,
            systemData: any,
        },
        replaceOn: ["port"],
        durationKey: "azure managed redis database",
        refuse: refusedDatabase,
        computed: (inputs) => ({
            accessKeysAuthentication: textOf(inputs["accessKeysAuthentication"], "Disabled"),
            clusteringPolicy: textOf(inputs["clusteringPolicy"], "OSSCluster"),
            evictionPolicy: textOf(inputs["evictionPolicy"], "VolatileLRU"),
            port,
            provisioningState: "Succeeded",
            redisVersion: "7.4",
            resourceState: "Running",
            systemData: {},
        }),
    },
);

function refusedDatabase(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const { aofEnabled, rdbEnabled, rdbFrequency } = part(inputs, "persistence");
    const policy = textOf(inputs["clusteringPolicy"], "OSSCluster");
    const before = textOf(previous?.["clusteringPolicy"], policy);
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const owner = rowById(inventory, managedType, resourceId(group, armType, [textOf(inputs["clusterName"])]));
    const sku = textOf(part(owner?.inputs ?? {}, "sku")["name"]);
    if (inputs["port"] !== undefined && inputs["port"] !== port) {
        return invalidRequest(`The port of a database must be ${port}.`);
    }
    if (aofEnabled === true && rdbEnabled === true) {
        return invalidRequest("At most one of AOF or RDB persistence may be enabled.");
    }
    if (rdbEnabled === true && rdbFrequency === undefined) {
        return invalidRequest("The frequency of RDB persistence must be given.");
    }
    if (before !== policy && before !== "NoCluster") {
        return invalidRequest(`The clustering policy cannot be changed from ${before} to ${policy}.`);
    }
    return policy === "NoCluster" && (memoryOf(sku) ?? 0) > mostWithoutCluster
        ? invalidRequest(`The clustering policy NoCluster is not supported for the SKU '${sku}'.`)
        : undefined;
}

/** https://learn.microsoft.com/rest/api/redis/redisenterprisecache/databases/list-keys */
const listDatabaseKeys: InvokeModel = {
    token: "azure-native:redisenterprise:listDatabaseKeys",
    inputs: {
        clusterName: { ...text, required: true },
        databaseName: { ...text, required: true },
        resourceGroupName: { ...text, required: true },
    },
    outputs: { primaryKey: { ...text, secret: true }, secondaryKey: { ...text, secret: true } },
    answer: (inputs, { config, inventory }) => {
        const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
        const names = [textOf(inputs["clusterName"]), textOf(inputs["databaseName"])];
        const row = rowById(inventory, managedDatabaseType, resourceId(group, `${armType}/databases`, names));
        if (row === undefined) {
            throw new Error(resourceNotFound(`${armType}/databases`, names.join("/"), lastName(group)));
        }
        if (row.outputs["accessKeysAuthentication"] !== "Enabled") {
            throw new Error(
                armError(400, "AccessKeysAuthenticationDisabled", "Access keys authentication is disabled."),
            );
        }
        return { primaryKey: accessKey(row.id), secondaryKey: accessKey(`${row.id}, second`) };
    },
};

export const managedRedis: readonly ResourceModel[] = [cluster, database];
export const managedRedisInvokes: readonly InvokeModel[] = [listDatabaseKeys];
