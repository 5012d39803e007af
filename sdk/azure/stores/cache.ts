import * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../args/application";
import type { CacheFacts } from "../../contract/infrastructure";
import { AzureStoreSizes } from "../args/store-sizes";
import { type AzureCacheArgs, AzureCacheKind } from "../args/cache";
import type { NetworkFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { createAzureCache } from "./azure-cache";
import { createManagedRedis } from "./managed-redis";

export interface CacheInput {
    readonly cache: AzureCacheArgs;
    readonly network: Pick<NetworkFacts, "privateEndpoint">;
    readonly size: Size;
}

/** What the rest of the deployment needs of the cache. */
export interface CacheOutputs {
    readonly facts: CacheFacts;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
    readonly sku: string;
    /** Resource id of the cache. */
    readonly cacheId: pulumi.Output<string>;
}

/** One of Azure's services for Redis, once it can be reached. */
export interface MadeCache {
    readonly host: pulumi.Output<string>;
    readonly port: pulumi.Input<number>;
    /** Access key (secret). */
    readonly password: pulumi.Output<string>;
    readonly id: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];
}

/** A Redis. It holds nothing that W&B could not make again. */
class Cache extends pulumi.ComponentResource implements CacheOutputs {
    readonly facts: CacheFacts;
    readonly ready: readonly pulumi.Resource[];
    readonly sku: string;
    readonly cacheId: pulumi.Output<string>;

    constructor(outer: AzureDeploymentScope, input: CacheInput) {
        super("wandb:azure:Cache", `${outer.name}-cache`, {}, { parent: outer.parent });
        const { cache, network, size } = input;
        const scope = { ...outer, parent: this };
        const managed = cache.kind !== AzureCacheKind.AzureCache;
        const { cacheSku, azureCacheSku } = AzureStoreSizes[size];
        this.sku = cache.sku ?? (managed ? cacheSku : azureCacheSku);
        const create = managed ? createManagedRedis : createAzureCache;
        const made = create(scope, cache, this.sku, network);
        this.cacheId = made.id;
        this.facts = {
            host: made.host,
            port: made.port,
            password: { literal: made.password },
            // Its certificate is of a CA that clients know.
            tls: true,
        };
        this.ready = made.ready;
        this.registerOutputs({ cacheName: made.name });
    }
}

/** Makes the cache. */
export function createCache(scope: AzureDeploymentScope, input: CacheInput): CacheOutputs {
    return new Cache(scope, input);
}
