import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { drawAzureGraph, AzureGraphFile } from "../../docs/graph-azure";
import { AzureDeployments } from "../support/azure-args";
import { recordedOnAzure } from "../support/azure-recording";
import type { RegisteredResource } from "../support/graph";

describe("the drawing of a deployment on Azure", () => {
    let resources: readonly RegisteredResource[];
    let drawing: string;
    before(async () => {
        resources = await recordedOnAzure(AzureDeployments.minimal);
        drawing = drawAzureGraph(resources);
    });
    const columnOf = (title: string): number => {
        const found = new RegExp(`<text x="(\\d+)"[^>]*>${title}</text>`).exec(drawing);
        assert.ok(found, title);
        return Number(found[1]);
    };

    it("is that of the graph", () => {
        assert.ok(existsSync(AzureGraphFile), "docs/graph-azure.svg is missing: npm run docs:graph");
        assert.equal(readFileSync(AzureGraphFile, "utf8"), drawing, "stale: npm run docs:graph");
    });

    it("shows the parts from left to right in the order in which they are made, and how much is in them", () => {
        const order = [
            "Resource group",
            "Network",
            "Gateway",
            "Keys",
            "Control plane",
            "Nodes",
            "CertManager",
            "Weights &amp; Biases",
        ];
        const places = order.map(columnOf);
        assert.deepEqual(
            places,
            [...places].sort((one, other) => one - other),
        );
        assert.equal(new Set(places).size, order.length);
        assert.match(drawing, />3 PrivateEndpoint</);
        assert.match(drawing, />18 FederatedIdentityCredential</);
    });

    it("shows that gateway, names and stores are made while the cluster is", () => {
        for (const title of ["Gateway", "Dns", "Database", "Cache", "Bucket"]) {
            assert.ok(columnOf(title) <= columnOf("Control plane"), title);
        }
    });
});
