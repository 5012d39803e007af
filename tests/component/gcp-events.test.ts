import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { GcpEventsArgs } from "../../sdk/gcp/args/events";
import { createEvents } from "../../sdk/gcp/events/events";
import { lastPart } from "../support/aws-stores";
import { project, region } from "../support/gcp-account";
import { type GcpSettings, makeGcpPart } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const keyId = `projects/${project.projectId}/locations/${region}/keyRings/r/cryptoKeys/k`;

describe("queues on Google Cloud", () => {
    const make = (events: GcpEventsArgs = {}, settings: GcpSettings = {}) =>
        makeGcpPart(({ scope, apis }) => createEvents(scope, { events, keyId: pulumi.output(keyId), apis }), settings);

    it("are two topics that are encrypted and stay in the region, each with its subscription", async () => {
        const { graph } = await make();
        for (const word of ["file-stream", "run-updates"]) {
            const topic = graph.byName(`wandb-${word}`);
            assert.deepEqual(topic.inputs, {
                project: project.projectId,
                kmsKeyName: keyId,
                messageStoragePolicy: { allowedPersistenceRegions: [region] },
                labels: { team: "ml" },
            });
            assert.deepEqual([topic.protect, topic.dependencies.map(lastPart)], [true, ["wandb-pubsub-api"]]);
            assert.match(topic.urn, /\$wandb:gcp:Events\$/);
        }
        const common = {
            project: project.projectId,
            messageRetentionDuration: `${7 * 86_400}s`,
            expirationPolicy: { ttl: "" },
            labels: { team: "ml" },
        };
        assert.deepEqual(graph.byName("wandb-file-stream-subscription").inputs, {
            ...common,
            topic: "wandb-file-stream-id",
            ackDeadlineSeconds: 30,
            retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
        });
        assert.deepEqual(graph.byName("wandb-run-updates-subscription").inputs, {
            ...common,
            topic: "wandb-run-updates-id",
            ackDeadlineSeconds: 60,
            enableMessageOrdering: true,
            retryPolicy: { minimumBackoff: "1s", maximumBackoff: "600s" },
        });
    });

    it("have the names of the arguments", async () => {
        const { made } = await make({
            fileStreamTopicName: "a",
            fileStreamSubscriptionName: "b",
            runUpdatesTopicName: "c",
            runUpdatesSubscriptionName: "d",
        });
        const { fileStreamTopic, fileStreamSubscription, runUpdatesTopic, runUpdatesSubscription } = made;
        const all = [fileStreamTopic, fileStreamSubscription, runUpdatesTopic, runUpdatesSubscription];
        assert.deepEqual(await Promise.all(all.map(promiseOf)), ["a", "b", "c", "d"]);
    });

    it("keep messages for as long as asked", async () => {
        const { graph } = await make({ retentionDays: 31 });
        const { inputs } = graph.byName("wandb-file-stream-subscription");
        assert.equal(inputs["messageRetentionDuration"], "2678400s");
    });
});
