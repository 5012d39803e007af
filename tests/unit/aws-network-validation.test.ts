import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { planSubnets } from "../../sdk/aws/network/cidr-plan";
import type { Problem } from "../../sdk/errors";
import { checkNetwork } from "../../sdk/validation/aws/network";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

/** Problems of `aws.network`, with other arguments of `aws` or of the deployment beside it. */
function problems(network: object, aws: object = {}, args: object = {}): string[] {
    const found: Problem[] = [];
    const known = readKinds({ ...args, aws: { ...aws, network } }, DeploymentShape, "", found);
    assert.ok(known instanceof Map);
    checkNetwork(new Section<WandbDeploymentArgs>("", known, found));
    return found
        .filter(({ propertyPath }) => propertyPath.startsWith("aws.network"))
        .map(({ propertyPath, reason }) => `${propertyPath.replace("aws.network.", "")}: ${reason}`);
}

const later = pulumi.output("not looked at, whatever it is");
const internal = { loadBalancer: { scheme: "internal" } };
const subnet = (digit: number): string => `subnet-0123456789abcdef${digit}`;
const existing = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: [subnet(0), subnet(1)],
    loadBalancerSubnetIds: [subnet(2), subnet(3)],
};
const withoutEntry = { ...existing, loadBalancerSubnetIds: undefined };
const plan = {
    private: ["10.10.0.0/20", "10.10.16.0/20"],
    public: ["10.10.32.0/27", "10.10.32.32/27"],
    data: ["10.10.33.0/28", "10.10.33.16/28"],
};
const closed = { ...plan, public: undefined };

const accepted: readonly (readonly [string, object, object?, object?])[] = [
    ["nothing", {}],
    ["the largest network", { cidr: "172.31.0.0/16" }],
    ["the smallest network", { cidr: "192.168.4.0/22" }],
    ["addresses of carriers", { cidr: "100.64.0.0/20" }],
    ["two zones", { zoneCount: 2 }],
    ["zones by name", { zones: ["eu-west-1c", "eu-west-1a"] }],
    ["zones of GovCloud", { zones: ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"] }],
    ["one NAT gateway", { nat: "single" }],
    ["services by name and whole name", { interfaceEndpoints: ["ecr.api", "cn.com.amazonaws.cn-north-1.sts", "logs"] }],
    ["flow logs", { flowLogs: { trafficType: "ALL", retentionDays: 0, logGroupName: "/aws/vpc/wandb#1" } }],
    ["flow logs as they are", { flowLogs: {} }],
    ["ranges of one's own", { zoneCount: 2, subnetCidrs: plan }],
    [
        "small ranges of one's own",
        {
            cidr: "10.0.0.0/26",
            zoneCount: 2,
            publicSubnets: false,
            subnetCidrs: { private: ["10.0.0.0/28", "10.0.0.16/28"], data: ["10.0.0.32/28", "10.0.0.48/28"] },
        },
        internal,
    ],
    [
        "small public ranges for NAT alone",
        { zoneCount: 2, subnetCidrs: { ...plan, public: ["10.10.32.0/28", "10.10.32.16/28"] } },
        internal,
    ],
    ["no way to the internet", { publicSubnets: false, nat: "none" }, internal],
    [
        "no public subnets where another Ingress class has the load balancer",
        { publicSubnets: false },
        {},
        { ingress: { className: "nginx" } },
    ],
    ["no public subnets where no Ingress is made", { publicSubnets: false }, {}, { ingress: { create: false } }],
    ["no public subnets while the scheme is not known", { publicSubnets: false }, { loadBalancer: later }],
    ["a network of one's own", { existing }],
    [
        "all of it",
        {
            existing: { ...existing, dataSubnetIds: [subnet(4), subnet(5)], routeTableIds: ["rtb-01234567"] },
            interfaceEndpoints: ["sts"],
        },
    ],
    ["one with the private subnets for the load balancer", { existing: withoutEntry }, internal],
    [
        "one without subnets for a load balancer that is none of AWS",
        { existing: withoutEntry },
        {},
        { ingress: { annotations: { "kubernetes.io/ingress.class": "nginx" } } },
    ],
    ["one for a class that is not known yet", { existing: withoutEntry }, {}, { ingress: { className: later } }],
    [
        "ids that are not known",
        {
            existing: {
                vpcId: later,
                privateSubnetIds: [later, later],
                loadBalancerSubnetIds: [later, subnet(1)],
                routeTableIds: [later],
            },
        },
    ],
];

const refused: readonly (readonly [string, object, RegExp, object?])[] = [
    ["a single address", { cidr: "10.0.0.0" }, /^cidr: is not an IPv4 range/],
    ["bits beyond the prefix", { cidr: "10.0.1.0/16" }, /^cidr: has bits beyond its prefix.*"10\.0\.0\.0\/16"/],
    ["addresses of others", { cidr: "11.0.0.0/16" }, /^cidr: is not private \("11\.0\.0\.0\/16" given\)/],
    ["a range around a private one", { cidr: "172.0.0.0/8" }, /^cidr: is not private/],
    ["a network that is too large", { cidr: "10.0.0.0/15" }, /^cidr: is too large.*\/16 at most/],
    ["a network that is too small", { cidr: "10.0.0.0/23" }, /^cidr: is too small.*\/22 or larger, or your own plan/],
    [
        "one that is too small for AWS",
        { cidr: "10.0.0.0/29", zoneCount: 2, subnetCidrs: plan },
        /^cidr: is too small.*\/28 or larger\.$/,
    ],
    ["one zone", { zoneCount: 1 }, /^zoneCount: is not a whole number of 2 to 3 \(1 given\)/],
    [
        "a number and names of zones",
        { zoneCount: 2, zones: ["eu-west-1a", "eu-west-1b"] },
        /^zoneCount: is given together with `zones`/,
    ],
    ["one zone by name", { zones: ["eu-west-1a"] }, /^zones: has 1 entries\. Give 2 or 3 zones/],
    ["four zones", { zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"] }, /^zones: has 4 entries/],
    ["the id of a zone", { zones: ["euw1-az1", "eu-west-1b"] }, /^zones\[0\]: is not the name of an availability zone/],
    [
        "a Local Zone",
        { zones: ["us-west-2a", "us-west-2-lax-1a"] },
        /^zones\[1\]: is not the name of an availability zone.*no Local Zone/,
    ],
    ["a zone twice", { zones: ["eu-west-1a", "eu-west-1a"] }, /^zones\[1\]: is there twice/],
    ["zones of two regions", { zones: ["eu-west-1a", "eu-west-2b"] }, /^zones\[1\]: is in another region/],
    ["another word for NAT", { nat: "per-az" }, /^nat: .*Use per-zone\./],
    [
        "NAT without public subnets",
        { publicSubnets: false, nat: "single" },
        /^nat: needs public subnets \("single" given\)/,
        internal,
    ],
    [
        "no public subnets for a public load balancer",
        { publicSubnets: false },
        /^publicSubnets: is false, but the load balancer is internet-facing/,
    ],
    [
        "a service with a space",
        { interfaceEndpoints: ["ECR API"] },
        /^interfaceEndpoints\[0\]: is not the name of a service/,
    ],
    [
        "S3 by an interface",
        { interfaceEndpoints: ["sts", "s3"] },
        /^interfaceEndpoints\[1\]: has a gateway endpoint in any case/,
    ],
    [
        "a service twice",
        { interfaceEndpoints: ["sts", "com.amazonaws.eu-west-1.sts"] },
        /^interfaceEndpoints\[1\]: is there twice/,
    ],
    ["other traffic", { flowLogs: { trafficType: "reject" } }, /^flowLogs\.trafficType: .*Use REJECT\./],
    [
        "days that AWS does not know",
        { flowLogs: { retentionDays: 10 } },
        /^flowLogs\.retentionDays: is not accepted by AWS.*\(10 given\)/,
    ],
    ["a log group of AWS", { flowLogs: { logGroupName: "aws/wandb" } }, /^flowLogs\.logGroupName: begins with aws\//],
    [
        "a log group with a space",
        { flowLogs: { logGroupName: "a:b" } },
        /^flowLogs\.logGroupName: is not a name of a log group/,
    ],
    [
        "too few ranges",
        {
            subnetCidrs: {
                ...plan,
                private: [...plan.private, "10.10.64.0/20"],
                data: [...plan.data, "10.10.34.0/28"],
            },
        },
        /^subnetCidrs\.public: has 2 entries, but there are 3 zones/,
    ],
    [
        "ranges for other zones",
        { zones: ["eu-west-1a", "eu-west-1b"], subnetCidrs: { ...plan, data: ["10.10.33.0/28"] } },
        /^subnetCidrs\.data: has 1 entries, but there are 2 zones/,
    ],
    ["no public ranges", { zoneCount: 2, subnetCidrs: closed }, /^subnetCidrs\.public: is missing/],
    [
        "public ranges for nothing",
        { zoneCount: 2, publicSubnets: false, subnetCidrs: plan },
        /^subnetCidrs\.public: is given, but `aws\.network\.publicSubnets` is false/,
        internal,
    ],
    [
        "no ranges for data",
        { zoneCount: 2, subnetCidrs: { private: plan.private, public: plan.public } },
        /^subnetCidrs\.data: is missing/,
    ],
    [
        "a range outside",
        { zoneCount: 2, subnetCidrs: { ...plan, data: ["10.11.0.0/28", "10.10.33.16/28"] } },
        /^subnetCidrs\.data\[0\]: is not inside the network/,
    ],
    [
        "ranges that overlap",
        { zoneCount: 2, subnetCidrs: { ...plan, data: ["10.10.33.0/28", "10.10.32.0/24"] } },
        /^subnetCidrs\.data\[1\]: overlaps with `aws\.network\.subnetCidrs\.public\[0\]`/,
    ],
    [
        "a range of a few addresses",
        { zoneCount: 2, subnetCidrs: { ...plan, data: ["10.10.33.0/29", "10.10.33.16/28"] } },
        /^subnetCidrs\.data\[0\]: is too small.*\/28 at least/,
    ],
    [
        "a range too small for a load balancer",
        { zoneCount: 2, subnetCidrs: { ...plan, public: ["10.10.32.0/28", "10.10.32.32/27"] } },
        /^subnetCidrs\.public\[0\]: is too small.*\/27 or larger/,
    ],
    [
        "a network of one's own without its id",
        { existing: { ...existing, vpcId: undefined } },
        /^existing\.vpcId: is missing\. Give the id of your VPC/,
    ],
    [
        "one without subnets",
        { existing: { ...existing, privateSubnetIds: undefined } },
        /^existing\.privateSubnetIds: is missing/,
    ],
    [
        "one subnet",
        { existing: { ...existing, privateSubnetIds: [subnet(0)] } },
        /^existing\.privateSubnetIds: has 1 entries\. Give 2 to 6/,
    ],
    [
        "seven subnets",
        { existing: { ...existing, dataSubnetIds: [1, 2, 3, 4, 5, 6, 7].map(subnet) } },
        /^existing\.dataSubnetIds: has 7 entries/,
    ],
    [
        "a subnet twice",
        { existing: { ...existing, privateSubnetIds: [subnet(0), subnet(0)] } },
        /^existing\.privateSubnetIds\[1\]: is there twice/,
    ],
    [
        "the name of a subnet",
        { existing: { ...existing, privateSubnetIds: [subnet(0), "private-b"] } },
        /^existing\.privateSubnetIds\[1\]: is not the id of a subnet/,
    ],
    [
        "a VPC's name",
        { existing: { ...existing, vpcId: "main" } },
        /^existing\.vpcId: is not the id of a VPC \("main" given\)\. Give for example vpc-/,
    ],
    [
        "a subnet for a route table",
        { existing: { ...existing, routeTableIds: [subnet(0)] } },
        /^existing\.routeTableIds\[0\]: is not the id of a route table/,
    ],
    [
        "no route tables in the list",
        { existing: { ...existing, routeTableIds: [] } },
        /^existing\.routeTableIds: is empty/,
    ],
    [
        "no subnets for a public load balancer",
        { existing: withoutEntry },
        /^existing\.loadBalancerSubnetIds: is missing, and the load balancer is internet-facing/,
    ],
    ...(["cidr", "zones", "nat", "publicSubnets", "flowLogs", "zoneCount", "subnetCidrs"] as const).map((key) => {
        const given = {
            cidr: "10.0.0.0/16",
            zones: ["eu-west-1a", "eu-west-1b"],
            nat: "none",
            publicSubnets: true,
            flowLogs: {},
            zoneCount: 2,
            subnetCidrs: plan,
        };
        return [
            `${key} beside it`,
            { existing, [key]: given[key] },
            new RegExp(`^${key}: has no effect with`),
        ] as const;
    }),
];

describe("arguments of the AWS network", () => {
    for (const [what, network, aws, args] of accepted) {
        it(`accept ${what}`, () => assert.deepEqual(problems(network, aws, args), []));
    }

    for (const [what, network, expected, aws] of refused) {
        it(`refuse ${what}`, () => {
            const found = problems(network, aws);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }

    it("accept the plan that is made for any network that they accept", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 0, max: 255 }),
                fc.integer({ min: 16, max: 22 }),
                fc.integer({ min: 2, max: 3 }),
                (octet, prefix, zoneCount) => {
                    const cidr = `10.${octet}.0.0/${prefix}`;
                    const { private: nodes, public: entry, data } = planSubnets(cidr, zoneCount);
                    const subnetCidrs = { private: [...nodes], public: [...entry], data: [...data] };
                    assert.deepEqual(problems({ cidr, zoneCount }), []);
                    assert.deepEqual(problems({ cidr, zoneCount, subnetCidrs }), []);
                },
            ),
        );
    });

    it("say nothing where there is no network", () => {
        const found: Problem[] = [];
        checkNetwork(new Section<WandbDeploymentArgs>("", new Map(), found));
        assert.deepEqual(found, []);
    });
});
