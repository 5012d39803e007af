/** A simulated account with all that an EKS cluster needs before it. */
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "./cloud-frame";

export const clusterType = "aws:eks/cluster:Cluster";
export const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
export const addonType = "aws:eks/addon:Addon";
export const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

export const arnOf = (role: string) => `arn:aws:iam::123456789012:role/${role}`;

/** Inputs of a cluster and of a node group that EKS takes. */
export const leastCluster = {
    name: "w",
    version: "1.35",
    roleArn: arnOf("cluster"),
    bootstrapSelfManagedAddons: false,
    accessConfig: { authenticationMode: "API" },
    vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], endpointPrivateAccess: true, endpointPublicAccess: false },
};
export const leastNodes = {
    clusterName: "w",
    nodeGroupName: "ng",
    nodeRoleArn: arnOf("nodes"),
    subnetIds: ["subnet-a"],
    scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 1 },
};
export const cniAddon = {
    clusterName: "w",
    addonName: "vpc-cni",
    addonVersion: "v1.22.3-eksbuild.1",
    serviceAccountRoleArn: arnOf("cni"),
};

export class EksCloud extends TestCloud {
    /** An account with a VPC, subnets in two zones, and the roles. */
    static async start(): Promise<EksCloud> {
        const cloud = new EksCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        await cloud.plant("aws:ec2/vpc:Vpc", "vpc-1", { cidrBlock: "10.10.0.0/16" });
        for (const [letter, vpcId] of [
            ["a", "vpc-1"],
            ["b", "vpc-1"],
            ["c", "vpc-1"],
            ["x", "vpc-2"],
        ]) {
            const zone = letter === "x" ? "b" : letter;
            const inputs = { vpcId, availabilityZone: `eu-west-1${zone}` };
            await cloud.plant("aws:ec2/subnet:Subnet", `subnet-${letter}`, inputs, inputs);
        }
        await cloud.role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
        await cloud.role(
            "nodes",
            "ec2.amazonaws.com",
            "AmazonEKSWorkerNodePolicy",
            "AmazonEC2ContainerRegistryPullOnly",
        );
        await cloud.role("cni", "pods.eks.amazonaws.com", "AmazonEKS_CNI_Policy");
        return cloud;
    }

    plant(type: string, id: string, inputs: Record<string, string>, outputs: Record<string, string> = {}) {
        return this.provider.inventory.plant({ type, id, inputs, outputs });
    }

    async role(name: string, service: string, ...policies: string[]): Promise<void> {
        const statement = { Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] };
        const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
        await this.plant("aws:iam/role:Role", name, { name, assumeRolePolicy }, { name, arn: arnOf(name) });
        for (const policy of policies) {
            const policyArn = `arn:aws:iam::aws:policy/${policy}`;
            await this.plant(attachmentType, `${name}-${policy}`, { role: name, policyArn });
        }
    }

    async detach(role: string, policy: string): Promise<void> {
        await this.provider.inventory.change((inventory) => inventory.remove(attachmentType, `${role}-${policy}`));
    }

    cluster(changes: PropertyMap = {}) {
        return this.make(clusterType, { ...leastCluster, ...changes });
    }

    nodes(changes: PropertyMap = {}) {
        return this.make(nodeGroupType, { ...leastNodes, ...changes });
    }

    addon(addonName: string, changes: PropertyMap = {}) {
        return this.make(addonType, { clusterName: "w", addonName, ...changes });
    }

    /** A cluster with its network. */
    async network(): Promise<void> {
        await this.cluster();
        await this.addon("vpc-cni", cniAddon);
        await this.addon("kube-proxy");
    }

    /** Checks, then creates: with defaults, as the engine does. */
    async make(type: string, news: PropertyMap) {
        const { inputs, problems } = await this.check(type, news);
        if (problems.length > 0) {
            throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        return this.create(type, inputs);
    }

    async update(type: string, id: string, news: PropertyMap) {
        const before = this.provider.inventory.get(type, id);
        const { inputs } = await this.check(type, news);
        return this.provider.update({
            urn: urnOf(type),
            id,
            oldOutputs: properties({ ...before?.outputs }),
            news: inputs,
            preview: false,
        });
    }

    /** Changes as `path replaces`. */
    async changes(type: string, olds: PropertyMap, news: PropertyMap): Promise<string[]> {
        const request = { urn: urnOf(type), id: "x", oldInputs: properties(olds), news: properties(news) };
        const { changes } = await this.provider.diff(request);
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    }

    output(type: string, id: string, name: string): string {
        return textOf(this.provider.inventory.get(type, id)?.outputs[name]);
    }
}
