/** Load balancing on Compute Engine: what programs of this repository use of it. */
import type { InvokeModel, ResourceModel } from "../../model";
import { addressInvokes } from "./address-lookups";
import { armor, armorInvokes } from "./armor";
import { certificates } from "./certificates";
import { forwardingRuleInvokes, forwardingRules } from "./forwarding-rule";
import { serviceAttachments } from "./service-attachment";
import { sslPolicies } from "./ssl-policy";

export const loadBalancing: readonly ResourceModel[] = [
    ...armor,
    ...certificates,
    ...forwardingRules,
    ...serviceAttachments,
    ...sslPolicies,
];
export const loadBalancingInvokes: readonly InvokeModel[] = [
    ...addressInvokes,
    ...armorInvokes,
    ...forwardingRuleInvokes,
];
