import { CryptoKey, CryptoKeyIAMMember, KeyRing } from "@pulumi/gcp/kms";
import { Service } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { dataOptions } from "../../protection";
import type { GcpKmsKeyArgs } from "../args/kms-key";
import type { GcpScope } from "../scope";
import { storageAgent } from "./agents";

/** A key that may be used. */
export interface KeyOutputs {
    /** projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> */
    readonly id: pulumi.Output<string>;
    /** What must be there before the key is used. */
    readonly ready: readonly pulumi.Resource[];
}

/** What sets the keys of one scope apart, and what shapes them. */
export interface RingKeyArgs extends Omit<GcpKmsKeyArgs, "id" | "enableApi"> {
    /** Beginning of the last part of logical names: `bucket-`, or nothing. */
    readonly part?: string;
    /** Location of Cloud KMS. */
    readonly location: pulumi.Input<string>;
    /** Level of protection as Google calls it; left to Google when absent. */
    readonly protectionLevel?: string;
    /** The API of Cloud KMS, where it must be turned on first. */
    readonly api: readonly pulumi.Resource[];
}

/** Makes a Cloud KMS key with rotation, in a ring of its own. */
export function createKey(scope: GcpScope, args: RingKeyArgs): CryptoKey {
    const { name, project, labels } = scope;
    const { part = "", protectionLevel } = args;
    const ring = new KeyRing(
        `${name}-${part}key-ring`,
        { name: args.keyRingName, project, location: args.location },
        dataOptions(scope, [...args.api]),
    );
    return new CryptoKey(
        `${name}-${part}key`,
        {
            name: args.keyName,
            keyRing: ring.id,
            rotationPeriod: seconds(args.rotationDays ?? 90),
            destroyScheduledDuration: seconds(args.deletionWindowDays ?? 30),
            versionTemplate:
                protectionLevel === undefined
                    ? undefined
                    : { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel },
            labels,
        },
        dataOptions(scope),
    );
}

/** The role with which services use keys. */
export const KeyUseRole = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** Lets one member use a key. Others that may use it stay. */
export function grantKeyUse(
    scope: GcpScope,
    logicalName: string,
    keyId: pulumi.Input<string>,
    member: pulumi.Input<string>,
): CryptoKeyIAMMember {
    return new CryptoKeyIAMMember(logicalName, { cryptoKeyId: keyId, role: KeyUseRole, member }, dataOptions(scope));
}

/** Makes a Cloud KMS key with rotation, beside the data, that Cloud Storage may use. */
export function createStorageKey(scope: GcpScope, args: Omit<GcpKmsKeyArgs, "id">): KeyOutputs {
    const { name, project, location } = scope;
    const { enableApi = true, ...settings } = args;
    const api = enableApi
        ? [
              new Service(
                  `${name}-kms-api`,
                  { project, service: "cloudkms.googleapis.com", disableOnDestroy: false },
                  dataOptions(scope),
              ),
          ]
        : [];
    const key = createKey(scope, { ...settings, location: location.apply(keyLocation), api });
    return { id: key.id, ready: [grantKeyUse(scope, `${name}-key-use`, key.id, storageAgent(scope))] };
}

/** The key, once it is sure that it lies beside the bucket. */
export function existingKey({ parent, location }: GcpScope, id: pulumi.Input<string>, path: string): KeyOutputs {
    const checked = pulumi.all([id, location]).apply(([known, place]) => {
        const own = known.split("/")[3];
        const needed = keyLocation(place);
        if (own !== needed) {
            throw resourceError(
                `${path}: is a key in ${own} ("${known}" given), but a bucket in ${place} needs one in ${needed}. Give a key of that location.`,
                parent,
            );
        }
        return known;
    });
    return { id: checked, ready: [] };
}

/**
 * Where the key of a bucket lies: in the same place, which Cloud KMS calls `europe` where Cloud Storage says `EU`.
 * https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions
 */
export function keyLocation(place: string): string {
    return place === "EU" ? "europe" : place.toLowerCase();
}

function seconds(days: pulumi.Input<number>): pulumi.Output<string> {
    return pulumi.output(days).apply((known) => `${known * 86_400}s`);
}
