import { Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { AwsIdentityArgs } from "../args/identity";
import type { RoleFacts } from "../facts";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import type { PolicyDocument } from "./policies";

export { issuerTrust, podIdentityTrust, serviceTrust, type ServiceAccount } from "./policies-trust";

/** How every role of a deployment is made: some organisations allow no role without path and boundary. */
export interface IamSettings {
    /** Path of roles, beginning and ending with a slash. */
    readonly path?: pulumi.Input<string>;
    /** ARN of the policy that limits what any of the roles may do. */
    readonly permissionsBoundary?: pulumi.Input<string>;
    /** Physical names, by the last part of the logical one. */
    readonly names?: Readonly<Record<string, pulumi.Input<string> | undefined>>;
}

export interface RoleArgs {
    /** Last part of the logical name, for example `node-role`. */
    readonly role: string;
    /** Physical name; made from the logical one when absent. */
    readonly roleName?: pulumi.Input<string>;
    readonly description: string;
    /** Who may act as the role. */
    readonly trust: pulumi.Input<PolicyDocument>;
    /** Names of AWS's own policies, without `arn:...:policy/`. */
    readonly managedPolicies?: readonly string[];
    /** Rights of its own, by the last part of their logical name. */
    readonly policies?: Readonly<Record<string, pulumi.Input<PolicyDocument>>>;
    /** ARNs of other policies, by the last part of their logical name. */
    readonly policyArns?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly dependsOn?: pulumi.Resource[];
}

/** The settings of all roles, from the arguments. */
export function iamSettings({ path, permissionsBoundary, roleNames = {} }: AwsIdentityArgs): IamSettings {
    return {
        path,
        permissionsBoundary,
        names: {
            "vpc-cni-role": roleNames.vpcCni,
            "ebs-csi-role": roleNames.ebsCsiDriver,
            "load-balancer-controller-role": roleNames.loadBalancerController,
            "cluster-autoscaler-role": roleNames.clusterAutoscaler,
            "external-dns-role": roleNames.externalDns,
            "flow-log-role": roleNames.flowLogs,
            "database-monitoring-role": roleNames.databaseMonitoring,
            "replication-role": roleNames.bucketReplication,
            "monitoring-role": roleNames.cloudWatchExporter,
        },
    };
}

/** Makes a role with all its rights. */
export function createRole(scope: AwsScope, iam: IamSettings, args: RoleArgs): RoleFacts {
    const { name, parent, partition, tags } = scope;
    const logicalName = `${name}-${args.role}`;
    const roleName = args.roleName ?? iam.names?.[args.role];
    const role = new Role(
        logicalName,
        {
            name: roleName,
            description: args.description,
            path: iam.path,
            permissionsBoundary: iam.permissionsBoundary,
            assumeRolePolicy: pulumi.jsonStringify(args.trust),
            tags,
        },
        {
            parent,
            dependsOn: args.dependsOn,
            // With the role would go first whatever is replaced because of it: the nodes, for one.
            ...successorFirst(roleName),
        },
    );
    const attachments = (args.managedPolicies ?? []).map(
        (policy) =>
            new RolePolicyAttachment(
                // AWS's names may have a path, as `service-role/AmazonEBSCSIDriverPolicy`.
                `${logicalName}-${policy.split("/").at(-1)}`,
                { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}` },
                { parent },
            ),
    );
    const own = Object.entries(args.policies ?? {}).map(
        ([word, document]) =>
            new RolePolicy(
                `${logicalName}-${word}`,
                { role: role.name, policy: pulumi.jsonStringify(document) },
                { parent },
            ),
    );
    const others = Object.entries(args.policyArns ?? {}).map(
        ([word, policyArn]) =>
            new RolePolicyAttachment(`${logicalName}-${word}`, { role: role.name, policyArn }, { parent }),
    );
    return { arn: role.arn, ready: [...attachments, ...own, ...others] };
}
