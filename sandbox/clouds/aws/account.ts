/** Whose account a provider works in, and where. */
import type { PropertyModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";

/** Account of the simulated caller when no role of another account is assumed. */
const ownAccount = "123456789012";

export interface Account {
    readonly accountId: string;
    readonly partition: string;
    readonly dnsSuffix: string;
    readonly callerArn: string;
    /** The role whose session the caller is; policies that name it mean the session too. */
    readonly roleArn?: string;
}

/**
 * The caller's account and partition. Partitions by region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function accountOf(config: PropertyMap): Account {
    const region = textOf(config["region"]);
    const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const roles = Array.isArray(config["assumeRoles"]) ? config["assumeRoles"] : [];
    const role = roles
        .filter(isMap)
        .map(({ roleArn }) => textOf(roleArn))
        .at(-1);
    if (role === undefined || role === "") {
        return {
            accountId: ownAccount,
            partition,
            dnsSuffix,
            callerArn: `arn:${partition}:iam::${ownAccount}:user/sandbox`,
        };
    }
    const [, , , , accountId, name] = role.split(":");
    const session = `${name.replace(/^role\//, "assumed-role/").replace(/\/.*\//, "/")}/sandbox`;
    return {
        accountId,
        partition,
        dnsSuffix,
        callerArn: `arn:${partition}:sts::${accountId}:${session}`,
        roleArn: role,
    };
}

/** Region of a resource: its own, which provider 7 knows for each resource, else the provider's. */
export function regionOf(inputs: PropertyMap, config: PropertyMap): string {
    return textOf(inputs["region"] ?? config["region"]);
}

export const region: PropertyModel = { type: "string", description: "Region of this resource; else the provider's." };
export const tags: PropertyModel = { type: "map" };
/** Own tags and the provider's default ones, own first. */
export const tagsAll: PropertyModel = { type: "map" };

export function allTags(inputs: PropertyMap, config: PropertyMap): PropertyMap {
    const defaults = isMap(config["defaultTags"]) ? config["defaultTags"]["tags"] : undefined;
    const own = inputs["tags"];
    return { ...(isMap(defaults) ? defaults : {}), ...(isMap(own) ? own : {}) };
}

const mostTags = 50;

/**
 * What AWS says of tags that it does not take, default ones included:
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function refusedTags(inputs: PropertyMap, config: PropertyMap): string | undefined {
    const keys = Object.keys(allTags(inputs, config));
    const reserved = keys.find((key) => /^aws:/i.test(key));
    if (reserved !== undefined) {
        return `InvalidTag: aws: prefixed tag key names are not allowed for external use (${reserved})`;
    }
    return keys.length > mostTags
        ? `BadRequest: the count of tags cannot be greater than ${mostTags} (${keys.length} given, default tags included)`
        : undefined;
}
