import { Eip, InternetGateway, NatGateway, Route, RouteTable, RouteTableAssociation } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { AwsNatMode } from "../args/network";
import type { SubnetFacts } from "../facts";
import type { AwsScope } from "../scope";
import { named } from "./names";

const Everywhere = "0.0.0.0/0";

/** The way from public subnets to the internet. */
export interface PublicRoutes {
    readonly internetGateway: InternetGateway;
    /** What must be there before anything in a public subnet is reachable. */
    readonly ready: readonly pulumi.Resource[];
}

/** One route table for all public subnets. */
export function createPublicRoutes(
    scope: AwsScope,
    vpcId: pulumi.Output<string>,
    subnets: readonly SubnetFacts[],
): PublicRoutes {
    const { name, parent } = scope;
    const gateway = named(scope, "internet-gateway");
    const internetGateway = new InternetGateway(gateway.name, { vpcId, tags: gateway.tags }, { parent });
    const table = createRouteTable(scope, vpcId, "public");
    const route = new Route(
        `${name}-public-default-route`,
        { routeTableId: table.id, destinationCidrBlock: Everywhere, gatewayId: internetGateway.id },
        { parent },
    );
    const associations = subnets.map((subnet) => associate(scope, "public", subnet, table));
    return { internetGateway, ready: [route, ...associations] };
}

export interface PrivateRoutesArgs {
    readonly vpcId: pulumi.Output<string>;
    readonly nat: AwsNatMode;
    /** Absent when there are no public subnets. */
    readonly outward: PublicRoutes | undefined;
    readonly publicSubnets: readonly SubnetFacts[];
    readonly privateSubnets: readonly SubnetFacts[];
}

export interface PrivateRoutes {
    readonly routeTableIds: readonly pulumi.Output<string>[];
    /** What must be there before private subnets reach the outside. */
    readonly ready: readonly pulumi.Resource[];
}

/** One route table for each private subnet, whatever the number of NAT gateways: so that another one changes routes only. */
export function createPrivateRoutes(scope: AwsScope, args: PrivateRoutesArgs): PrivateRoutes {
    const { name, parent } = scope;
    const gateways = createNatGateways(scope, args);
    const routeTableIds: pulumi.Output<string>[] = [];
    const ready: pulumi.Resource[] = [...gateways];
    args.privateSubnets.forEach((subnet, index) => {
        const { letter } = subnet;
        const table = createRouteTable(scope, args.vpcId, "private", letter);
        routeTableIds.push(table.id);
        ready.push(associate(scope, "private", subnet, table));
        const gateway = gateways.length === 1 ? gateways[0] : gateways.at(index);
        if (gateway !== undefined) {
            const target = { destinationCidrBlock: Everywhere, natGatewayId: gateway.id };
            ready.push(
                new Route(`${name}-private-default-route-${letter}`, { routeTableId: table.id, ...target }, { parent }),
            );
        }
    });
    return { routeTableIds, ready };
}

function createNatGateways(scope: AwsScope, { nat, outward, publicSubnets }: PrivateRoutesArgs): NatGateway[] {
    if (nat === AwsNatMode.None || outward === undefined) {
        return [];
    }
    const subnets = nat === AwsNatMode.Single ? publicSubnets.slice(0, 1) : publicSubnets;
    return subnets.map(({ letter, id: subnetId }) => {
        const address = named(scope, `nat-address-${letter}`);
        const eip = new Eip(address.name, { domain: "vpc", tags: address.tags }, { parent: scope.parent });
        const { name, tags } = named(scope, `nat-gateway-${letter}`);
        return new NatGateway(
            name,
            { subnetId, allocationId: eip.id, connectivityType: "public", tags },
            {
                parent: scope.parent,
                // Nothing of it is an input, but it must be attached first, and cannot go while the address is mapped.
                dependsOn: [outward.internetGateway],
                // The address stays, and is mapped once.
                deleteBeforeReplace: true,
            },
        );
    });
}

/** Data subnets reach the network itself and nothing else. */
export function createDataRoutes(scope: AwsScope, vpcId: pulumi.Output<string>, subnets: readonly SubnetFacts[]): void {
    const table = createRouteTable(scope, vpcId, "data");
    subnets.forEach((subnet) => associate(scope, "data", subnet, table));
}

function createRouteTable(scope: AwsScope, vpcId: pulumi.Output<string>, tier: string, letter?: string): RouteTable {
    const { name, tags } = named(scope, [tier, "route-table", letter].filter((part) => part !== undefined).join("-"));
    return new RouteTable(name, { vpcId, tags }, { parent: scope.parent });
}

function associate(
    { name, parent }: AwsScope,
    tier: string,
    subnet: SubnetFacts,
    table: RouteTable,
): RouteTableAssociation {
    return new RouteTableAssociation(
        `${name}-${tier}-route-association-${subnet.letter}`,
        { subnetId: subnet.id, routeTableId: table.id },
        { parent },
    );
}
