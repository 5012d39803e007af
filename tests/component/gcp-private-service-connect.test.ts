import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { GcpPrivateServiceConnectArgs } from "../../sdk/gcp/args/entry";
import {
    publishPrivateServiceConnect,
    type PrivateServiceConnectArgs,
    type PrivateServiceConnectOutputs,
} from "../../sdk/gcp/entry/private-service-connect";
import { failureOf } from "../support/aws-part";
import { after, madeNames, makeEntry, type MadeEntry, network, networkFacts } from "../support/gcp-entry";
import { project, region } from "../support/gcp-account";
import { promiseOf } from "../support/resolve";

const here = { project: project.projectId, region };
const ruleUrl = (port: number) =>
    `https://www.googleapis.com/compute/v1/projects/${project.projectId}/regions/${region}/forwardingRules/10.10.0.9-${port}`;

function publish(
    args: GcpPrivateServiceConnectArgs = { consumers: [{ project: "consumer-project" }] },
    changes: Partial<Omit<PrivateServiceConnectArgs, "args">> = {},
    { preview = false, served = "10.10.0.9", address = "10.10.0.9", tls = true } = {},
): Promise<MadeEntry<PrivateServiceConnectOutputs>> {
    return makeEntry(
        ({ scope, apis, read }) =>
            publishPrivateServiceConnect(scope, {
                args,
                network: networkFacts(),
                behind: { address: pulumi.output(address), served: read(served === "" ? undefined : served), tls },
                apis,
                ...changes,
            }),
        { preview },
    );
}

const inputsOf = ({ graph }: MadeEntry<unknown>, name: string) => graph.byName(`wandb-psc-${name}`).inputs;

describe("Private Service Connect on Google Cloud", () => {
    it("publishes the load balancer that GKE has made, to projects that are named", async () => {
        const made = await publish({
            consumers: [
                { project: "consumer-project" },
                { project: pulumi.output("123456789012"), connectionLimit: 2 },
            ],
        });
        assert.deepEqual(madeNames(made), ["wandb-psc-attachment", "wandb-psc-subnet"]);
        assert.deepEqual(inputsOf(made, "attachment"), {
            ...here,
            description: "Weights & Biases",
            connectionPreference: "ACCEPT_MANUAL",
            consumerAcceptLists: [
                { projectIdOrNum: "consumer-project", connectionLimit: 10 },
                { projectIdOrNum: "123456789012", connectionLimit: 2 },
            ],
            reconcileConnections: true,
            enableProxyProtocol: false,
            natSubnets: ["wandb-psc-subnet-id"],
            targetService: ruleUrl(443),
        });
        assert.deepEqual(inputsOf(made, "subnet"), {
            ...here,
            network: network.networkId,
            ipCidrRange: "192.168.0.0/24",
            purpose: "PRIVATE_SERVICE_CONNECT",
        });
        assert.equal(await promiseOf(made.made.attachmentId), "wandb-psc-attachment-id");
    });

    it("waits for W&B with the attachment alone, so that it goes before the load balancer", async () => {
        const made = await publish();
        assert.ok(after(made, "wandb-psc-attachment").includes("wandb-instance"));
        assert.ok(!after(made, "wandb-psc-subnet").includes("wandb-instance"));
    });

    it("takes the port on which W&B answers", async () => {
        const made = await publish(undefined, {}, { tls: false });
        assert.equal(inputsOf(made, "attachment")["targetService"], ruleUrl(80));
    });

    it("goes before its successor: a load balancer is published once", async () => {
        const { graph } = await publish({ acceptAll: true, attachmentName: "a", subnetName: "s", domainName: "w.x." });
        const attachment = graph.byName("wandb-psc-attachment");
        assert.equal(attachment.deleteBeforeReplace, true);
        assert.deepEqual(
            [attachment.inputs["name"], attachment.inputs["connectionPreference"], attachment.inputs["domainNames"]],
            ["a", "ACCEPT_AUTOMATIC", ["w.x."]],
        );
        // In use by the attachment, which only then is changed.
        assert.equal(graph.byName("wandb-psc-subnet").deleteBeforeReplace, false);
    });

    it("says so when GKE has made no load balancer at the address", async () => {
        const message = async (settings: Parameters<typeof publish>[2]) =>
            failureOf((await publish(undefined, {}, settings)).made.attachmentId);
        const expected =
            /^gcp\.privateServiceConnect: GKE has made no load balancer of the Ingress of W&B at 10\.10\.0\.\d, port 443\. See/;
        assert.match(await message({ address: "10.10.0.7" }), expected);
        assert.match(await message({ served: "" }), expected);
    });

    it("is shown whole in the first preview, the target unknown", async () => {
        const made = await publish(undefined, {}, { preview: true, served: "" });
        assert.equal(madeNames(made).length, 2);
        assert.match(String(inputsOf(made, "attachment")["targetService"]), /04da6b54/);
    });
});
