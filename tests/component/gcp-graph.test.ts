import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { drawGcpGraph, GcpGraphFile } from "../../docs/graph-gcp";
import { GcpDeployments } from "../support/gcp-args";
import { recordedOnGcp } from "../support/gcp-recording";
import type { RegisteredResource } from "../support/graph";

describe("the drawing of a deployment on Google Cloud", () => {
    let resources: readonly RegisteredResource[];
    let drawing: string;
    before(async () => {
        resources = await recordedOnGcp(GcpDeployments.minimal);
        drawing = drawGcpGraph(resources);
    });
    const columnOf = (title: string): number => {
        const found = new RegExp(`<text x="(\\d+)"[^>]*>${title}</text>`).exec(drawing);
        assert.ok(found, title);
        return Number(found[1]);
    };

    it("is that of the graph", () => {
        assert.ok(existsSync(GcpGraphFile), "docs/graph-gcp.svg is missing: npm run docs:graph");
        assert.equal(readFileSync(GcpGraphFile, "utf8"), drawing, "stale: npm run docs:graph");
    });

    it("shows the parts from left to right in the order in which they are made, and how much is in them", () => {
        const order = ["APIs", "Network", "Control plane", "Nodes", "Weights &amp; Biases"];
        const places = order.map(columnOf);
        assert.deepEqual(
            places,
            [...places].sort((one, other) => one - other),
        );
        assert.equal(new Set(places).size, order.length);
        assert.match(drawing, />12 Service</);
        assert.match(drawing, />5 CryptoKeyIAMMember</);
    });

    it("shows that address, certificate and stores are made while the cluster is", () => {
        for (const title of ["LoadBalancer", "Certificate", "Dns", "Database", "Cache", "Bucket"]) {
            assert.ok(columnOf(title) <= columnOf("Control plane"), title);
        }
    });
});
