import {
    getApplicationGateway,
    type GetApplicationGatewayResult,
} from "@pulumi/azure-native/network/getApplicationGateway";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";
import { type AzureGatewayArgs, AzureGatewaySku } from "../args/entry";
import type { AzureDeploymentScope } from "../scope";
import type { GatewayFacts } from "./gateway";
import { ownAddress } from "./public-address";
import { parseOwnResourceId, parseResourceId } from "./resource-id";

const Path = "azure.loadBalancer.gateway.existingId";
const Type = "Microsoft.Network/applicationGateways";
const Wanted = "the resource id of an Application Gateway v2 in the deployment's subscription";

type Found = pulumi.UnwrappedObject<GetApplicationGatewayResult>;

/** A gateway that is there already, once it is sure that it can serve W&B. */
export function ownGateway(
    scope: AzureDeploymentScope,
    { existingId, waf }: AzureGatewayArgs & { readonly existingId: pulumi.Input<string> },
    internal: boolean,
): GatewayFacts {
    const { parent, subscriptionId } = scope;
    const found = subscriptionId.apply((subscription) =>
        lookUp({ path: Path, wanted: Wanted, resource: parent }, existingId, async (given) => {
            const { resourceGroupName, name } = parseOwnResourceId(given, Type, subscription);
            return getApplicationGateway({ resourceGroupName, applicationGatewayName: name }, { parent });
        }),
    );
    const checked = pulumi.all([existingId, found]).apply(([given, gateway]) => {
        const wrong = unfit(gateway, internal);
        if (wrong !== undefined) {
            throw resourceError(`${Path}: ${wrong} ("${given}" given). Give ${Wanted}.`, parent);
        }
        return gateway;
    });
    const frontend = checked.apply((gateway) => frontendOf(gateway, internal));
    const publicAddressId = frontend.apply((one) => one?.publicIPAddress?.id ?? "");
    const policyId = waf?.existingPolicyId;
    return {
        id: pulumi.output(existingId),
        resourceGroupId: pulumi.output(existingId).apply((id) => parseResourceId(id, Type).resourceGroupId),
        address: internal
            ? frontend.apply((one) => one?.privateIPAddress ?? "")
            : ownAddress(scope, Path, publicAddressId).address,
        frontendName: frontend.apply((one) => one?.name ?? ""),
        uses: {
            subnet: checked.apply(({ gatewayIPConfigurations }) => gatewayIPConfigurations?.[0]?.subnet?.id ?? ""),
            ...(internal ? undefined : { address: publicAddressId }),
            ...(policyId === undefined ? undefined : { "waf-policy": pulumi.output(policyId) }),
        },
        made: [],
    };
}

function unfit(gateway: Found, internal: boolean): string | undefined {
    const tier = gateway.sku?.tier;
    if (tier !== AzureGatewaySku.Standard && tier !== AzureGatewaySku.Waf) {
        return `is a gateway of kind ${tier ?? "Standard"}, which the ingress controller does not drive`;
    }
    return frontendOf(gateway, internal) === undefined
        ? `is a gateway without a ${internal ? "private" : "public"} address`
        : undefined;
}

/** The part of the gateway that answers at the address that W&B is to have. */
function frontendOf({ frontendIPConfigurations = [] }: Found, internal: boolean) {
    return frontendIPConfigurations.find((one) => (internal ? one.privateIPAddress : one.publicIPAddress?.id));
}
