import { ParameterGroup, ReplicationGroup, SubnetGroup } from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Size } from "../../args/application";
import type { CacheFacts } from "../../contract/infrastructure";
import { AwsSizes } from "../../sizes";
import { type AwsCacheArgs, AwsCacheEngine } from "../args/cache";
import { DefaultCacheWindows } from "../args/store-defaults";
import type { StorePlacement } from "../facts";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import { cacheFamily, CacheVersions } from "./engine-versions";
import { createStoreSecurityGroup } from "./security-group";

export interface CacheInput {
    readonly cache: AwsCacheArgs;
    readonly placement: StorePlacement;
    /** ARN of the key that encrypts what lies on disk. */
    readonly keyArn: pulumi.Output<string>;
    readonly size: Size;
}

/** What the rest of the deployment needs of the cache. */
export interface CacheOutputs {
    readonly facts: CacheFacts;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
    readonly nodeType: string;
}

const Port = 6379;

/** A replication group of ElastiCache, with everything that belongs to it alone. It holds nothing that W&B could not make again. */
class Cache extends pulumi.ComponentResource implements CacheOutputs {
    readonly facts: CacheFacts;
    readonly ready: readonly pulumi.Resource[];
    readonly nodeType: string;

    constructor(outer: AwsScope, input: CacheInput) {
        super("wandb:aws:Cache", `${outer.name}-cache`, {}, { parent: outer.parent });
        const scope = { ...outer, parent: this };
        const security = createStoreSecurityGroup(scope, "cache", Port, input.placement, input.cache.securityGroup);
        const token = createToken(scope, input.cache);
        this.nodeType = input.cache.nodeType ?? AwsSizes[input.size].cacheNodeType;
        const group = createGroup(scope, input, { nodeType: this.nodeType, token, securityGroupId: security.id });
        this.facts = { host: group.primaryEndpointAddress, port: Port, password: { literal: token }, tls: true };
        this.ready = [group, security.ingress];
        this.registerOutputs({ replicationGroupId: group.replicationGroupId });
    }
}

/** Makes the cache. Only its ingress rule waits for the Kubernetes cluster. */
export function createCache(scope: AwsScope, input: CacheInput): CacheOutputs {
    return new Cache(scope, input);
}

function createToken(scope: AwsScope, { authToken, authTokenRotation }: AwsCacheArgs): pulumi.Output<string> {
    if (authToken !== undefined) {
        return pulumi.secret(authToken);
    }
    const generated = new RandomPassword(
        `${scope.name}-cache-token`,
        {
            length: 32,
            special: false,
            // AWS advises three kinds of characters.
            minLower: 1,
            minUpper: 1,
            minNumeric: 1,
            keepers: authTokenRotation === undefined ? undefined : { rotation: authTokenRotation },
        },
        { parent: scope.parent },
    );
    return pulumi.secret(generated.result);
}

interface GroupSettings {
    readonly nodeType: string;
    readonly token: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
}

function createGroup(scope: AwsScope, { cache, placement, keyArn }: CacheInput, settings: GroupSettings) {
    const { name, parent, tags } = scope;
    const { engine = AwsCacheEngine.Redis, replicas = 1, snapshotRetentionDays = 1 } = cache;
    const engineVersion = cache.engineVersion ?? CacheVersions[engine];
    const subnets = new SubnetGroup(
        `${name}-cache-subnets`,
        {
            name: cache.subnetGroupName,
            description: "Where the cache of Weights & Biases lies",
            subnetIds: placement.subnets.map(({ id }) => id),
            tags,
        },
        { parent },
    );
    return new ReplicationGroup(
        `${name}-cache`,
        {
            replicationGroupId: cache.replicationGroupId,
            description: "Cache of Weights & Biases",
            engine,
            engineVersion,
            autoMinorVersionUpgrade: false,
            nodeType: settings.nodeType,
            // Nodes of this family keep a part of the data on disk, and exist with that only.
            dataTieringEnabled: settings.nodeType.startsWith("cache.r6gd.") || undefined,
            clusterMode: "disabled",
            numCacheClusters: 1 + replicas,
            automaticFailoverEnabled: replicas > 0,
            multiAzEnabled: replicas > 0,
            port: Port,
            subnetGroupName: subnets.name,
            securityGroupIds: [settings.securityGroupId],
            parameterGroupName: parameterGroup(scope, cacheFamily(engine, engineVersion), cache),
            atRestEncryptionEnabled: true,
            kmsKeyId: keyArn,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            authToken: settings.token,
            // Pods keep the old token until they are rolled, so it stays valid beside the new one.
            authTokenUpdateStrategy: (cache.keepPreviousAuthToken ?? true) ? "ROTATE" : "SET",
            maintenanceWindow: cache.maintenanceWindow?.toLowerCase() ?? DefaultCacheWindows.maintenance,
            snapshotRetentionLimit: snapshotRetentionDays,
            snapshotWindow: cache.snapshotWindow ?? DefaultCacheWindows.snapshot,
            applyImmediately: cache.applyImmediately ?? true,
            tags,
        },
        {
            parent,
            // Its name is taken until it is gone. A cache may be missing for a while.
            deleteBeforeReplace: cache.replicationGroupId !== undefined || undefined,
        },
    );
}

/** The engine's own group, by the name it has had since there is that family, or one with the given parameters. */
function parameterGroup(
    { name, parent, tags }: AwsScope,
    family: string,
    { parameters: given, parameterGroup: { name: groupName, description = "Weights & Biases" } = {} }: AwsCacheArgs,
): pulumi.Input<string> {
    if (given === undefined) {
        return `default.${family}`;
    }
    const parameters = Object.keys(given)
        .sort()
        .map((parameter) => ({ name: parameter, value: given[parameter] }));
    const group = new ParameterGroup(
        `${name}-cache-parameters`,
        { name: groupName, description, family, parameters, tags },
        { parent, ...successorFirst(groupName) },
    );
    return group.name;
}
