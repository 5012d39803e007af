import type * as pulumi from "@pulumi/pulumi";

/** Where Cloud KMS keeps a key. */
export const GcpKeyProtection = {
    /** In software. */
    Software: "software",
    /** In a hardware security module. Its versions and its use cost more. */
    Hsm: "hsm",
} as const;
/** Where Cloud KMS keeps a key. */
export type GcpKeyProtection = (typeof GcpKeyProtection)[keyof typeof GcpKeyProtection];

/**
 * The customer managed keys: one that is made for everything, unless told otherwise, and a second one in the location of a bucket that lies
 * elsewhere than the deployment.
 *
 * An id of a key is projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>, no version of it.
 */
export interface GcpKeyArgs {
    /**
     * Id of a key of your own for everything, in the deployment's region. Then no key is made there, and what shapes one is refused. Decide
     * at the start: a change replaces database, cache, node pools and Bigtable, which deletion protection refuses.
     */
    id?: pulumi.Input<string>;
    /**
     * Let the service agents of Google Cloud that encrypt use your own keys (`roles/cloudkms.cryptoKeyEncrypterDecrypter`, one grant for each key and
     * agent; other grants stay). Whoever runs Pulumi must be allowed to change who uses these keys. False: they may use them already, and the
     * output `kmsKeyGrants` says who that is. Google makes an agent with `gcloud beta services identity create` before anything else is there.
     * True later makes the grants; false takes them away, which deletion protection refuses.
     * @default false
     */
    grantAccess?: boolean;
    /**
     * Name of the key ring that is made (`keyRingId`), 1 to 63 letters, digits, underscores and hyphens, unique in project and location.
     * Google never deletes key rings, so a name cannot be made a second time. A change replaces ring and key, and with them database, cache
     * and node pools, which deletion protection refuses. Default: made from the deployment's name.
     */
    keyRingName?: pulumi.Input<string>;
    /**
     * Name of the key that is made (`cryptoKeyId`), the same, unique in its ring. A change replaces the key, and with it database, cache
     * and node pools, which deletion protection refuses. Default: made from the deployment's name.
     */
    keyName?: pulumi.Input<string>;
    /**
     * Name of the key ring of a bucket that lies elsewhere. The same holds as for `keyRingName`, but a change replaces ring and key alone,
     * which deletion protection refuses; the bucket itself stays.
     */
    bucketKeyRingName?: pulumi.Input<string>;
    /**
     * Name of the key of a bucket that lies elsewhere. The same holds as for `keyName`, but a change replaces the key alone, which deletion
     * protection refuses; the bucket itself stays.
     */
    bucketKeyName?: pulumi.Input<string>;
    /**
     * Where Cloud KMS keeps the keys that are made (`protectionLevel`). A change replaces the keys, and with them database, cache and node
     * pools, which deletion protection refuses.
     *
     * @default software
     */
    protection?: GcpKeyProtection;
    /**
     * Days between two rotations, 1 to 36500 (`rotationPeriod`). Old data stays readable. Each version of a key is paid for as long as it is
     * there. A change is made in place.
     * @default 90
     */
    rotationDays?: pulumi.Input<number>;
    /**
     * Days that Google waits before it destroys the versions of a key after `destroy`, 1 to 120 (`destroyScheduledDuration`). Until then
     * they can be restored; afterwards nothing that they encrypted can be read, backups included. A change replaces the keys, and with them
     * database, cache and node pools, which deletion protection refuses.
     *
     * @default 30
     */
    deletionWindowDays?: pulumi.Input<number>;
    /**
     * Id of another key of your own for Secrets of Kubernetes (`databaseEncryption`) and disks of nodes and volumes, in the deployment's
     * region. A change replaces node pools and storage class, not the cluster, whose Secrets go over to it; volumes keep the key that they
     * were made with.
     */
    clusterKeyId?: pulumi.Input<string>;
    /**
     * Id of another key of your own for the database (`diskEncryptionConfiguration.kmsKeyName`) and, unless told otherwise, the cache, in
     * the deployment's region. A change replaces database and cache, which deletion protection refuses.
     */
    databaseKeyId?: pulumi.Input<string>;
    /**
     * Id of another key of your own for the cache (`customerManagedKey`), in the deployment's region. A change replaces the cache. Default: the
     * database's key.
     */
    cacheKeyId?: pulumi.Input<string>;
    /**
     * Id of another key of your own for the bucket (`defaultKmsKeyName`), in its location: `europe` for a bucket in EU. Objects that are there stay
     * encrypted with the old key. Refused with `bucket.encryption` `google`, and with a bucket of your own, whose key is for its owner to set. A change is
     * made in place.
     */
    bucketKeyId?: pulumi.Input<string>;
}
