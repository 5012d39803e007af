import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";
import { assertSnapshot } from "../support/snapshot";

describe("a deployment on AWS", () => {
    for (const [kind, args] of Object.entries(AwsDeployments)) {
        it(`registers the graph that the snapshot shows: ${kind}`, async () => {
            const graph = await startOnAws();
            await deployedAlone(args);
            assertSnapshot(`aws-${kind}`, graph.lines());
        });
    }
});
