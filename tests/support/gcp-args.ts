import { sandboxLicense } from "../../sandbox/stacks/local";
import { GcpLoadBalancerScheme, Size } from "../../sdk/index";
import type { WandbDeploymentArgs } from "../../sdk/args";

const common = { host: "wandb.example.com", license: sandboxLicense() };

/** The deployments of the examples, and the least that there is. */
export const GcpDeployments = {
    minimal: {
        ...common,
        access: { cidrs: ["203.0.113.0/24"] },
        gcp: { dns: { managedZone: "example" } },
    },
    production: {
        ...common,
        size: Size.Large,
        access: { cidrs: ["203.0.113.0/24"] },
        gcp: {
            network: { cidr: "10.64.0.0/12", natAddressCount: 2, flowLogs: {} },
            cluster: { releaseChannel: "STABLE" },
            database: { edition: "ENTERPRISE_PLUS", backupRetentionDays: 30 },
            cache: { snapshotPeriod: "SIX_HOURS" },
            bucket: { lifecycle: { noncurrentVersionDays: 90 } },
            dns: { managedZone: "example" },
            loadBalancer: { inboundCidrs: ["198.51.100.0/24"], armor: { rateLimit: { requests: 3000 } } },
            monitoring: { stackdriverExporter: true },
        },
        tags: { team: "ml-platform" },
    },
    private: {
        ...common,
        access: { private: true },
        gcp: {
            network: { googleApis: "restricted" },
            dns: { managedZone: "example", privateZone: true, certificateNames: ["wandb-example-com"] },
            loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
            privateServiceConnect: { consumers: [{ project: "consumer-project" }] },
        },
    },
    existing: {
        ...common,
        gcp: {
            network: {
                existing: {
                    networkId: "projects/host-project/global/networks/shared",
                    subnetworkId: "projects/host-project/regions/europe-west4/subnetworks/wandb",
                    podRangeName: "pods",
                    serviceRangeName: "services",
                },
            },
            cluster: { existing: { name: "platform" } },
            dns: { managedZone: "example" },
        },
    },
} satisfies Record<string, WandbDeploymentArgs>;
