import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { GcpArgs } from "../../sdk/gcp/args";
import { GcpDeployments } from "../support/gcp-args";
import { startOnGcp } from "../support/gcp-graph";
import { type Failed, failedLate } from "../support/late-failures";
import type { GraphRecorder } from "../support/graph";

function failed(change: Partial<WandbDeploymentArgs>): Promise<Failed> {
    const args: WandbDeploymentArgs = GcpDeployments.minimal;
    return failedLate(() => startOnGcp(), { ...args, ...change, gcp: { ...args.gcp, ...change.gcp } });
}

const messages = (errors: readonly pulumi.ResourceError[]): string[] => errors.map(({ message }) => message).sort();
const types = ({ resources }: GraphRecorder): Set<string> => new Set(resources.map(({ type }) => type));

/** One wrong value each: the argument, and the resource that must not be made. */
const wrong: readonly { readonly gcp: GcpArgs; readonly message: RegExp; readonly type: string }[] = [
    {
        gcp: { bucket: { name: pulumi.output("Wrong Name") } },
        message: /^gcp\.bucket\.name: .*\("Wrong Name" given\)/,
        type: "gcp:storage/bucket:Bucket",
    },
    {
        gcp: { database: { identifier: pulumi.output("Upper") } },
        message: /^gcp\.database\.identifier: .*\("Upper" given\)/,
        type: "gcp:sql/databaseInstance:DatabaseInstance",
    },
    {
        gcp: { database: { password: pulumi.secret("short") } },
        message: /^gcp\.database\.password: has 5 characters/,
        type: "gcp:sql/user:User",
    },
    {
        gcp: { cache: { identifier: pulumi.output("-cache") } },
        message: /^gcp\.cache\.identifier: .*\("-cache" given\)/,
        type: "gcp:redis/instance:Instance",
    },
    {
        gcp: { loadBalancer: { addressName: pulumi.output("Address") } },
        message: /^gcp\.loadBalancer\.addressName: .*\("Address" given\)/,
        type: "kubernetes:apps.wandb.com/v1:WeightsAndBiases",
    },
];

describe("late checks in a deployment on Google Cloud", function () {
    this.timeout(60_000);

    for (const { gcp, message, type } of wrong) {
        it(`fail ${type} before it is made, with one message and no stack`, async () => {
            const { graph, errors } = await failed({ gcp });
            assert.equal(errors.length, 1, messages(errors).join("\n"));
            const [error] = errors;
            assert.match(error.message, message);
            assert.deepEqual([error.stack, error.hideStack], [undefined, true]);
            assert.ok(types(graph).has("gcp:compute/network:Network"));
            assert.ok(!types(graph).has(type));
        });
    }

    it("name the deployment, which has been registered", async () => {
        const { graph, errors } = await failed({ host: pulumi.output("wandb.example.com/") });
        assert.match(messages(errors).join("\n"), /^host: ends with a slash \("wandb\.example\.com\/" given\)/);
        assert.equal(pulumi.Resource.isInstance(errors[0].resource), true);
        assert.ok(types(graph).has("wandb:index:WandbDeployment"));
        assert.ok(!types(graph).has("gcp:compute/managedSslCertificate:ManagedSslCertificate"));
    });

    it("tell of all wrong values of one run", async () => {
        const { errors } = await failed({
            ingress: { additionalHosts: [pulumi.output("Upper.example.com")] },
            gcp: { bucket: { prefix: pulumi.output("/a") }, identity: { accountId: pulumi.output("a b") } },
        });
        assert.deepEqual(
            messages(errors).map((message) => message.split(":")[0]),
            ["gcp.bucket.prefix", "gcp.identity.accountId", "ingress.additionalHosts[0]"],
        );
    });
});
