import { getSecurityPolicy, SecurityPolicy } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpLoadBalancerArgs } from "../args/entry";
import { lookUp } from "../../look-up";
import type { GcpDeploymentScope } from "../scope";
import { armorRules } from "./armor-rules";
import { successorFirst } from "../../successor-first";

export interface ArmorFacts {
    /** Name of the policy. */
    readonly name: pulumi.Output<string>;
    /** Where it is made here. */
    readonly made?: pulumi.Resource;
}

/**
 * The security policy that the chart attaches to W&B's Services: one that is made, your own, or none. The rules stand in the policy
 * itself, so that there is no moment in which some of them are missing.
 */
export function createArmor(
    { name: deployment, project, parent, labels }: GcpDeploymentScope,
    { armor = {}, inboundCidrs }: GcpLoadBalancerArgs,
    apis: Apis,
): ArmorFacts | undefined {
    if (armor.existingPolicy !== undefined) {
        const path = "gcp.loadBalancer.armor.existingPolicy";
        const wanted = "the name of a global security policy of the project";
        const given = armor.existingPolicy;
        const name = project.apply((known) =>
            lookUp({ path, wanted, resource: parent }, given, async (policy) => {
                await getSecurityPolicy({ name: policy, project: known }, { parent });
                return policy;
            }),
        );
        return { name };
    }
    if (armor.enabled === false) {
        return undefined;
    }
    const made = new SecurityPolicy(
        `${deployment}-security-policy`,
        {
            name: armor.policyName,
            project,
            description: "Who may connect to Weights & Biases",
            type: "CLOUD_ARMOR",
            rules: armorRules(armor, inboundCidrs),
            labels,
        },
        { parent, dependsOn: apis.need("compute"), ...successorFirst(armor.policyName) },
    );
    return { name: made.name, made };
}
