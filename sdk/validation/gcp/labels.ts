import type { WandbDeploymentArgs } from "../../args";
import type { Section } from "../section";
import { wrongLabel, wrongLabelKey } from "./rules";

/** A resource has at most this many labels: https://docs.cloud.google.com/resource-manager/docs/labels-overview#requirements */
export const MostLabels = 64;

/** GKE, the provider and its default labels add some of their own to those of a deployment. */
const MostDeploymentLabels = 50;

/** `tags` of a deployment, which are labels here. */
export function checkDeploymentLabels(args: Section<WandbDeploymentArgs>): void {
    const labels = args.texts("tags");
    if (labels.length > MostDeploymentLabels) {
        args.refuse(
            "tags",
            `has ${labels.length} entries, but Google Cloud takes at most ${MostLabels} labels for a resource, and some are added to yours. Give at most ${MostDeploymentLabels}.`,
        );
    }
    for (const label of labels) {
        args.checkEntry({ path: label.path, value: label.key }, wrongLabelKey);
        args.checkEntry(label, wrongLabel);
    }
}
