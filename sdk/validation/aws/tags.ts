import type { WandbDeploymentArgs } from "../../args";
import type { AwsLoadBalancerArgs } from "../../aws/args/entry";
import type { Section } from "../section";
import { wrongTag, wrongTagKey } from "./rules";

type Tagged = Pick<AwsLoadBalancerArgs, "tags">;

/** A resource of AWS has at most this many tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html */
export const MostTags = 50;

/** The component, the load balancer controller and the driver of volumes add tags of their own to those of a deployment. */
const MostDeploymentTags = 40;

/** `tags` of a deployment: they reach the load balancer, and the volumes by the EBS CSI driver, too. */
export function checkDeploymentTags(args: Section<WandbDeploymentArgs>): void {
    const tags = args.texts("tags");
    if (tags.length > MostDeploymentTags) {
        args.refuse(
            "tags",
            `has ${tags.length} entries, but AWS takes at most ${MostTags} for a resource, and up to ten are added to yours. Give at most ${MostDeploymentTags}.`,
        );
    }
    for (const { path } of tags.filter(({ key }) => reservedByDriver(key))) {
        args.report(
            path,
            "is a tag that the EBS CSI driver keeps for itself, and would not start with. Choose another key.",
        );
    }
    checkLoadBalancerTags(args);
}

/** https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md */
function reservedByDriver(key: string): boolean {
    return /^(kubernetes\.io|ebs\.csi\.aws\.com\/)/.test(key) || /^CSIVolume(Snapshot)?Name$/.test(key);
}

/** Tags reach the load balancer in an annotation of the form `key=value,key=value`. */
export function checkLoadBalancerTags(section: Section<Tagged>): void {
    checkTags(section, (key) => wrongTagKey(key) ?? wrongForController(key));
}

/** Keys and values of `tags`. */
export function checkTags(section: Section<Tagged>, wrongKey = wrongTagKey): void {
    for (const tag of section.texts("tags")) {
        section.checkEntry({ path: tag.path, value: tag.key }, wrongKey);
        section.checkEntry(tag, wrongTag);
    }
}

function wrongForController(key: string): string | undefined {
    if (key.includes("=")) {
        return "has an equals sign in its key, which the load balancer controller cannot read. Choose another key.";
    }
    return /^(elbv2|ingress)\.k8s\.aws\//.test(key)
        ? "is a tag that the load balancer controller sets itself. Choose another key."
        : undefined;
}
