/** The Google Cloud examples, configured as their READMEs tell, each in a project that has what it needs. */
import { ownRegionCertificateType } from "../../sandbox/clouds/gcp/compute/certificates";
import type { Inventory } from "../../sandbox/clouds/inventory";
import { plantBucket, plantKey, plantProject, project, region } from "./gcp-account";
import { plantPlatform } from "./gcp-platform";
import { GcpWorld } from "./gcp-world";
import { plantZone } from "./gcp-zone";

/** A certificate of the project's own, of a region. */
async function plantCertificate(inventory: Inventory, name: string): Promise<void> {
    const id = `projects/${project.projectId}/regions/${region}/sslCertificates/${name}`;
    await inventory.plant({ type: ownRegionCertificateType, id, inputs: { name, region }, outputs: { name } });
}

export const gcpExampleWorlds: Readonly<Record<string, () => Promise<GcpWorld>>> = {
    "gcp-minimal": async () => {
        const world = await GcpWorld.example("gcp-minimal");
        await plantProject(world.inventory, project, ["dns"]);
        await plantZone(world.inventory);
        return world;
    },
    "gcp-production": async () => {
        const world = await GcpWorld.example("gcp-production", { smtpPassword: "smtp-password" });
        await plantProject(world.inventory, project, ["dns"]);
        await plantZone(world.inventory);
        return world;
    },
    "gcp-private": async () => {
        const world = await GcpWorld.example("gcp-private");
        await plantProject(world.inventory, project, ["compute", "dns"]);
        await plantProject(world.inventory, { projectId: "consumer-project", number: "310987654321" });
        await plantZone(world.inventory, { name: "corp-example", dnsName: "corp.example.", visibility: "private" });
        await plantCertificate(world.inventory, "wandb-corp-example");
        return world;
    },
    "gcp-existing": async () => {
        const world = await GcpWorld.example("gcp-existing");
        await plantProject(world.inventory, project, ["cloudkms", "compute", "container", "dns"]);
        await plantPlatform(world, {
            host: { projectId: "host-project", number: "410987654321" },
            networkName: "shared",
            subnetworkName: "wandb",
            ranges: { pods: "pods", services: "services" },
            clusterName: "platform",
        });
        await plantKey(world.inventory, region, [], project, "wandb");
        await plantBucket(world.inventory, "example-wandb");
        await plantZone(world.inventory);
        return world;
    },
};
