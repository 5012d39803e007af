import type { Policies } from "@pulumi/policy";
import { bucketPolicies } from "./bucket";
import { cachePolicies } from "./cache";
import { clusterPolicies } from "./cluster";
import { databasePolicies } from "./database";
import { identityPolicies } from "./identity";
import { loadBalancerPolicies } from "./load-balancer";
import { networkPolicies } from "./network";
import { vaultPolicies } from "./vault";

/** Policies about resources of Azure, whoever makes them. Its SDK is not needed: resources are known by their types. */
export const azurePolicies: Policies = [
    ...networkPolicies,
    ...clusterPolicies,
    ...databasePolicies,
    ...cachePolicies,
    ...bucketPolicies,
    ...vaultPolicies,
    ...identityPolicies,
    ...loadBalancerPolicies,
];
