import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsFlowLogTraffic, type AwsNetworkArgs, AwsNatMode } from "../../sdk/aws/args/network";
import type { NetworkFacts, SubnetFacts } from "../../sdk/aws/facts";
import { createNetwork, tooFewZones } from "../../sdk/aws/network/network";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { createScope } from "../../sdk/aws/scope";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const zonesToken = "aws:index/getAvailabilityZones:getAvailabilityZones";
const answers = {
    "aws:index/getPartition:getPartition": { partition: "aws-us-gov" },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    "aws:index/getRegion:getRegion": { region: "us-gov-west-1" },
    // Not in their order.
    [zonesToken]: { names: ["us-gov-west-1c", "us-gov-west-1a", "us-gov-west-1b"] },
};
const outputs = {
    "aws:cloudwatch/logGroup:LogGroup": { arn: "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:flows" },
    "aws:iam/role:Role": { arn: "arn:aws-us-gov:iam::123456789012:role/flow", name: "flow" },
};

interface Options {
    getName(): string;
    getIgnorechangesList(): string[];
    getDeletebeforereplace(): boolean;
}

class Made {
    private constructor(
        readonly graph: GraphRecorder,
        readonly facts: NetworkFacts,
        /** What the program said beside the inputs, by the resource's name. */
        readonly options: ReadonlyMap<string, Options>,
    ) {}

    static async make(args: AwsNetworkArgs = {}): Promise<Made> {
        const graph = await GraphRecorder.start({ preview: false, outputs, answers });
        const options = new Map<string, Options>();
        const monitor = pulumi.runtime.getMonitor() as unknown as Record<
            "registerResource",
            (request: Options, callback: unknown) => void
        >;
        const register = monitor.registerResource;
        monitor.registerResource = (request, callback) => {
            options.set(request.getName(), request);
            register(request, callback);
        };
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const settings = { tags: { team: "ml" }, deletionProtection: true, retainData: false };
        const facts = createNetwork(createScope("wandb", parent, settings), args, { path: "/platform/" });
        await pulumi.runtime.disconnect();
        return new Made(graph, facts, options);
    }

    inputs(name: string): Record<string, unknown> {
        return this.graph.byName(name).inputs;
    }

    /** Names of the resources of a type. */
    names(type: string): string[] {
        return this.graph.resources.filter((one) => one.type.endsWith(`:${type}`)).map(({ name }) => name);
    }

    /** Logical names of what a resource waits for. */
    after(name: string): string[] {
        return this.graph.byName(name).dependencies.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
    }

    async egress(): Promise<string[]> {
        const urns = await Promise.all(this.facts.egress.map(({ urn }) => promiseOf(urn)));
        return urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)).sort();
    }
}

const read = (subnets: readonly SubnetFacts[]) =>
    Promise.all(
        subnets.map(async ({ letter, id, zone }) => [letter, await promiseOf(id), await promiseOf(zone)].join(" ")),
    );

describe("AWS network", () => {
    it("registers the graph that the snapshot shows", async () => {
        const { graph } = await Made.make({ interfaceEndpoints: ["ecr.api"], flowLogs: {} });
        assertSnapshot("aws-network", graph.lines());
    });

    it("puts its subnets into the first zones by name, and leaves them there", async () => {
        const made = await Made.make();
        const zones = ["a", "b", "c"].map(
            (letter) => made.inputs(`wandb-private-subnet-${letter}`)["availabilityZone"],
        );
        assert.deepEqual(zones, ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"]);
        for (const name of made.names("Subnet")) {
            assert.deepEqual(made.options.get(name)?.getIgnorechangesList(), ["availabilityZone"], name);
        }
        assert.deepEqual(await read(made.facts.dataSubnets), [
            "a wandb-data-subnet-a-id us-gov-west-1a",
            "b wandb-data-subnet-b-id us-gov-west-1b",
            "c wandb-data-subnet-c-id us-gov-west-1c",
        ]);
    });

    it("uses zones by name in their order, and moves subnets when they change", async () => {
        const made = await Made.make({ zones: ["us-gov-west-1c", "us-gov-west-1a"] });
        assert.deepEqual(await read(made.facts.privateSubnets), [
            "a wandb-private-subnet-a-id us-gov-west-1c",
            "b wandb-private-subnet-b-id us-gov-west-1a",
        ]);
        assert.deepEqual(made.options.get("wandb-private-subnet-a")?.getIgnorechangesList(), []);
        assert.equal(made.names("Subnet").length, 6);
    });

    it("says when a region has too few zones", () => {
        assert.equal(tooFewZones(["us-west-1c", "us-west-1a"], "us-west-1", 2), undefined);
        assert.match(
            tooFewZones(["us-west-1c", "us-west-1a"], "us-west-1", 3) ?? "",
            /^aws\.network\.zoneCount: is 3, but us-west-1 has 2 .* \(us-west-1a, us-west-1c\)\. Give a lower number/,
        );
    });

    it("has DNS, and tags that the load balancer controller and people look for", async () => {
        const made = await Made.make();
        assert.deepEqual(made.inputs("wandb-vpc"), {
            cidrBlock: "10.10.0.0/16",
            enableDnsSupport: true,
            enableDnsHostnames: true,
            tags: { Name: "wandb-vpc", team: "ml" },
        });
        const tags = (tier: string) => made.inputs(`wandb-${tier}-subnet-b`)["tags"];
        const Name = (tier: string) => ({ Name: `wandb-${tier}-subnet-b`, team: "ml" });
        assert.deepEqual(tags("public"), { ...Name("public"), "kubernetes.io/role/elb": "1" });
        assert.deepEqual(tags("private"), { ...Name("private"), "kubernetes.io/role/internal-elb": "1" });
        assert.deepEqual(tags("data"), Name("data"));
    });

    it("divides the network, or takes the ranges that are given", async () => {
        const planned = await Made.make({ cidr: "10.42.0.0/20", zoneCount: 2 });
        assert.equal(planned.inputs("wandb-private-subnet-b")["cidrBlock"], "10.42.4.0/22");
        assert.equal(await promiseOf(planned.facts.cidr), "10.42.0.0/20");
        const subnetCidrs = { private: ["10.0.0.0/20", "10.0.16.0/20"], public: ["10.0.32.0/24", "10.0.33.0/24"] };
        const data = ["10.0.34.0/28", "10.0.34.16/28"];
        const given = await Made.make({ cidr: "10.0.0.0/16", zoneCount: 2, subnetCidrs: { ...subnetCidrs, data } });
        const ranges = (tier: string) =>
            ["a", "b"].map((letter) => given.inputs(`wandb-${tier}-subnet-${letter}`)["cidrBlock"]);
        assert.deepEqual(
            [ranges("public"), ranges("private"), ranges("data")],
            [subnetCidrs.public, subnetCidrs.private, data],
        );
    });

    it("takes all rules out of the default security group", async () => {
        const made = await Made.make();
        const { ingress, egress, vpcId } = made.inputs("wandb-default-security-group");
        assert.deepEqual({ ingress, egress, vpcId }, { ingress: [], egress: [], vpcId: "wandb-vpc-id" });
    });

    describe("way to the internet", () => {
        const gatewayOf = (made: Made, letter: string) =>
            made.inputs(`wandb-private-default-route-${letter}`)["natGatewayId"];

        it("is one NAT gateway per zone by default", async () => {
            const made = await Made.make();
            assert.deepEqual(
                ["a", "b", "c"].map((letter) => gatewayOf(made, letter)),
                ["wandb-nat-gateway-a-id", "wandb-nat-gateway-b-id", "wandb-nat-gateway-c-id"],
            );
            const { subnetId, allocationId } = made.inputs("wandb-nat-gateway-b");
            assert.deepEqual([subnetId, allocationId], ["wandb-public-subnet-b-id", "wandb-nat-address-b-id"]);
            // Else its address would have to be in two places while the network is replaced.
            assert.equal(made.options.get("wandb-nat-gateway-b")?.getDeletebeforereplace(), true);
        });

        it("is one for all zones when told so, with a table for each all the same", async () => {
            const made = await Made.make({ nat: AwsNatMode.Single });
            assert.deepEqual(made.names("NatGateway"), ["wandb-nat-gateway-a"]);
            assert.deepEqual(made.names("Eip"), ["wandb-nat-address-a"]);
            assert.deepEqual(
                ["a", "b", "c"].map((letter) => gatewayOf(made, letter)),
                Array(3).fill("wandb-nat-gateway-a-id"),
            );
            assert.equal(made.names("RouteTable").length, 5);
        });

        it("is missing without NAT gateways", async () => {
            const made = await Made.make({ nat: AwsNatMode.None });
            assert.deepEqual(made.names("NatGateway"), []);
            assert.deepEqual(made.names("Route"), ["wandb-public-default-route"]);
        });

        it("is missing without public subnets, and so is the internet gateway", async () => {
            const made = await Made.make({ publicSubnets: false });
            for (const type of ["InternetGateway", "NatGateway", "Eip", "Route"]) {
                assert.deepEqual(made.names(type), [], type);
            }
            assert.deepEqual(made.facts.publicSubnets, []);
            assert.equal(made.inputs("wandb-private-subnet-a")["cidrBlock"], "10.10.0.0/18", "as with public subnets");
        });

        it("does not exist for data subnets", async () => {
            const made = await Made.make();
            const routed = made.names("Route").map((name) => made.inputs(name)["routeTableId"]);
            assert.ok(!routed.includes("wandb-data-route-table-id"));
            for (const letter of ["a", "b", "c"]) {
                const { subnetId, routeTableId } = made.inputs(`wandb-data-route-association-${letter}`);
                assert.deepEqual(
                    [subnetId, routeTableId],
                    [`wandb-data-subnet-${letter}-id`, "wandb-data-route-table-id"],
                );
            }
        });
    });

    it("reaches S3 without NAT, in any case", async () => {
        for (const nat of Object.values(AwsNatMode)) {
            const { vpcEndpointType, serviceName, routeTableIds } = (await Made.make({ nat })).inputs(
                "wandb-s3-endpoint",
            );
            assert.deepEqual([vpcEndpointType, serviceName], ["Gateway", "com.amazonaws.us-gov-west-1.s3"]);
            assert.deepEqual(
                routeTableIds,
                ["a", "b", "c"].map((letter) => `wandb-private-route-table-${letter}-id`),
            );
        }
    });

    it("makes interface endpoints on request, reachable from the network only", async () => {
        const china = "cn.com.amazonaws.cn-north-1.ecr.dkr";
        const made = await Made.make({ interfaceEndpoints: ["ecr.api", china] });
        const { tags, ...endpoint } = made.inputs("wandb-ecr-api-endpoint");
        assert.deepEqual(tags, { Name: "wandb-ecr-api-endpoint", team: "ml" });
        assert.deepEqual(endpoint, {
            vpcId: "wandb-vpc-id",
            serviceName: "com.amazonaws.us-gov-west-1.ecr.api",
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: ["a", "b", "c"].map((letter) => `wandb-private-subnet-${letter}-id`),
            securityGroupIds: ["wandb-endpoints-security-group-id"],
        });
        assert.equal(made.inputs("wandb-ecr-dkr-endpoint")["serviceName"], china);
        const { cidrIpv4, ipProtocol, fromPort, toPort } = made.inputs("wandb-endpoints-from-vpc");
        assert.deepEqual([cidrIpv4, ipProtocol, fromPort, toPort], ["10.10.0.0/16", "tcp", 443, 443]);
        assert.deepEqual(made.names("SecurityGroupEgressRule"), []);
        assert.deepEqual((await Made.make()).names("SecurityGroup"), []);
    });

    describe("flow logs", () => {
        it("are off by default", async () => {
            const made = await Made.make();
            assert.deepEqual([...made.names("FlowLog"), ...made.names("LogGroup"), ...made.names("Role")], []);
        });

        it("go to a log group that forgets, by a role for this account's flow logs that may write there only", async () => {
            const made = await Made.make({ flowLogs: {} });
            assert.deepEqual(made.inputs("wandb-flow-logs"), { retentionInDays: 30, tags: { team: "ml" } });
            const { tags, ...flowLog } = made.inputs("wandb-flow-log");
            assert.deepEqual(tags, { Name: "wandb-flow-log", team: "ml" });
            assert.deepEqual(flowLog, {
                vpcId: "wandb-vpc-id",
                trafficType: "REJECT",
                logDestinationType: "cloud-watch-logs",
                logDestination: outputs["aws:cloudwatch/logGroup:LogGroup"].arn,
                iamRoleArn: outputs["aws:iam/role:Role"].arn,
            });
            const role = made.inputs("wandb-flow-log-role");
            assert.equal(role["path"], "/platform/");
            const trust = JSON.parse(String(role["assumeRolePolicy"])) as PolicyDocument;
            assert.deepEqual(trust.Statement[0].Condition, {
                StringEquals: { "aws:SourceAccount": "123456789012" },
                ArnLike: { "aws:SourceArn": "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:vpc-flow-log/*" },
            });
            const rights = JSON.parse(String(made.inputs("wandb-flow-log-role-write")["policy"])) as PolicyDocument;
            const group = outputs["aws:cloudwatch/logGroup:LogGroup"].arn;
            assert.deepEqual(
                rights.Statement.map(({ Action, Resource }) => [...Action, ...(Resource ?? [])]),
                [
                    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", group, `${group}:*`],
                    ["logs:DescribeLogGroups", "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:*"],
                ],
            );
            assert.ok(made.after("wandb-flow-log").includes("wandb-flow-log-role-write"), "rights come first");
        });

        it("take other settings", async () => {
            const flowLogs = { trafficType: AwsFlowLogTraffic.All, retentionDays: 0, logGroupName: "/aws/vpc/flows" };
            const made = await Made.make({ flowLogs });
            const { name, retentionInDays } = made.inputs("wandb-flow-logs");
            assert.deepEqual([name, retentionInDays], ["/aws/vpc/flows", 0]);
            assert.equal(made.inputs("wandb-flow-log")["trafficType"], "ALL");
        });
    });

    it("waits only where data flows, and for what must go last", async () => {
        const made = await Made.make();
        for (const name of made.names("Subnet")) {
            assert.deepEqual(made.after(name), ["wandb-vpc"], name);
        }
        assert.deepEqual(made.after("wandb-nat-gateway-a").sort(), [
            "wandb-internet-gateway",
            "wandb-nat-address-a",
            "wandb-public-subnet-a",
        ]);
    });

    it("tells what nodes need before they reach the outside", async () => {
        const made = await Made.make({ zoneCount: 2, interfaceEndpoints: ["sts"] });
        const perZone = ["a", "b"].flatMap((letter) => [
            `wandb-nat-gateway-${letter}`,
            `wandb-private-default-route-${letter}`,
            `wandb-private-route-association-${letter}`,
            `wandb-public-route-association-${letter}`,
        ]);
        const once = ["endpoints-from-vpc", "public-default-route", "s3-endpoint", "sts-endpoint"];
        assert.deepEqual(await made.egress(), [...perZone, ...once.map((word) => `wandb-${word}`)].sort());
        assert.deepEqual(await (await Made.make({ zoneCount: 2, publicSubnets: false })).egress(), [
            "wandb-private-route-association-a",
            "wandb-private-route-association-b",
            "wandb-s3-endpoint",
        ]);
    });

    it("gives everything a parent, tags, and no protection of its own", async () => {
        const { graph } = await Made.make({ interfaceEndpoints: ["sts"], flowLogs: {} });
        const untagged = ["Route", "RouteTableAssociation", "RolePolicy"];
        const children = graph.resources.filter(({ type }) => type.startsWith("aws:"));
        for (const { name, type, parent, inputs, protect } of children) {
            assert.match(parent, /\$wandb:aws:Network::wandb-network$/, name);
            assert.equal(protect, undefined, name);
            const tags = inputs["tags"] as Record<string, string> | undefined;
            assert.equal(tags?.["team"], untagged.includes(type.split(":")[2]) ? undefined : "ml", name);
        }
        assert.ok(children.length > 40);
    });
});
