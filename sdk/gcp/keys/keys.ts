import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { Apis } from "../apis";
import { GcpBucketEncryption } from "../args/bucket";
import { type GcpKeyArgs, GcpKeyProtection } from "../args/key";
import type { KeyFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { type Agents, createAgents, type EncryptingService } from "./agents";
import { createKey, existingKey, grantKeyUse, keyLocation, KeyUseRole } from "./key";

/** What is made here and encrypted. */
export interface KeyWants {
    readonly cluster: boolean;
    readonly database: boolean;
    readonly cache: boolean;
    /** Pub/Sub topics. */
    readonly topics: boolean;
    /** None of the topics holds data of W&B: they can be turned off again, and so can the right on their key. */
    readonly passingTopics?: boolean;
    readonly bigtable: boolean;
}

export interface KeysArgs {
    readonly key: GcpKeyArgs;
    /** How the bucket is encrypted. `google` also for a bucket of the caller's own. */
    readonly encryption: GcpBucketEncryption;
    /** The bucket may lie elsewhere than the deployment: see `liesElsewhere`. */
    readonly bucketElsewhere: boolean;
    readonly wants: KeyWants;
    readonly apis: Apis;
}

/** The keys, and what the owner of keys that were there before must allow. */
export interface Keys extends KeyFacts {
    /** Who must be allowed to use which keys of the caller's own (JSON). Absent when there are none, or when they are granted here. */
    readonly grants?: pulumi.Output<string>;
}

/** Whether a bucket there needs a key of its own. What is not known yet may be another place. */
export function liesElsewhere(
    location: pulumi.Input<string> | undefined,
    region: pulumi.Input<string> | undefined,
): boolean {
    const known = typeof location === "string" && typeof region === "string";
    return location !== undefined && !(known && location.toLowerCase() === region.toLowerCase());
}

/** Makes the keys of everything that is stored, unless there are some, and says which key encrypts what. */
export function createKeys(scope: GcpDeploymentScope, args: KeysArgs): Keys {
    return new KeyPart(scope, args).keys;
}

/** The customer managed keys of a deployment. */
class KeyPart extends pulumi.ComponentResource {
    readonly keys: Keys;

    constructor(scope: GcpDeploymentScope, args: KeysArgs) {
        super("wandb:gcp:Keys", `${scope.name}-keys`, {}, { parent: scope.parent });
        this.keys = new KeyRingPlan({ ...scope, parent: this }, args).keys();
        const { cluster, database, bucket } = this.keys;
        this.registerOutputs({ cluster, database, bucket });
    }
}

/** A key before anybody may use it. */
interface BareKey {
    readonly id: pulumi.Output<string>;
    /** Word for logical names. */
    readonly word: string;
    /** It was there before. */
    readonly own: boolean;
}

/** Which service encrypts what with which key, with one grant for each pair. */
class KeyRingPlan {
    private readonly agents: Agents;
    private readonly granted = new Map<string, pulumi.Output<string>>();
    private readonly asked: pulumi.Input<Grant>[] = [];

    constructor(
        private readonly scope: GcpDeploymentScope,
        private readonly args: KeysArgs,
    ) {
        this.agents = createAgents(scope, args.apis);
    }

    keys(): Keys {
        const { key, wants } = this.args;
        const main = this.main();
        const database = this.ownOr(key.databaseKeyId, "databaseKeyId", "database-key", main);
        const cache = this.ownOr(key.cacheKeyId, "cacheKeyId", "cache-key", database);
        const cluster = this.ownOr(key.clusterKeyId, "clusterKeyId", "cluster-key", main);
        return {
            // Secrets of Kubernetes by GKE, disks by Compute Engine.
            cluster: this.usable(cluster, wants.cluster ? ["container", "compute"] : []),
            database: this.usable(database, wants.database ? ["sqladmin"] : []),
            cache: this.usable(cache, wants.cache ? ["redis"] : []),
            bucket: this.bucket(main),
            topics: wants.topics ? this.usable(main, ["pubsub"]) : undefined,
            bigtable: wants.bigtable ? this.usable(main, ["bigtableadmin"]) : undefined,
            made: main.own ? undefined : main.id,
            grants: this.asked.length === 0 ? undefined : pulumi.all(this.asked).apply(JSON.stringify),
        };
    }

    private main(): BareKey {
        const { key } = this.args;
        if (key.id !== undefined) {
            return this.own(key.id, "id", "key");
        }
        const { keyRingName, keyName } = key;
        const made = createKey(this.scope, { ...this.shape(), keyRingName, keyName, location: this.scope.region });
        return { id: made.id, word: "key", own: false };
    }

    private bucket(main: BareKey): pulumi.Output<string> | undefined {
        const { key, encryption, bucketElsewhere } = this.args;
        if (encryption === GcpBucketEncryption.Google) {
            return undefined;
        }
        if (key.bucketKeyId !== undefined) {
            const { id } = existingKey(this.scope, key.bucketKeyId, "gcp.key.bucketKeyId");
            return this.usable({ id, word: "bucket-key", own: true }, ["storage"]);
        }
        return this.usable(bucketElsewhere ? this.elsewhere() : main, ["storage"]);
    }

    private elsewhere(): BareKey {
        const { bucketKeyRingName: keyRingName, bucketKeyName: keyName } = this.args.key;
        const location = this.scope.location.apply(keyLocation);
        const made = createKey(this.scope, { ...this.shape(), part: "bucket-", keyRingName, keyName, location });
        return { id: made.id, word: "bucket-key", own: false };
    }

    private shape() {
        const { key, apis } = this.args;
        const { rotationDays, deletionWindowDays, protection } = key;
        // Said of a key in software it would be a change, and there is none.
        const protectionLevel = protection === GcpKeyProtection.Hsm ? "HSM" : undefined;
        return { rotationDays, deletionWindowDays, protectionLevel, api: apis.need("cloudkms") };
    }

    private ownOr(
        id: pulumi.Input<string> | undefined,
        argument: keyof GcpKeyArgs,
        word: string,
        other: BareKey,
    ): BareKey {
        return id === undefined ? other : this.own(id, argument, word);
    }

    private own(id: pulumi.Input<string>, argument: keyof GcpKeyArgs, word: string): BareKey {
        const { parent, region } = this.scope;
        const checked = pulumi.all([id, region]).apply(([known, place]) => {
            const where = known.split("/")[3];
            if (where !== place) {
                throw resourceError(
                    `gcp.key.${argument}: is a key in ${where} ("${known}" given), but the deployment lies in ${place}, where services use keys of that region only. Give a key of that region.`,
                    parent,
                );
            }
            return known;
        });
        return { id: checked, word, own: true };
    }

    /** The id, known once the services may use the key: whoever needs the key thereby waits for the grants. */
    private usable(key: BareKey, services: readonly EncryptingService[]): pulumi.Output<string> {
        const grants = services.map((service) => this.grant(key, service));
        return pulumi.all([key.id, grants]).apply(([id]) => id);
    }

    private grant({ id, word, own }: BareKey, service: EncryptingService): pulumi.Output<string> {
        const member = this.agents.member(service);
        if (own && this.args.key.grantAccess !== true) {
            this.asked.push(pulumi.all([id, member]).apply(([key, who]) => ({ key, role: KeyUseRole, member: who })));
            return id;
        }
        const name = `${this.scope.name}-${word}-${service}`;
        const passes = service === "pubsub" && this.args.wants.passingTopics === true;
        const scope = passes ? { ...this.scope, deletionProtection: false, retainData: false } : this.scope;
        const known = this.granted.get(name) ?? grantKeyUse(scope, name, id, member).id;
        this.granted.set(name, known);
        return known;
    }
}

interface Grant {
    readonly key: string;
    readonly role: string;
    readonly member: string;
}
