import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Cluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import { type AwsClusterArgs, AwsClusterLogType } from "../args/cluster";
import type { SubnetFacts } from "../facts";
import type { IamSettings } from "../iam/iam";
import type { AwsScope } from "../scope";
import { clusterName } from "./name";
import { createClusterRole } from "./role";

export interface ControlPlaneInput {
    readonly cluster: AwsClusterArgs;
    readonly access: AccessArgs;
    readonly iam: IamSettings;
    readonly version: string;
    /** Where EKS places the interfaces of the control plane. Its zones cannot change: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
    readonly subnets: readonly SubnetFacts[];
    readonly keyArn: pulumi.Output<string>;
}

/** Makes the control plane. It needs the subnets, not the way to the outside: that is for nodes. */
export function createControlPlane(scope: AwsScope, input: ControlPlaneInput): Cluster {
    const { name, parent } = scope;
    const { cluster, access, iam, keyArn } = input;
    const physicalName = clusterName(scope, cluster.name);
    const logTypes = cluster.logTypes ?? Object.values(AwsClusterLogType);
    const logs = logTypes.length === 0 ? [] : [createLogGroup(scope, physicalName, cluster.logRetentionDays)];
    const role = createClusterRole(scope, iam, { roleName: cluster.roleName, keyArn });
    return new Cluster(
        `${name}-cluster`,
        {
            name: physicalName,
            version: input.version,
            roleArn: role.arn,
            // In order, so that two runs are the same.
            enabledClusterLogTypes: [...logTypes].sort(),
            vpcConfig: {
                subnetIds: input.subnets.map(({ id }) => id),
                endpointPrivateAccess: true,
                ...publicEndpoint(access),
            },
            accessConfig: {
                // Who may enter is said by access entries alone, not by a ConfigMap that anybody in the cluster could change.
                authenticationMode: "API",
                bootstrapClusterCreatorAdminPermissions: cluster.creatorAdmin ?? true,
            },
            bootstrapSelfManagedAddons: false,
            encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
            kubernetesNetworkConfig:
                cluster.serviceCidr === undefined ? undefined : { serviceIpv4Cidr: cluster.serviceCidr },
            // With STANDARD, AWS would upgrade it one day behind our back, to a version from which there is no way back to `version`.
            upgradePolicy: { supportType: (cluster.extendedSupport ?? true) ? "EXTENDED" : "STANDARD" },
            deletionProtection: scope.deletionProtection,
            tags: cluster.tags === undefined ? scope.tags : { ...scope.tags, ...cluster.tags },
        },
        {
            parent,
            // Without its role's rights EKS could not clean up after itself; without the log group it would make one of its own.
            dependsOn: [...role.ready, ...logs],
            // Its name is fixed before it is made, so two cannot stand side by side.
            deleteBeforeReplace: true,
            // It counts at creation only. AWS does not report it, so an imported cluster would be replaced for it:
            // https://github.com/hashicorp/terraform-provider-aws/issues/39058
            ignoreChanges: ["bootstrapSelfManagedAddons"],
            // EKS refuses too, but only when nodes and add-ons are gone: what is deleted first begins with all that depends on it.
            protect: scope.deletionProtection || undefined,
        },
    );
}

/** Never without ranges: EKS takes none, or an empty list, for everybody. */
function publicEndpoint({ cidrs = [] }: AccessArgs): { endpointPublicAccess: boolean; publicAccessCidrs?: string[] } {
    return cidrs.length === 0
        ? { endpointPublicAccess: false }
        : { endpointPublicAccess: true, publicAccessCidrs: [...cidrs].sort() };
}

const DefaultRetentionDays = 30;

function createLogGroup(
    { name, parent, tags }: AwsScope,
    physicalName: pulumi.Output<string>,
    retentionInDays: number = DefaultRetentionDays,
): LogGroup {
    return new LogGroup(
        `${name}-cluster-logs`,
        // The name that EKS writes to: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
        { name: pulumi.interpolate`/aws/eks/${physicalName}/cluster`, retentionInDays, tags },
        { parent },
    );
}
