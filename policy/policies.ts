import type { Policies } from "@pulumi/policy";
import { checkPolicies } from "./checks";
import { literalCredentials } from "./credentials";
import { awsPolicies } from "./infrastructure/aws";
import { azurePolicies } from "./infrastructure/azure";
import { gcpPolicies } from "./infrastructure/gcp";
import { kubernetesPolicies } from "./infrastructure/kubernetes";
import { unprotectedInstance } from "./protection";

/** All policies of the pack. What surrounds W&B has one file, or folder, for each platform in `infrastructure`. */
export const policies: Policies = [
    ...checkPolicies,
    literalCredentials,
    unprotectedInstance,
    ...kubernetesPolicies,
    ...awsPolicies,
    ...gcpPolicies,
    ...azurePolicies,
];
