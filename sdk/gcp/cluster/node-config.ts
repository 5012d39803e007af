import type * as pulumi from "@pulumi/pulumi";

export interface MachineSettingsInput {
    /** Email of the service account. */
    readonly serviceAccount: pulumi.Output<string>;
    readonly key: pulumi.Output<string>;
    readonly secureBoot: boolean;
}

/** What all machines of the cluster have in common. */
export function machineSettings({ serviceAccount, key, secureBoot }: MachineSettingsInput) {
    return {
        imageType: "COS_CONTAINERD",
        serviceAccount,
        // Rights come from the account's roles: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/access-scopes
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        bootDiskKmsKey: key,
        shieldedInstanceConfig: { enableSecureBoot: secureBoot, enableIntegrityMonitoring: true },
        // Pods see the identity of their own service account, not that of the node.
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        metadata: { "disable-legacy-endpoints": "true" },
    };
}
