import { InstanceType } from "./releases";
import { resourcePolicy } from "./rule";

/** The deletion of a custom resource uninstalls W&B, with everything that the chart runs in the cluster. */
export const unprotectedInstance = resourcePolicy(
    {
        name: "wandb-instance-unprotected",
        description:
            "A WeightsAndBiases custom resource is protected from deletion. With it the operator uninstalls W&B, and whatever the chart runs in the cluster goes.",
        level: "advisory",
        severity: "medium",
        remedy: "Set the option `protect` of the resource, or keep `deletionProtection` of WandbDeployment on.",
    },
    [InstanceType],
    function* (resource) {
        if (!resource.isProtected) {
            yield {
                resource,
                path: "protect",
                message: "is not set, so `pulumi destroy` and a program without the resource delete W&B at once",
                remedy: "Set `protect: true` among the resource's options; to remove W&B take it off first.",
            };
        }
    },
);
