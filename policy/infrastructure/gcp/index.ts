import type { Policies } from "@pulumi/policy";
import { bucketPolicies } from "./bucket";
import { cachePolicies } from "./cache";
import { clusterPolicies } from "./cluster";
import { databasePolicies } from "./database";
import { identityPolicies } from "./identity";
import { keyPolicies } from "./key";
import { loadBalancerPolicies } from "./load-balancer";
import { networkPolicies } from "./network";
import { nodePolicies } from "./nodes";

/** Policies about resources of Google Cloud, whoever makes them. Its SDK is not needed: resources are known by their types. */
export const gcpPolicies: Policies = [
    ...networkPolicies,
    ...clusterPolicies,
    ...nodePolicies,
    ...databasePolicies,
    ...cachePolicies,
    ...bucketPolicies,
    ...keyPolicies,
    ...identityPolicies,
    ...loadBalancerPolicies,
];
