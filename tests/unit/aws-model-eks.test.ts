/** The rules of the simulated EKS control plane: for each what EKS takes and what it refuses. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { arnOf, clusterType, EksCloud, leastCluster } from "../support/eks-cloud";

const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/a";
const network = leastCluster.vpcConfig;
const vpc = (changes: PropertyMap) => ({ vpcConfig: { ...network, ...changes } });

describe("simulated EKS clusters", () => {
    let cloud: EksCloud;
    beforeEach(async () => {
        cloud = await EksCloud.start();
    });
    afterEach(() => cloud.remove());

    it("tell where they are reached, who issues tokens, and which group is theirs", async () => {
        const { id, outputs } = await cloud.cluster();
        assert.equal(id, "w");
        const { values } = outputs;
        assert.equal(values["arn"], "arn:aws:eks:eu-west-1:123456789012:cluster/w");
        assert.match(textOf(values["endpoint"]), /^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
        const [{ oidcs }] = values["identities"] as { oidcs: { issuer: string }[] }[];
        assert.match(oidcs[0].issuer, /^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
        const vpcConfig = values["vpcConfig"] as PropertyMap;
        assert.equal(vpcConfig["vpcId"], "vpc-1");
        assert.match(textOf(vpcConfig["clusterSecurityGroupId"]), /^sg-[0-9a-f]{17}$/);
    });

    it("bring a security group that rules can name, holds the VPC and goes with the cluster", async () => {
        const { outputs } = await cloud.cluster();
        const group = textOf((outputs.values["vpcConfig"] as PropertyMap)["clusterSecurityGroupId"]);
        const groupType = "aws:ec2/securityGroup:SecurityGroup";
        assert.equal(cloud.provider.inventory.get(groupType, group)?.inputs["vpcId"], "vpc-1");
        const ports = { fromPort: 443, toPort: 443, ipProtocol: "tcp" };
        await cloud.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
            securityGroupId: group,
            cidrIpv4: "10.10.0.0/16",
            ...ports,
        });
        await assert.rejects(cloud.delete("aws:ec2/vpc:Vpc", "vpc-1"), /DependencyViolation/);
        await cloud.delete(clusterType, "w");
        const rows = cloud.provider.inventory.rows().map(({ type }) => type);
        assert.deepEqual(
            rows.filter((type) => /securityGroup/.test(type)),
            [],
        );
    });

    it("answer with the sandbox's own API server where there is one", async () => {
        const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": "Y2E=" };
        writeFileSync(join(cloud.dir, "kubeconfig"), JSON.stringify({ clusters: [{ cluster }] }));
        const { outputs } = await cloud.cluster();
        assert.equal(outputs.values["endpoint"], "https://127.0.0.1:6443");
        assert.deepEqual(outputs.values["certificateAuthority"], { data: "Y2E=" });
    });

    it("keep endpoint, issuer and group over updates", async () => {
        const { outputs } = await cloud.cluster();
        const after = await cloud.update(clusterType, "w", { ...leastCluster, version: "1.36" });
        for (const name of ["endpoint", "identities", "certificateAuthority", "createdAt"]) {
            assert.deepEqual(after.values[name], outputs.values[name], name);
        }
        assert.deepEqual(after.values["vpcConfig"], outputs.values["vpcConfig"]);
        assert.equal(after.values["version"], "1.36");
    });

    it("open their public endpoint to everybody when no ranges are said", async () => {
        const { outputs } = await cloud.cluster(vpc({ endpointPublicAccess: true }));
        assert.deepEqual((outputs.values["vpcConfig"] as PropertyMap)["publicAccessCidrs"], ["0.0.0.0/0"]);
    });

    for (const name of ["a.b", "-a", "a".repeat(101)]) {
        it(`are not called ${name}`, () => assert.rejects(cloud.cluster({ name }), /must be 1 to 100 letters/));
    }

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["an unknown version", { version: "1.20" }, /unsupported Kubernetes version 1\.20/],
        ["a role that is not there", { roleArn: arnOf("gone") }, /Role with arn: .*gone does not exist/],
        ["a role for nodes", { roleArn: arnOf("nodes") }, /trusted entity is not correct/],
        [
            "a subnet that is not there",
            vpc({ subnetIds: ["subnet-a", "subnet-z"] }),
            /InvalidSubnetID\.NotFound.*subnet-z/,
        ],
        ["one zone", vpc({ subnetIds: ["subnet-a"] }), /at least two different AZs/],
        ["two VPCs", vpc({ subnetIds: ["subnet-a", "subnet-x"] }), /in the same VPC/],
        ["no endpoint", vpc({ endpointPrivateAccess: false }), /Private and public endpoint access cannot be false/],
        [
            "private ranges for the public endpoint",
            vpc({ endpointPublicAccess: true, publicAccessCidrs: ["10.1.0.0/16"] }),
            /The following CIDRs are invalid in publicAccessCidrs: \[10\.1\.0\.0\/16\]/,
        ],
        [
            "41 ranges",
            vpc({ endpointPublicAccess: true, publicAccessCidrs: Array(41).fill("203.0.113.0/24") as string[] }),
            /at most 40 CIDR blocks \(41 given\)/,
        ],
        [
            "a key that is not there",
            { encryptionConfig: { provider: { keyArn }, resources: ["secrets"] } },
            /keyArn .* is invalid/,
        ],
        [
            "Services in the VPC",
            { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.10.0.0/20" } },
            /overlaps with the VPC/,
        ],
        ["public Services", { kubernetesNetworkConfig: { serviceIpv4Cidr: "8.8.0.0/16" } }, /private block between/],
        ["a log nobody writes", { enabledClusterLogTypes: ["kubelet"] }, /must be one of api, audit/],
        ["reserved tags", { tags: { "aws:a": "" } }, /InvalidTag/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => assert.rejects(cloud.cluster(changes), expected));
    }

    it("want the policy of their role first", async () => {
        await cloud.detach("cluster", "AmazonEKSClusterPolicy");
        await assert.rejects(cloud.cluster(), /doesn't have the Amazon EKS Managed Policies associated with it/);
    });

    it("have one of a name", async () => {
        await cloud.cluster();
        await assert.rejects(cloud.cluster(), /ResourceInUseException: Cluster already exists with name: w/);
    });

    for (const [to, taken] of [
        ["1.36", true],
        ["1.37", false],
        ["1.34", false],
    ] as const) {
        it(`${taken ? "go" : "do not go"} from 1.35 to ${to}`, async () => {
            await cloud.cluster();
            const update = cloud.update(clusterType, "w", { ...leastCluster, version: to });
            await (taken
                ? update
                : assert.rejects(update, /Unsupported Kubernetes minor version update from 1\.35 to/));
        });
    }

    it("stay in their VPC and zones, and never go back from access entries", async () => {
        await cloud.plant("aws:kms/key:Key", "a", {}, { arn: keyArn });
        const encryptionConfig = { provider: { keyArn }, resources: ["secrets"] };
        await cloud.cluster({ encryptionConfig });
        const update = (changes: PropertyMap) =>
            cloud.update(clusterType, "w", { ...leastCluster, encryptionConfig, ...changes });
        await assert.rejects(
            update(vpc({ subnetIds: ["subnet-a", "subnet-c"] })),
            /exact set of AZs 'eu-west-1a,eu-west-1b'/,
        );
        await assert.rejects(
            update({ accessConfig: { authenticationMode: "CONFIG_MAP" } }),
            /Unsupported authentication mode update from API to CONFIG_MAP/,
        );
        await update({ tags: { a: "b" } });
    });

    it("are replaced for what is create-only, and change the rest in place", async () => {
        const olds = { ...leastCluster, enabledClusterLogTypes: ["api"] };
        const changes = (news: PropertyMap) => cloud.changes(clusterType, olds, { ...olds, ...news });
        assert.deepEqual(await changes({ name: "x" }), ["name true"]);
        assert.deepEqual(await changes({ bootstrapSelfManagedAddons: true }), ["bootstrapSelfManagedAddons true"]);
        const accessConfig = { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false };
        assert.deepEqual(await changes({ accessConfig }), [
            "accessConfig.bootstrapClusterCreatorAdminPermissions true",
        ]);
        const encryptionConfig = { provider: { keyArn }, resources: ["secrets"] };
        assert.deepEqual(await changes({ encryptionConfig }), ["encryptionConfig false"]);
        assert.deepEqual(await cloud.changes(clusterType, { ...olds, encryptionConfig }, olds), [
            "encryptionConfig true",
        ]);
        assert.deepEqual(await changes({ version: "1.36" }), ["version false"]);
        assert.deepEqual(await changes({ enabledClusterLogTypes: [] }), ["enabledClusterLogTypes[0] false"]);
        assert.deepEqual(await changes(vpc({ endpointPublicAccess: true })), ["vpcConfig.endpointPublicAccess false"]);
    });

    it("keep the key of their Secrets, whatever the provider says", async () => {
        const other = `${keyArn}9`;
        await cloud.plant("aws:kms/key:Key", "a", {}, { arn: keyArn });
        await cloud.plant("aws:kms/key:Key", "b", {}, { arn: other });
        const encryptedBy = (key: string) => ({
            encryptionConfig: { provider: { keyArn: key }, resources: ["secrets"] },
        });
        await cloud.cluster();
        const added = await cloud.update(clusterType, "w", { ...leastCluster, ...encryptedBy(keyArn) });
        assert.deepEqual(added.values["encryptionConfig"], encryptedBy(keyArn).encryptionConfig);
        const exchanged = await cloud.update(clusterType, "w", { ...leastCluster, ...encryptedBy(other) });
        assert.deepEqual(exchanged.values["encryptionConfig"], encryptedBy(keyArn).encryptionConfig);
    });

    it("cannot go while protected or with node groups, and take the rest along", async () => {
        await cloud.network();
        await cloud.nodes();
        await assert.rejects(cloud.delete(clusterType, "w"), /ResourceInUseException: Cluster has nodegroups attached/);
        await cloud.delete("aws:eks/nodeGroup:NodeGroup", "w:ng");
        await cloud.update(clusterType, "w", { ...leastCluster, deletionProtection: true });
        await assert.rejects(cloud.delete(clusterType, "w"), /deletion protection is enabled/);
        await cloud.update(clusterType, "w", leastCluster);
        await cloud.delete(clusterType, "w");
        const left = cloud.provider.inventory.rows().filter(({ type }) => type.startsWith("aws:eks"));
        assert.deepEqual(left, []);
    });

    it("hold their subnets", async () => {
        await cloud.cluster();
        await assert.rejects(cloud.delete("aws:ec2/subnet:Subnet", "subnet-a"), /DependencyViolation/);
    });

    it("are found by name", async () => {
        const { outputs } = await cloud.cluster();
        const ask = (name: string) => cloud.provider.invoke("aws:eks/getCluster:getCluster", properties({ name }));
        const { values } = await ask("w");
        assert.equal(values["endpoint"], outputs.values["endpoint"]);
        assert.deepEqual(values["identities"], outputs.values["identities"]);
        assert.deepEqual(values["vpcConfig"], outputs.values["vpcConfig"]);
        await assert.rejects(ask("x"), /No cluster found for name: x/);
    });
});
