import assert from "node:assert/strict";
import type { GcpClickHouseArgs } from "../../sdk/gcp/args/extras";
import { connectClickHouse } from "../../sdk/gcp/entry/click-house";
import { after, madeNames, makeEntry, type MadeEntry, network, networkFacts } from "../support/gcp-entry";
import { project, region } from "../support/gcp-account";
import { promiseOf } from "../support/resolve";

const target = "projects/clickhouse-project/regions/us-east1/serviceAttachments/production-us-east1";
const here = { project: project.projectId };

const clickHouse = (args: Partial<GcpClickHouseArgs> = {}) =>
    makeEntry(({ scope, apis }) =>
        connectClickHouse(scope, { args: { serviceAttachment: target, ...args }, network: networkFacts(), apis }),
    );
const inputsOf = ({ graph }: MadeEntry<unknown>, name: string) => graph.byName(`wandb-click-house-${name}`).inputs;

describe("ClickHouse Cloud on Google Cloud", () => {
    it("is reached by an endpoint in its own region, from all regions of the network", async () => {
        const made = await clickHouse({ region: "us-east1" });
        const labels = { team: "ml" };
        assert.deepEqual(inputsOf(made, "subnet"), {
            ...here,
            region: "us-east1",
            network: network.networkId,
            ipCidrRange: "10.50.0.0/24",
            privateIpGoogleAccess: true,
        });
        assert.deepEqual(inputsOf(made, "address"), {
            ...here,
            region: "us-east1",
            addressType: "INTERNAL",
            purpose: "GCE_ENDPOINT",
            subnetwork: "wandb-click-house-subnet-id",
            labels,
        });
        assert.deepEqual(inputsOf(made, "endpoint"), {
            ...here,
            region: "us-east1",
            network: network.networkId,
            ipAddress: "wandb-click-house-address-id",
            target,
            loadBalancingScheme: "",
            allowPscGlobalAccess: true,
            labels,
        });
        assert.equal(await promiseOf(made.made.connectionId), "123");
    });

    it("is found by its names, in the network alone", async () => {
        const made = await clickHouse();
        const { dnsName, visibility, privateVisibilityConfig } = inputsOf(made, "zone");
        assert.equal(dnsName, `${region}.p.gcp.clickhouse.cloud.`);
        assert.equal(visibility, "private");
        assert.deepEqual(privateVisibilityConfig, { networks: [{ networkUrl: network.networkId }] });
        const { name, rrdatas, managedZone } = inputsOf(made, "record");
        assert.deepEqual(
            [name, rrdatas, managedZone],
            [`*.${region}.p.gcp.clickhouse.cloud.`, ["10.10.0.9"], "wandb-zone-1234567"],
        );
        assert.deepEqual(after(made, "wandb-click-house-zone"), ["wandb-dns-api"]);
        assert.equal(made.made.ready.length, 3);
    });

    it("takes a subnet that is there, and names", async () => {
        const existingSubnetId = "projects/p/regions/us-east1/subnetworks/mine";
        const named = { addressName: "a", endpointName: "e", zoneName: "z" };
        const made = await clickHouse({ existingSubnetId, ...named });
        assert.ok(!madeNames(made).includes("wandb-click-house-subnet"));
        assert.equal(inputsOf(made, "address")["subnetwork"], existingSubnetId);
        assert.deepEqual(
            ["address", "endpoint", "zone"].map((name) => inputsOf(made, name)["name"]),
            ["a", "e", "z"],
        );
    });
});
