import { Address, ForwardingRule, Subnetwork } from "@pulumi/gcp/compute";
import { ManagedZone, RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { DefaultClickHouseCidr } from "../args/entry-defaults";
import type { GcpClickHouseArgs } from "../args/extras";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { networkProject } from "./proxy-subnet";

export interface ClickHouseArgs {
    readonly args: GcpClickHouseArgs;
    readonly network: Pick<NetworkFacts, "networkId">;
    readonly apis: Apis;
}

export interface ClickHouseOutputs {
    /** Id of the connection, which ClickHouse Cloud must be told. */
    readonly connectionId: pulumi.Output<string>;
    /** What must be there before W&B connects. */
    readonly ready: readonly pulumi.Resource[];
}

/** Connects ClickHouse Cloud by an endpoint in the network: https://clickhouse.com/docs/manage/security/gcp-private-service-connect */
export function connectClickHouse(scope: GcpDeploymentScope, args: ClickHouseArgs): ClickHouseOutputs {
    const { connectionId, ready } = new ClickHouse(scope, args);
    return { connectionId, ready };
}

class ClickHouse extends pulumi.ComponentResource {
    readonly connectionId: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(scope: GcpDeploymentScope, settings: ClickHouseArgs) {
        super("wandb:gcp:ClickHouse", `${scope.name}-click-house`, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this, region: pulumi.output(settings.args.region ?? scope.region) };
        const address = createAddress(inner, settings);
        const endpoint = createEndpoint(inner, settings, address);
        const names = publishNames(inner, settings, address);
        this.connectionId = endpoint.pscConnectionId;
        this.ready = [endpoint, ...names];
        this.registerOutputs({ connectionId: this.connectionId });
    }
}

/** An address in the region of ClickHouse Cloud, where the deployment may have no subnet. */
function createAddress(
    { name, project, region, parent, labels }: GcpDeploymentScope,
    { args, network, apis }: ClickHouseArgs,
): Address {
    const options = { parent, dependsOn: apis.need("compute") };
    const subnetwork =
        args.existingSubnetId ??
        new Subnetwork(
            `${name}-click-house-subnet`,
            {
                name: args.subnetName,
                project: networkProject(network),
                region,
                network: network.networkId,
                ipCidrRange: args.subnetCidr ?? DefaultClickHouseCidr,
                privateIpGoogleAccess: true,
            },
            // Two subnets of a network cannot have the same range.
            { ...options, deleteBeforeReplace: true },
        ).id;
    return new Address(
        `${name}-click-house-address`,
        {
            name: args.addressName,
            project,
            region,
            addressType: "INTERNAL",
            purpose: "GCE_ENDPOINT",
            subnetwork,
            labels,
        },
        options,
    );
}

function createEndpoint(
    { name, project, region, parent, labels }: GcpDeploymentScope,
    { args, network, apis }: ClickHouseArgs,
    address: Address,
): ForwardingRule {
    return new ForwardingRule(
        `${name}-click-house-endpoint`,
        {
            name: args.endpointName,
            project,
            region,
            network: network.networkId,
            ipAddress: address.id,
            target: args.serviceAttachment,
            // Empty, not absent: the provider's default is an external load balancer.
            loadBalancingScheme: "",
            // ClickHouse Cloud may lie in another region than the pods.
            allowPscGlobalAccess: true,
            labels,
        },
        // Its address serves one endpoint only.
        { parent, dependsOn: apis.need("compute"), deleteBeforeReplace: true },
    );
}

/** ClickHouse Cloud knows its services by names of this domain, which nobody but the network must resolve so. */
function publishNames(
    { name, project, region, parent, labels }: GcpDeploymentScope,
    { args, network, apis }: ClickHouseArgs,
    address: Address,
): pulumi.Resource[] {
    const dnsName = pulumi.interpolate`${region}.p.gcp.clickhouse.cloud.`;
    const zone = new ManagedZone(
        `${name}-click-house-zone`,
        {
            name: args.zoneName,
            project,
            dnsName,
            description: "ClickHouse Cloud, by Private Service Connect",
            visibility: "private",
            privateVisibilityConfig: { networks: [{ networkUrl: network.networkId }] },
            labels,
        },
        // A network sees one zone of a domain only.
        { parent, dependsOn: apis.need("dns"), deleteBeforeReplace: true },
    );
    const record = new RecordSet(
        `${name}-click-house-record`,
        {
            project,
            managedZone: zone.name,
            name: pulumi.interpolate`*.${dnsName}`,
            type: "A",
            ttl: 300,
            rrdatas: [address.address],
        },
        { parent },
    );
    return [zone, record];
}
