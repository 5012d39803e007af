import { SecurityGroup, VpcEndpointService } from "@pulumi/aws/ec2";
import { Listener, LoadBalancer, TargetGroup, TargetGroupAttachment } from "@pulumi/aws/lb";
import { SecurityGroupEgressRule, SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { AwsPrivateLinkArgs } from "../args/entry";
import { contentKey } from "../../content-key";
import type { NetworkFacts } from "../facts";
import { onePerZone } from "../network/zone-subnets";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import type { ProvingZone } from "./hosted-zone";
import { findLoadBalancer, type LoadBalancerSearch } from "./load-balancer";
import { nameProof, type NameProof, proveName } from "./private-name";

export interface PrivateLinkArgs {
    readonly args: AwsPrivateLinkArgs;
    readonly network: Pick<NetworkFacts, "vpcId" | "privateSubnets">;
    /** The load balancer of the Ingress ends TLS. */
    readonly tls: boolean;
    /** The load balancer of the Ingress. */
    readonly behind: LoadBalancerSearch;
    /** Where the private DNS name is proven (`EntryPlan`). */
    readonly provingZone?: ProvingZone;
}

/** What consumers ask for. */
export interface PrivateLinkOutputs {
    readonly serviceName: pulumi.Output<string>;
    readonly serviceId: pulumi.Output<string>;
    readonly zones: pulumi.Output<string[]>;
    /** Of the private DNS name, when there is one. */
    readonly proof?: NameProof;
}

/** Offers W&B to other accounts. */
export function publishPrivateLink(scope: AwsScope, args: PrivateLinkArgs): PrivateLinkOutputs {
    const { serviceName, serviceId, zones, proof } = new PrivateLink(scope, args);
    return { serviceName, serviceId, zones, proof };
}

/** Limited to six characters: https://www.pulumi.com/registry/packages/aws/api-docs/lb/targetgroup/ */
const NamePrefix = "wandb-";
const Everybody = "0.0.0.0/0";

/**
 * A Network Load Balancer in front of the Ingress's load balancer, since an endpoint service takes no other. Only the registration as a
 * target waits for W&B; it depends on the custom resource, so at destroy it goes first: AWS deletes no load balancer that is a target.
 */
class PrivateLink extends pulumi.ComponentResource {
    readonly serviceName: pulumi.Output<string>;
    readonly serviceId: pulumi.Output<string>;
    readonly zones: pulumi.Output<string[]>;
    readonly proof: NameProof | undefined;

    constructor(scope: AwsScope, settings: PrivateLinkArgs) {
        const name = `${scope.name}-private-link`;
        super("wandb:aws:PrivateLink", name, {}, { parent: scope.parent });
        const inner = { ...scope, name, parent: this };
        const balancer = createBalancer(inner, settings);
        createRoute(inner, balancer, settings);
        const { args, provingZone } = settings;
        const { privateDnsName } = args;
        const service = new VpcEndpointService(
            `${name}-service`,
            {
                acceptanceRequired: args.acceptanceRequired ?? false,
                allowedPrincipals: args.allowedAccountIds.map(
                    (account) => pulumi.interpolate`arn:${scope.partition}:iam::${account}:root`,
                ),
                networkLoadBalancerArns: [balancer.arn],
                privateDnsName,
                supportedIpAddressTypes: ["ipv4"],
                tags: scope.tags,
            },
            { parent: this },
        );
        this.serviceName = service.serviceName;
        this.serviceId = service.id;
        this.zones = service.availabilityZones;
        this.proof = privateDnsName === undefined ? undefined : nameProof(service, privateDnsName);
        if (typeof privateDnsName === "string" && provingZone !== undefined) {
            proveName(inner, service, privateDnsName, provingZone);
        }
        this.registerOutputs({ serviceName: this.serviceName, serviceId: this.serviceId, zones: this.zones });
    }
}

/** Which port of the Ingress's load balancer is meant. */
function portOf(tls: boolean): number {
    return tls ? 443 : 80;
}

/** The name that is given, or the start of one that the provider makes. */
function naming(name: pulumi.Input<string> | undefined): { name: pulumi.Input<string> } | { namePrefix: string } {
    return name === undefined ? { namePrefix: NamePrefix } : { name };
}

/**
 * With a security group in any case: one that was made without can never get any. No deletion protection: AWS deletes no load balancer of
 * an endpoint service in any case.
 */
function createBalancer(scope: AwsScope, { args, network, tls }: PrivateLinkArgs): LoadBalancer {
    const { name, parent, tags } = scope;
    const { name: groupName, description = "Connections to Weights & Biases by PrivateLink" } =
        args.securityGroup ?? {};
    const securityGroup = new SecurityGroup(
        `${name}-security-group`,
        { name: groupName, description, vpcId: network.vpcId, tags },
        { parent, ...successorFirst(groupName) },
    );
    createRules(scope, securityGroup, args.inboundCidrs ?? [Everybody], portOf(tls));
    return new LoadBalancer(
        `${name}-balancer`,
        {
            ...naming(args.loadBalancerName),
            loadBalancerType: "network",
            internal: true,
            ipAddressType: "ipv4",
            subnets: onePerZone(network.privateSubnets),
            securityGroups: [securityGroup.id],
            enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
            // A client comes in through the zone it is in; the load balancer behind may answer from another one.
            enableCrossZoneLoadBalancing: true,
            tags,
        },
        { parent, ...successorFirst(args.loadBalancerName) },
    );
}

function createRules(
    { name, parent, tags }: AwsScope,
    { id: securityGroupId }: SecurityGroup,
    clients: readonly string[],
    port: number,
): void {
    const tcp = { securityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port, tags };
    for (const cidrIpv4 of clients) {
        new SecurityGroupIngressRule(`${name}-from-${contentKey(cidrIpv4)}`, { ...tcp, cidrIpv4 }, { parent });
    }
    // Without it, it would not even ask for the health of its target. It sends to this alone, wherever that lies.
    new SecurityGroupEgressRule(`${name}-to-load-balancer`, { ...tcp, cidrIpv4: Everybody }, { parent });
}

/** Listener, target group and target. */
function createRoute(
    { name, parent, tags }: AwsScope,
    balancer: LoadBalancer,
    { args, network, tls, behind }: PrivateLinkArgs,
): void {
    const port = portOf(tls);
    const targetGroup = new TargetGroup(
        `${name}-target-group`,
        {
            ...naming(args.targetGroupName),
            targetType: "alb",
            protocol: "TCP",
            port,
            vpcId: network.vpcId,
            // By address, not by host name, so it needs the Ingress's rule for all hosts.
            healthCheck: {
                protocol: tls ? "HTTPS" : "HTTP",
                path: "/healthz",
                port: "traffic-port",
                matcher: "200-399",
                healthyThreshold: 3,
                unhealthyThreshold: 3,
                interval: 30,
                timeout: 10,
            },
            tags,
        },
        { parent, ...successorFirst(args.targetGroupName) },
    );
    new Listener(
        `${name}-listener`,
        {
            loadBalancerArn: balancer.arn,
            protocol: "TCP",
            port,
            defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
            tags,
        },
        // A target group belongs to one load balancer at a time.
        { parent, deleteBeforeReplace: true },
    );
    new TargetGroupAttachment(
        `${name}-target`,
        { targetGroupArn: targetGroup.arn, targetId: findLoadBalancer(parent, behind, "aws.privateLink"), port },
        { parent },
    );
}
