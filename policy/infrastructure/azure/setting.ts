import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { resourcePolicy, type Rule } from "../../rule";

type Policy = Policies[number];

/** A setting that is wrong. */
export interface Fault {
    readonly place: View;
    /** What is wrong, with the value given. */
    readonly message: string;
}

/** What is wrong with the properties of one resource; falsy members are left out, so that a condition can stand before a fault. */
type Judge = (properties: View, type: string) => readonly (Fault | false)[];

/** A policy about settings of each resource of some types of azure-native. `fix` is what to do about one finding. */
export function settingPolicy(
    { fix, ...rule }: Rule & { readonly fix: string },
    types: readonly [string, ...string[]],
    judge: Judge,
): Policy {
    return resourcePolicy(rule, types, function* (resource) {
        for (const fault of judge(resource.properties, resource.type)) {
            if (fault !== false) {
                yield { resource, path: fault.place.path, message: fault.message, remedy: fix };
            }
        }
    });
}
