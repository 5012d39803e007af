import type * as pulumi from "@pulumi/pulumi";
import type { RoleFacts } from "../facts";
import { secretsKeyPolicy } from "../iam/controller-policies";
import { createRole, type IamSettings, serviceTrust } from "../iam/iam";
import type { AwsScope } from "../scope";

/** The role of the control plane. */
export function createClusterRole(
    scope: AwsScope,
    iam: IamSettings,
    { roleName, keyArn }: { readonly roleName?: pulumi.Input<string>; readonly keyArn: pulumi.Output<string> },
): RoleFacts {
    return createRole(scope, iam, {
        role: "cluster-role",
        roleName,
        description: "EKS control plane of Weights & Biases",
        trust: serviceTrust("eks.amazonaws.com"),
        managedPolicies: ["AmazonEKSClusterPolicy"],
        policies: { secrets: keyArn.apply(secretsKeyPolicy) },
    });
}
