/** The simulated EC2 in tests of its rules: short ways to make what other things lie in. */
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "./cloud-frame";

export const Ec2 = {
    vpc: "aws:ec2/vpc:Vpc",
    defaultSecurityGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    subnet: "aws:ec2/subnet:Subnet",
    internetGateway: "aws:ec2/internetGateway:InternetGateway",
    address: "aws:ec2/eip:Eip",
    natGateway: "aws:ec2/natGateway:NatGateway",
    routeTable: "aws:ec2/routeTable:RouteTable",
    route: "aws:ec2/route:Route",
    association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    securityGroup: "aws:ec2/securityGroup:SecurityGroup",
    ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    flowLog: "aws:ec2/flowLog:FlowLog",
} as const;

export class NetworkCloud extends TestCloud {
    private count = 0;

    constructor(region = "eu-west-1") {
        super({ cloud: aws });
        this.provider.configure(properties({ region, defaultTags: { tags: { stage: "a" } } }));
    }

    /** Makes something after its inputs were checked, and gives its id. */
    async make(type: string, inputs: PropertyMap = {}): Promise<string> {
        return (await this.made(type, inputs)).id;
    }

    async made(type: string, inputs: PropertyMap = {}): Promise<{ id: string; outputs: PropertyMap }> {
        const name = `n${(this.count += 1)}`;
        const request = { urn: urnOf(type, name), olds: properties(), news: properties(inputs) };
        const checked = await this.provider.check({ ...request, seed: Buffer.from(name) });
        if (checked.problems.length > 0) {
            throw new Error(checked.problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        const { id, outputs } = await this.create(type, checked.inputs, name);
        return { id, outputs: outputs.values };
    }

    update(type: string, id: string, news: PropertyMap, olds: PropertyMap): Promise<unknown> {
        return this.provider.update({
            urn: urnOf(type),
            id,
            oldOutputs: properties(olds),
            news: properties(news),
            preview: false,
        });
    }

    /** Changed paths, `!` in front of those that need a new resource. */
    async changes(type: string, olds: PropertyMap, news: PropertyMap): Promise<string[]> {
        const request = { urn: urnOf(type), id: "x", oldInputs: properties(olds), news: properties(news) };
        const { changes } = await this.provider.diff(request);
        return changes.map(({ path, replaces }) => `${replaces ? "!" : ""}${path}`);
    }

    async ask(token: string, inputs: PropertyMap): Promise<PropertyMap> {
        const { values, problems } = await this.provider.invoke(token, properties(inputs));
        if (problems.length > 0) {
            throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        return values;
    }

    vpc(cidrBlock = "10.0.0.0/16", more: PropertyMap = {}): Promise<string> {
        return this.make(Ec2.vpc, { cidrBlock, ...more });
    }

    subnet(vpcId: string, cidrBlock: string, availabilityZone = "eu-west-1a"): Promise<string> {
        return this.make(Ec2.subnet, { vpcId, cidrBlock, availabilityZone });
    }

    /** Ids of all that is left of a type. */
    left(type: string): string[] {
        return this.provider.inventory
            .view()
            .rows(type)
            .map(({ id }) => textOf(id));
    }
}
