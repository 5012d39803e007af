import type * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../args/application";
import type { AccessArgs, AddonChartsArgs } from "../../args/infrastructure";
import type { AwsClusterArgs } from "../args/cluster";
import type { AwsIdentityMode } from "../args/identity";
import type { NetworkFacts } from "../facts";
import type { IamSettings } from "../iam/iam";

/** What the cluster's part is told, whether the cluster is made or there already. */
export interface ClusterInput {
    readonly cluster: AwsClusterArgs;
    /** Absent with an existing cluster only. */
    readonly access: AccessArgs | undefined;
    readonly iam: IamSettings;
    readonly identityMode: AwsIdentityMode;
    readonly network: NetworkFacts;
    /** The key of Secrets and volumes. */
    readonly keyArn: pulumi.Output<string>;
    readonly size: Size;
    readonly charts: AddonChartsArgs;
    /** The zone in which external-dns makes records, where it is asked for. */
    readonly externalDns?: { readonly zoneId: pulumi.Input<string> };
}
