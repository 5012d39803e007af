import type * as pulumi from "@pulumi/pulumi";

/** The Cloud KMS key of a bucket for somebody else: one that is made here, or your own by `id`. */
export interface GcpKmsKeyArgs {
    /**
     * Id of a key of your own: projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>, no version of it. It lies in the bucket's
     * location (`europe` for a bucket in EU). Then no key is made and all other fields are refused. Its policy stays yours: Cloud Storage's
     * service agent of the bucket's project must be allowed to encrypt and decrypt with it already. A change is made in place; objects stay
     * encrypted with the key that they were written with.
     */
    id?: pulumi.Input<string>;
    /**
     * Name of the key ring that is made, unique in project and location. Google never deletes key rings, so a name cannot be made a second time.
     * A change replaces ring and key, which deletion protection refuses. Default: one made from the component's logical name.
     */
    keyRingName?: pulumi.Input<string>;
    /**
     * Name of the key that is made, unique in its ring. A change replaces the key, which deletion protection refuses. Default: one made from the
     * component's logical name.
     */
    keyName?: pulumi.Input<string>;
    /**
     * Days between two rotations of the key that is made, 1 to 36500 (`rotationPeriod`). Old data stays readable. Each version of a key is paid for
     * as long as it is there. A change is made in place.
     * @default 90
     */
    rotationDays?: pulumi.Input<number>;
    /**
     * Days that Google waits before it destroys the key's versions after `destroy`, 1 to 120 (`destroyScheduledDuration`). Until then they can be
     * restored; afterwards nothing that they encrypted can be read. A change replaces the key, which deletion protection refuses.
     * @default 30
     */
    deletionWindowDays?: pulumi.Input<number>;
    /**
     * Turn on the API of Cloud KMS in the project, which is off in new ones. It stays on after `destroy`, since others may use it. False: it is
     * on already, and whoever runs Pulumi need not be allowed to turn on APIs.
     * @default true
     */
    enableApi?: boolean;
}
