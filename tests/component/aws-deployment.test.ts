import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "../../sdk/index";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { assertSnapshot } from "../support/snapshot";

describe("a deployment on AWS", () => {
    for (const [kind, args] of Object.entries(AwsDeployments)) {
        it(`registers the graph that the snapshot shows: ${kind}`, async () => {
            const graph = await startOnAws();
            new WandbDeployment("demo", args);
            await pulumi.runtime.disconnect();
            assertSnapshot(`aws-${kind}`, graph.lines());
        });
    }
});
