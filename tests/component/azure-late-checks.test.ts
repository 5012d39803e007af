import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { AzureArgs } from "../../sdk/azure/args";
import { AzureDeployments } from "../support/azure-args";
import { startOnAzure } from "../support/azure-graph";
import type { GraphRecorder } from "../support/graph";
import { type Failed, failedLate } from "../support/late-failures";

function failed(change: Partial<WandbDeploymentArgs>): Promise<Failed> {
    const args: WandbDeploymentArgs = AzureDeployments.minimal;
    return failedLate(() => startOnAzure(), { ...args, ...change, azure: { ...args.azure, ...change.azure } });
}

const messages = (errors: readonly pulumi.ResourceError[]): string[] => errors.map(({ message }) => message).sort();
const types = ({ resources }: GraphRecorder): Set<string> => new Set(resources.map(({ type }) => type));

/** One wrong value each: the argument, and the resource that must not be made. */
const wrong: readonly { readonly azure: AzureArgs; readonly message: RegExp; readonly type: string }[] = [
    {
        azure: { bucket: { accountName: pulumi.output("Wrong-Name") } },
        message: /^azure\.bucket\.accountName: .*\("Wrong-Name" given\)/,
        type: "azure-native:storage:StorageAccount",
    },
    {
        azure: { database: { identifier: pulumi.output("Upper") } },
        message: /^azure\.database\.identifier: .*\("Upper" given\)/,
        type: "azure-native:dbformysql:Server",
    },
    {
        azure: { database: { password: pulumi.secret("short") } },
        message: /^azure\.database\.password: has 5 characters/,
        type: "azure-native:dbformysql:Server",
    },
    {
        azure: { cache: { identifier: pulumi.output("-cache") } },
        message: /^azure\.cache\.identifier: .*\("-cache" given\)/,
        type: "azure-native:redisenterprise:RedisEnterprise",
    },
    {
        azure: { key: { vaultName: pulumi.output("1vault") } },
        message: /^azure\.key\.vaultName: .*\("1vault" given\)/,
        type: "azure-native:keyvault:Vault",
    },
];

describe("late checks in a deployment on Azure", function () {
    this.timeout(60_000);

    for (const { azure, message, type } of wrong) {
        it(`fail ${type} before it is made, with one message and no stack: ${Object.keys(azure).join()}`, async () => {
            const { graph, errors } = await failed({ azure });
            assert.equal(errors.length, 1, messages(errors).join("\n"));
            const [error] = errors;
            assert.match(error.message, message);
            assert.deepEqual([error.stack, error.hideStack], [undefined, true]);
            assert.ok(types(graph).has("azure-native:network:VirtualNetwork"));
            assert.ok(!types(graph).has(type));
        });
    }

    it("name the deployment, which has been registered", async () => {
        const { graph, errors } = await failed({ host: pulumi.output("wandb.example.com/") });
        assert.match(messages(errors).join("\n"), /^host: ends with a slash \("wandb\.example\.com\/" given\)/);
        assert.equal(pulumi.Resource.isInstance(errors[0].resource), true);
        assert.ok(types(graph).has("wandb:index:WandbDeployment"));
        assert.ok(!types(graph).has("kubernetes:apps.wandb.com/v1:WeightsAndBiases"));
    });

    it("tell of all wrong values of one run", async () => {
        const { errors } = await failed({
            ingress: { additionalHosts: [pulumi.output("Upper.example.com")] },
            azure: { bucket: { prefix: pulumi.output("/a") }, identity: { name: pulumi.output("a b") } },
        });
        assert.deepEqual(
            messages(errors).map((message) => message.split(":")[0]),
            ["azure.bucket.prefix", "azure.identity.name", "ingress.additionalHosts[0]"],
        );
    });
});
