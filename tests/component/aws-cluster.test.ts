import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsIdentityMode } from "../../sdk/aws/args/identity";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { keyArn, makeCluster, type MadeCluster, roleArn } from "../support/eks";
import { assertSnapshot } from "../support/snapshot";
import { promiseOf } from "../support/resolve";

const inputsOf = ({ graph }: MadeCluster, name: string) => graph.byName(name).inputs;
const lastPart = (urn: string) => urn.split("::")[3] ?? "";
const after = ({ graph }: MadeCluster, name: string) => graph.byName(name).dependencies.map(lastPart);
const namesOf = ({ graph }: MadeCluster, type: RegExp) =>
    graph.resources.filter((resource) => type.test(resource.type)).map(({ name }) => name);
const ofType = ({ graph }: MadeCluster, type: string) => {
    const [found] = graph.resources.filter((resource) => resource.type === type);
    return found;
};
const controlPlane = (made: MadeCluster) => ofType(made, "aws:eks/cluster:Cluster");
const trustOf = (made: MadeCluster, name: string) =>
    JSON.parse(String(inputsOf(made, name)["assumeRolePolicy"])) as PolicyDocument;
const readyNames = async ({ facts }: MadeCluster) =>
    (await Promise.all(facts.ready.map(({ urn }: pulumi.Resource) => promiseOf(urn)))).map(lastPart);

describe("an EKS cluster that is made", () => {
    it("registers the graph that the snapshot shows", async () => {
        assertSnapshot("aws-cluster", (await makeCluster({}, { tags: { team: "ml" } })).graph.lines());
    });

    it("is private but for the stated ranges, encrypted, logged and protected", async () => {
        const made = await makeCluster({ access: { cidrs: ["203.0.113.0/24", "198.51.100.7/32"] } });
        assert.deepEqual(controlPlane(made).inputs, {
            name: "w-0a1b2c3d",
            roleArn,
            version: "1.35",
            enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            vpcConfig: {
                subnetIds: ["subnet-a", "subnet-b"],
                endpointPrivateAccess: true,
                endpointPublicAccess: true,
                publicAccessCidrs: ["198.51.100.7/32", "203.0.113.0/24"],
            },
            accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
            bootstrapSelfManagedAddons: false,
            encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
            upgradePolicy: { supportType: "EXTENDED" },
            deletionProtection: true,
        });
        assert.equal(controlPlane(made).protect, true, "nodes and add-ons would go before EKS refuses");
    });

    for (const access of [{ private: true }, { cidrs: [] }]) {
        it(`has no public endpoint with ${JSON.stringify(access)}`, async () => {
            const { vpcConfig } = controlPlane(await makeCluster({ access })).inputs;
            assert.deepEqual(vpcConfig, {
                subnetIds: ["subnet-a", "subnet-b"],
                endpointPrivateAccess: true,
                endpointPublicAccess: false,
            });
        });
    }

    it("has its log group before it, whether its name is given or made", async () => {
        for (const [name, group] of [
            [undefined, "/aws/eks/w-0a1b2c3d/cluster"],
            ["own", "/aws/eks/own/cluster"],
        ] as const) {
            const made = await makeCluster({ cluster: { name, logRetentionDays: 7 } });
            assert.deepEqual(inputsOf(made, "w-cluster-logs"), { name: group, retentionInDays: 7 });
            const before = controlPlane(made).dependencies.map(lastPart);
            assert.ok(before.includes("w-cluster-logs"));
            assert.ok(before.includes("w-cluster-role-AmazonEKSClusterPolicy"));
        }
        const silent = await makeCluster({ cluster: { logTypes: [] } });
        assert.deepEqual(namesOf(silent, /logGroup/i), []);
        assert.deepEqual(controlPlane(silent).inputs["enabledClusterLogTypes"], []);
    });

    it("passes on what shapes it", async () => {
        const made = await makeCluster(
            {
                cluster: {
                    version: "1.34",
                    creatorAdmin: false,
                    extendedSupport: false,
                    serviceCidr: "172.20.0.0/16",
                    tags: { team: "other" },
                },
            },
            { tags: { team: "ml", stage: "a" }, deletionProtection: false },
        );
        const { inputs, protect } = controlPlane(made);
        assert.equal(inputs["version"], "1.34");
        assert.equal(inputs["deletionProtection"], false);
        assert.equal(protect, undefined, "the user's own protection counts");
        assert.deepEqual(inputs["upgradePolicy"], { supportType: "STANDARD" });
        assert.deepEqual(inputs["kubernetesNetworkConfig"], { serviceIpv4Cidr: "172.20.0.0/16" });
        assert.deepEqual(inputs["tags"], { team: "other", stage: "a" });
        assert.deepEqual(inputs["accessConfig"], {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
        });
        assert.equal(inputsOf(made, "w-kube-proxy")["addonVersion"], "v1.34.6-eksbuild.13");
        assert.equal(inputsOf(made, "w-nodes-a")["version"], "1.34");
    });

    it("lets roles and users in, before anything asks its API server", async () => {
        const made = await makeCluster({
            cluster: {
                accessEntries: {
                    admins: {
                        principalArn: "arn:aws-us-gov:iam::123456789012:role/admin",
                        policies: ["AmazonEKSClusterAdminPolicy"],
                    },
                    readers: {
                        principalArn: "arn:aws-us-gov:iam::123456789012:user/reader",
                        groups: ["readers"],
                        username: "reader",
                        policies: ["AmazonEKSViewPolicy"],
                        namespaces: ["wandb"],
                    },
                },
            },
        });
        assert.deepEqual(inputsOf(made, "w-access-readers"), {
            clusterName: "w-0a1b2c3d",
            principalArn: "arn:aws-us-gov:iam::123456789012:user/reader",
            kubernetesGroups: ["readers"],
            userName: "reader",
            type: "STANDARD",
        });
        assert.deepEqual(inputsOf(made, "w-access-admins-AmazonEKSClusterAdminPolicy"), {
            clusterName: "w-0a1b2c3d",
            principalArn: "arn:aws-us-gov:iam::123456789012:role/admin",
            policyArn: "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            accessScope: { type: "cluster" },
        });
        assert.deepEqual(inputsOf(made, "w-access-readers-AmazonEKSViewPolicy")["accessScope"], {
            type: "namespace",
            namespaces: ["wandb"],
        });
        assert.ok(after(made, "w-kubernetes").includes("w-access-admins-AmazonEKSClusterAdminPolicy"));
    });

    it("tells what others need, the kubeconfig as a secret", async () => {
        const { facts } = await makeCluster({ cluster: { kubeconfig: { profile: "ops" } } });
        assert.equal(await promiseOf(facts.securityGroupId), "sg-1");
        assert.equal(await promiseOf(facts.certificateAuthority), "Y2E=");
        assert.equal(await pulumi.isSecret(facts.kubeconfig), true);
        assert.match(await promiseOf(facts.kubeconfig), /"get-token","--cluster-name","w-0a1b2c3d".*"--profile","ops"/);
        assert.equal(facts.nodes.length, 2);
    });
});

describe("identity of what runs in the cluster", () => {
    const accounts = [
        ["w-vpc-cni-role", "aws-node"],
        ["w-ebs-csi-role", "ebs-csi-controller-sa"],
        ["w-load-balancer-controller-role", "aws-load-balancer-controller"],
        ["w-cluster-autoscaler-role", "cluster-autoscaler"],
    ] as const;

    it("comes from the issuer, for exactly one service account each", async () => {
        const made = await makeCluster();
        for (const [role, account] of accounts) {
            const [{ Principal, Condition }] = trustOf(made, role).Statement;
            assert.deepEqual(Principal, { Federated: ["arn:aws-us-gov:iam::123456789012:oidc-provider/made"] });
            assert.deepEqual(Condition?.["StringEquals"], {
                "oidc.eks.us-gov-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
                "oidc.eks.us-gov-west-1.amazonaws.com/id/ABC:sub": [`system:serviceaccount:kube-system:${account}`],
            });
        }
        assert.deepEqual(namesOf(made, /podIdentity/), []);
        assert.ok(!namesOf(made, /eks\/addon/).includes("w-pod-identity-agent"));
    });

    it("comes from Pod Identity when told so, and nothing of IRSA is made", async () => {
        const made = await makeCluster({ identityMode: AwsIdentityMode.PodIdentity });
        assert.equal(made.facts.identity.oidc, undefined);
        assert.deepEqual(namesOf(made, /openIdConnect/), []);
        for (const [role] of accounts) {
            assert.deepEqual(trustOf(made, role).Statement[0].Principal, { Service: ["pods.eks.amazonaws.com"] });
        }
        const [association] = inputsOf(made, "w-vpc-cni")["podIdentityAssociations"] as Record<string, unknown>[];
        assert.equal(association["serviceAccount"], "aws-node");
        assert.ok(after(made, "w-vpc-cni").includes("w-pod-identity-agent"));
        assert.ok(after(made, "w-load-balancer-controller").includes("w-load-balancer-controller-identity"));
        const { namespace, serviceAccount } = inputsOf(made, "w-load-balancer-controller-identity");
        assert.deepEqual([namespace, serviceAccount], ["kube-system", "aws-load-balancer-controller"]);
    });

    it("respects path and boundary on every role", async () => {
        const boundary = "arn:aws-us-gov:iam::123456789012:policy/limit";
        const made = await makeCluster({ iam: { path: "/wandb/", permissionsBoundary: boundary } });
        const roles = made.graph.resources.filter(({ type }) => type === "aws:iam/role:Role");
        assert.equal(roles.length, 6);
        for (const { inputs, name } of roles) {
            assert.deepEqual([inputs["path"], inputs["permissionsBoundary"]], ["/wandb/", boundary], name);
        }
    });
});

describe("order in the cluster", () => {
    it("has nodes after the network add-ons, the way out and the rights of their role (Trap 20)", async () => {
        const made = await makeCluster();
        for (const before of [
            "w-vpc-cni",
            "w-kube-proxy",
            "w-way-out",
            "w-node-role-AmazonEKSWorkerNodePolicy",
            "w-node-role-AmazonEC2ContainerRegistryPullOnly",
        ]) {
            assert.ok(after(made, "w-nodes-b").includes(before), before);
        }
        assert.ok(after(made, "w-vpc-cni").includes("w-vpc-cni-role-AmazonEKS_CNI_Policy"));
    });

    it("has the control plane wait for no way out, and the network add-ons for no node", async () => {
        const made = await makeCluster();
        assert.ok(!controlPlane(made).dependencies.map(lastPart).includes("w-way-out"));
        for (const addon of ["w-vpc-cni", "w-kube-proxy"]) {
            assert.deepEqual(
                after(made, addon).filter((name) => name.startsWith("w-nodes")),
                [],
            );
        }
    });

    for (const name of [
        "w-coredns",
        "w-metrics-server",
        "w-ebs-csi",
        "w-load-balancer-controller",
        "w-cluster-autoscaler",
    ]) {
        it(`has ${name} after the nodes, and not after another of them`, async () => {
            const before = after(await makeCluster(), name);
            assert.deepEqual(
                before.filter((one) => one.startsWith("w-nodes-")),
                ["w-nodes-a", "w-nodes-b"],
            );
            assert.ok(!before.some((one) => /coredns|metrics|controller$|autoscaler$/.test(one)), before.join());
        });
    }

    it("leaves the number of nodes to the autoscaler, and replaces nothing by itself", async () => {
        const { options } = await makeCluster();
        assert.deepEqual(options.get("NodeGroup w-nodes-a")?.ignoreChanges, ["scalingConfig.desiredSize"]);
        assert.deepEqual(options.get("Cluster w-cluster")?.ignoreChanges, ["bootstrapSelfManagedAddons"]);
        const ignoring = [...options].filter(([, { ignoreChanges = [] }]) => ignoreChanges.length > 0);
        assert.equal(ignoring.length, 3);
    });

    it("takes the old one away first where two cannot stand side by side", async () => {
        const accessEntries = {
            a: { principalArn: "arn:aws:iam::123456789012:role/a", policies: ["AmazonEKSViewPolicy"] },
        };
        const { options } = await makeCluster({
            cluster: { accessEntries, roleName: "control-plane" },
            identityMode: AwsIdentityMode.PodIdentity,
        });
        const first = [...options].filter(([, { deleteBeforeReplace }]) => deleteBeforeReplace).map(([name]) => name);
        assert.deepEqual(first.sort(), [
            "AccessPolicyAssociation w-access-a-AmazonEKSViewPolicy",
            "Cluster w-cluster",
            "PodIdentityAssociation w-cluster-autoscaler-identity",
            "PodIdentityAssociation w-load-balancer-controller-identity",
        ]);
        // With the role of a given name would go first what is replaced because of it.
        assert.equal(options.get("Role w-cluster-role")?.deleteBeforeReplace, false);
    });

    it("forgets the class of volumes with the cluster, but never what cleans up in the cloud", async () => {
        const { options } = await makeCluster({ externalDns: { zoneId: "Z1" } });
        const forgotten = [...options].filter(([, { deletedWith }]) => deletedWith !== undefined).map(([name]) => name);
        assert.deepEqual(forgotten, ["StorageClass w-storage-class"]);
    });

    it("has ready all that W&B needs, and that must outlive it", async () => {
        const ready = await readyNames(await makeCluster({ externalDns: { zoneId: "Z1" } }));
        for (const name of [
            "w-coredns",
            "w-ebs-csi",
            "w-storage-class",
            "w-load-balancer-controller",
            "w-load-balancer-controller-role-rights",
            "w-cluster-autoscaler",
            "w-external-dns",
            "w-node-role-AmazonEKSWorkerNodePolicy",
        ]) {
            assert.ok(ready.includes(name), name);
        }
    });
});
