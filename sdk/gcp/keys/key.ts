import { CryptoKey, CryptoKeyIAMMember, KeyRing } from "@pulumi/gcp/kms";
import { Service } from "@pulumi/gcp/projects";
import { getProjectServiceAccount } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { dataOptions } from "../../protection";
import type { GcpKmsKeyArgs } from "../args/kms-key";
import type { GcpScope } from "../scope";

/** A key that may be used. */
export interface KeyOutputs {
    /** projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> */
    readonly id: pulumi.Output<string>;
    /** What must be there before the key is used. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes a Cloud KMS key with rotation, beside the data, that Cloud Storage may use. */
export function createStorageKey(scope: GcpScope, args: Omit<GcpKmsKeyArgs, "id">): KeyOutputs {
    const { name, project, location, labels } = scope;
    const api =
        args.enableApi === false
            ? []
            : [
                  new Service(
                      `${name}-kms-api`,
                      { project, service: "cloudkms.googleapis.com", disableOnDestroy: false },
                      dataOptions(scope),
                  ),
              ];
    const ring = new KeyRing(
        `${name}-key-ring`,
        { name: args.keyRingName, project, location: location.apply(keyLocation) },
        dataOptions(scope, api),
    );
    const key = new CryptoKey(
        `${name}-key`,
        {
            name: args.keyName,
            keyRing: ring.id,
            rotationPeriod: seconds(args.rotationDays ?? 90),
            destroyScheduledDuration: seconds(args.deletionWindowDays ?? 30),
            labels,
        },
        dataOptions(scope),
    );
    const grant = new CryptoKeyIAMMember(
        `${name}-key-use`,
        {
            cryptoKeyId: key.id,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: storageAgent(scope),
        },
        dataOptions(scope),
    );
    return { id: key.id, ready: [grant] };
}

/**
 * The account with which Cloud Storage uses keys in the project; asking for it makes it where there is none yet. An apply and not the Output form
 * of the function, whose error would name neither the argument nor the remedy, and show a stack trace.
 */
function storageAgent({ parent, project }: GcpScope): pulumi.Output<string> {
    return pulumi.output(project).apply(async (known) => {
        try {
            return (await getProjectServiceAccount({ project: known }, { parent })).member;
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            const given = known === undefined ? "the provider's" : JSON.stringify(known);
            throw resourceError(
                `project: its service agent of Cloud Storage cannot be read (${given} given): ${reason}. Give the id of a project that you may use, or set one by \`pulumi config set gcp:project\`.`,
                parent,
            );
        }
    });
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
function keyLocation(place: string): string {
    return place === "EU" ? "europe" : place.toLowerCase();
}

function seconds(days: pulumi.Input<number>): pulumi.Output<string> {
    return pulumi.output(days).apply((known) => `${known * 86_400}s`);
}
