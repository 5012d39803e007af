import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { AwsGraphFile, drawAwsGraph } from "../../docs/graph-aws";
import { AwsDeployments } from "../support/aws-args";
import { recordedOnAws } from "../support/aws-recording";
import type { RegisteredResource } from "../support/graph";

describe("the drawing of a deployment on AWS", () => {
    let resources: readonly RegisteredResource[];
    before(async () => {
        resources = await recordedOnAws(AwsDeployments.minimal);
    });

    it("is that of the graph", () => {
        assert.ok(existsSync(AwsGraphFile), "docs/graph-aws.svg is missing: npm run docs:graph");
        assert.equal(readFileSync(AwsGraphFile, "utf8"), drawAwsGraph(resources), "stale: npm run docs:graph");
    });

    it("shows the parts from left to right in the order in which they are made, and how much is in them", () => {
        const drawing = drawAwsGraph(resources);
        const left = (title: string) => Number(new RegExp(`<text x="(\\d+)"[^>]*>${title}</text>`).exec(drawing)?.[1]);
        const order = ["Network", "Control plane", "Nodes", "Add-ons and controllers", "Weights &amp; Biases", "Dns"];
        const places = order.map(left);
        assert.deepEqual(
            places,
            [...places].sort((one, other) => one - other),
        );
        assert.equal(new Set(places).size, order.length);
        assert.match(drawing, />9 Subnet</);
        assert.match(drawing, />3 NatGateway</);
    });
});
