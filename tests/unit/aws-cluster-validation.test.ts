/** Rules for `aws.cluster`: each with arguments that it takes, and with some that it refuses. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfigText } from "../../sdk/aws/cluster/kubeconfig";
import { nodeUserData, systemReserved } from "../../sdk/aws/cluster/node-user-data";
import { kubernetesRelease } from "../../sdk/aws/cluster/versions";
import { validate } from "../../sdk/validate";

const role = "arn:aws:iam::123456789012:role/admin";
const admin = { principalArn: role, policies: ["AmazonEKSClusterAdminPolicy"] };
const rest = { host: "https://wandb.example.com", license: "x", access: { private: true } };

/** What is wrong with `aws.cluster` alone, and with what depends on it. */
function problems(cluster: object, others: { aws?: object; [argument: string]: unknown } = {}): string[] {
    const { aws, ...more } = others;
    const args = { ...rest, ...more, aws: { ...aws, cluster } };
    return validate("wandb", args as never, { hasKubernetesProvider: false })
        .filter(({ propertyPath }) => /^(aws\.cluster|charts)/.test(propertyPath))
        .map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const podIdentity = { aws: { identity: { mode: "pod-identity" } } };
const allAddons = {
    vpcCni: "v1.21.1-eksbuild.1",
    coredns: "v1.12.4-eksbuild.1",
    kubeProxy: "v1.33.5-eksbuild.2",
    ebsCsiDriver: "v1.54.0-eksbuild.1",
    metricsServer: "v0.8.0-eksbuild.5",
};

const accepted: readonly (readonly [string, object, object?])[] = [
    ["nothing", {}],
    ["a name", { name: "W_1-a" }],
    ["an Output for a name", { name: pulumi.output("not looked at!") }],
    ["each pinned version", { version: "1.34" }],
    ["another version with all add-ons", { version: "1.33", addonVersions: allAddons }],
    ["an entry with policies", { accessEntries: { admins: admin }, creatorAdmin: false }],
    ["an entry with groups", { accessEntries: { readers: { principalArn: role, groups: ["readers"] } } }],
    [
        "an entry for namespaces",
        { accessEntries: { a: { ...admin, policies: ["AmazonEKSViewPolicy"], namespaces: ["dev-*"] } } },
    ],
    ["a name of the session after a colon", { accessEntries: { a: { ...admin, username: "a:{{SessionName}}" } } }],
    ["a range for Services", { serviceCidr: "172.20.0.0/16" }],
    ["logs for ever", { logRetentionDays: 0 }],
    ["no logs", { logTypes: [] }],
    [
        "nodes",
        {
            nodes: {
                instanceTypes: ["m6i.xlarge", "g4dn.xlarge", "u-6tb1.metal"],
                minPerZone: 1,
                maxPerZone: 450,
                diskSizeGb: 20,
                labels: { "example.com/pool": "" },
                taints: [
                    { key: "only", effect: "NO_SCHEDULE" },
                    { key: "only", effect: "NO_EXECUTE" },
                ],
                systemReserved: { pids: -1, cpuMillicores: 0 },
                releaseVersion: "1.35.2-20260415",
            },
        },
    ],
    [
        "the agent's version with Pod Identity",
        { addonVersions: { podIdentityAgent: "v1.3.10-eksbuild.3" } },
        podIdentity,
    ],
    [
        "charts of a mirror",
        {},
        {
            charts: {
                awsLoadBalancerController: { repository: "oci://registry.example.com/aws-load-balancer-controller" },
                clusterAutoscaler: { repository: "http://charts.example.com", version: "9.59.1" },
            },
        },
    ],
    ["an existing cluster", { existing: { name: "theirs" }, kubeconfig: { profile: "ops" } }, { access: undefined }],
    [
        "an existing cluster with its own OIDC provider",
        {
            existing: {
                name: "theirs",
                nodeSecurityGroupId: "sg-0123456789abcdef0",
                oidcProviderArn: "arn:aws-cn:iam::123456789012:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/A",
                installLoadBalancerController: true,
            },
        },
        { access: undefined, charts: { awsLoadBalancerController: { version: "1.17.0" } } },
    ],
];

const entry = (changes: object) => ({ accessEntries: { a: { ...admin, ...changes } } });
const nodes = (changes: object) => ({ nodes: changes });

const refused: readonly (readonly [string, object, RegExp, object?])[] = [
    ["a name with a dot", { name: "a.b" }, /^aws\.cluster\.name: is not a name of an EKS cluster \("a\.b" given\)/],
    ["a name that is too long", { name: "a".repeat(101) }, /^aws\.cluster\.name: is not a name/],
    ["a version with a patch", { version: "1.35.1" }, /^aws\.cluster\.version: is not a version of Kubernetes/],
    [
        "a version that is not pinned",
        { version: "1.33" },
        /^aws\.cluster\.version: is not one whose add-ons are pinned \("1\.33" given\)\. Use 1\.34, 1\.35 or 1\.36, or give `aws\.cluster\.addonVersions\.vpcCni`, .*metricsServer`/,
    ],
    [
        "the same without the agent of Pod Identity",
        { version: "1.33", addonVersions: allAddons },
        /^aws\.cluster\.version: .*give `aws\.cluster\.addonVersions\.podIdentityAgent`\.$/,
        podIdentity,
    ],
    [
        "a floating version of an add-on",
        { addonVersions: { vpcCni: "latest" } },
        /^aws\.cluster\.addonVersions\.vpcCni: is not a version of an EKS add-on/,
    ],
    [
        "a proxy newer than the cluster",
        { addonVersions: { kubeProxy: "v1.36.0-eksbuild.14" } },
        /^aws\.cluster\.addonVersions\.kubeProxy: is newer than the cluster, 1\.35/,
    ],
    [
        "the agent without Pod Identity",
        { addonVersions: { podIdentityAgent: "v1.3.10-eksbuild.3" } },
        /^aws\.cluster\.addonVersions\.podIdentityAgent: has no effect/,
    ],
    ["public Services", { serviceCidr: "8.8.0.0/16" }, /^aws\.cluster\.serviceCidr: is not within 10\.0\.0\.0\/8/],
    [
        "Services without room",
        { serviceCidr: "172.20.0.0/28" },
        /^aws\.cluster\.serviceCidr: is not between \/12 and \/24/,
    ],
    [
        "Services in the VPC",
        { serviceCidr: "10.10.0.0/20" },
        /^aws\.cluster\.serviceCidr: overlaps the VPC, 10\.10\.0\.0\/16/,
    ],
    [
        "Services around the VPC",
        { serviceCidr: "172.16.0.0/12" },
        /^aws\.cluster\.serviceCidr: overlaps the VPC, 172\.20\.0\.0\/16/,
        { aws: { network: { cidr: "172.20.0.0/16" } } },
    ],
    ["a role with a path", { roleName: "a/b" }, /^aws\.cluster\.roleName: is not a name of an IAM role/],
    [
        "days nobody knows",
        { logRetentionDays: 31 },
        /^aws\.cluster\.logRetentionDays: is not accepted by AWS .*\(31 given\)/,
    ],
    [
        "days for no logs",
        { logTypes: [], logRetentionDays: 30 },
        /^aws\.cluster\.logRetentionDays: has no effect, since `aws\.cluster\.logTypes` is empty/,
    ],
    ["a log twice", { logTypes: ["api", "api"] }, /^aws\.cluster\.logTypes\[1\]: is there twice/],
    ["a reserved tag", { tags: { "aws:x": "" } }, /^aws\.cluster\.tags.*: begins with aws:/],
    ["nobody who may enter", { creatorAdmin: false }, /^aws\.cluster\.creatorAdmin: is false, and no access entry has/],
    [
        "an administrator of one namespace only",
        { creatorAdmin: false, ...entry({ namespaces: ["a"] }) },
        /^aws\.cluster\.creatorAdmin: is false/,
    ],
    ["a key that is no name", { accessEntries: { A_b: admin } }, /^aws\.cluster\.accessEntries\.A_b: has a key/],
    [
        "a session",
        entry({ principalArn: "arn:aws:sts::123456789012:assumed-role/a/b" }),
        /principalArn: is one session/,
    ],
    ["an account", entry({ principalArn: "arn:aws:iam::123456789012:root" }), /principalArn: is not one role or user/],
    ["everybody", entry({ principalArn: "*" }), /principalArn: is not one role or user/],
    [
        "a service-linked role",
        entry({ principalArn: "arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/A" }),
        /principalArn: is a service-linked role/,
    ],
    [
        "a principal twice",
        { accessEntries: { a: admin, b: admin } },
        /accessEntries\.b\.principalArn: is that of `aws\.cluster\.accessEntries\.a` too/,
    ],
    [
        "a group of the system (Trap 10)",
        entry({ groups: ["system:masters"] }),
        /groups\[0\]: begins as EKS's own groups/,
    ],
    ["a name of the system", entry({ username: "system:x" }), /username: begins with system:/],
    ["a name of the session without colon", entry({ username: "a{{SessionName}}" }), /username: has no colon/],
    [
        "the ARN of a policy",
        entry({ policies: ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"] }),
        /policies\[0\]: is an ARN .*Give the name alone, AmazonEKSViewPolicy/,
    ],
    [
        "a policy of another kind",
        entry({ policies: ["cluster-admin"] }),
        /policies\[0\]: is not the name of an EKS access/,
    ],
    ["a policy twice", entry({ policies: [...admin.policies, ...admin.policies] }), /policies\[1\]: is there twice/],
    ["an entry without rights", { accessEntries: { a: { principalArn: role } } }, /accessEntries\.a: has neither/],
    [
        "namespaces without policies",
        { accessEntries: { a: { principalArn: role, groups: ["a"], namespaces: ["b"] } } },
        /namespaces: has no effect without `policies`/,
    ],
    ["no namespace", entry({ namespaces: [] }), /namespaces: is empty/],
    ["a namespace in upper case", entry({ namespaces: ["A"] }), /namespaces\[0\]: is not a namespace/],
    ["no instance type", nodes({ instanceTypes: [] }), /^aws\.cluster\.nodes\.instanceTypes: is empty/],
    ["a size alone", nodes({ instanceTypes: ["large"] }), /instanceTypes\[0\]: is not an EC2 instance type/],
    ...["m7g.large", "t4g.medium", "c6gn.large", "a1.large", "im4gn.large", "g5g.xlarge"].map(
        (type) => [type, nodes({ instanceTypes: [type] }), /instanceTypes\[0\]: is an ARM instance type/] as const,
    ),
    ["no nodes", nodes({ minPerZone: 0 }), /minPerZone: is not a whole number of 1 to 450 \(0 given\)/],
    ["too many nodes", nodes({ maxPerZone: 451 }), /maxPerZone: is not a whole number of 1 to 450/],
    ["more at least than at most", nodes({ minPerZone: 5 }), /minPerZone: makes the least .* 5, higher .*, 4/],
    ["a disk smaller than the image", nodes({ diskSizeGb: 19 }), /diskSizeGb: is not a whole number of 20 to 65536/],
    ["no node away", nodes({ maxUnavailablePercentage: 0 }), /maxUnavailablePercentage: is not a whole number/],
    ["a reserved label", nodes({ labels: { "kubernetes.io/a": "b" } }), /labels.*: has a prefix that EKS keeps/],
    ["a label that is none", nodes({ labels: { a: "b c" } }), /labels\.a: is not a valid value of a label/],
    [
        "a taint as Kubernetes writes it",
        nodes({ taints: [{ key: "a", effect: "NoSchedule" }] }),
        /taints\[0\]\.effect: .*Did you mean NO_SCHEDULE/,
    ],
    [
        "a taint twice",
        nodes({
            taints: [
                { key: "a", effect: "NO_SCHEDULE" },
                { key: "a", value: "b", effect: "NO_SCHEDULE" },
            ],
        }),
        /taints\[1\]: has key and effect of another one/,
    ],
    ["a long taint", nodes({ taints: [{ key: "a".repeat(64), effect: "NO_EXECUTE" }] }), /taints\[0\]\.key: is longer/],
    [
        "a negative reserve",
        nodes({ systemReserved: { pids: -2 } }),
        /pids: is not a whole number of 0 or more \(-2 given\)/,
    ],
    [
        "an image of another version",
        nodes({ releaseVersion: "1.34.2-20260415" }),
        /releaseVersion: is an image of another/,
    ],
    ["an image that is none", nodes({ releaseVersion: "latest" }), /releaseVersion: is not the release version/],
    ["a role that is none", { kubeconfig: { roleArn: "admin" } }, /^aws\.cluster\.kubeconfig\.roleArn: is not the ARN/],
    [
        "what shapes a new cluster with an old one",
        { existing: { name: "a" }, version: "1.35", nodes: {} },
        /^aws\.cluster\.existing: is a cluster that is there, so `version` and `nodes` would have no effect\. Leave them out/,
        { access: undefined },
    ],
    [
        "two kubeconfigs",
        { existing: { name: "a", kubeconfig: "x" }, kubeconfig: { profile: "ops" } },
        /^aws\.cluster\.kubeconfig: says how a kubeconfig is made/,
        { access: undefined },
    ],
    [
        "an OIDC provider with Pod Identity",
        { existing: { name: "a", oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/a.b/id/C" } },
        /^aws\.cluster\.existing\.oidcProviderArn: has no effect/,
        { access: undefined, ...podIdentity },
    ],
    [
        "an issuer instead of its provider",
        { existing: { name: "a", oidcProviderArn: "https://oidc.eks.eu-west-1.amazonaws.com/id/A" } },
        /^aws\.cluster\.existing\.oidcProviderArn: is not the ARN/,
        { access: undefined },
    ],
    [
        "a security group by its name",
        { existing: { name: "a", nodeSecurityGroupId: "nodes" } },
        /^aws\.cluster\.existing\.nodeSecurityGroupId: is not the id of a security group \("nodes" given\)/,
        { access: undefined },
    ],
    [
        "a chart's floating version",
        {},
        /^charts\.clusterAutoscaler\.version: is not one version/,
        { charts: { clusterAutoscaler: { version: "9.x" } } },
    ],
    [
        "a repository that is none",
        {},
        /^charts\.clusterAutoscaler\.repository: /,
        { charts: { clusterAutoscaler: { repository: "charts.example.com" } } },
    ],
    [
        "a registry without a chart",
        {},
        /^charts\.clusterAutoscaler\.repository: names no chart/,
        { charts: { clusterAutoscaler: { repository: "oci://registry.example.com" } } },
    ],
    [
        "external-dns that is not asked for",
        {},
        /^charts\.externalDns: has no effect/,
        { charts: { externalDns: { version: "1.20.0" } } },
    ],
    [
        "a chart that is not installed",
        { existing: { name: "a" } },
        /^charts\.awsLoadBalancerController: has no effect/,
        { access: undefined, charts: { awsLoadBalancerController: { version: "1.17.1" } } },
    ],
    [
        "an autoscaler for other people's nodes",
        { existing: { name: "a" } },
        /^charts\.clusterAutoscaler: has no effect/,
        { access: undefined, charts: { clusterAutoscaler: { version: "9.59.1" } } },
    ],
];

describe("aws.cluster", () => {
    for (const [name, cluster, others] of accepted) {
        it(`takes ${name}`, () => assert.deepEqual(problems(cluster, others as never), []));
    }
    for (const [name, cluster, expected, others] of refused) {
        it(`refuses ${name}, in one sentence that says what to do`, () => {
            const found = problems(cluster, others as never);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
            assert.match(found[0], /\. [A-Z].*[.?@-]$/);
        });
    }
});

describe("versions of a cluster", () => {
    it("keep what is pinned, but for what is given", () => {
        const { addons, autoscalerTag } = kubernetesRelease("1.34", {
            coredns: "v1.12.4-eksbuild.1",
            vpcCni: undefined,
        });
        assert.equal(addons.coredns, "v1.12.4-eksbuild.1");
        assert.equal(addons.vpcCni, "v1.22.3-eksbuild.1");
        assert.equal(autoscalerTag, "v1.34.3");
        assert.deepEqual(kubernetesRelease("1.33", allAddons).autoscalerTag, "v1.33.0");
    });
});

describe("the kubeconfig of a cluster", () => {
    const parts = { name: "w", endpoint: "https://e", certificateAuthority: "Y2E=", region: "eu-west-1" };
    const execOf = (text: string) =>
        (JSON.parse(text) as { users: { user: { exec: { command: string; args: string[] } } }[] }).users[0].user.exec;

    it("asks the AWS CLI for a token and holds no credential", () => {
        const text = kubeconfigText(parts);
        const { command, args } = execOf(text);
        assert.equal(command, "aws");
        assert.deepEqual(args, [
            ...["eks", "get-token", "--cluster-name", "w", "--region", "eu-west-1", "--output", "json"],
        ]);
        assert.doesNotMatch(text, /"token"|password|client-key/);
        const { clusters } = JSON.parse(text) as { clusters: { cluster: object }[] };
        assert.deepEqual(clusters[0].cluster, { server: "https://e", "certificate-authority-data": "Y2E=" });
    });

    it("takes role and profile", () => {
        const { args } = execOf(kubeconfigText({ ...parts, roleArn: role, profile: "ops" }));
        assert.deepEqual(args.slice(-4), ["--role-arn", role, "--profile", "ops"]);
    });
});

describe("user data of nodes", () => {
    it("is one part for nodeadm", () => {
        const text = Buffer.from(nodeUserData({ memoryMegabytes: 200 }) ?? "", "base64").toString();
        const [head, part, end] = text.split("--pulumi-wandb");
        assert.match(head, /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="pulumi-wandb"\n\n$/);
        assert.equal(end, "--\n");
        const [type, body] = part.trim().split("\n\n");
        assert.equal(type, "Content-Type: application/node.eks.aws");
        assert.deepEqual(JSON.parse(body), {
            apiVersion: "node.eks.aws/v1alpha1",
            kind: "NodeConfig",
            spec: {
                kubelet: {
                    config: {
                        systemReserved: { cpu: "70m", memory: "200Mi", "ephemeral-storage": "750Mi", pid: "500" },
                    },
                },
            },
        });
    });

    it("leaves out what is -1, and is none when all is", () => {
        assert.deepEqual(systemReserved({ pids: -1, cpuMillicores: -1 }), {
            memory: "100Mi",
            "ephemeral-storage": "750Mi",
        });
        const none = { cpuMillicores: -1, memoryMegabytes: -1, ephemeralStorageMegabytes: -1, pids: -1 };
        assert.equal(nodeUserData(none), undefined);
    });
});
