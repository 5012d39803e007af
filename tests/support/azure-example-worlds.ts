/** The Azure examples, configured as their READMEs tell, each in a subscription that has what it needs. */
import { plantExistingPlatform } from "./azure-existing-platform";
import { plantGroup } from "./azure-platform";
import { AzureWorld } from "./azure-world";
import { plantZone } from "./azure-zone";

export const azureExampleWorlds: Readonly<Record<string, () => Promise<AzureWorld>>> = {
    "azure-minimal": async () => {
        const world = await AzureWorld.example("azure-minimal");
        await world.mirrorCharts();
        await plantZone(world.inventory);
        return world;
    },
    "azure-production": async () => {
        const world = await AzureWorld.example("azure-production", { smtpPassword: "smtp-password" });
        await world.mirrorCharts();
        await plantZone(world.inventory);
        return world;
    },
    "azure-private": async () => {
        const world = await AzureWorld.example("azure-private");
        await plantZone(world.inventory, { name: "corp.example", visibility: "private" });
        return world;
    },
    "azure-existing": async () => {
        const world = await AzureWorld.example("azure-existing");
        await world.mirrorCharts();
        await plantGroup(world.inventory, "wandb");
        await plantExistingPlatform(world.inventory);
        await plantZone(world.inventory);
        return world;
    },
};
