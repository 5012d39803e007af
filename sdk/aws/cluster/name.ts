import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { AwsScope } from "../scope";

/**
 * Name of the cluster. It is made before the cluster is: the log group's name holds it and the group has to be there first, or EKS makes
 * one that keeps its records for ever.
 */
export function clusterName(
    { name, parent }: AwsScope,
    given: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
    if (given !== undefined) {
        return pulumi.output(given);
    }
    return new RandomId(`${name}-cluster-name`, { byteLength: 4, prefix: `${name}-` }, { parent }).hex;
}
