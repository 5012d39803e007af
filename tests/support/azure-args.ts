import { sandboxLicense } from "../../sandbox/stacks/local";
import { AzureLoadBalancerScheme, AzureOutbound, Size } from "../../sdk/index";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { idIn, subscriptionId } from "./azure-platform";

const common = { host: "wandb.example.com", license: sandboxLicense() };

const dnsGroup = `/subscriptions/${subscriptionId}/resourceGroups/dns`;
/** The public zone of the READMEs. */
export const zoneId = `${dnsGroup}/providers/Microsoft.Network/dnsZones/example.com`;
/** The private zone of the READMEs. */
export const privateZoneId = `${dnsGroup}/providers/Microsoft.Network/privateDnsZones/corp.example`;

const platform = `/subscriptions/${subscriptionId}/resourceGroups/platform`;
const vnetId = idIn("Microsoft.Network/virtualNetworks/hub", platform);

/** The deployments of the examples, and the least that there is. */
export const AzureDeployments = {
    minimal: {
        ...common,
        access: { cidrs: ["203.0.113.0/24"] },
        azure: { location: "westeurope", dns: { zoneId } },
    },
    production: {
        ...common,
        size: Size.Large,
        access: { cidrs: ["203.0.113.0/24"] },
        azure: {
            location: "westeurope",
            network: { cidr: "10.64.0.0/16" },
            database: { backupRetentionDays: 30, geoRedundantBackup: false },
            bucket: { redundancy: "GZRS" },
            dns: { zoneId, acme: { email: "platform@example.com" } },
            loadBalancer: { inboundCidrs: ["198.51.100.0/24"], gateway: { sku: "WAF_v2", maxCapacity: 10 } },
            monitoring: { azureMonitor: true },
        },
        tags: { team: "ml-platform" },
    },
    private: {
        ...common,
        host: "wandb.corp.example",
        access: { private: true },
        azure: {
            location: "westeurope",
            network: {
                outbound: AzureOutbound.Routes,
                routeTableId: idIn("Microsoft.Network/routeTables/hub", platform),
            },
            bucket: { allowedCidrs: [] },
            dns: { zoneId: privateZoneId, privateZone: true },
            loadBalancer: { scheme: AzureLoadBalancerScheme.Internal },
            privateLink: { allowedSubscriptionIds: ["00000000-0000-4000-8000-00000000000c"] },
        },
        ingress: { tls: { secretName: "wandb-corp-example" } },
    },
    existing: {
        ...common,
        azure: {
            resourceGroup: { existingName: "wandb" },
            network: {
                existing: {
                    vnetId,
                    nodeSubnetId: `${vnetId}/subnets/nodes`,
                    endpointSubnetId: `${vnetId}/subnets/endpoints`,
                    gatewaySubnetId: `${vnetId}/subnets/gateway`,
                    databaseSubnetId: `${vnetId}/subnets/database`,
                },
            },
            cluster: { existing: { name: "platform", resourceGroupName: "platform" } },
            loadBalancer: { gateway: { existingId: idIn("Microsoft.Network/applicationGateways/platform", platform) } },
            dns: { zoneId },
        },
    },
} satisfies Record<string, WandbDeploymentArgs>;
