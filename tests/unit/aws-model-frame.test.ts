/** What the simulated AWS has of time, quotas and takeovers, over all its services. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { aws } from "../../sandbox/clouds/aws";
import { roleUnseenKey } from "../../sandbox/clouds/aws/iam-sight";
import { changeMs, durationOf } from "../../sandbox/clouds/durations";
import type { Row } from "../../sandbox/clouds/inventory";
import { setQuotas } from "../../sandbox/clouds/quotas";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { plantBucket, plantRole } from "../support/aws-account";
import { TestCloud, urnOf } from "../support/cloud-frame";

const roleType = "aws:iam/role:Role";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const keyType = "aws:kms/key:Key";
const addonType = "aws:eks/addon:Addon";
const identityType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const groupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const vpcType = "aws:ec2/vpc:Vpc";

const account = "123456789012";
const region = "eu-west-1";
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const trust = document({ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: "sts:AssumeRole" });
const keyPolicy = (...principals: string[]) =>
    document({
        Effect: "Allow",
        Principal: { AWS: [`arn:aws:iam::${account}:root`, ...principals] },
        Action: "kms:*",
        Resource: "*",
    });
/** Ten seconds of AWS are 200 ms here: longer than a request of the model takes. */
const scale = 0.02;
const unseenMs = durationOf("aws", roleUnseenKey).seconds * 1_000 * scale;

describe("simulated AWS", () => {
    let cloud: TestCloud;
    const start = (timeScale = 0) => {
        const made = new TestCloud({ cloud: aws, scale: timeScale, dir: cloud?.dir });
        made.provider.configure(properties({ region }));
        return made;
    };
    beforeEach(() => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region }));
    });
    afterEach(() => cloud.remove());

    const rows = (type: string): Row[] => cloud.provider.inventory.rows().filter((row) => row.type === type);
    const makeRole = async (to: TestCloud, name = "new") =>
        textOf((await to.create(roleType, { name, path: "/", assumeRolePolicy: trust })).outputs.values["arn"]);
    const plantCluster = () =>
        cloud.provider.inventory.plant({
            type: "aws:eks/cluster:Cluster",
            id: "wandb",
            inputs: { name: "wandb" },
            outputs: { name: "wandb", version: "1.35", arn: `arn:aws:eks:${region}:${account}:cluster/wandb` },
        });

    describe("roles that other services do not know yet", () => {
        for (const [what, type, inputs] of [
            ["a key", keyType, (arn: string) => ({ policy: keyPolicy(arn) })],
            [
                "a role that trusts it",
                roleType,
                (AWS: string) => ({
                    name: "second",
                    path: "/",
                    assumeRolePolicy: document({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }),
                }),
            ],
            [
                "an add-on",
                addonType,
                (arn: string) => ({ addonName: "vpc-cni", clusterName: "wandb", serviceAccountRoleArn: arn }),
            ],
            [
                "a Pod Identity",
                identityType,
                (roleArn: string) => ({ clusterName: "wandb", namespace: "a", serviceAccount: "b", roleArn }),
            ],
        ] as const) {
            it(`are waited for before ${what} is made`, async () => {
                await plantCluster();
                const slow = start(scale);
                const began = Date.now();
                const arn = await makeRole(slow);
                const creation = slow.create(type, inputs(arn));
                await sleep(unseenMs / 4);
                assert.deepEqual(rows(type).slice(type === roleType ? 1 : 0), []);
                await creation;
                assert.ok(Date.now() - began >= unseenMs, "it must not be made before the role is known");
            });
        }

        it("are not waited for when an add-on changes to one: EKS refuses", async () => {
            await plantCluster();
            const slow = start(scale);
            const inputs = { addonName: "vpc-cni", clusterName: "wandb" };
            const { id, outputs } = await cloud.create(addonType, inputs);
            const arn = await makeRole(slow);
            const request = {
                urn: urnOf(addonType),
                id,
                oldOutputs: outputs,
                news: properties({ ...inputs, serviceAccountRoleArn: arn }),
                preview: false,
            };
            await assert.rejects(slow.provider.update(request), {
                message: `InvalidParameterException: Role with arn: ${arn} does not exist`,
            });
            await sleep(unseenMs);
            await slow.provider.update(request);
            assert.equal(rows(addonType)[0]?.inputs["serviceAccountRoleArn"], arn);
        });

        it("are known at once when they were there before, and without time", async () => {
            const planted = await plantRole(cloud.provider.inventory, "old");
            const slow = start(0.000_1);
            await slow.create(keyType, { policy: keyPolicy(planted) });
            await cloud.create(keyType, { policy: keyPolicy(await makeRole(cloud)) }, "two");
            assert.equal(rows(keyType).length, 2);
        });
    });

    describe("time", () => {
        it("goes on for what was ordered when nobody waits any more", async () => {
            const slow = start(0.01);
            const creation = slow.create(keyType, {});
            while (rows(keyType).length === 0) {
                await sleep(2);
            }
            slow.provider.cancel();
            await assert.rejects(creation, /cancelled while the cloud was making it/);
            assert.equal(rows(keyType)[0]?.state, "creating");
            await sleep(durationOf("aws", "kms key").seconds * 10);
            assert.equal(rows(keyType)[0]?.state, "active");
            assert.equal(rows(keyType)[0]?.readyAt, undefined);
        });

        it("passes for updates and deletions that the table has", () => {
            assert.equal(
                changeMs("aws", "nat gateway", "delete", 0.5),
                durationOf("aws", "nat gateway, delete").seconds * 500,
            );
            assert.equal(changeMs("aws", "vpc", "delete", 1), 0);
            assert.equal(changeMs("aws", undefined, "update", 1), 0);
        });

        it("is taken by a deletion, during which the thing is gone for all others", async () => {
            const slow = start(0.005);
            await cloud.provider.inventory.plant({
                type: "aws:ec2/natGateway:NatGateway",
                id: "nat-1",
                inputs: { subnetId: "subnet-1" },
                outputs: {},
            });
            const began = Date.now();
            const deletion = slow.delete("aws:ec2/natGateway:NatGateway", "nat-1");
            await deletion;
            assert.ok(Date.now() - began >= durationOf("aws", "nat gateway, delete").seconds * 5);
            assert.deepEqual(rows("aws:ec2/natGateway:NatGateway"), []);
        });
    });

    describe("takeovers", () => {
        const taken = async (type: string, first: PropertyMap, second: PropertyMap): Promise<Row> => {
            await cloud.create(type, first, "lost");
            await cloud.create(type, second, "again");
            const [row, ...others] = rows(type);
            assert.deepEqual(others, []);
            assert.equal(row?.urn, urnOf(type, "again"));
            return row;
        };

        it("set a bucket's setting where there is one", async () => {
            await plantBucket(cloud.provider.inventory, "files");
            const status = (now: string) => ({ bucket: "files", versioningConfiguration: { status: now } });
            const { inputs } = await taken(versioningType, status("Suspended"), status("Enabled"));
            assert.deepEqual(inputs["versioningConfiguration"], { status: "Enabled" });
        });

        it("set the VPC's own security group again", async () => {
            const { id: vpcId } = await cloud.create(vpcType, { cidrBlock: "10.0.0.0/16" });
            const { inputs } = await taken(groupType, { vpcId }, { vpcId, tags: { a: "b" } });
            assert.deepEqual(inputs["tags"], { a: "b" });
        });

        it("write a role's policies over, and attach again what is attached", async () => {
            await plantRole(cloud.provider.inventory, "old");
            const policy = (Action: string) => document({ Effect: "Allow", Action, Resource: "*" });
            const named = (Action: string) => ({ role: "old", name: "rights", policy: policy(Action) });
            const { inputs } = await taken(rolePolicyType, named("s3:GetObject"), named("s3:PutObject"));
            assert.equal(inputs["policy"], policy("s3:PutObject"));
            const attached = { role: "old", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" };
            await taken(attachmentType, attached, attached);
        });

        it("are none where AWS says that it exists", async () => {
            await makeRole(cloud);
            await assert.rejects(makeRole(cloud), {
                message: "EntityAlreadyExists: Role with name new already exists.",
            });
        });
    });

    describe("quotas", () => {
        for (const [type, inputs, message] of [
            [vpcType, { cidrBlock: "10.0.0.0/16" }, /^VpcLimitExceeded: /],
            ["aws:ec2/internetGateway:InternetGateway", {}, /^InternetGatewayLimitExceeded: /],
            ["aws:ec2/eip:Eip", {}, /^AddressLimitExceeded: /],
            [roleType, { name: "one", path: "/", assumeRolePolicy: trust }, /^LimitExceeded: .* RolesPerAccount: 0$/],
            [keyType, {}, /^LimitExceededException: /],
            ["aws:s3/bucket:Bucket", { bucket: "files" }, /^TooManyBuckets: /],
            ["aws:lb/targetGroup:TargetGroup", { name: "one", targetType: "lambda" }, /^TooManyTargetGroups: /],
        ] as const) {
            it(`of ${type} refuse one more, until they are raised`, async () => {
                setQuotas(cloud.dir, { [type]: 0 });
                await assert.rejects(cloud.create(type, inputs), { message });
                setQuotas(cloud.dir, {});
                await cloud.create(type, inputs);
                assert.equal(rows(type).length, 1);
            });
        }

        it("of databases, clusters and load balancers refuse before anything else is looked at", () => {
            for (const [type, inputs, message] of [
                ["aws:rds/cluster:Cluster", {}, /^DBClusterQuotaExceededFault: /],
                ["aws:rds/clusterInstance:ClusterInstance", {}, /^InstanceQuotaExceeded: /],
                ["aws:eks/cluster:Cluster", {}, /^ResourceLimitExceededException: Cluster limit exceeded/],
                ["aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network" }, /^TooManyLoadBalancers: /],
                ["aws:ec2/natGateway:NatGateway", {}, /^NatGatewayLimitExceeded: .* limit of 0 NAT gateways$/],
            ] as const) {
                setQuotas(cloud.dir, { [type]: 0 });
                const model = aws.resources.find(({ token }) => token === type);
                const inventory = { rows: () => [], find: () => undefined };
                const context = { name: "one", config: { region }, dir: cloud.dir, inventory };
                assert.match(model?.refuse?.(inputs, context) ?? "", message);
            }
        });

        it("of cache nodes count nodes, not groups", () => {
            const type = "aws:elasticache/replicationGroup:ReplicationGroup";
            setQuotas(cloud.dir, { [type]: 5 });
            const arn = `arn:aws:elasticache:${region}:${account}:replicationgroup:one`;
            const row: Row = { type, id: "one", state: "active", inputs: { numCacheClusters: 3 }, outputs: { arn } };
            const inventory = { rows: (of: string) => (of === type ? [row] : []), find: () => undefined };
            const context = { name: "two", config: { region }, dir: cloud.dir, inventory };
            const model = aws.resources.find(({ token }) => token === type);
            const refused = (numCacheClusters: number) => model?.refuse?.({ numCacheClusters }, context) ?? "";
            assert.match(refused(3), /^NodeQuotaForCustomerExceeded: /);
            assert.doesNotMatch(refused(2), /^NodeQuotaForCustomerExceeded: /);
        });
    });
});
