import { ApplicationGateway } from "@pulumi/azure-native/network/applicationGateway";
import * as pulumi from "@pulumi/pulumi";
import { AzureGatewaySku, type AzureLoadBalancerArgs, type AzurePrivateLinkArgs, AzureTlsPolicy } from "../args/entry";
import type { EntryPlan } from "../entry-plan";
import type { NetworkFacts } from "../facts";
import { physicalName } from "../name";
import type { AzureDeploymentScope } from "../scope";
import { ownGateway } from "./existing-gateway";
import { ControllersContent, GatewayNames, innerIds, seedContent } from "./gateway-content";
import { defaultPrivateAddress } from "./private-address";
import { createPublicAddress, type PublicAddressFacts, zonesOf } from "./public-address";
import { createWafPolicy } from "./waf-policy";

export interface GatewayInput {
    readonly args: AzureLoadBalancerArgs;
    readonly plan: Pick<EntryPlan, "createsGateway" | "internal">;
    readonly network: Pick<NetworkFacts, "gatewaySubnetId" | "gatewayCidr" | "privateLinkSubnetId">;
    /** W&B is offered by Private Link. */
    readonly privateLink?: AzurePrivateLinkArgs;
}

/** The Application Gateway. */
export interface GatewayFacts {
    /** Resource id, which the cluster's add-on needs. */
    readonly id: pulumi.Output<string>;
    /** Resource id of the resource group in which it lies. */
    readonly resourceGroupId: pulumi.Output<string>;
    /** What DNS must point to. */
    readonly address: pulumi.Output<string>;
    /** Name that Azure gives the public address. Without value where it has no label. */
    readonly fqdn?: pulumi.Output<string | undefined>;
    /** Name of the frontend at that address: consumers of Private Link ask for it (`groupIds`). */
    readonly frontendName: pulumi.Output<string>;
    /** Resource ids of what the gateway uses, which whoever changes the gateway must be allowed to use too, by words for logical names. */
    readonly uses: Readonly<Record<string, pulumi.Output<string>>>;
    /** What is made here: it outlives the Ingress. */
    readonly made: readonly pulumi.Resource[];
}

/** Makes the Application Gateway, or looks up one that is there. It waits for its subnet alone. */
export function createGateway(scope: AzureDeploymentScope, input: GatewayInput): GatewayFacts {
    const { gateway = {} } = input.args;
    const { existingId } = gateway;
    return existingId === undefined
        ? new Gateway(scope, input).facts
        : ownGateway(scope, { ...gateway, existingId }, input.plan.internal);
}

/** With the name of the private link configuration it may have 70: https://learn.microsoft.com/azure/application-gateway/private-link-configure */
const LongestName = 45;

class Gateway extends pulumi.ComponentResource {
    readonly facts: GatewayFacts;

    constructor(deployment: AzureDeploymentScope, input: GatewayInput) {
        super("wandb:azure:Gateway", `${deployment.name}-gateway`, {}, { parent: deployment.parent });
        const scope = { ...deployment, parent: this };
        const { gateway: args = {} } = input.args;
        const { gatewaySubnetId: subnetId } = input.network;
        if (subnetId === undefined) {
            throw new Error("validation demands a subnet for the gateway");
        }
        const publicAddress = createPublicAddress(scope, args);
        const privateAddress = privateAddressOf(input);
        const wafPolicyId = createWafPolicy(scope, args);
        const gateway = createResource(scope, input, { subnetId, publicAddress, privateAddress, wafPolicyId });
        const { internal } = input.plan;
        this.facts = {
            id: gateway.id,
            resourceGroupId: scope.resourceGroupId,
            address: internal ? privateAddress : publicAddress.address,
            fqdn: internal ? undefined : publicAddress.fqdn,
            frontendName: pulumi.output(frontendName(internal)),
            uses: {
                subnet: subnetId,
                address: publicAddress.id,
                ...(wafPolicyId && { "waf-policy": wafPolicyId }),
            },
            made: [gateway],
        };
        this.registerOutputs({ id: this.facts.id, address: this.facts.address });
    }
}

function privateAddressOf({ args, network }: GatewayInput): pulumi.Output<string> {
    const given = args.gateway?.privateAddress;
    if (given !== undefined) {
        return pulumi.output(given);
    }
    if (network.gatewayCidr === undefined) {
        throw new Error("the network knows the range of the gateway's subnet");
    }
    return network.gatewayCidr.apply(defaultPrivateAddress);
}

function frontendName(internal: boolean): string {
    return internal ? GatewayNames.privateFrontend : GatewayNames.publicFrontend;
}

interface Parts {
    readonly subnetId: pulumi.Output<string>;
    readonly publicAddress: PublicAddressFacts;
    readonly privateAddress: pulumi.Output<string>;
    readonly wafPolicyId?: pulumi.Output<string>;
}

function createResource(scope: AzureDeploymentScope, input: GatewayInput, parts: Parts): ApplicationGateway {
    const { name, parent, resourceGroupName, resourceGroupId, location, tags } = scope;
    const { args, plan } = input;
    const { gateway = {} } = args;
    const { sku = AzureGatewaySku.Standard } = gateway;
    const physical = physicalName(scope, gateway.name, { word: "gateway", beginning: name, longest: LongestName });
    // The parts name each other by ids that hold the gateway's own, so it must be known before there is one.
    const id = pulumi.interpolate`${resourceGroupId}/providers/Microsoft.Network/applicationGateways/${physical}`;
    return new ApplicationGateway(
        `${name}-gateway`,
        {
            applicationGatewayName: physical,
            resourceGroupName,
            location,
            sku: { name: sku, tier: sku },
            autoscaleConfiguration: {
                minCapacity: gateway.minCapacity ?? 2,
                maxCapacity: gateway.maxCapacity ?? 5,
            },
            zones: zonesOf(gateway),
            enableHttp2: gateway.http2 ?? true,
            sslPolicy: { policyType: "Predefined", policyName: gateway.tlsPolicy ?? AzureTlsPolicy.Policy20220101 },
            firewallPolicy: parts.wafPolicyId && { id: parts.wafPolicyId },
            gatewayIPConfigurations: [{ name: GatewayNames.subnet, subnet: { id: parts.subnetId } }],
            ...frontends(id, input, parts),
            ...seedContent(id, frontendName(plan.internal)),
            // Also when empty: tags of the controller are ignored only in a map that is there.
            tags: { ...tags },
        },
        {
            parent,
            ignoreChanges: [...ControllersContent],
            // Azure changes no zones, and two gateways cannot have the same addresses.
            replaceOnChanges: ["zones"],
            deleteBeforeReplace: true,
            // Private Link and autoscaling over zones take their time, at deletion too.
            customTimeouts: { create: "60m", update: "60m", delete: "60m" },
        },
    );
}

/** Version 2 needs a public address even if it serves the private one alone. Private Link goes to the one at which W&B answers. */
function frontends(gatewayId: pulumi.Output<string>, { plan, privateLink, network }: GatewayInput, parts: Parts) {
    const configurationName = privateLink?.configurationName ?? GatewayNames.privateLink;
    const linked = privateLink && { privateLinkConfiguration: innerIds(gatewayId).privateLink(configurationName) };
    return {
        frontendIPConfigurations: [
            {
                name: GatewayNames.publicFrontend,
                publicIPAddress: { id: parts.publicAddress.id },
                ...(plan.internal ? undefined : linked),
            },
            {
                name: GatewayNames.privateFrontend,
                privateIPAddress: parts.privateAddress,
                privateIPAllocationMethod: "Static",
                subnet: { id: parts.subnetId },
                ...(plan.internal ? linked : undefined),
            },
        ],
        privateLinkConfigurations: privateLink && [
            { name: configurationName, ipConfigurations: linkAddresses(privateLink, network.privateLinkSubnetId) },
        ],
    };
}

/** Azure chooses the addresses; it takes none that are given. */
function linkAddresses({ addresses = 1 }: AzurePrivateLinkArgs, subnetId: pulumi.Output<string> | undefined) {
    if (subnetId === undefined) {
        throw new Error("validation demands a subnet for Private Link");
    }
    return Array.from({ length: addresses }, (_none, index) => ({
        name: `address-${index + 1}`,
        primary: index === 0,
        privateIPAllocationMethod: "Dynamic",
        subnet: { id: subnetId },
    }));
}
