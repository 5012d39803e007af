/** A simulated account with an API server of its own, and programs that deploy W&B in it. */
import { awsStack } from "../../sandbox/stacks/aws";
import { region } from "./aws-account";
import { CloudWorld, type SimulatedCloud } from "./cloud-world";

export class AwsWorld extends CloudWorld {
    protected readonly cloud: SimulatedCloud = {
        name: "aws",
        provider: { "aws:region": region },
        stack: awsStack,
        charts: ["awsLoadBalancerController", "clusterAutoscaler"],
    };
}
