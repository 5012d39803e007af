/** The AWS examples, configured as their READMEs tell, each in an account that has what it needs. */
import { plantBucket, plantCertificate, plantKey, plantNetwork, plantRole, plantZone, Zone } from "./aws-account";
import { plantPlatform } from "./aws-platform";
import { AwsWorld } from "./aws-world";

const account = "123456789012";
const certificateArn = `arn:aws:acm:eu-west-1:${account}:certificate/12345678-1234-1234-1234-123456789012`;
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/12345678-1234-1234-1234-12345678901`;

export const awsExampleWorlds: Readonly<Record<string, () => Promise<AwsWorld>>> = {
    "aws-minimal": async () => {
        const world = await AwsWorld.example("aws-minimal");
        await world.mirrorCharts();
        await plantZone(world.inventory);
        return world;
    },
    "aws-production": async () => {
        const world = await AwsWorld.example("aws-production", { smtpPassword: "smtp-password" });
        await world.mirrorCharts();
        await plantZone(world.inventory);
        await plantRole(world.inventory, "security");
        await plantRole(world.inventory, "platform");
        return world;
    },
    "aws-private": async () => {
        const world = await AwsWorld.example("aws-private");
        await world.mirrorCharts();
        await plantZone(world.inventory, { ...Zone, name: "corp.example" }, "vpc-of-the-office");
        await plantCertificate(world.inventory, certificateArn, "wandb.corp.example");
        return world;
    },
    "aws-existing": async () => {
        const world = await AwsWorld.example("aws-existing");
        const network = {
            vpcId: "vpc-0123456789abcdef0",
            privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            publicSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
        };
        await plantNetwork(world.inventory, network);
        const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
        const oidcProviderArn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
        await plantPlatform(world, { clusterName: "platform", oidcProviderArn, network });
        await plantCertificate(world.inventory, certificateArn, "wandb.example.com");
        await plantKey(world.inventory, `${keyArn}2`);
        await plantKey(world.inventory, `${keyArn}3`);
        await plantBucket(world.inventory, "example-wandb");
        return world;
    },
};
