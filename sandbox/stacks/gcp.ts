/** The stack `gcp` of the root program: W&B on a simulated Google Cloud, from the network on. */
import { apiId, apiRow } from "../clouds/gcp/apis";
import { Inventory } from "../clouds/inventory";
import { sandboxLicense } from "./local";
import { sandboxDir, type SandboxStack } from "./stack";

const project = "sandbox-project";
const zone = { name: "sandbox-example", dnsName: "sandbox.example." };

export const gcpStack: SandboxStack = {
    name: "gcp",
    dir: sandboxDir("gcp"),
    /** A public zone of the domain, and with it the API of Cloud DNS: projects have one before they get a W&B. */
    plant: async ({ dir }) => {
        const inventory = new Inventory(dir, "gcp");
        const type = "gcp:dns/managedZone:ManagedZone";
        const id = `projects/${project}/managedZones/${zone.name}`;
        if (inventory.get(type, id) === undefined) {
            await inventory.plant({ type, id, inputs: zone, outputs: { ...zone, project, visibility: "public" } });
            // Else there would be no zone.
            await inventory.plant(apiRow(apiId(project, "dns.googleapis.com"), "ENABLED"));
        }
    },
    firstSettings: [
        { path: "gcp:project", value: project },
        { path: "gcp:region", value: "europe-west4" },
        { path: "host", value: "https://wandb.sandbox.example" },
        { path: "license", value: sandboxLicense(), secret: true },
        { path: "access.cidrs[0]", value: "203.0.113.0/24" },
        { path: "gcp.dns.managedZone", value: zone.name },
        // So that `npm stop` can remove everything.
        { path: "deletionProtection", value: "false" },
    ],
    serviceSettings: ({ operator }) => [
        { path: "operator.chart.repository", value: operator.repositoryUrl },
        { path: "operator.channelUrl", value: operator.channelUrl },
    ],
};
