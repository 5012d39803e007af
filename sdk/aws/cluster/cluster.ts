import type { Cluster as EksCluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import { createProvider } from "../../kubernetes/provider";
import { clusterAccess } from "../../readiness/cluster-access";
import type { AwsIdentityMode } from "../args/identity";
import { DefaultKubernetesVersion } from "../args/kubernetes-versions";
import type { EksFacts } from "../facts";
import type { AwsScope } from "../scope";
import { createAccessEntries } from "./access";
import { createNetworkAddons, createNodeAddons } from "./addons";
import { createAutoscaler } from "./autoscaler";
import { createControlPlane } from "./control-plane";
import type { ControllerPlace } from "./controller";
import { useExistingCluster } from "./existing";
import { createExternalDns } from "./external-dns";
import { clusterIdentity } from "./identity";
import type { ClusterInput } from "./input";
import { createKubeconfig } from "./kubeconfig";
import { createLoadBalancerController } from "./load-balancer-controller";
import { tolerationsOf } from "./node-taints";
import { createNodeRole, createNodes } from "./nodes";
import { createStorageClass } from "./storage-class";
import { kubernetesRelease } from "./versions";

/** Makes the EKS cluster with all that runs in it beside W&B, or finds the one that is there. */
export function createCluster(scope: AwsScope, input: ClusterInput): EksFacts {
    const { existing } = input.cluster;
    return existing === undefined ? new Cluster(scope, input).facts : useExistingCluster(scope, input, existing);
}

/** An EKS cluster: control plane, nodes, add-ons and controllers. */
class Cluster extends pulumi.ComponentResource {
    readonly facts: EksFacts;

    constructor(scope: AwsScope, input: ClusterInput) {
        super("wandb:aws:Cluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = clusterFacts({ ...scope, parent: this }, input);
        this.registerOutputs({ name: this.facts.name });
    }
}

function clusterFacts(scope: AwsScope, input: ClusterInput): EksFacts {
    const { cluster: args, iam, network, keyArn } = input;
    const version = args.version ?? DefaultKubernetesVersion;
    const release = kubernetesRelease(version, args.addonVersions);
    const subnets = network.privateSubnets;
    const cluster = createControlPlane(scope, {
        ...input,
        access: accessOf(input),
        version,
        subnets: network.controlPlaneSubnets,
    });
    const facts = describe(scope, cluster, input.identityMode);
    const { identity } = facts;
    const entries = createAccessEntries(scope, cluster.name, args.accessEntries ?? {});
    const tolerations = tolerationsOf(args.nodes?.taints);
    const addons = { identity, iam, versions: release.addons, tolerations };
    const networkAddons = createNetworkAddons(scope, addons);
    const role = createNodeRole(scope, iam, args.nodes?.roleName);
    const nodes = createNodes(scope, {
        nodes: args.nodes ?? {},
        size: input.size,
        clusterName: cluster.name,
        version,
        role,
        subnets,
        keyArn,
        dependsOn: [...networkAddons, ...network.egress],
    });
    const nodeAddons = createNodeAddons(scope, addons, { keyArn, nodes });
    const kubeconfig = createKubeconfig(scope, facts, args.kubeconfig);
    // Who runs this may have to thank an entry for being let in, now and until the last object is gone.
    const provider = createProvider(scope.name, { kubeconfig }, { parent: scope.parent, dependsOn: entries });
    const access = clusterAccess(kubeconfig);
    const place = { identity, iam, provider, access, tolerations, dependsOn: nodes };
    const storageClass = createStorageClass(scope, { provider, cluster, keyArn, driver: nodeAddons.volumes });
    const controllers = createControllers(scope, place, { ...input, autoscalerTag: release.autoscalerTag });
    return {
        ...facts,
        kubeconfig,
        provider,
        access,
        nodes,
        ready: [...networkAddons, ...role.ready, ...nodeAddons.all, storageClass, ...controllers],
        nodeRoleArn: role.arn,
    };
}

function accessOf({ access }: ClusterInput): AccessArgs {
    if (access === undefined) {
        throw new Error("validation must have found that access is missing");
    }
    return access;
}

type Described = Omit<EksFacts, "kubeconfig" | "provider" | "access" | "nodes" | "ready">;

/** What the control plane says of itself, never looked up by name: at a first preview there is none of that name. */
function describe(scope: AwsScope, cluster: EksCluster, mode: AwsIdentityMode): Described {
    const { name, arn, endpoint } = cluster;
    const oidcIssuer = cluster.identities.apply(([identity]) => identity.oidcs[0].issuer);
    return {
        name,
        arn,
        endpoint,
        certificateAuthority: cluster.certificateAuthority.data,
        securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
        oidcIssuer,
        identity: clusterIdentity(scope, { mode, clusterName: name, issuer: oidcIssuer }),
    };
}

/** Controllers wait for nodes, not for each other. */
function createControllers(
    scope: AwsScope,
    place: ControllerPlace,
    { charts, network, externalDns, autoscalerTag }: ClusterInput & { readonly autoscalerTag: string },
): pulumi.Resource[] {
    return [
        ...createLoadBalancerController(scope, place, {
            vpcId: network.vpcId,
            chart: charts.awsLoadBalancerController,
        }),
        ...createAutoscaler(scope, place, { imageTag: autoscalerTag, chart: charts.clusterAutoscaler }),
        ...(externalDns === undefined
            ? []
            : createExternalDns(scope, place, { zoneId: externalDns.zoneId, chart: charts.externalDns })),
    ];
}
