import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsTaintEffect } from "../../sdk/aws/args/cluster";
import { AwsIdentityMode } from "../../sdk/aws/args/identity";
import { wrongVpc } from "../../sdk/aws/cluster/existing";
import { keyArn, makeCluster, type MadeCluster, roleArn } from "../support/eks";
import { promiseOf } from "../support/resolve";

const inputsOf = ({ graph }: MadeCluster, name: string) => graph.byName(name).inputs;
const valuesOf = (made: MadeCluster, name: string) => inputsOf(made, name)["values"] as Record<string, unknown>;
const namesOf = ({ graph }: MadeCluster) => graph.resources.map(({ name }) => name);

describe("nodes of the cluster", () => {
    it("are of the size, one group for each subnet", async () => {
        const made = await makeCluster({ size: "large" }, { tags: { team: "ml" } });
        assert.deepEqual(inputsOf(made, "w-nodes-b"), {
            nodeRoleArn: roleArn,
            launchTemplate: { id: "w-nodes-template-id", version: "3" },
            clusterName: "w-0a1b2c3d",
            subnetIds: ["subnet-b"],
            version: "1.35",
            amiType: "AL2023_x86_64_STANDARD",
            capacityType: "ON_DEMAND",
            instanceTypes: ["r6i.4xlarge"],
            scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 1 },
            updateConfig: { maxUnavailablePercentage: 33 },
            forceUpdateVersion: false,
            tags: { team: "ml" },
        });
    });

    it("are as told", async () => {
        const made = await makeCluster({
            cluster: {
                nodes: {
                    instanceTypes: ["m6i.2xlarge", "m7i.2xlarge"],
                    minPerZone: 2,
                    maxPerZone: 6,
                    spot: true,
                    labels: { pool: "wandb" },
                    taints: [{ key: "only", value: "wandb", effect: AwsTaintEffect.NoSchedule }],
                    maxUnavailablePercentage: 50,
                    releaseVersion: "1.35.2-20260415",
                },
            },
        });
        const group = inputsOf(made, "w-nodes-a");
        assert.equal(group["capacityType"], "SPOT");
        assert.deepEqual(group["instanceTypes"], ["m6i.2xlarge", "m7i.2xlarge"]);
        assert.deepEqual(group["scalingConfig"], { minSize: 2, maxSize: 6, desiredSize: 2 });
        assert.deepEqual(group["labels"], { pool: "wandb" });
        assert.deepEqual(group["taints"], [{ key: "only", value: "wandb", effect: "NO_SCHEDULE" }]);
        assert.deepEqual(group["updateConfig"], { maxUnavailablePercentage: 50 });
        assert.equal(group["releaseVersion"], "1.35.2-20260415");
    });

    it("are encrypted, keep pods from their role, and hand their tags on", async () => {
        const made = await makeCluster({ cluster: { nodes: { diskSizeGb: 300 } } }, { tags: { team: "ml" } });
        const template = inputsOf(made, "w-nodes-template");
        assert.deepEqual(template["blockDeviceMappings"], [
            {
                deviceName: "/dev/xvda",
                ebs: {
                    volumeType: "gp3",
                    volumeSize: 300,
                    encrypted: "true",
                    kmsKeyId: keyArn,
                    deleteOnTermination: "true",
                },
            },
        ]);
        assert.deepEqual(template["metadataOptions"], {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        const tags = { Name: "w-0a1b2c3d-node", team: "ml" };
        assert.deepEqual(template["tagSpecifications"], [
            { resourceType: "instance", tags },
            { resourceType: "volume", tags },
            { resourceType: "network-interface", tags },
        ]);
    });

    it("have no rights but joining and pulling images", async () => {
        const made = await makeCluster();
        const policies = namesOf(made).filter((name) => name.startsWith("w-node-role-"));
        assert.deepEqual(policies.sort(), [
            "w-node-role-AmazonEC2ContainerRegistryPullOnly",
            "w-node-role-AmazonEKSWorkerNodePolicy",
        ]);
    });

    it("with taints have everything tolerate them", async () => {
        const made = await makeCluster({
            cluster: { nodes: { taints: [{ key: "only", effect: AwsTaintEffect.NoExecute }] } },
            externalDns: { zoneId: "Z1" },
        });
        const toleration = { key: "only", operator: "Exists", effect: "NoExecute" };
        for (const release of ["w-load-balancer-controller", "w-cluster-autoscaler", "w-external-dns"]) {
            assert.deepEqual(valuesOf(made, release)["tolerations"], [toleration], release);
        }
        const configured = (name: string) =>
            JSON.parse(String(inputsOf(made, name)["configurationValues"])) as Record<string, unknown>;
        assert.deepEqual(configured("w-metrics-server"), { tolerations: [toleration] });
        assert.deepEqual((configured("w-coredns")["tolerations"] as unknown[]).at(-1), toleration);
        assert.deepEqual(configured("w-ebs-csi"), { controller: { tolerations: [toleration] } });
    });
});

describe("add-ons of the cluster", () => {
    it("are pinned, and put right what was changed by hand", async () => {
        const made = await makeCluster({ cluster: { addonVersions: { coredns: "v1.14.2-eksbuild.4" } } });
        const versions = ["vpc-cni", "kube-proxy", "coredns", "ebs-csi", "metrics-server"].map((word) => {
            const { addonName, addonVersion, resolveConflictsOnCreate, resolveConflictsOnUpdate } = inputsOf(
                made,
                `w-${word}`,
            );
            assert.deepEqual([resolveConflictsOnCreate, resolveConflictsOnUpdate], ["OVERWRITE", "OVERWRITE"]);
            return `${String(addonName)} ${String(addonVersion)}`;
        });
        assert.deepEqual(versions, [
            "vpc-cni v1.22.3-eksbuild.1",
            "kube-proxy v1.35.3-eksbuild.13",
            "coredns v1.14.2-eksbuild.4",
            "aws-ebs-csi-driver v1.63.1-eksbuild.1",
            "metrics-server v0.8.1-eksbuild.6",
        ]);
    });

    it("tag the volumes that they make, in an order that is not the program's", async () => {
        const made = await makeCluster({}, { tags: { team: "ml", stage: "a" } });
        assert.equal(
            inputsOf(made, "w-ebs-csi")["configurationValues"],
            JSON.stringify({ controller: { extraVolumeTags: { stage: "a", team: "ml" } } }),
        );
        assert.equal(inputsOf(await makeCluster(), "w-ebs-csi")["configurationValues"], undefined);
    });
});

describe("objects in the cluster", () => {
    it("have one default class of volumes, encrypted with the key, that goes with the cluster", async () => {
        const made = await makeCluster();
        const { metadata, ...storageClass } = inputsOf(made, "w-storage-class");
        assert.equal((metadata as { name: string }).name, "gp3");
        assert.deepEqual(
            [storageClass["provisioner"], storageClass["parameters"], storageClass["volumeBindingMode"]],
            [
                "ebs.csi.aws.com",
                { type: "gp3", encrypted: "true", kmsKeyId: keyArn, "csi.storage.k8s.io/fstype": "ext4" },
                "WaitForFirstConsumer",
            ],
        );
        assert.equal(storageClass["allowVolumeExpansion"], true);
    });

    it("use the one Kubernetes provider", async () => {
        const made = await makeCluster({ externalDns: { zoneId: "Z1" } });
        const inside = made.graph.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.equal(inside.length, 4);
        for (const { provider, name } of inside) {
            assert.match(provider, /[:$]pulumi:providers:kubernetes::w-kubernetes::/, name);
        }
    });

    it("have a load balancer controller that asks no metadata service", async () => {
        const made = await makeCluster({}, { tags: { team: "ml" } });
        const { chart, version, name, namespace, repositoryOpts } = inputsOf(made, "w-load-balancer-controller");
        assert.deepEqual(
            [chart, version, name, namespace, repositoryOpts],
            [
                "aws-load-balancer-controller",
                "1.17.1",
                "aws-load-balancer-controller",
                "kube-system",
                { repo: "https://aws.github.io/eks-charts" },
            ],
        );
        const values = valuesOf(made, "w-load-balancer-controller");
        assert.deepEqual(
            [values["clusterName"], values["region"], values["vpcId"], values["defaultTags"]],
            ["w-0a1b2c3d", "us-gov-west-1", "vpc-1", { team: "ml" }],
        );
        assert.deepEqual(
            [values["enableShield"], values["enableWaf"], values["enableServiceMutatorWebhook"]],
            [false, false, false],
        );
    });

    it("have the autoscaler of the version of Kubernetes", async () => {
        for (const [version, tag] of [
            ["1.34", "v1.34.3"],
            ["1.35", "v1.35.0"],
            ["1.36", "v1.36.0"],
        ]) {
            const values = valuesOf(await makeCluster({ cluster: { version } }), "w-cluster-autoscaler");
            assert.deepEqual(values["image"], { tag });
            assert.deepEqual(values["autoDiscovery"], { clusterName: "w-0a1b2c3d" });
            assert.equal(values["awsRegion"], "us-gov-west-1");
        }
    });

    it("have external-dns on request only, for its zone and with the cluster as the owner (Trap 23)", async () => {
        assert.ok(!namesOf(await makeCluster()).includes("w-external-dns"));
        const values = valuesOf(await makeCluster({ externalDns: { zoneId: "Z1" } }), "w-external-dns");
        assert.deepEqual(values["extraArgs"], ["--zone-id-filter=Z1"]);
        assert.deepEqual([values["policy"], values["txtOwnerId"]], ["sync", "w-0a1b2c3d"]);
    });

    it("come from where the arguments say, with their values last", async () => {
        const made = await makeCluster({
            charts: {
                awsLoadBalancerController: {
                    repository: pulumi.output("oci://registry.example.com/charts/aws-load-balancer-controller"),
                    version: "1.17.0",
                    values: { replicaCount: 3, podDisruptionBudget: null, image: { repository: "mirror/alb" } },
                },
                clusterAutoscaler: { repository: "https://charts.example.com" },
            },
        });
        const { chart, version, repositoryOpts } = inputsOf(made, "w-load-balancer-controller");
        assert.deepEqual(
            [chart, version, repositoryOpts],
            ["oci://registry.example.com/charts/aws-load-balancer-controller", "1.17.0", {}],
        );
        const values = valuesOf(made, "w-load-balancer-controller");
        assert.deepEqual(
            [values["replicaCount"], values["podDisruptionBudget"], values["image"]],
            [3, undefined, { repository: "mirror/alb" }],
        );
        assert.equal(values["clusterName"], "w-0a1b2c3d");
        assert.deepEqual(inputsOf(made, "w-cluster-autoscaler")["repositoryOpts"], {
            repo: "https://charts.example.com",
        });
    });
});

describe("an EKS cluster that is there", () => {
    it("gets an OIDC provider and nothing else", async () => {
        const made = await makeCluster({ access: undefined, cluster: { existing: { name: "theirs" } } });
        assert.deepEqual(
            namesOf(made)
                .filter((name) => !["w", "w-way-out"].includes(name))
                .sort(),
            ["w-cluster", "w-kubernetes", "w-oidc"],
        );
        assert.equal(await promiseOf(made.facts.securityGroupId), "sg-2");
        assert.deepEqual([made.facts.nodes, made.facts.ready], [[], []]);
        assert.match(await promiseOf(made.facts.kubeconfig), /--cluster-name","theirs"/);
    });

    it("keeps its own provider, kubeconfig and identity", async () => {
        const arn = "arn:aws-us-gov:iam::123456789012:oidc-provider/theirs";
        const existing = { name: "theirs", oidcProviderArn: arn, kubeconfig: "a kubeconfig" };
        const made = await makeCluster({ access: undefined, cluster: { existing } });
        assert.ok(!namesOf(made).includes("w-oidc"));
        const { identity, kubeconfig } = made.facts;
        assert.equal(await promiseOf(pulumi.output(identity.oidc?.providerArn)), arn);
        assert.equal(await promiseOf(kubeconfig), "a kubeconfig");
        assert.equal(await pulumi.isSecret(kubeconfig), true);
        const pods = await makeCluster({
            access: undefined,
            cluster: { existing: { name: "theirs" } },
            identityMode: AwsIdentityMode.PodIdentity,
        });
        assert.ok(!namesOf(pods).includes("w-oidc"));
    });

    it("is reached from by the group of its nodes, where they have one of their own", async () => {
        const existing = { name: "theirs", nodeSecurityGroupId: "sg-0a" };
        const made = await makeCluster({ access: undefined, cluster: { existing } });
        assert.equal(await promiseOf(made.facts.securityGroupId), "sg-0a");
    });

    it("is refused when it lies in another VPC than database and cache will", () => {
        assert.equal(wrongVpc("theirs", "vpc-1", "vpc-1"), undefined);
        assert.match(
            wrongVpc("theirs", "vpc-1", "vpc-2") ?? "",
            /^aws\.network\.existing\.vpcId: .*\("vpc-2" given, theirs is in vpc-1\).*Give vpc-1 and subnets of it\.$/,
        );
    });

    it("gets a load balancer controller for its own VPC when asked", async () => {
        const made = await makeCluster({
            access: undefined,
            cluster: { existing: { name: "theirs", installLoadBalancerController: true } },
        });
        const values = valuesOf(made, "w-load-balancer-controller");
        assert.deepEqual([values["clusterName"], values["vpcId"]], ["theirs", "vpc-1"]);
        assert.ok(made.facts.ready.length > 0);
    });
});
