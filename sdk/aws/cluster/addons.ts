import { Addon } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentity, RoleFacts } from "../facts";
import { volumeKeyPolicy } from "../iam/controller-policies";
import { createRole, type IamSettings, type RoleArgs } from "../iam/iam";
import type { AwsScope } from "../scope";
import { accountTrust } from "./identity";
import type { Toleration } from "./node-taints";
import type { AddonVersions } from "./versions";

export interface AddonsInput {
    readonly identity: ClusterIdentity;
    readonly iam: IamSettings;
    readonly versions: AddonVersions;
    readonly tolerations: readonly Toleration[];
}

/** An add-on, and what it needs. */
interface AddonArgs {
    /** Last part of the logical name. */
    readonly word: string;
    readonly addonName: string;
    readonly version: string;
    /** The role of its service account. */
    readonly role?: { readonly account: string; readonly facts: RoleFacts };
    readonly configuration?: pulumi.Input<Record<string, unknown>>;
    readonly dependsOn: readonly pulumi.Resource[];
}

/** The network of the nodes: without these no node becomes ready, and they become active without any. */
export function createNetworkAddons(scope: AwsScope, input: AddonsInput): Addon[] {
    const { versions, identity } = input;
    const role = createAddonRole(scope, input, {
        role: "vpc-cni-role",
        description: "Network add-on of EKS",
        account: "aws-node",
        managedPolicies: ["AmazonEKS_CNI_Policy"],
    });
    const agent = identity.oidc === undefined ? [createPodIdentityAgent(scope, input)] : [];
    return [
        ...agent,
        createAddon(scope, input, {
            word: "vpc-cni",
            addonName: "vpc-cni",
            version: versions.vpcCni,
            role,
            dependsOn: agent,
        }),
        createAddon(scope, input, {
            word: "kube-proxy",
            addonName: "kube-proxy",
            version: versions.kubeProxy,
            dependsOn: [],
        }),
    ];
}

/** Hands roles to pods; it runs in the network of the node, so it does not wait for the network add-on, which waits for it. */
function createPodIdentityAgent(scope: AwsScope, input: AddonsInput): Addon {
    return createAddon(scope, input, {
        word: "pod-identity-agent",
        addonName: "eks-pod-identity-agent",
        version: input.versions.podIdentityAgent,
        dependsOn: [],
    });
}

/** Add-ons whose pods need nodes to become active. */
export interface NodeAddons {
    readonly all: readonly Addon[];
    /** What makes volumes. */
    readonly volumes: Addon;
}

/** Names, volumes and metrics of the cluster. */
export function createNodeAddons(
    scope: AwsScope,
    input: AddonsInput,
    args: { readonly keyArn: pulumi.Output<string>; readonly nodes: readonly pulumi.Resource[] },
): NodeAddons {
    const { versions, tolerations } = input;
    const { nodes } = args;
    const names = createAddon(scope, input, {
        word: "coredns",
        addonName: "coredns",
        version: versions.coredns,
        configuration: tolerating([...CorednsTolerations, ...tolerations], tolerations),
        dependsOn: nodes,
    });
    const metrics = createAddon(scope, input, {
        word: "metrics-server",
        addonName: "metrics-server",
        version: versions.metricsServer,
        configuration: tolerating(tolerations, tolerations),
        dependsOn: nodes,
    });
    const volumes = createVolumeDriver(scope, input, args);
    return { all: [names, metrics, volumes], volumes };
}

/** Its own; a list that is given replaces them. */
const CorednsTolerations: readonly Toleration[] = [
    { key: "CriticalAddonsOnly", operator: "Exists" },
    { key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" },
];

/** Nothing is said where the nodes have no taints: then an add-on keeps its own. */
function tolerating(all: readonly Toleration[], ours: readonly Toleration[]): Record<string, unknown> | undefined {
    return ours.length === 0 ? undefined : { tolerations: all };
}

function createVolumeDriver(
    scope: AwsScope,
    input: AddonsInput,
    { keyArn, nodes }: { readonly keyArn: pulumi.Output<string>; readonly nodes: readonly pulumi.Resource[] },
): Addon {
    const { versions, tolerations } = input;
    const role = createAddonRole(scope, input, {
        role: "ebs-csi-role",
        description: "EBS CSI driver",
        account: "ebs-csi-controller-sa",
        managedPolicies: ["service-role/AmazonEBSCSIDriverPolicy"],
        policies: { key: keyArn.apply(volumeKeyPolicy) },
    });
    const controller = {
        ...(scope.tags === undefined ? {} : { extraVolumeTags: sorted(scope.tags) }),
        ...(tolerations.length === 0 ? {} : { tolerations }),
    };
    return createAddon(scope, input, {
        word: "ebs-csi",
        addonName: "aws-ebs-csi-driver",
        version: versions.ebsCsiDriver,
        role,
        configuration: Object.keys(controller).length === 0 ? undefined : { controller },
        dependsOn: nodes,
    });
}

/** Sorted, so that the order in which the program gives them, which is no order in some languages, changes no text. */
function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(
        Object.keys(entries)
            .sort()
            .map((key) => [key, entries[key]]),
    );
}

type AddonRoleArgs = Omit<RoleArgs, "trust"> & { readonly account: string };

function createAddonRole(
    scope: AwsScope,
    { identity, iam }: AddonsInput,
    { account, ...args }: AddonRoleArgs,
): NonNullable<AddonArgs["role"]> {
    const trust = accountTrust(identity, [{ namespace: "kube-system", name: account }]);
    return { account, facts: createRole(scope, iam, { ...args, trust }) };
}

function createAddon({ name, parent, tags }: AwsScope, { identity }: AddonsInput, args: AddonArgs): Addon {
    const { role, configuration } = args;
    return new Addon(
        `${name}-${args.word}`,
        {
            clusterName: identity.clusterName,
            addonName: args.addonName,
            addonVersion: args.version,
            // What somebody has changed by hand in the cluster is put right, instead of failing the update.
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
            ...roleOf(identity, role),
            configurationValues: configuration === undefined ? undefined : pulumi.jsonStringify(configuration),
            tags,
        },
        { parent, dependsOn: [...args.dependsOn, ...(role?.facts.ready ?? [])] },
    );
}

function roleOf({ oidc }: ClusterIdentity, role: AddonArgs["role"]) {
    if (role === undefined) {
        return {};
    }
    return oidc === undefined
        ? { podIdentityAssociations: [{ serviceAccount: role.account, roleArn: role.facts.arn }] }
        : { serviceAccountRoleArn: role.facts.arn };
}
