/** An EKS cluster of somebody else, as examples/aws-existing asks for it: with controllers, storage and access. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { apiServer } from "../../sandbox/clouds/aws/eks/api-server";
import type { Row } from "../../sandbox/clouds/inventory";
import { waitFor } from "../../sandbox/processes";
import { charts } from "../../sandbox/operator/packages";
import { type GivenNetwork, plantRole, region } from "./aws-account";
import type { AwsWorld } from "./aws-world";
import { inventory } from "./inventory";

const run = promisify(execFile);
const controller = { namespace: "kube-system", name: "aws-load-balancer-controller" };

/** What the README names. */
export interface Platform {
    readonly clusterName: string;
    readonly oidcProviderArn: string;
    readonly network: GivenNetwork;
}

export async function plantPlatform(world: AwsWorld, platform: Platform): Promise<void> {
    const roleArn = await plantCluster(world, platform);
    await world.client.create("/apis/storage.k8s.io/v1/storageclasses", {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true" },
        volumeBindingMode: "WaitForFirstConsumer",
    });
    await installController(world, platform, roleArn);
    // The API server refuses to list new kinds for a moment.
    const answers = () => inventory(world.client).then(() => true);
    await waitFor("the controller's kinds", answers, { timeoutMs: 30_000 });
}

/** The cluster as AWS tells it, and the role of its load balancer controller, whose ARN it gives. */
async function plantCluster({ inventory: account, program }: AwsWorld, platform: Platform): Promise<string> {
    const { clusterName, oidcProviderArn, network } = platform;
    const { vpcId, privateSubnetIds } = network;
    const plant = (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        account.plant({ type, id, inputs, outputs });
    const issuer = oidcProviderArn.slice(oidcProviderArn.indexOf("/") + 1);
    const { endpoint, certificateAuthority } = apiServer(program.dir, region, "amazonaws.com");
    const groupId = "sg-0123456789abcdef0";
    await plant("aws:ec2/securityGroup:SecurityGroup", groupId, { vpcId, name: `eks-cluster-sg-${clusterName}` });
    await plant(
        "aws:eks/cluster:Cluster",
        clusterName,
        { name: clusterName, version: "1.35", vpcConfig: { subnetIds: [...privateSubnetIds] } },
        {
            arn: `arn:aws:eks:${region}:123456789012:cluster/${clusterName}`,
            certificateAuthority: { data: certificateAuthority },
            endpoint,
            identities: [{ oidcs: [{ issuer: `https://${issuer}` }] }],
            status: "ACTIVE",
            version: "1.35",
            vpcConfig: { subnetIds: [...privateSubnetIds], clusterSecurityGroupId: groupId, vpcId },
        },
    );
    for (const addonName of ["aws-ebs-csi-driver", "coredns", "kube-proxy", "vpc-cni"]) {
        await plant("aws:eks/addon:Addon", `${clusterName}:${addonName}`, { clusterName, addonName });
    }
    const provider = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    await plant(provider, oidcProviderArn, { url: `https://${issuer}` }, { arn: oidcProviderArn });
    const subject = `system:serviceaccount:${controller.namespace}:${controller.name}`;
    const condition = { StringEquals: { [`${issuer}:sub`]: subject } };
    const arn = await plantRole(account, controller.name, { Federated: oidcProviderArn }, condition);
    await plant("aws:iam/rolePolicy:RolePolicy", `${controller.name}:rights`, { role: controller.name });
    return arn;
}

async function installController({ instance }: AwsWorld, platform: Platform, roleArn: string): Promise<void> {
    const { controlPlane, operator, toolchain } = instance;
    const [version] = charts["aws-load-balancer-controller"].versions;
    const values = {
        clusterName: platform.clusterName,
        region,
        vpcId: platform.network.vpcId,
        "serviceAccount.name": controller.name,
        "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn": roleArn,
    };
    const chart = [controller.name, "--repo", operator.repositoryUrl, "--version", version];
    const settings = Object.entries(values).flatMap(([path, value]) => ["--set", `${path}=${value}`]);
    const target = ["--namespace", controller.namespace, "--kubeconfig", controlPlane.kubeconfigPath];
    await run(toolchain.path("helm"), ["install", controller.name, ...chart, ...target, ...settings]);
}
