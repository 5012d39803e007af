/** The stack `aws` of the root program: W&B on a simulated AWS, from the VPC on. */
import { Inventory } from "../clouds/inventory";
import { sandboxLicense } from "./local";
import { sandboxDir, type SandboxStack } from "./stack";

const zone = { id: "Z0SANDBOXEXAMPLE", name: "sandbox.example" };

export const awsStack: SandboxStack = {
    name: "aws",
    dir: sandboxDir("aws"),
    /** A public zone of the domain: accounts have one before they get a W&B. */
    plant: async ({ dir }) => {
        const inventory = new Inventory(dir, "aws");
        const type = "aws:route53/zone:Zone";
        if (inventory.get(type, zone.id) === undefined) {
            await inventory.plant({
                type,
                id: zone.id,
                inputs: { name: zone.name },
                outputs: { zoneId: zone.id, name: zone.name },
            });
        }
    },
    firstSettings: [
        { path: "aws:region", value: "us-east-1" },
        { path: "host", value: "https://wandb.sandbox.example" },
        { path: "license", value: sandboxLicense(), secret: true },
        { path: "access.cidrs[0]", value: "203.0.113.0/24" },
        { path: "aws.dns.zoneId", value: zone.id },
        // So that `npm stop` can remove everything.
        { path: "deletionProtection", value: "false" },
    ],
    serviceSettings: ({ operator }) => [
        { path: "operator.chart.repository", value: operator.repositoryUrl },
        { path: "operator.channelUrl", value: operator.channelUrl },
        { path: "charts.awsLoadBalancerController.repository", value: operator.repositoryUrl },
        { path: "charts.clusterAutoscaler.repository", value: operator.repositoryUrl },
    ],
};
