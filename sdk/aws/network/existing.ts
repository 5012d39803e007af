import { getSubnet, type GetSubnetResult, getVpc, type GetVpcResult } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { AwsExistingNetworkArgs, AwsNetworkArgs } from "../args/network";
import type { NetworkFacts, SubnetFacts } from "../facts";
import { type LookUp, lookUp } from "../../look-up";
import type { AwsScope } from "../scope";
import { createInterfaceEndpoints, createS3Endpoint } from "./endpoints";
import { zoneLetter, ZonesWithoutControlPlane } from "./names";
import { onePerZone } from "./zone-subnets";

type Ids = readonly pulumi.Input<string>[];

/** Subnets that one argument names. */
export interface SubnetGroup {
    readonly argument: string;
    readonly subnets: readonly Pick<GetSubnetResult, "id" | "vpcId" | "availabilityZone" | "availabilityZoneId">[];
}

/** What the network is for. */
export interface NetworkUse {
    readonly interfaceEndpoints: readonly string[];
    readonly endpointSecurityGroup?: AwsNetworkArgs["endpointSecurityGroup"];
    /** Whether a load balancer will be made in it. */
    readonly loadBalancer: boolean;
}

/** A VPC and subnets of the user's own, looked up and checked, with endpoints where they are asked for. */
export class ExistingNetwork extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    constructor(scope: AwsScope, args: AwsExistingNetworkArgs, use: NetworkUse) {
        super("wandb:aws:ExistingNetwork", `${scope.name}-network`, {}, { parent: scope.parent });
        const inside = { ...scope, parent: this };
        const { privateSubnetIds, routeTableIds = [] } = args;
        const vpc = lookUp(named("vpcId", this), args.vpcId, (id) => getVpc({ id }, { parent: this }));
        const nodes = lookUpSubnets("privateSubnetIds", privateSubnetIds, this);
        const stores =
            args.dataSubnetIds === undefined ? nodes : lookUpSubnets("dataSubnetIds", args.dataSubnetIds, this);
        const entry =
            args.loadBalancerSubnetIds === undefined
                ? nodes
                : lookUpSubnets("loadBalancerSubnetIds", args.loadBalancerSubnetIds, this);
        const checked = pulumi.all([vpc, nodes.found, stores.found, entry.found]).apply(([vpc, ...found]) => {
            const [nodeSubnets, storeSubnets, entrySubnets] = found;
            const problems = wrongNetwork(vpc, {
                nodes: { argument: nodes.argument, subnets: nodeSubnets },
                stores: { argument: stores.argument, subnets: storeSubnets },
                loadBalancer: use.loadBalancer ? { argument: entry.argument, subnets: entrySubnets } : undefined,
            });
            if (problems.length > 0) {
                throw resourceError(problems.join("\n"), this);
            }
            return { vpc, nodes: nodeSubnets, stores: storeSubnets, entry: entrySubnets };
        });
        const vpcId = checked.vpc.id;
        const privateSubnets = factsOf(checked.nodes, nodes.count);
        const clientRanges = Object.fromEntries(
            privateSubnets.map(({ letter }, index) => [`subnet-${letter}`, checked.nodes[index].cidrBlock]),
        );
        const endpoints = createInterfaceEndpoints(inside, {
            services: use.interfaceEndpoints,
            securityGroup: use.endpointSecurityGroup,
            vpcId,
            subnetIds: onePerZone(privateSubnets),
            clientRanges,
        });
        const s3 = routeTableIds.length > 0 ? [createS3Endpoint(inside, vpcId, routeTableIds)] : [];
        const entrySubnets = factsOf(checked.entry, entry.count);
        this.facts = {
            vpcId,
            cidr: checked.vpc.cidrBlock,
            clientRanges,
            publicSubnets: args.loadBalancerSubnetIds === undefined ? [] : entrySubnets,
            privateSubnets,
            controlPlaneSubnets: privateSubnets,
            dataSubnets: factsOf(checked.stores, stores.count),
            loadBalancerSubnetIds: entrySubnets.map(({ id }) => id),
            egress: [...s3, ...endpoints],
        };
        this.registerOutputs({ vpcId });
    }
}

/** What an argument of the existing network names. */
function named(argument: string, resource: pulumi.Resource): LookUp {
    const wanted = "the id of one in the provider's account and region";
    return { path: `aws.network.existing.${argument}`, wanted, resource };
}

interface SubnetLookup {
    readonly argument: string;
    readonly count: number;
    readonly found: pulumi.Output<GetSubnetResult[]>;
}

function lookUpSubnets(argument: string, ids: Ids, parent: pulumi.Resource): SubnetLookup {
    const found = ids.map((id, index) =>
        lookUp(named(`${argument}[${index}]`, parent), id, (id) => getSubnet({ id }, { parent })),
    );
    return { argument, count: ids.length, found: pulumi.all(found) };
}

function factsOf(subnets: pulumi.Output<GetSubnetResult[]>, count: number): SubnetFacts[] {
    return Array.from({ length: count }, (_, index) => ({
        letter: zoneLetter(index),
        id: subnets[index].id,
        zone: subnets[index].availabilityZone,
    }));
}

function zonesOf({ subnets }: SubnetGroup): Set<string> {
    return new Set(subnets.map(({ availabilityZone }) => availabilityZone));
}

/** What keeps W&B from running in the network. Pure. */
export function wrongNetwork(
    vpc: Pick<GetVpcResult, "id" | "enableDnsSupport" | "enableDnsHostnames">,
    groups: { readonly nodes: SubnetGroup; readonly stores: SubnetGroup; readonly loadBalancer?: SubnetGroup },
): string[] {
    const problems: string[] = [];
    const report = (argument: string, problem: string): void => {
        problems.push(`aws.network.existing.${argument}: ${problem}`);
    };
    for (const attribute of ["enableDnsSupport", "enableDnsHostnames"] as const) {
        if (!vpc[attribute]) {
            report(
                "vpcId",
                `has ${attribute} off ("${vpc.id}" given), so nodes would not find the API server by its private name. Turn it on.`,
            );
        }
    }
    const entry = groups.loadBalancer;
    for (const group of [groups.nodes, groups.stores, ...(entry === undefined ? [] : [entry])]) {
        const { argument, subnets } = group;
        subnets.forEach(({ id, vpcId }, index) => {
            if (vpcId !== vpc.id) {
                report(`${argument}[${index}]`, `is in another VPC ("${id}" in ${vpcId}). Give a subnet of ${vpc.id}.`);
            }
        });
        const zones = zonesOf(group);
        if (zones.size < 2) {
            report(argument, `are all in one zone (${[...zones].join()}). Give subnets in at least two zones.`);
        }
    }
    groups.nodes.subnets.forEach(({ id, availabilityZoneId, availabilityZone }, index) => {
        if (ZonesWithoutControlPlane.includes(availabilityZoneId)) {
            report(
                `${groups.nodes.argument}[${index}]`,
                `is in zone ${availabilityZone} ("${id}" given), which is ${availabilityZoneId}, where EKS has no control planes. Give a subnet in another zone.`,
            );
        }
    });
    if (entry !== undefined && zonesOf(entry).size < entry.subnets.length) {
        report(
            entry.argument,
            "has two subnets in one zone, of which a load balancer takes one. Give `loadBalancerSubnetIds` with one per zone.",
        );
    }
    return [...new Set(problems)];
}
