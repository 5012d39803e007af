import type { Policies } from "@pulumi/policy";
import { accessPolicies } from "./access";
import { bucketPolicies } from "./bucket";
import { cachePolicies } from "./cache";
import { clusterPolicies } from "./cluster";
import { databasePolicies } from "./database";
import { identityPolicies } from "./identity";
import { keyPolicies } from "./key";
import { loadBalancerPolicies } from "./load-balancer";
import { networkPolicies } from "./network";
import { volumePolicies } from "./volumes";

/** Policies about resources of AWS, whoever makes them. The SDK of AWS is not needed: resources are known by their types. */
export const awsPolicies: Policies = [
    ...networkPolicies,
    ...clusterPolicies,
    ...volumePolicies,
    ...databasePolicies,
    ...cachePolicies,
    ...bucketPolicies,
    ...keyPolicies,
    ...identityPolicies,
    ...accessPolicies,
    ...loadBalancerPolicies,
];
