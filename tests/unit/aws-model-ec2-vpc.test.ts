/** The rules of the simulated VPCs, subnets and zones: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2, NetworkCloud } from "../support/modelled-network";

describe("simulated VPCs", () => {
    let cloud: NetworkCloud;
    beforeEach(() => {
        cloud = new NetworkCloud();
    });
    afterEach(() => cloud.remove());

    it("tell ARN, default parts and all tags", async () => {
        const { id, outputs } = await cloud.made(Ec2.vpc, { cidrBlock: "10.0.0.0/16", tags: { team: "ml" } });
        assert.match(id, /^vpc-[0-9a-f]{17}$/);
        assert.equal(outputs["arn"], `arn:aws:ec2:eu-west-1:123456789012:vpc/${id}`);
        assert.match(textOf(outputs["defaultSecurityGroupId"]), /^sg-[0-9a-f]{17}$/);
        assert.equal(outputs["defaultRouteTableId"], outputs["mainRouteTableId"]);
        assert.deepEqual(outputs["tagsAll"], { team: "ml", stage: "a" });
        assert.equal(outputs["enableDnsSupport"], true);
        assert.equal(outputs["enableDnsHostnames"], false);
    });

    for (const [cidrBlock, expected] of [
        ["10.0.0.0", /is not a valid IPv4 CIDR block/],
        ["10.0.0.0/33", /is not a valid IPv4 CIDR block/],
        ["10.0.1.0/16", /did you mean "10\.0\.0\.0\/16"/],
        ["10.0.0.0/15", /between 16 and 28 significant bits, got: 15/],
        ["10.0.0.0/29", /between 16 and 28 significant bits, got: 29/],
    ] as const) {
        it(`do not have the range ${cidrBlock}`, async () => {
            assert.match((await cloud.problems(Ec2.vpc, { cidrBlock })).join(), expected);
        });
    }

    it("have ranges of /16 to /28", async () => {
        for (const cidrBlock of ["10.0.0.0/16", "192.168.0.16/28"]) {
            assert.deepEqual(await cloud.problems(Ec2.vpc, { cidrBlock }), []);
        }
    });

    it("are five in a region", async () => {
        for (let count = 0; count < 5; count++) {
            await cloud.vpc();
        }
        await assert.rejects(cloud.vpc(), /^Error: VpcLimitExceeded/);
        await cloud.vpc("10.0.0.0/16", { region: "eu-west-2" });
    });

    it("are replaced for range and tenancy only", async () => {
        const olds = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: false };
        const news = { cidrBlock: "10.1.0.0/16", enableDnsHostnames: true, instanceTenancy: "dedicated" };
        assert.deepEqual((await cloud.changes(Ec2.vpc, olds, news)).sort(), [
            "!cidrBlock",
            "!instanceTenancy",
            "enableDnsHostnames",
        ]);
    });

    it("take no tag of AWS", async () => {
        await assert.rejects(cloud.vpc("10.0.0.0/16", { tags: { "aws:x": "" } }), /InvalidTag/);
    });

    it("stay while anything lies in them", async () => {
        for (const [type, more] of [
            [Ec2.subnet, { cidrBlock: "10.0.0.0/24" }],
            [Ec2.internetGateway, {}],
            [Ec2.routeTable, {}],
            [Ec2.securityGroup, {}],
            [Ec2.endpoint, { serviceName: "com.amazonaws.eu-west-1.s3" }],
        ] as const) {
            const vpcId = await cloud.vpc();
            const id = await cloud.make(type, { vpcId, ...more });
            await assert.rejects(cloud.delete(Ec2.vpc, vpcId), {
                message: `DependencyViolation: The vpc '${vpcId}' has dependencies and cannot be deleted.`,
            });
            await cloud.delete(type, id);
            await cloud.delete(Ec2.vpc, vpcId);
        }
    });

    it("take their default security group along, which has the id that they tell", async () => {
        const vpc = await cloud.made(Ec2.vpc, { cidrBlock: "10.0.0.0/16" });
        const group = await cloud.made(Ec2.defaultSecurityGroup, { vpcId: vpc.id, ingress: [], egress: [] });
        assert.equal(group.id, vpc.outputs["defaultSecurityGroupId"]);
        assert.equal(group.outputs["name"], "default");
        await cloud.delete(Ec2.vpc, vpc.id);
        assert.deepEqual(cloud.left(Ec2.defaultSecurityGroup), []);
        const lost = cloud.make(Ec2.defaultSecurityGroup, { vpcId: vpc.id });
        await assert.rejects(lost, /InvalidVpcID\.NotFound: The vpc ID 'vpc-/);
    });
});

describe("simulated subnets", () => {
    let cloud: NetworkCloud;
    let vpcId: string;
    beforeEach(async () => {
        cloud = new NetworkCloud();
        vpcId = await cloud.vpc();
    });
    afterEach(() => cloud.remove());

    it("tell zone and zone id, whichever was given", async () => {
        const zoneOf = async (cidrBlock: string, zone: Record<string, string>) => {
            const { outputs } = await cloud.made(Ec2.subnet, { vpcId, cidrBlock, ...zone });
            return [outputs["availabilityZone"], outputs["availabilityZoneId"]];
        };
        const expected = ["eu-west-1b", "euw1-az2"];
        assert.deepEqual(await zoneOf("10.0.0.0/24", { availabilityZone: "eu-west-1b" }), expected);
        assert.deepEqual(await zoneOf("10.0.1.0/24", { availabilityZoneId: "euw1-az2" }), expected);
        assert.deepEqual(await zoneOf("10.0.2.0/24", {}), ["eu-west-1a", "euw1-az1"]);
    });

    it("lie in one zone by one name", async () => {
        const inputs = {
            vpcId,
            cidrBlock: "10.0.0.0/24",
            availabilityZone: "eu-west-1a",
            availabilityZoneId: "euw1-az1",
        };
        assert.match((await cloud.problems(Ec2.subnet, inputs)).join(), /^availabilityZone: conflicts with/);
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        [
            "outside the VPC",
            { cidrBlock: "10.1.0.0/24" },
            /InvalidSubnet\.Range: The CIDR '10\.1\.0\.0\/24' is invalid/,
        ],
        ["around the VPC", { cidrBlock: "10.0.0.0/15" }, /InvalidSubnet\.Range/],
        ["of four addresses", { cidrBlock: "10.0.0.0/30" }, /InvalidSubnet\.Range/],
        [
            "on another",
            { cidrBlock: "10.0.7.128/25" },
            /InvalidSubnet\.Conflict: The CIDR '10\.0\.7\.128\/25' conflicts/,
        ],
        ["around another", { cidrBlock: "10.0.0.0/20" }, /InvalidSubnet\.Conflict/],
        [
            "in a zone of another region",
            { availabilityZone: "us-east-1a" },
            /InvalidParameterValue: Value \(us-east-1a\) for parameter availabilityZone is invalid.* eu-west-1a, eu-west-1b, eu-west-1c\./,
        ],
        ["in a zone that is not there", { availabilityZoneId: "euw1-az9" }, /parameter availabilityZoneId is invalid/],
        ["in a VPC that is not there", { vpcId: "vpc-0" }, /InvalidVpcID\.NotFound/],
        ["with tags of AWS", { tags: { "aws:x": "" } }, /InvalidTag/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`are not made ${what}`, async () => {
            await cloud.subnet(vpcId, "10.0.7.0/24");
            await assert.rejects(cloud.make(Ec2.subnet, { vpcId, cidrBlock: "10.0.8.0/24", ...changes }), expected);
        });
    }

    it("have the same range in two VPCs", async () => {
        await cloud.subnet(vpcId, "10.0.0.0/24");
        await cloud.subnet(await cloud.vpc(), "10.0.0.0/24");
    });

    it("are 200 in a VPC", async () => {
        const { inventory } = cloud.provider;
        for (let count = 0; count < 200; count++) {
            const inputs = { vpcId, cidrBlock: `10.0.255.${count}/32` };
            await inventory.plant({ type: Ec2.subnet, id: `subnet-${count}`, inputs, outputs: {} });
        }
        await assert.rejects(cloud.subnet(vpcId, "10.0.0.0/24"), /SubnetLimitExceeded/);
    }).timeout(30_000);

    it("are replaced for all but tags and settings of instances", async () => {
        const olds = { vpcId, cidrBlock: "10.0.0.0/24", availabilityZone: "eu-west-1a", tags: { a: "1" } };
        const news = {
            vpcId: "vpc-1",
            cidrBlock: "10.0.1.0/24",
            availabilityZone: "eu-west-1b",
            tags: { a: "2" },
            mapPublicIpOnLaunch: true,
        };
        assert.deepEqual((await cloud.changes(Ec2.subnet, olds, news)).sort(), [
            "!availabilityZone",
            "!cidrBlock",
            "!vpcId",
            "mapPublicIpOnLaunch",
            "tags.a",
        ]);
    });

    it("stay while anything has a network interface in them, and take associations along", async () => {
        const subnetId = await cloud.subnet(vpcId, "10.0.0.0/24");
        const routeTableId = await cloud.make(Ec2.routeTable, { vpcId });
        await cloud.make(Ec2.association, { subnetId, routeTableId });
        const natId = await cloud.make(Ec2.natGateway, { subnetId, connectivityType: "private" });
        await assert.rejects(cloud.delete(Ec2.subnet, subnetId), {
            message: `DependencyViolation: The subnet '${subnetId}' has dependencies and cannot be deleted.`,
        });
        await cloud.delete(Ec2.natGateway, natId);
        await cloud.delete(Ec2.subnet, subnetId);
        assert.deepEqual(cloud.left(Ec2.association), []);
    });
});

describe("lookups of the simulated EC2", () => {
    let cloud: NetworkCloud;
    afterEach(() => cloud.remove());
    const zonesToken = "aws:index/getAvailabilityZones:getAvailabilityZones";

    it("list zones by filters", async () => {
        cloud = new NetworkCloud("us-west-2");
        const names = async (inputs = {}) => (await cloud.ask(zonesToken, inputs))["names"];
        const zones = ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"];
        assert.deepEqual(await names(), [...zones, "us-west-2-lax-1a"]);
        const only = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
        assert.deepEqual(await names({ filters: only, state: "available" }), zones);
        assert.deepEqual(await names({ filters: only, excludeZoneIds: ["usw2-az2"] }), [
            "us-west-2a",
            "us-west-2c",
            "us-west-2d",
        ]);
        assert.deepEqual(await names({ filters: only, excludeNames: ["us-west-2a", "us-west-2b"] }), zones.slice(2));
        assert.deepEqual(await names({ state: "impaired" }), []);
        await assert.rejects(
            names({ filters: [{ name: "colour", values: ["red"] }] }),
            /The filter 'colour' is invalid/,
        );
    });

    it("know the ids of zones", async () => {
        cloud = new NetworkCloud();
        for (const [region, first] of [
            ["us-east-1", "use1-az1"],
            ["ap-southeast-2", "apse2-az1"],
            ["us-gov-west-1", "usgw1-az1"],
            ["ca-central-1", "cac1-az1"],
        ]) {
            const zoneIds = (await cloud.ask(zonesToken, { region }))["zoneIds"];
            assert.equal(Array.isArray(zoneIds) ? zoneIds[0] : undefined, first);
        }
    });

    it("tell of VPCs and subnets that are there", async () => {
        cloud = new NetworkCloud();
        const vpcId = await cloud.vpc("10.0.0.0/16", { enableDnsHostnames: true });
        const subnetId = await cloud.subnet(vpcId, "10.0.0.0/24", "eu-west-1c");
        const vpc = await cloud.ask("aws:ec2/getVpc:getVpc", { id: vpcId });
        assert.deepEqual(
            [vpc["cidrBlock"], vpc["enableDnsSupport"], vpc["enableDnsHostnames"], vpc["tags"]],
            ["10.0.0.0/16", true, true, { stage: "a" }],
        );
        const subnet = await cloud.ask("aws:ec2/getSubnet:getSubnet", { id: subnetId });
        assert.deepEqual(
            [subnet["vpcId"], subnet["availabilityZoneId"], subnet["availableIpAddressCount"]],
            [vpcId, "euw1-az3", 251],
        );
        await assert.rejects(cloud.ask("aws:ec2/getVpc:getVpc", { id: "vpc-0" }), /no matching EC2 VPC found/);
        await assert.rejects(cloud.ask("aws:ec2/getSubnet:getSubnet", { id: vpcId }), /no matching EC2 Subnet found/);
    });
});
