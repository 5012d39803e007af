/** The policies about Google Cloud on what our own components register. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { GcpBucketEncryption, GcpSecureStorageConnector } from "../../sdk/index";
import { explainedFindings } from "../support/explained-findings";
import { GcpDeployments } from "../support/gcp-args";
import { startOnGcp } from "../support/gcp-graph";
import { recordedOnGcp } from "../support/gcp-recording";
import type { RegisteredResource } from "../support/graph";
import { foundOnGcp } from "../support/policy-gcp/stack";

/** Policy and place of everything that is found. */
async function foundIn(resources: readonly RegisteredResource[], type: string): Promise<string[]> {
    assert.ok(
        resources.some((resource) => resource.type === type),
        type,
    );
    const stack = resources.map(({ type: of, name, inputs }) => ({ type: of, name, props: inputs }));
    const found = await foundOnGcp(stack);
    return found.map(({ policy, message }) => `${policy} ${message.split(": ", 2).join(": ")}`).sort();
}

async function foundInDeployment(args: WandbDeploymentArgs): Promise<string[]> {
    return foundIn(await recordedOnGcp(args), "kubernetes:apps.wandb.com/v1:WeightsAndBiases");
}

describe("policies about Google Cloud on WandbDeployment", () => {
    for (const [name, args] of Object.entries(GcpDeployments)) {
        it(`find nothing that is not explained: ${name}`, async () => {
            const explained = explainedFindings[`gcp-${name}`]
                .filter(({ policy }) => policy.startsWith("gcp-"))
                .map(({ policy, resource, path }) => {
                    // The examples are called `wandb`, these are called `demo`.
                    return `${policy.replace(/^gcp-/, "")} ${resource.replace(/^wandb-/, "demo-")}: ${path}`;
                });
            assert.deepEqual(await foundInDeployment(args), explained);
        });
    }

    it("tell what its arguments give up", async () => {
        const { gcp, ...common } = GcpDeployments.production;
        const args: WandbDeploymentArgs = {
            ...common,
            deletionProtection: false,
            gcp: {
                ...gcp,
                cluster: { privateNodes: false },
                database: { highAvailability: false, backupRetentionDays: 3, pointInTimeRecoveryDays: 3 },
                cache: { highAvailability: false },
            },
        };
        assert.deepEqual(await foundInDeployment(args), [
            "bucket-force-destroy demo-bucket: forceDestroy",
            "cache-failover demo-cache: tier",
            "database-backups demo-database: settings.backupConfiguration.backupRetentionSettings.retainedBackups",
            "database-failover demo-database: settings.availabilityType",
            "database-unprotected demo-database: settings.deletionProtectionEnabled",
            "node-public demo-cluster: privateClusterConfig.enablePrivateNodes",
        ]);
    });
});

describe("policies about Google Cloud on GcpSecureStorageConnector", () => {
    const least = {
        serviceAccountEmails: ["wandb@instance-project.iam.gserviceaccount.com"],
        hosts: ["wandb.example.com"],
    };
    async function found(changes: object): Promise<string[]> {
        const graph = await startOnGcp();
        new GcpSecureStorageConnector("files", { ...least, ...changes });
        await pulumi.runtime.disconnect();
        return foundIn(graph.resources, "gcp:storage/bucketIAMBinding:BucketIAMBinding");
    }

    it("find nothing by default", async () => {
        assert.deepEqual(await found({}), []);
    });

    it("tell what its arguments give up", async () => {
        const changes = { versioning: false, encryption: GcpBucketEncryption.Google, deletionProtection: false };
        assert.deepEqual(await found(changes), [
            "bucket-force-destroy files-bucket: forceDestroy",
            "bucket-key files-bucket: encryption.defaultKmsKeyName",
            "bucket-versions files-bucket: versioning.enabled",
        ]);
    });
});
