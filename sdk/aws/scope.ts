import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import type * as pulumi from "@pulumi/pulumi";
import type { Protection } from "../protection";

/** What all AWS resources of one component share. */
export interface AwsScope extends Protection {
    /** Logical name of the component, prefix of its children's logical names. */
    readonly name: string;
    /** `aws`, `aws-us-gov` or `aws-cn`: the second part of every ARN. */
    readonly partition: pulumi.Output<string>;
    /** Where everything lies. */
    readonly region: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
    readonly tags: Readonly<Record<string, pulumi.Input<string>>> | undefined;
}

/** What the caller decides for all of them. */
export type ScopeSettings = Pick<AwsScope, "tags" | "deletionProtection" | "retainData">;

/** Asks the provider of `parent` whose account, which partition and which region it works in. */
export function createScope(name: string, parent: pulumi.Resource, settings: ScopeSettings): AwsScope {
    const options = { parent };
    return {
        name,
        parent,
        partition: getPartitionOutput({}, options).partition,
        region: getRegionOutput({}, options).region,
        // By number: the caller's own ARN differs from run to run.
        accountId: getCallerIdentityOutput({}, options).accountId,
        ...settings,
    };
}
