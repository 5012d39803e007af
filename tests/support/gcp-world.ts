/** A simulated project with an API server of its own, and programs that deploy W&B in it. */
import { gcpStack } from "../../sandbox/stacks/gcp";
import { CloudWorld, type SimulatedCloud } from "./cloud-world";
import { project, region } from "./gcp-account";

export class GcpWorld extends CloudWorld {
    protected readonly cloud: SimulatedCloud = {
        name: "gcp",
        provider: { "gcp:project": project.projectId, "gcp:region": region },
        stack: gcpStack,
        charts: [],
    };
}
