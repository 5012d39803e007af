import assert from "node:assert/strict";
import { subscriptionType } from "../../sandbox/clouds/azure/eventgrid/subscription";
import { topicType } from "../../sandbox/clouds/azure/eventgrid/system-topic";
import { accountType, queueType } from "../../sandbox/clouds/azure/storage/shared";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { azureCloud, idIn, resourceGroupName } from "../support/azure-platform";
import { plantRole } from "../support/azure-storage";
import { type TestCloud, urnOf } from "../support/cloud-frame";

const accountId = idIn("Microsoft.Storage/storageAccounts/files");
const queueId = `${accountId}/queueServices/default/queues/events`;
const sender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
const reader = "8a0f0c08-91a1-4084-bc3d-661d67233fed";
const destination = { endpointType: "StorageQueue", resourceId: accountId, queueName: "events" };
const byIdentity = { deliveryWithResourceIdentity: { identity: { type: "SystemAssigned" }, destination } };

describe("simulated Event Grid", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    const account = (changes: PropertyMap = {}) =>
        cloud.create(accountType, {
            accountName: "files",
            resourceGroupName,
            kind: "StorageV2",
            sku: { name: "Standard_LRS" },
            ...changes,
        });
    const queue = () => cloud.create(queueType, { accountName: "files", resourceGroupName, queueName: "events" });
    const topic = (changes: PropertyMap = {}) =>
        cloud.create(topicType, {
            resourceGroupName,
            systemTopicName: "events",
            source: accountId,
            topicType: "Microsoft.Storage.StorageAccounts",
            identity: { type: "SystemAssigned" },
            ...changes,
        });
    const subscription = (changes: PropertyMap = byIdentity) =>
        cloud.create(subscriptionType, {
            resourceGroupName,
            systemTopicName: "events",
            eventSubscriptionName: "all",
            ...changes,
        });
    /** Account, queue and topic, whose identity may send. */
    async function ready(accountChanges: PropertyMap = {}, role = sender): Promise<string> {
        await account(accountChanges);
        await queue();
        const { id, outputs } = await topic();
        const { principalId } = outputs.values["identity"] as PropertyMap;
        await plantRole(cloud.provider.inventory, role, textOf(principalId), queueId);
        return id;
    }

    describe("a system topic", () => {
        it("is about one account, in its region, and has an identity", async () => {
            await account();
            const { id, outputs } = await topic();
            assert.equal(id, idIn("Microsoft.EventGrid/systemTopics/events"));
            assert.match(textOf((outputs.values["identity"] as PropertyMap)["principalId"]), /^[0-9a-f-]{36}$/);
        });

        it("refuses a source that is not there, lies elsewhere, is of another kind, or has one", async () => {
            await assert.rejects(topic(), /Could not find the source/);
            await account();
            await assert.rejects(topic({ location: "northeurope" }), /must match with the location of the source/);
            await assert.rejects(topic({ topicType: "Microsoft.KeyVault.vaults" }), /does not fit the source/);
            await topic();
            await assert.rejects(topic({ systemTopicName: "others" }), /Only one system topic is allowed per source/);
        });

        it("keeps its source", async () => {
            const id = await ready();
            const row = cloud.provider.inventory.get(topicType, id);
            const update = cloud.provider.update({
                urn: urnOf(topicType),
                id,
                oldOutputs: properties(row?.outputs),
                news: properties({ ...(row?.inputs as PropertyMap), source: `${accountId}2` }),
                preview: false,
            });
            await assert.rejects(update, /Source and topic type of a system topic cannot be changed/);
        });
    });

    describe("a subscription", () => {
        it("sends into a queue as the topic, and goes with it", async () => {
            const topicId = await ready();
            const { id } = await subscription();
            assert.equal(id, `${topicId}/eventSubscriptions/all`);
            await cloud.delete(topicType, topicId);
            assert.equal(cloud.provider.inventory.get(subscriptionType, id), undefined);
        });

        it("needs the right to send", async () => {
            await ready({}, reader);
            await assert.rejects(subscription(), /Assign it the role Storage Queue Data Message Sender/);
        });

        it("needs its queue, and one way to it", async () => {
            await ready();
            await assert.rejects(subscription({ ...byIdentity, destination }), /Exactly one of destination/);
            await assert.rejects(subscription({}), /Exactly one of destination/);
            const other = { ...destination, queueName: "others" };
            await assert.rejects(
                subscription({ destination: other }),
                /queues\/others' of the destination was not found/,
            );
        });

        const rules = (bypass: string) => ({ networkRuleSet: { defaultAction: "Deny", bypass } });

        it("gets through network rules as a trusted service with an identity of its own only", async () => {
            await ready(rules("AzureServices"));
            await assert.rejects(subscription({ destination }), /cannot be reached without a managed identity/);
            await subscription();
        });

        it("does not get through rules without an exception, nor into a closed account", async () => {
            await ready(rules("None"));
            await assert.rejects(subscription(), /network rules .* do not let Event Grid in/);
            await cloud.delete(topicType, idIn("Microsoft.EventGrid/systemTopics/events"));
            await cloud.delete(accountType, accountId);
            await ready({ publicNetworkAccess: "Disabled" });
            await assert.rejects(subscription(), /network rules .* do not let Event Grid in/);
        });

        it("knows the events of its topic, and limits", async () => {
            await ready();
            const filter = { includedEventTypes: ["Microsoft.Storage.Created"] };
            await assert.rejects(subscription({ ...byIdentity, filter }), /event type 'Microsoft\.Storage\.Created'/);
            await assert.rejects(subscription({ ...byIdentity, retryPolicy: { maxDeliveryAttempts: 31 } }), /1 to 30/);
            const stale = { ...destination, queueMessageTimeToLiveInSeconds: 0 };
            await assert.rejects(subscription({ destination: stale }), /time to live/);
        });
    });
});
