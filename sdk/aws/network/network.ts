import { DefaultSecurityGroup, Subnet, Vpc } from "@pulumi/aws/ec2";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { type AwsNetworkArgs, AwsNatMode } from "../args/network";
import { DefaultNetworkCidr, DefaultZoneCount } from "../args/network-defaults";
import type { NetworkFacts, SubnetFacts } from "../facts";
import type { IamSettings } from "../iam/iam";
import type { AwsScope } from "../scope";
import { planSubnets } from "./cidr-plan";
import { createInterfaceEndpoints, createS3Endpoint } from "./endpoints";
import { ExistingNetwork } from "./existing";
import { createFlowLog } from "./flow-log";
import { named, zoneLetter, ZonesWithoutControlPlane } from "./names";
import { createDataRoutes, createPrivateRoutes, createPublicRoutes } from "./routes";

/** Tags by which the load balancer controller finds the subnets of a load balancer, by the kind of subnet. */
const RoleTags: Readonly<Record<string, Record<string, string>>> = {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1" },
};

/**
 * Makes the network, or looks at the one that is there.
 *
 * @param loadBalancer whether a load balancer will be made in it
 */
export function createNetwork(
    scope: AwsScope,
    args: AwsNetworkArgs,
    iam: IamSettings,
    loadBalancer = true,
): NetworkFacts {
    const network =
        args.existing === undefined
            ? new Network(scope, args, iam)
            : new ExistingNetwork(scope, args.existing, {
                  interfaceEndpoints: args.interfaceEndpoints ?? [],
                  endpointSecurityGroup: args.endpointSecurityGroup,
                  loadBalancer,
              });
    return network.facts;
}

/** A VPC with public, private and data subnets over two or three zones. */
class Network extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    constructor(scope: AwsScope, args: AwsNetworkArgs, iam: IamSettings) {
        super("wandb:aws:Network", `${scope.name}-network`, {}, { parent: scope.parent });
        const inside = { ...scope, parent: this };
        const { publicSubnets: hasPublic = true, cidr = DefaultNetworkCidr } = args;
        const { nat = hasPublic ? AwsNatMode.PerZone : AwsNatMode.None } = args;
        const zones = zonesOf(inside, args);
        const ranges = args.subnetCidrs ?? planSubnets(cidr, zones.names.length);
        const vpc = createVpc(inside, cidr);
        const subnets = (tier: string, cidrs: readonly string[] = []): SubnetFacts[] =>
            createSubnets(inside, vpc, tier, cidrs, zones);
        const publicSubnets = hasPublic ? subnets("public", ranges.public) : [];
        const privateSubnets = subnets("private", ranges.private);
        const dataSubnets = subnets("data", ranges.data);

        const outward = hasPublic ? createPublicRoutes(inside, vpc.id, publicSubnets) : undefined;
        const inward = createPrivateRoutes(inside, { vpcId: vpc.id, nat, outward, publicSubnets, privateSubnets });
        createDataRoutes(inside, vpc.id, dataSubnets);
        const s3 = createS3Endpoint(inside, vpc.id, inward.routeTableIds);
        const clientRanges = { vpc: vpc.cidrBlock };
        const endpoints = createInterfaceEndpoints(inside, {
            services: args.interfaceEndpoints ?? [],
            securityGroup: args.endpointSecurityGroup,
            vpcId: vpc.id,
            subnetIds: privateSubnets.map(({ id }) => id),
            clientRanges,
        });
        if (args.flowLogs !== undefined) {
            createFlowLog(inside, vpc.id, args.flowLogs, iam);
        }
        this.facts = {
            vpcId: vpc.id,
            cidr: vpc.cidrBlock,
            clientRanges,
            publicSubnets,
            privateSubnets,
            controlPlaneSubnets: privateSubnets.slice(0, 2),
            dataSubnets,
            egress: [...(outward?.ready ?? []), ...inward.ready, s3, ...endpoints],
        };
        this.registerOutputs({ vpcId: vpc.id });
    }
}

function createVpc(scope: AwsScope, cidrBlock: string): Vpc {
    const { name, tags } = named(scope, "vpc");
    // Nodes find the API server's private endpoint by the one, interface endpoints have names by the other.
    const dns = { enableDnsSupport: true, enableDnsHostnames: true };
    const vpc = new Vpc(name, { cidrBlock, ...dns, tags }, { parent: scope.parent });
    const locked = named(scope, "default-security-group");
    // Without rules: whatever is made without a group of its own would else be reachable for all others like it.
    new DefaultSecurityGroup(
        locked.name,
        { vpcId: vpc.id, ingress: [], egress: [], tags: locked.tags },
        { parent: scope.parent },
    );
    return vpc;
}

function createSubnets(scope: AwsScope, vpc: Vpc, tier: string, cidrs: readonly string[], zones: Zones): SubnetFacts[] {
    return cidrs.map((cidrBlock, index) => {
        const letter = zoneLetter(index);
        const { name, tags } = named(scope, `${tier}-subnet-${letter}`, RoleTags[tier]);
        const subnet = new Subnet(
            name,
            { vpcId: vpc.id, cidrBlock, availabilityZone: zones.names[index], tags },
            {
                parent: scope.parent,
                // Which zones an account sees changes with time, and must not move what is there:
                // https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
                ignoreChanges: zones.discovered ? ["availabilityZone"] : undefined,
            },
        );
        return { letter, id: subnet.id, zone: subnet.availabilityZone };
    });
}

interface Zones {
    readonly names: readonly pulumi.Input<string>[];
    readonly discovered: boolean;
}

function zonesOf({ parent, region }: AwsScope, { zones, zoneCount = DefaultZoneCount }: AwsNetworkArgs): Zones {
    if (zones !== undefined) {
        return { names: zones, discovered: false };
    }
    const found = getAvailabilityZonesOutput(
        {
            state: "available",
            // No Local Zones and no Wavelength Zones: those must be asked for.
            filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
            excludeZoneIds: [...ZonesWithoutControlPlane],
        },
        { parent },
    );
    const sorted = pulumi.all([found.names, region]).apply(([names, region]) => {
        const problem = tooFewZones(names, region, zoneCount);
        if (problem !== undefined) {
            throw resourceError(problem, parent);
        }
        // By name: in what order AWS tells them is nowhere said.
        return [...names].sort();
    });
    return { names: Array.from({ length: zoneCount }, (_, index) => sorted[index]), discovered: true };
}

/** Why a region's zones do not do. Pure. */
export function tooFewZones(names: readonly string[], region: string, zoneCount: number): string | undefined {
    return names.length < zoneCount
        ? `aws.network.zoneCount: is ${zoneCount}, but ${region} has ${names.length} availability zones in which EKS has control planes (${[...names].sort().join(", ")}). Give a lower number, or another region.`
        : undefined;
}
