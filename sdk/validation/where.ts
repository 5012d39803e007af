import type { WandbDeploymentArgs } from "../args";
import type { Section } from "./section";

/** Arguments that decide where W&B runs: exactly one of them is given. */
export const Places = ["existing", "aws", "gcp", "azure"] as const;

/** Clouds in which everything is made. */
export const CloudNames = ["aws", "gcp", "azure"] as const;
export type CloudName = (typeof CloudNames)[number];

/** The cloud in which everything is made: the first one of those that are given. */
export function cloudOf(args: Section<WandbDeploymentArgs>): CloudName | undefined {
    return CloudNames.find((cloud) => args.has(cloud));
}
