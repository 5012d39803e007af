import assert from "node:assert/strict";
import { bucketGrantsText } from "../../sdk/azure/bucket/grants";
import { azureScope, makeAzurePart, subscriptionId } from "../support/azure-platform";
import { promiseOf } from "../support/resolve";

describe("storage account on Azure", () => {
    it("of the caller's own is used once its owner has assigned roles", async () => {
        await makeAzurePart(() => undefined);
        const text = bucketGrantsText(azureScope(), { accountId: "account", container: "files", principalId: "app" });
        const role = (guid: string) =>
            `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
        assert.deepEqual(JSON.parse(await promiseOf(text)), [
            {
                role: "Storage Blob Data Contributor",
                roleDefinitionId: role("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
                scope: "account/blobServices/default/containers/files",
                principalId: "app",
            },
            {
                role: "Storage Blob Delegator",
                roleDefinitionId: role("db58b8e5-c6ad-4a2a-8342-4190687cbf4a"),
                scope: "account",
                principalId: "app",
            },
            {
                role: "Reader",
                roleDefinitionId: role("acdd72a7-3385-48ef-bd42-f606fba81ae7"),
                scope: "account",
                principalId: "app",
            },
        ]);
    });
});
