/** The rules of simulated node groups, add-ons, access entries and Pod Identity: what EKS takes and what it refuses. */
import assert from "node:assert/strict";
import { kubernetesRelease } from "../../sdk/aws/cluster/versions";
import { PinnedKubernetesVersions } from "../../sdk/aws/args/kubernetes-versions";
import { addonVersions } from "../../sandbox/clouds/aws/eks/addon-versions";
import { type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { arnOf, cniAddon, EksCloud, leastCluster, leastNodes, nodeGroupType, templateType } from "../support/eks-cloud";

const entryType = "aws:eks/accessEntry:AccessEntry";
const accessPolicyType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const podIdentityType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

let cloud: EksCloud;
beforeEach(async () => {
    cloud = await EksCloud.start();
});
afterEach(() => cloud.remove());

const scaling = (minSize: number, maxSize: number, desiredSize: number) => ({
    scalingConfig: { minSize, maxSize, desiredSize },
});

describe("simulated node groups", () => {
    it("tell version, image and Auto Scaling group", async () => {
        await cloud.network();
        const { id, outputs } = await cloud.nodes();
        assert.equal(id, "w:ng");
        assert.equal(outputs.values["version"], "1.35");
        assert.match(textOf(outputs.values["releaseVersion"]), /^1\.35\.\d+-\d{8}$/);
        const [{ autoscalingGroups }] = outputs.values["resources"] as { autoscalingGroups: { name: string }[] }[];
        assert.match(autoscalingGroups[0].name, /^eks-ng-/);
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a cluster that is not there", { clusterName: "x" }, /No cluster found for name: x/],
        ["a name that is too long", { nodeGroupName: "a".repeat(64) }, /must be 1 to 63 letters/],
        ["a role for control planes", { nodeRoleArn: arnOf("cluster") }, /\[ec2\.amazonaws\.com\] were not found/],
        ["more at least than at most", scaling(3, 2, 3), /Minimum capacity 3 can't be greater than maximum size 2/],
        ["fewer than at least", scaling(3, 4, 1), /Minimum capacity 3 can't be greater than desired size 1/],
        ["more than at most", scaling(1, 4, 5), /desired capacity 5 can't be greater than max size 4/],
        ["451 nodes", scaling(1, 451, 1), /cannot be greater than 450/],
        ["a version above the cluster's", { version: "1.36" }, /1\.36 is newer than cluster version 1\.35/],
        [
            "an image of another version",
            { releaseVersion: "1.34.1-20260415" },
            /not valid for kubernetes version 1\.35/,
        ],
        ["an image that is none", { releaseVersion: "latest" }, /must be the release version/],
        ["a reserved label", { labels: { "k8s.io/a": "" } }, /Label cannot contain reserved prefixes/],
        [
            "a taint as Kubernetes writes it",
            { taints: [{ key: "a", effect: "NoSchedule" }] },
            /must be one of NO_SCHEDULE/,
        ],
        ["two limits of updates", { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 33 } }, /exactly one/],
        ["a template that is not there", { launchTemplate: { id: "lt-1", version: "1" } }, /lt-1 could not be found/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, async () => {
            await cloud.network();
            await assert.rejects(cloud.nodes(changes), expected);
        });
    }

    it("fail without the policies of their role (Trap 20)", async () => {
        await cloud.network();
        for (const policy of ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"]) {
            await cloud.detach("nodes", policy);
            await assert.rejects(cloud.nodes(), /CREATE_FAILED.*NodeCreationFailure: Instances failed to join/);
        }
    });

    it("fail without a network add-on, or one without rights", async () => {
        await cloud.cluster();
        await assert.rejects(cloud.nodes(), /NodeCreationFailure: Unhealthy nodes/);
        await cloud.addon("vpc-cni", cniAddon);
        await assert.rejects(cloud.nodes(), /Unhealthy nodes/, "no kube-proxy");
        await cloud.addon("kube-proxy");
        await cloud.detach("cni", "AmazonEKS_CNI_Policy");
        await assert.rejects(cloud.nodes(), /Unhealthy nodes/, "no rights");
    });

    it("need the agent where the network add-on has its role from Pod Identity", async () => {
        await cloud.cluster();
        const podIdentityAssociations = [{ serviceAccount: "aws-node", roleArn: arnOf("cni") }];
        await cloud.addon("vpc-cni", { podIdentityAssociations });
        await cloud.addon("kube-proxy");
        await assert.rejects(cloud.nodes(), /Unhealthy nodes/);
        await cloud.addon("eks-pod-identity-agent");
        await cloud.nodes();
    });

    it("fail in a subnet whose route table leads nowhere", async () => {
        await cloud.network();
        const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
        await cloud.plant(association, "rtbassoc-1", { subnetId: "subnet-a", routeTableId: "rtb-1" });
        await assert.rejects(cloud.nodes(), /failed to join/);
        await cloud.plant("aws:ec2/route:Route", "r-1", {
            routeTableId: "rtb-1",
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: "nat-1",
        });
        await cloud.nodes();
    });

    it("do without routes where the endpoints are in the VPC", async () => {
        await cloud.network();
        const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
        await cloud.plant(association, "rtbassoc-1", { subnetId: "subnet-a", routeTableId: "rtb-1" });
        for (const service of ["ec2", "ecr.api", "ecr.dkr", "sts"]) {
            await cloud.plant("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
                vpcId: "vpc-1",
                vpcEndpointType: "Interface",
                serviceName: `com.amazonaws.eu-west-1.${service}`,
            });
        }
        await cloud.nodes();
    });

    it("fail with a key that Auto Scaling may not use (Trap 9)", async () => {
        await cloud.network();
        const arn = "arn:aws:kms:eu-west-1:123456789012:key/a";
        const statement = (principal: string) => ({
            Effect: "Allow",
            Principal: { AWS: [`arn:aws:iam::123456789012:${principal}`] },
            Action: ["kms:*"],
            Resource: ["*"],
        });
        const policy = (...principals: string[]) =>
            JSON.stringify({ Version: "2012-10-17", Statement: principals.map(statement) });
        await cloud.plant("aws:kms/key:Key", "a", { policy: policy("root") }, { arn });
        const ebs = { volumeType: "gp3", encrypted: "true", kmsKeyId: arn };
        const { id } = await cloud.make(templateType, { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });
        const launchTemplate = { id, version: "1" };
        await assert.rejects(cloud.nodes({ launchTemplate }), /Client\.InvalidKMSKey\.InvalidState/);
        const role = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
        await cloud.provider.inventory.change((inventory) => {
            const row = inventory.get("aws:kms/key:Key", "a");
            Object.assign(row?.inputs ?? {}, { policy: policy("root", role) });
        });
        await cloud.nodes({ launchTemplate });
        await assert.rejects(
            cloud.nodes({ nodeGroupName: "b", launchTemplate: { id, version: "2" } }),
            /specified version 2/,
        );
        await assert.rejects(cloud.nodes({ nodeGroupName: "b", launchTemplate, diskSize: 50 }), /Disk size must be/);
    });

    it("do not shrink below what is asked for at least, and follow the cluster", async () => {
        await cloud.network();
        await cloud.nodes();
        const update = (changes: PropertyMap) => cloud.update(nodeGroupType, "w:ng", { ...leastNodes, ...changes });
        await assert.rejects(update(scaling(3, 4, 1)), /Minimum capacity 3 can't be greater than desired size 1/);
        await assert.rejects(update({ version: "1.34" }), /lower than the current one/);
        await assert.rejects(update({ version: "1.36" }), /newer than cluster/);
        await cloud.update("aws:eks/cluster:Cluster", "w", { ...leastCluster, version: "1.36" });
        const { values } = await update({ version: "1.36" });
        assert.match(textOf(values["releaseVersion"]), /^1\.36\./);
    });

    it("are replaced for what they are made of, and change the rest in place", async () => {
        const olds = {
            ...leastNodes,
            instanceTypes: ["a"],
            capacityType: "SPOT",
            launchTemplate: { id: "lt", version: "1" },
        };
        const changes = (news: PropertyMap) => cloud.changes(nodeGroupType, olds, { ...olds, ...news });
        assert.deepEqual(await changes({ instanceTypes: ["b"] }), ["instanceTypes[0] true"]);
        assert.deepEqual(await changes({ capacityType: "ON_DEMAND" }), ["capacityType true"]);
        assert.deepEqual(await changes({ subnetIds: ["b"] }), ["subnetIds[0] true"]);
        assert.deepEqual(await changes({ launchTemplate: { id: "lt", version: "2" } }), [
            "launchTemplate.version false",
        ]);
        assert.deepEqual(await changes({ launchTemplate: { id: "lu", version: "1" } }), ["launchTemplate.id true"]);
        assert.deepEqual(await changes({ labels: { a: "b" }, version: "1.36" }), ["labels false", "version false"]);
    });
});

describe("simulated add-ons", () => {
    it("know all versions that this package pins", () => {
        for (const version of PinnedKubernetesVersions) {
            const { addons } = kubernetesRelease(version);
            for (const [name, pinned] of [
                ["vpc-cni", addons.vpcCni],
                ["coredns", addons.coredns],
                ["kube-proxy", addons.kubeProxy],
                ["aws-ebs-csi-driver", addons.ebsCsiDriver],
                ["metrics-server", addons.metricsServer],
                ["eks-pod-identity-agent", addons.podIdentityAgent],
            ]) {
                assert.ok(addonVersions(name, version)?.includes(pinned), `${name} ${pinned} on ${version}`);
            }
        }
    });

    it("take the newest version when none is said", async () => {
        await cloud.cluster();
        const { outputs } = await cloud.addon("kube-proxy");
        assert.equal(outputs.values["addonVersion"], "v1.35.3-eksbuild.13");
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a name nobody knows", { addonName: "istio" }, /Addon istio specified is not supported/],
        [
            "a version of another Kubernetes",
            { addonVersion: "v1.36.0-eksbuild.14" },
            /Addon version specified is not supported/,
        ],
        ["a version that is none", { addonVersion: "latest" }, /must follow semantic version format/],
        ["a configuration that is none", { configurationValues: "{" }, /ConfigurationValue provided/],
        ["PRESERVE at creation", { resolveConflictsOnCreate: "PRESERVE" }, /must be one of NONE, OVERWRITE/],
        ["a role that is not there", { serviceAccountRoleArn: arnOf("gone") }, /gone does not exist/],
        [
            "two ways to a role",
            {
                serviceAccountRoleArn: arnOf("cni"),
                podIdentityAssociations: [{ roleArn: arnOf("cni"), serviceAccount: "a" }],
            },
            /Both serviceAccountRoleArn and podIdentityAssociations/,
        ],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, async () => {
            await cloud.cluster();
            await assert.rejects(cloud.addon("kube-proxy", changes), expected);
        });
    }

    for (const name of ["coredns", "metrics-server", "aws-ebs-csi-driver"]) {
        it(`never get ${name} active without nodes`, async () => {
            await cloud.network();
            await assert.rejects(cloud.addon(name), /last state: 'DEGRADED', timeout: 20m0s/);
            await cloud.nodes();
            await cloud.addon(name);
        });
    }

    it("are there once", async () => {
        await cloud.network();
        await assert.rejects(cloud.addon("kube-proxy"), /Addon already exists/);
    });
});

describe("simulated access entries", () => {
    const entry = (changes: PropertyMap = {}) =>
        cloud.make(entryType, { clusterName: "w", principalArn: arnOf("nodes"), ...changes });
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    const associate = (changes: PropertyMap = {}) =>
        cloud.make(accessPolicyType, {
            clusterName: "w",
            principalArn: arnOf("nodes"),
            policyArn,
            accessScope: { type: "cluster" },
            ...changes,
        });

    it("name the user after the role", async () => {
        await cloud.cluster();
        const { outputs } = await entry();
        assert.equal(outputs.values["userName"], "arn:aws:sts::123456789012:assumed-role/nodes/{{SessionName}}");
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a role that is not there", { principalArn: arnOf("gone") }, /invalid principal/],
        ["an account", { principalArn: "arn:aws:iam::123456789012:root" }, /invalid principal/],
        ["a service-linked role", { principalArn: arnOf("aws-service-role/a/b") }, /invalid principal/],
        ["a group of the system (Trap 10)", { kubernetesGroups: ["system:masters"] }, /cannot start with system:/],
        ["a name of the system", { userName: "system:x" }, /cannot start with system:/],
        ["a name of the session without colon", { userName: "a{{SessionName}}" }, /must contain a colon/],
        ["groups for nodes", { type: "EC2_LINUX", kubernetesGroups: ["a"] }, /Only entries of type STANDARD/],
        ["the creator again", { principalArn: "arn:aws:iam::123456789012:user/sandbox" }, /already in use/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, async () => {
            await cloud.cluster();
            await assert.rejects(entry(changes), expected);
        });
    }

    it("need a cluster that looks at them, and are there once", async () => {
        await cloud.cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
        await assert.rejects(entry(), /authentication mode must be set to one of/);
        await cloud.delete("aws:eks/cluster:Cluster", "w");
        await cloud.cluster();
        await entry();
        await assert.rejects(entry(), /already in use on this cluster/);
    });

    it("get the policies that EKS has, and lose them with the entry", async () => {
        await cloud.cluster();
        await assert.rejects(associate(), /principalArn could not be found/);
        const { id } = await entry();
        await assert.rejects(associate({ policyArn: policyArn.replace("aws:eks", "aws-cn:eks") }), /policyArn/);
        await assert.rejects(associate({ accessScope: { type: "namespace" } }), /Namespaces must be given/);
        await associate();
        await cloud.delete(entryType, id);
        assert.deepEqual(cloud.provider.inventory.view().rows(accessPolicyType), []);
    });

    it("are replaced for another principal, scope or policy", async () => {
        const change = async (type: string, name: string, values: [string, string]) =>
            cloud.changes(type, { [name]: values[0] }, { [name]: values[1] });
        assert.deepEqual(await change(entryType, "principalArn", ["a", "b"]), ["principalArn true"]);
        assert.deepEqual(await change(entryType, "userName", ["a", "b"]), ["userName false"]);
        assert.deepEqual(await change(accessPolicyType, "policyArn", ["a", "b"]), ["policyArn true"]);
    });
});

describe("simulated Pod Identity", () => {
    const associate = (changes: PropertyMap = {}) =>
        cloud.make(podIdentityType, {
            clusterName: "w",
            namespace: "default",
            serviceAccount: "a",
            roleArn: arnOf("cni"),
            ...changes,
        });

    it("has one role for a service account, which must trust it", async () => {
        await cloud.cluster();
        const { id } = await associate();
        assert.match(id, /^a-[0-9a-f]{17}$/);
        await assert.rejects(associate(), new RegExp(`Association already exists: ${id}`));
        await assert.rejects(associate({ serviceAccount: "b", roleArn: arnOf("nodes") }), /pods\.eks\.amazonaws\.com/);
        await assert.rejects(associate({ clusterName: "x" }), /No cluster found/);
    });
});
