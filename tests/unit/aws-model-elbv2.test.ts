/** The rules of the simulated load balancers and endpoint services: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf, unknown, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const groupType = "aws:lb/targetGroup:TargetGroup";
const attachmentType = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const serviceType = "aws:ec2/vpcEndpointService:VpcEndpointService";

/** What the load balancer controller has made of an Ingress. */
const alb = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/k8s-wandb/1";
const albTags = { "elbv2.k8s.aws/cluster": "wandb", "ingress.k8s.aws/stack": "wandb/wandb" };

describe("simulated load balancers", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        await plant("aws:ec2/vpc:Vpc", "vpc-1", {});
        for (const [id, zone] of [
            ["subnet-a", "a"],
            ["subnet-b", "b"],
            ["subnet-a2", "a"],
        ]) {
            await plant("aws:ec2/subnet:Subnet", id, { vpcId: "vpc-1", availabilityZone: `eu-west-1${zone}` });
        }
        await plant("aws:ec2/securityGroup:SecurityGroup", "sg-1", { vpcId: "vpc-1" });
        await plant("aws:ec2/securityGroup:SecurityGroup", "sg-2", { vpcId: "vpc-2" });
        await plant(
            balancerType,
            alb,
            { loadBalancerType: "application" },
            { vpcId: "vpc-1", name: "k8s-wandb", tagsAll: albTags },
        );
        await plant(listenerType, "alb-443", { loadBalancerArn: alb, port: 443 });
    });
    afterEach(() => cloud.remove());

    const plant = (type: string, id: string, inputs: Record<string, string | number>, outputs = {}) =>
        cloud.provider.inventory.plant({ type, id, inputs, outputs });
    const network = {
        loadBalancerType: "network",
        internal: true,
        subnets: ["subnet-a", "subnet-b"],
        securityGroups: ["sg-1"],
    };
    const balancer = (changes: PropertyMap = {}, name = "nlb") =>
        cloud.create(balancerType, { ...network, ...changes }, name);
    const groupInputs = { namePrefix: "wandb-", targetType: "alb", protocol: "TCP", port: 443, vpcId: "vpc-1" };
    const group = (changes: PropertyMap = {}, name = "group") =>
        cloud.create(groupType, { ...groupInputs, ...changes }, name);
    const listen = (loadBalancerArn: string, targetGroupArn: string, changes: PropertyMap = {}, name = "listener") =>
        cloud.create(
            listenerType,
            {
                loadBalancerArn,
                protocol: "TCP",
                port: 443,
                defaultActions: [{ type: "forward", targetGroupArn }],
                ...changes,
            },
            name,
        );
    const attach = (targetGroupArn: string, targetId = alb, name = "target") =>
        cloud.create(attachmentType, { targetGroupArn, targetId }, name);
    const offer = (networkLoadBalancerArns: string[], changes: PropertyMap = {}) =>
        cloud.create(serviceType, { acceptanceRequired: false, networkLoadBalancerArns, ...changes }, "service");

    it("checks names and prefixes of load balancers and target groups", async () => {
        for (const type of [balancerType, groupType]) {
            const base: PropertyMap = type === balancerType ? network : { ...groupInputs, namePrefix: null };
            for (const name of ["a", "A-1", "a".repeat(32)]) {
                assert.deepEqual(await cloud.problems(type, { ...base, name }), [], name);
            }
            for (const name of ["a".repeat(33), "-a", "a-", "a_b", "internal-a"]) {
                assert.match((await cloud.problems(type, { ...base, name })).join(), /^name: must be 1 to 32/, name);
            }
            assert.match(
                (await cloud.problems(type, { ...base, namePrefix: "wandb-x" })).join(),
                /^namePrefix: must be at most 6/,
            );
            assert.match(
                (await cloud.problems(type, { ...base, name: "a", namePrefix: "b" })).join(),
                /^namePrefix: conflicts/,
            );
        }
    });

    it("tells address, zone of its name and VPC, which an update leaves alone", async () => {
        const { id, outputs } = await balancer({ namePrefix: "wandb-" });
        const { dnsName, zoneId, vpcId, name } = outputs.values;
        assert.match(textOf(dnsName), /^wandb-[0-9a-f]{26}-\d+\.elb\.eu-west-1\.amazonaws\.com$/);
        assert.deepEqual([zoneId, vpcId, textOf(name).length], ["Z2IFOLAFXWLO4F", "vpc-1", 32]);
        const updated = await cloud.provider.update({
            urn: urnOf(balancerType, "nlb"),
            id,
            oldOutputs: outputs,
            news: properties({ ...network, tags: { team: "ml" } }),
            preview: false,
        });
        assert.equal(updated.values["dnsName"], dnsName);
        assert.deepEqual(updated.values["tagsAll"], { team: "ml" });
    });

    it("wants subnets of different zones, and security groups of the same VPC", async () => {
        await balancer();
        await assert.rejects(
            balancer({ subnets: ["subnet-a", "subnet-a2"] }),
            /multiple subnets in the same Availability Zone/,
        );
        await assert.rejects(
            balancer({ loadBalancerType: "application", subnets: ["subnet-a"] }),
            /At least two subnets/,
        );
        await assert.rejects(balancer({ securityGroups: ["sg-2"] }), /One or more security groups are invalid/);
        await assert.rejects(balancer({ subnets: ["subnet-x"] }), /SubnetNotFound|InvalidSubnet/);
    });

    it("has one load balancer of a name, and settings for its own kind only", async () => {
        await balancer({ name: "web" });
        await assert.rejects(balancer({ name: "web" }, "two"), /DuplicateLoadBalancerName/);
        assert.match(
            (await cloud.problems(balancerType, { ...network, idleTimeout: 60 })).join(),
            /^idleTimeout: is for/,
        );
    });

    it("never gives security groups to a network load balancer that was made without", async () => {
        const { id, outputs } = await balancer({ securityGroups: [] });
        const update = cloud.provider.update({
            urn: urnOf(balancerType, "nlb"),
            id,
            oldOutputs: outputs,
            news: properties(network),
            preview: false,
        });
        await assert.rejects(update, /created without any/);
    });

    it("holds on to its subnets and security groups, and takes its listeners along", async () => {
        const { id } = await balancer();
        await listen(id, (await group()).id);
        await assert.rejects(cloud.delete("aws:ec2/subnet:Subnet", "subnet-a"), /DependencyViolation/);
        await assert.rejects(cloud.delete("aws:ec2/securityGroup:SecurityGroup", "sg-1"), /DependencyViolation/);
        await cloud.delete(balancerType, id);
        assert.deepEqual(
            cloud.provider.inventory
                .rows()
                .filter(({ type }) => type === listenerType)
                .map((row) => row.id),
            ["alb-443"],
        );
    });

    it("is not deleted under protection, by an endpoint service, or as a target", async () => {
        const guarded = await balancer({ enableDeletionProtection: true }, "guarded");
        await assert.rejects(cloud.delete(balancerType, guarded.id), /OperationNotPermitted/);
        const offered = await balancer({}, "offered");
        await offer([offered.id]);
        await assert.rejects(
            cloud.delete(balancerType, offered.id),
            /ResourceInUse: .* associated with another service/,
        );
        const target = await attach((await group()).id);
        await assert.rejects(cloud.delete(balancerType, alb), /ResourceInUse/);
        await cloud.delete(attachmentType, target.id, "target");
        await cloud.delete(balancerType, alb);
    });

    it("checks what a target group of type alb may be", async () => {
        const bad: [PropertyMap, RegExp][] = [
            [{ protocol: "TLS" }, /^protocol: must be TCP/],
            [{ port: null }, /^port: is required/],
            [{ healthCheck: { protocol: "TCP" } }, /^healthCheck\.protocol: must be HTTP/],
            [
                { healthCheck: { healthyThreshold: 1 } },
                /^healthCheck\.healthyThreshold: must be in the range \(2 - 10\)/,
            ],
            [{ healthCheck: { timeout: 40, interval: 30 } }, /^healthCheck\.timeout: must be at most the interval/],
        ];
        for (const [changes, reason] of bad) {
            assert.match((await cloud.problems(groupType, { ...groupInputs, ...changes })).join(), reason);
        }
        // What becomes known later is not missing.
        assert.deepEqual(await cloud.problems(groupType, { ...groupInputs, vpcId: unknown }), []);
        await group({ healthCheck: { protocol: "HTTPS", path: "/healthz", interval: 30, timeout: 10 } });
        await assert.rejects(group({ vpcId: "vpc-x" }), /The VPC ID 'vpc-x' is not found/);
        await group({ namePrefix: null, name: "one" }, "named");
        await assert.rejects(group({ namePrefix: null, name: "one" }, "again"), /DuplicateTargetGroupName/);
    });

    it("keeps a target group that a listener uses", async () => {
        const used = await group();
        const listener = await listen((await balancer()).id, used.id);
        await assert.rejects(cloud.delete(groupType, used.id), /ResourceInUse: Target group .* in use by a listener/);
        await cloud.delete(listenerType, listener.id);
        await cloud.delete(groupType, used.id);
    });

    it("checks protocol, port and target group of a listener", async () => {
        const { id } = await balancer();
        const mine = await group();
        await listen(id, mine.id);
        await assert.rejects(listen(id, mine.id, {}, "two"), /DuplicateListener/);
        await assert.rejects(
            listen(id, mine.id, { protocol: "HTTPS", port: 80 }, "two"),
            /Protocol 'HTTPS' is not supported/,
        );
        await assert.rejects(
            listen(id, mine.id, { protocol: "TLS", port: 80 }, "two"),
            /A certificate must be specified/,
        );
        const other = await balancer({}, "other");
        await assert.rejects(listen(other.id, mine.id, {}, "two"), /TargetGroupAssociationLimit/);
        await assert.rejects(listen(id, "arn:none", { port: 81 }, "two"), /TargetGroupNotFound/);
        await assert.rejects(listen("arn:none", mine.id, {}, "two"), /LoadBalancerNotFound/);
    });

    it("takes one application load balancer with a listener on the port as target", async () => {
        const mine = await group();
        await assert.rejects(attach(mine.id, (await balancer()).id), /InvalidTarget: .*not valid application/);
        const plain = await group({ port: 80 }, "plain");
        await assert.rejects(attach(plain.id), /must have at least one listener that matches the target group port/);
        await attach(mine.id);
        await assert.rejects(attach(mine.id, alb, "two"), /TooManyTargets/);
        await plant("aws:ec2/vpc:Vpc", "vpc-2", {});
        await assert.rejects(attach((await group({ vpcId: "vpc-2" }, "far")).id), /not in the target group VPC/);
    });

    it("finds a load balancer by ARN, name or tags, if there is one", async () => {
        const ask = async (args: PropertyMap) =>
            (await cloud.provider.invoke("aws:lb/getLoadBalancer:getLoadBalancer", properties(args))).values["arn"];
        assert.equal(await ask({ arn: alb }), alb);
        assert.equal(await ask({ name: "k8s-wandb" }), alb);
        assert.equal(await ask({ tags: albTags }), alb);
        await assert.rejects(ask({ tags: { ...albTags, more: "1" } }), /Search returned 0 results/);
        await balancer({ tags: albTags });
        await assert.rejects(ask({ tags: albTags }), /Search returned 2 results/);
    });

    it("tells in which zone the names of load balancers lie", async () => {
        const ask = async (args: PropertyMap) =>
            (await cloud.provider.invoke("aws:lb/getHostedZoneId:getHostedZoneId", properties(args))).values["id"];
        assert.equal(await ask({}), "Z32O12XQLNTSW2");
        assert.equal(await ask({ loadBalancerType: "network", region: "us-east-1" }), "Z26RNL4JYFTOTI");
        await assert.rejects(ask({ region: "xx-west-1" }), /unsupported AWS Region: xx-west-1/);
    });

    it("offers a network load balancer in its zones to principals of the partition", async () => {
        const { id } = await balancer();
        const { outputs } = await offer([id], { allowedPrincipals: ["arn:aws:iam::210987654321:root"] });
        assert.deepEqual(outputs.values["availabilityZones"], ["eu-west-1a", "eu-west-1b"]);
        assert.match(textOf(outputs.values["serviceName"]), /^com\.amazonaws\.vpce\.eu-west-1\.vpce-svc-[0-9a-f]{17}$/);
        await assert.rejects(offer([alb]), /is not a network load balancer/);
        await assert.rejects(offer(["arn:none"]), /InvalidLoadBalancer\.NotFound/);
        const china = ["arn:aws-cn:iam::210987654321:root"];
        await assert.rejects(offer([id], { allowedPrincipals: china }), /InvalidPrincipal/);
        assert.match(
            (await cloud.problems(serviceType, { acceptanceRequired: true })).join(),
            /^networkLoadBalancerArns: must name/,
        );
        const later: PropertyMap = { acceptanceRequired: true, networkLoadBalancerArns: [unknown] };
        assert.deepEqual(await cloud.problems(serviceType, later), []);
    });

    it("keeps an endpoint service that has connections", async () => {
        const { id, outputs } = await offer([(await balancer()).id]);
        await plant("aws:ec2/vpcEndpoint:VpcEndpoint", "vpce-1", {
            serviceName: textOf(outputs.values["serviceName"]),
        });
        await assert.rejects(cloud.delete(serviceType, id, "service"), /ExistingVpcEndpointConnections/);
    });
});
