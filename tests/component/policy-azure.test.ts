/** The policies about Azure on what our own components register. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AzureDatabaseHighAvailability, AzureSecureStorageConnector } from "../../sdk/index";
import { AzureDeployments } from "../support/azure-args";
import { LeastAzureArgs } from "../support/azure-connector-args";
import { startOnAzure } from "../support/azure-graph";
import { recordedOnAzure } from "../support/azure-recording";
import { explainedFindings } from "../support/explained-findings";
import type { RegisteredResource } from "../support/graph";
import { foundOnAzure } from "../support/policy-azure/stack";

/** Policy and place of everything that is found. */
async function foundIn(resources: readonly RegisteredResource[], type: string): Promise<string[]> {
    assert.ok(
        resources.some((resource) => resource.type === type),
        type,
    );
    const found = await foundOnAzure(
        resources.map(({ type: of, name, inputs }) => ({ type: of, name, props: inputs })),
    );
    return found.map(({ policy, message }) => `${policy} ${message.split(": ", 2).join(": ")}`).sort();
}

async function foundInDeployment(args: WandbDeploymentArgs): Promise<string[]> {
    return foundIn(await recordedOnAzure(args), "azure-native:dbformysql:Server");
}

describe("policies about Azure on WandbDeployment", () => {
    for (const [name, args] of Object.entries(AzureDeployments)) {
        it(`find nothing that is not explained: ${name}`, async () => {
            const explained = explainedFindings[`azure-${name}`]
                .filter(({ policy }) => policy.startsWith("azure-"))
                .map(({ policy, resource, path }) => {
                    // The examples are called `wandb`, these are called `demo`.
                    return `${policy.replace(/^azure-/, "")} ${resource.replace(/^wandb-/, "demo-")}: ${path}`;
                });
            assert.deepEqual(await foundInDeployment(args), explained);
        });
    }

    it("tell what its arguments give up", async () => {
        const { azure, ...common } = AzureDeployments.production;
        const args: WandbDeploymentArgs = {
            ...common,
            azure: {
                ...azure,
                database: { highAvailability: AzureDatabaseHighAvailability.Off, backupRetentionDays: 3 },
                cache: { highAvailability: false },
            },
        };
        assert.deepEqual(await foundInDeployment(args), [
            "cache-failover demo-cache: highAvailability",
            "database-backups demo-database: backup.backupRetentionDays",
            "database-failover demo-database: highAvailability.mode",
        ]);
    });
});

describe("policies about Azure on AzureSecureStorageConnector", () => {
    async function found(changes: object): Promise<string[]> {
        const graph = await startOnAzure();
        new AzureSecureStorageConnector("files", { ...LeastAzureArgs, ...changes });
        await pulumi.runtime.disconnect();
        return foundIn(graph.resources, "azure-native:storage:BlobContainer");
    }

    it("find nothing by default", async () => {
        assert.deepEqual(await found({}), []);
    });

    it("tell what its arguments give up", async () => {
        assert.deepEqual(await found({ versioning: false }), [
            "bucket-versions files-bucket-service: isVersioningEnabled",
        ]);
    });
});
