import type { WandbDeploymentArgs } from "../../args";
import type { Section } from "../section";
import { wrongTag, wrongTagKey } from "./rules";

/**
 * Most resources take 50, but private DNS zones and their links take 15:
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations
 */
export const MostTags = 15;

/** `tags` of a deployment. */
export function checkDeploymentTags(args: Section<WandbDeploymentArgs>): void {
    const tags = args.texts("tags");
    if (tags.length > MostTags) {
        args.refuse(
            "tags",
            `has ${tags.length} entries, but private DNS zones, which have them as all else has, take at most ${MostTags}. Leave some out.`,
        );
    }
    const keys = tags.map(({ key }) => key.toLowerCase());
    tags.forEach((tag, index) => {
        args.checkEntry({ path: tag.path, value: tag.key }, (key) =>
            keys.indexOf(key.toLowerCase()) < index
                ? "differs from another key in case only, which Azure does not tell apart. Leave one out."
                : wrongTagKey(key),
        );
        args.checkEntry(tag, wrongTag);
    });
}
