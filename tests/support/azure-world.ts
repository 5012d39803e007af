/** A simulated subscription with an API server of its own, and programs that deploy W&B in it. */
import { azureStack } from "../../sandbox/stacks/azure";
import { location, subscriptionId } from "./azure-platform";
import { CloudWorld, type SimulatedCloud } from "./cloud-world";

export class AzureWorld extends CloudWorld {
    protected readonly cloud: SimulatedCloud = {
        name: "azure-native",
        provider: { "azure-native:subscriptionId": subscriptionId, "azure-native:location": location },
        stack: azureStack,
        charts: ["certManager"],
    };
}
