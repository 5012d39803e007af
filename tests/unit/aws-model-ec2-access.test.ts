/** The rules of the simulated security groups, VPC endpoints and flow logs. */
import assert from "node:assert/strict";
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2, NetworkCloud } from "../support/modelled-network";

describe("simulated security groups", () => {
    let cloud: NetworkCloud;
    let vpcId: string;
    beforeEach(async () => {
        cloud = new NetworkCloud();
        vpcId = await cloud.vpc();
    });
    afterEach(() => cloud.remove());

    const group = (more: PropertyMap = {}) => cloud.make(Ec2.securityGroup, { vpcId, ...more });

    it("have a name that they get or may have", async () => {
        const { outputs } = await cloud.made(Ec2.securityGroup, { vpcId });
        assert.match(textOf(outputs["name"]), /^n\d+-[0-9a-f]{7}$/);
        assert.equal(outputs["description"], "Managed by Pulumi");
        assert.deepEqual(await cloud.problems(Ec2.securityGroup, { vpcId, name: "a b_c-(d)/e#1,@[f]+=&;{}!$*" }), []);
        for (const name of ["sg-wandb", "default", "ä", "a|b", "x".repeat(256)]) {
            assert.match(
                (await cloud.problems(Ec2.securityGroup, { vpcId, name })).join(),
                /^name: must be 1 to 255/,
                name,
            );
        }
    });

    it("have a name once in a VPC", async () => {
        await group({ name: "wandb" });
        await assert.rejects(
            group({ name: "wandb" }),
            /InvalidGroup\.Duplicate: The security group 'wandb' already exists/,
        );
        await group({ name: "wandb", vpcId: await cloud.vpc() });
    });

    it("have a description of some characters", async () => {
        for (const description of ["", "it's", "x".repeat(256)]) {
            const inputs = { vpcId, description };
            assert.match((await cloud.problems(Ec2.securityGroup, inputs)).join(), /^description: must be 1 to 255/);
        }
    });

    it("are replaced for name, description and VPC", async () => {
        const olds = { name: "a", description: "a", vpcId: "a", tags: { a: "1" } };
        const news = { name: "b", description: "b", vpcId: "b", tags: { a: "2" } };
        assert.deepEqual(await cloud.changes(Ec2.securityGroup, olds, news), [
            "!name",
            "!description",
            "!vpcId",
            "tags.a",
        ]);
    });

    it("stay while an interface carries them or a rule of another group names them", async () => {
        const [one, other] = [await group(), await group()];
        const from = (securityGroupId: string, referencedSecurityGroupId: string) =>
            cloud.make(Ec2.ingressRule, { securityGroupId, referencedSecurityGroupId, ipProtocol: "-1" });
        await from(one, one);
        const rule = await from(other, one);
        const refusal = { message: `DependencyViolation: resource ${one} has a dependent object` };
        await assert.rejects(cloud.delete(Ec2.securityGroup, one), refusal);
        await cloud.delete(Ec2.ingressRule, rule);
        const subnetId = await cloud.subnet(vpcId, "10.0.0.0/24");
        const service = { serviceName: "com.amazonaws.eu-west-1.sts", vpcEndpointType: "Interface" };
        const endpoint = { vpcId, ...service, subnetIds: [subnetId], securityGroupIds: [one] };
        const endpointId = await cloud.make(Ec2.endpoint, endpoint);
        await assert.rejects(cloud.delete(Ec2.securityGroup, one), refusal);
        await cloud.delete(Ec2.endpoint, endpointId);
        await cloud.delete(Ec2.securityGroup, one);
        assert.deepEqual(cloud.left(Ec2.ingressRule), [], "its own rules go with it");
    });

    describe("rules", () => {
        const https = { cidrIpv4: "10.0.0.0/16", ipProtocol: "tcp", fromPort: 443, toPort: 443 };
        const rule = async (changes: PropertyMap, type: string = Ec2.ingressRule) => {
            const securityGroupId = cloud.left(Ec2.securityGroup)[0] ?? (await group());
            const given = { securityGroupId, ...https, ...changes };
            return cloud.make(type, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)));
        };

        for (const [what, changes] of [
            ["a port", {}],
            ["all protocols", { ipProtocol: "-1", fromPort: null, toPort: null }],
            ["a protocol by number", { ipProtocol: "50", fromPort: 0, toPort: 0 }],
            ["ICMPv6 without ports", { ipProtocol: "icmpv6", fromPort: null, toPort: null }],
        ] as const) {
            it(`allow ${what}`, () => rule(changes));
        }

        for (const [what, changes, expected] of [
            ["no peer", { cidrIpv4: null }, /Exactly one of these attributes must be configured/],
            ["two peers", { cidrIpv6: "::/0" }, /Exactly one of these attributes/],
            [
                "bits beyond the prefix",
                { cidrIpv4: "10.0.0.1/16" },
                /^Error: cidrIpv4: .*did you mean "10\.0\.0\.0\/16"/,
            ],
            ["an unknown protocol", { ipProtocol: "https" }, /Invalid value 'https' for IP protocol/],
            ["all protocols with ports", { ipProtocol: "-1" }, /must not be given when ip_protocol is -1/],
            ["TCP without ports", { toPort: null }, /Must specify both from and to ports/],
            ["ports in the wrong order", { toPort: 80 }, /Invalid TCP port range \(443:80\)/],
            ["a port that is none", { toPort: 70_000 }, /^Error: toPort: must be between -1 and 65535/],
            [
                "a group that is not there",
                { cidrIpv4: null, referencedSecurityGroupId: "sg-0" },
                /InvalidGroup\.NotFound/,
            ],
            ["a description with quotes", { description: "W&B's" }, /^Error: description: must be 1 to 255/],
            ["tags of AWS", { tags: { "aws:x": "" } }, /InvalidTag/],
        ] as const) {
            it(`do not allow ${what}`, () => assert.rejects(rule(changes), expected));
        }

        it("name groups of their VPC", async () => {
            await group();
            const foreign = await group({ vpcId: await cloud.vpc() });
            await assert.rejects(
                rule({ cidrIpv4: null, referencedSecurityGroupId: foreign }),
                /two resources that belong to different networks/,
            );
        });

        it("are there once in each direction, 60 at most", async () => {
            await rule({});
            await assert.rejects(
                rule({}),
                /InvalidPermission\.Duplicate: the specified rule "peer: 10\.0\.0\.0\/16, TCP, from port: 443/,
            );
            await rule({}, Ec2.egressRule);
            for (let port = 1; port < 60; port++) {
                await rule({ fromPort: port, toPort: port });
            }
            await assert.rejects(rule({ fromPort: 60, toPort: 60 }), /RulesPerSecurityGroupLimitExceeded/);
        }).timeout(30_000);

        it("are replaced for the group only", async () => {
            const news = { ...https, securityGroupId: "b", toPort: 444 };
            assert.deepEqual(await cloud.changes(Ec2.ingressRule, { ...https, securityGroupId: "a" }, news), [
                "toPort",
                "!securityGroupId",
            ]);
        });
    });
});

describe("simulated VPC endpoints", () => {
    let cloud: NetworkCloud;
    let vpcId: string;
    let subnetId: string;
    beforeEach(async () => {
        cloud = new NetworkCloud();
        vpcId = await cloud.vpc("10.0.0.0/16", { enableDnsHostnames: true });
        subnetId = await cloud.subnet(vpcId, "10.0.0.0/24");
    });
    afterEach(() => cloud.remove());

    const s3 = { serviceName: "com.amazonaws.eu-west-1.s3" };
    const sts = { serviceName: "com.amazonaws.eu-west-1.sts", vpcEndpointType: "Interface", privateDnsEnabled: true };
    const endpoint = (inputs: PropertyMap) => cloud.make(Ec2.endpoint, { vpcId, ...inputs });

    it("are gateways for S3 and DynamoDB", async () => {
        const routeTableId = await cloud.make(Ec2.routeTable, { vpcId });
        await endpoint({ ...s3, routeTableIds: [routeTableId] });
        await assert.rejects(endpoint({ ...s3, routeTableIds: [routeTableId] }), /RouteAlreadyExists/);
        await endpoint({ ...s3, serviceName: s3.serviceName.replace("s3", "dynamodb"), routeTableIds: [routeTableId] });
        await assert.rejects(
            endpoint({ serviceName: sts.serviceName }),
            /does not support the VPC endpoint type Gateway/,
        );
        const foreign = await cloud.make(Ec2.routeTable, { vpcId: await cloud.vpc() });
        await assert.rejects(endpoint({ ...s3, routeTableIds: [foreign] }), /belongs to a different network/);
        await assert.rejects(endpoint({ ...s3, routeTableIds: ["rtb-0"] }), /InvalidRouteTableId\.NotFound/);
    });

    for (const [what, more, expected] of [
        ["subnets", (id: string) => ({ subnetIds: [id] }), /Subnets are not supported with Gateway endpoints/],
        ["private DNS", () => ({ privateDnsEnabled: true }), /Private DNS can't be enabled/],
    ] as const) {
        it(`have no ${what} as gateways`, () => assert.rejects(endpoint({ ...s3, ...more(subnetId) }), expected));
    }

    it("are interfaces for other services, in one subnet per zone of their VPC", async () => {
        const { outputs } = await cloud.made(Ec2.endpoint, { vpcId, ...sts, subnetIds: [subnetId] });
        assert.equal((outputs["networkInterfaceIds"] as string[]).length, 1);
        assert.equal(outputs["state"], "available");
        const ec2 = { ...sts, serviceName: "com.amazonaws.eu-west-1.ec2" };
        const same = await cloud.subnet(vpcId, "10.0.1.0/24");
        await assert.rejects(
            endpoint({ ...ec2, subnetIds: [subnetId, same] }),
            /DuplicateSubnetsInSameZone: .* of subnet-/,
        );
        const foreign = await cloud.vpc("10.0.0.0/16");
        const foreignSubnet = await cloud.subnet(foreign, "10.0.0.0/24");
        await assert.rejects(endpoint({ ...ec2, subnetIds: [foreignSubnet] }), /belongs to a different network/);
        const group = await cloud.make(Ec2.securityGroup, { vpcId: foreign });
        await assert.rejects(endpoint({ ...ec2, securityGroupIds: [group] }), /InvalidGroup\.NotFound/);
        await assert.rejects(
            endpoint({ ...ec2, routeTableIds: [await cloud.make(Ec2.routeTable, { vpcId })] }),
            /only supported for Gateway/,
        );
    });

    it("are made for services that are there", async () => {
        for (const serviceName of ["com.amazonaws.eu-west-2.sts", "com.amazonaws.eu-west-1.wandb", "sts"]) {
            await assert.rejects(endpoint({ ...sts, serviceName }), /InvalidServiceName: The Vpc Endpoint Service/);
        }
        const foreign = `com.amazonaws.vpce.eu-west-1.vpce-svc-${"0".repeat(17)}`;
        await endpoint({ serviceName: foreign, vpcEndpointType: "Interface" });
        await assert.rejects(endpoint({ serviceName: foreign }), /does not support the VPC endpoint type Gateway/);
        const own = { type: "aws:ec2/vpcEndpointService:VpcEndpointService", id: "vpce-svc-1", inputs: {} };
        await cloud.provider.inventory.plant({ ...own, outputs: { serviceName: "com.amazonaws.vpce.eu-west-1.own" } });
        await endpoint({ serviceName: "com.amazonaws.vpce.eu-west-1.own", vpcEndpointType: "Interface" });
    });

    it("have private DNS once per service, where the VPC has DNS", async () => {
        await endpoint(sts);
        await assert.rejects(
            endpoint(sts),
            /private-dns-enabled cannot be set because there is already a conflicting DNS domain/,
        );
        await endpoint({ ...sts, privateDnsEnabled: false });
        const without = await cloud.vpc();
        await assert.rejects(
            endpoint({ ...sts, vpcId: without }),
            /requires both enableDnsSupport and enableDnsHostnames/,
        );
    });

    it("are 20 gateways in a region, and 50 interfaces in a VPC", async () => {
        const plant = async (count: number, vpcEndpointType: string) => {
            for (let index = 0; index < count; index++) {
                await cloud.provider.inventory.plant({
                    type: Ec2.endpoint,
                    id: `vpce-${vpcEndpointType}-${index}`,
                    inputs: { vpcId, vpcEndpointType, serviceName: "other" },
                    outputs: { arn: "arn:aws:ec2:eu-west-1:123456789012:vpc-endpoint/x" },
                });
            }
        };
        await plant(20, "Gateway");
        await assert.rejects(endpoint(s3), /VpcEndpointLimitExceeded/);
        await endpoint(sts);
        await plant(49, "Interface");
        await assert.rejects(
            endpoint({ ...sts, serviceName: "com.amazonaws.eu-west-1.ec2" }),
            /VpcEndpointLimitExceeded/,
        );
    }).timeout(30_000);

    it("hold their subnets, and change subnets and tables in place", async () => {
        const id = await endpoint({ ...sts, subnetIds: [subnetId] });
        await assert.rejects(cloud.delete(Ec2.subnet, subnetId), /DependencyViolation: The subnet/);
        const news = {
            serviceName: "b",
            vpcEndpointType: "Gateway",
            vpcId: "b",
            subnetIds: ["b"],
            privateDnsEnabled: false,
        };
        assert.deepEqual(await cloud.changes(Ec2.endpoint, { ...sts, vpcId, subnetIds: ["a"] }, news), [
            "!serviceName",
            "!vpcEndpointType",
            "privateDnsEnabled",
            "!vpcId",
            "subnetIds[0]",
        ]);
        await cloud.delete(Ec2.endpoint, id);
        await cloud.delete(Ec2.subnet, subnetId);
    });

    it("have a policy that is JSON", async () => {
        assert.match((await cloud.problems(Ec2.endpoint, { vpcId, ...s3, policy: "{" })).join(), /^policy: contains/);
    });
});

describe("simulated flow logs", () => {
    let cloud: NetworkCloud;
    let sound: PropertyMap;
    beforeEach(async () => {
        cloud = new NetworkCloud();
        const { outputs } = await cloud.made("aws:cloudwatch/logGroup:LogGroup");
        const iamRoleArn = "arn:aws:iam::123456789012:role/flow";
        await role("flow", "vpc-flow-logs.amazonaws.com");
        sound = { vpcId: await cloud.vpc(), trafficType: "ALL", logDestination: outputs["arn"], iamRoleArn };
    });
    afterEach(() => cloud.remove());

    const role = (name: string, service: string) =>
        cloud.provider.inventory.plant({
            type: "aws:iam/role:Role",
            id: name,
            inputs: { assumeRolePolicy: JSON.stringify({ Statement: [{ Principal: { Service: [service] } }] }) },
            outputs: { arn: `arn:aws:iam::123456789012:role/${name}` },
        });

    it("are made once for group and traffic", async () => {
        await cloud.make(Ec2.flowLog, sound);
        await assert.rejects(cloud.make(Ec2.flowLog, sound), /FlowLogAlreadyExists/);
        await cloud.make(Ec2.flowLog, { ...sound, trafficType: "REJECT" });
    });

    it("are made for what is there", async () => {
        await role("other", "ec2.amazonaws.com");
        for (const [inputs, expected] of [
            [{ ...sound, vpcId: "vpc-0" }, /InvalidVpcID\.NotFound/],
            [{ ...sound, logDestination: "arn:aws:logs:eu-west-1:123456789012:log-group:x" }, /LogDestinationNotFound/],
            [{ ...sound, iamRoleArn: "arn:aws:iam::123456789012:role/x" }, /Unable to assume given IAM role/],
            [{ ...sound, iamRoleArn: "arn:aws:iam::123456789012:role/other" }, /Unable to assume given IAM role/],
            [
                { vpcId: sound["vpcId"], trafficType: "ALL", logDestination: sound["logDestination"] },
                /DeliverLogsPermissionArn can't be empty/,
            ],
            [{ ...sound, trafficType: "all" }, /trafficType: must be one of ACCEPT, REJECT, ALL/],
        ] as const) {
            await assert.rejects(cloud.make(Ec2.flowLog, inputs), expected);
        }
    });

    it("are replaced for everything but tags, and hold nothing", async () => {
        const id = await cloud.make(Ec2.flowLog, sound);
        assert.deepEqual(
            await cloud.changes(Ec2.flowLog, sound, { ...sound, trafficType: "REJECT", tags: { a: "1" } }),
            ["!trafficType", "tags"],
        );
        await cloud.delete(Ec2.vpc, textOf(sound["vpcId"]));
        await cloud.delete(Ec2.flowLog, id);
    });
});
