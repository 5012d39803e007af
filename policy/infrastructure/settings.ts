import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../resource";

/** Whether a flag is set for certain. */
export function isOn(view: View): boolean {
    return view.scalar?.toLowerCase() === "true";
}

/** Whether a flag that is off by itself is off for certain. */
export function isOff(view: View): boolean {
    return view.absent || view.scalar?.toLowerCase() === "false";
}

/** `is not set`, or `is false` with the value given. */
export function state(view: View): string {
    return view.absent ? "is not set" : `is ${view.scalar ?? "set"}`;
}

/** Members of a list, or the one thing that stands in its place. */
export function each(view: View): View[] {
    return view.isList ? view.items : view.given ? [view] : [];
}

/** Known texts of a list, or the one text in its place. */
export function texts(view: View): string[] {
    return each(view).flatMap(({ text }) => text ?? []);
}

/** Whether a list, or a member of it, is not known. */
export function isPartlyUnknown(view: View): boolean {
    return each(view).some(({ unknown }) => unknown);
}

/** Of these the one that a property names by a property of theirs; while the name is not known, the only one that there is. */
export function named(reference: View, candidates: readonly Resource[], key: string): Resource | undefined {
    if (reference.unknown) {
        return candidates.length === 1 ? candidates[0] : undefined;
    }
    const { text } = reference;
    return text === undefined ? undefined : candidates.find(({ properties }) => properties.at(key).text === text);
}

/** Resources of some types. */
export function ofType(resources: readonly Resource[], ...types: readonly string[]): Resource[] {
    return resources.filter(({ type }) => types.includes(type));
}

/**
 * Whether a range is as good as everybody. S3 counts IPv4 ranges broader than /8 and IPv6 ranges broader than /32 as public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isWide(range: string): boolean {
    const match = /^([^/]+)\/(\d{1,3})$/.exec(range.trim());
    return match !== null && Number(match[2]) < (match[1].includes(":") ? 32 : 8);
}
