import { getCluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { createProvider } from "../../kubernetes/provider";
import { clusterAccess, type ClusterAccess } from "../../readiness/cluster-access";
import type { AwsExistingClusterArgs } from "../args/cluster";
import type { ClusterIdentity, EksFacts } from "../facts";
import { lookUp } from "../../look-up";
import type { AwsScope } from "../scope";
import { createExternalDns } from "./external-dns";
import { clusterIdentity } from "./identity";
import type { ClusterInput } from "./input";
import { createKubeconfig } from "./kubeconfig";
import { createLoadBalancerController } from "./load-balancer-controller";

/** Finds an EKS cluster that is there. Nodes, add-ons and storage classes are its owner's. */
export function useExistingCluster(scope: AwsScope, input: ClusterInput, existing: AwsExistingClusterArgs): EksFacts {
    return new ExistingCluster(scope, input, existing).facts;
}

/** An EKS cluster of somebody else. */
class ExistingCluster extends pulumi.ComponentResource {
    readonly facts: EksFacts;

    constructor(scope: AwsScope, input: ClusterInput, existing: AwsExistingClusterArgs) {
        super("wandb:aws:ExistingCluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = existingFacts({ ...scope, parent: this }, input, existing);
        this.registerOutputs({ name: this.facts.name });
    }
}

function existingFacts(scope: AwsScope, input: ClusterInput, existing: AwsExistingClusterArgs): EksFacts {
    const { parent } = scope;
    const wanted = "the name of a cluster in the provider's account and region";
    const asked = lookUp({ path: "aws.cluster.existing.name", wanted, resource: parent }, existing.name, (name) =>
        getCluster({ name }, { parent }),
    );
    const found = pulumi.all([asked, input.network.vpcId]).apply(([cluster, vpcId]) => {
        const problem = wrongVpc(cluster.name, cluster.vpcConfig.vpcId, vpcId);
        if (problem !== undefined) {
            throw resourceError(problem, parent);
        }
        return cluster;
    });
    const oidcIssuer = found.identities.apply(([identity]) => identity.oidcs[0].issuer);
    const address = {
        name: found.name,
        endpoint: found.endpoint,
        certificateAuthority: found.certificateAuthorities.apply(([authority]) => authority.data),
    };
    const kubeconfig =
        existing.kubeconfig === undefined
            ? createKubeconfig(scope, address, input.cluster.kubeconfig)
            : pulumi.secret(existing.kubeconfig);
    const provider = createProvider(scope.name, { kubeconfig }, { parent });
    const access = clusterAccess(kubeconfig);
    const identity = clusterIdentity(scope, {
        mode: input.identityMode,
        clusterName: found.name,
        issuer: oidcIssuer,
        providerArn: existing.oidcProviderArn,
    });
    const vpcId = found.vpcConfig.vpcId;
    return {
        ...address,
        arn: found.arn,
        securityGroupId: pulumi.output(existing.nodeSecurityGroupId ?? found.vpcConfig.clusterSecurityGroupId),
        oidcIssuer,
        identity,
        kubeconfig,
        provider,
        access,
        nodes: [],
        ready: createControllers(scope, input, { identity, provider, access, vpcId, existing }),
    };
}

/** Why the cluster's pods would not reach what is made in the network. Pure. */
export function wrongVpc(cluster: string, itsVpc: string, vpcId: string): string | undefined {
    return itsVpc === vpcId
        ? undefined
        : `aws.network.existing.vpcId: is another VPC than that of the cluster ("${vpcId}" given, ${cluster} is in ${itsVpc}), so its pods would not reach database and cache. Give ${itsVpc} and subnets of it.`;
}

interface ExistingPlace {
    readonly identity: ClusterIdentity;
    readonly provider: pulumi.ProviderResource;
    readonly access: ClusterAccess;
    readonly vpcId: pulumi.Output<string>;
    readonly existing: AwsExistingClusterArgs;
}

/** Only what was asked for: two load balancer controllers would fight over the same Ingresses. */
function createControllers(
    scope: AwsScope,
    { iam, charts, externalDns }: ClusterInput,
    { identity, provider, access, vpcId, existing }: ExistingPlace,
): pulumi.Resource[] {
    const place = { identity, iam, provider, access, tolerations: [], dependsOn: [] };
    return [
        ...(existing.installLoadBalancerController
            ? createLoadBalancerController(scope, place, { vpcId, chart: charts.awsLoadBalancerController })
            : []),
        ...(externalDns === undefined
            ? []
            : createExternalDns(scope, place, { zoneId: externalDns.zoneId, chart: charts.externalDns })),
    ];
}
