import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network/webApplicationFirewallPolicy";
import * as pulumi from "@pulumi/pulumi";
import { AzureGatewaySku, type AzureGatewayArgs, AzureWafMode, AzureWafRuleSet } from "../args/entry";
import type { AzureDeploymentScope } from "../scope";

/** Resource id of the web application firewall policy: one that is made, your own, or none. */
export function createWafPolicy(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { sku, waf = {} }: AzureGatewayArgs,
): pulumi.Output<string> | undefined {
    if (sku !== AzureGatewaySku.Waf) {
        return undefined;
    }
    if (waf.existingPolicyId !== undefined) {
        return pulumi.output(waf.existingPolicyId);
    }
    const [ruleSetType, ruleSetVersion] = (waf.ruleSet ?? AzureWafRuleSet.Default21).split(" ");
    const bots = { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" };
    return new WebApplicationFirewallPolicy(
        `${name}-waf-policy`,
        {
            policyName: waf.policyName,
            resourceGroupName,
            location,
            managedRules: {
                managedRuleSets: [{ ruleSetType, ruleSetVersion }, ...((waf.botRules ?? true) ? [bots] : [])],
            },
            policySettings: {
                state: "Enabled",
                mode: waf.mode ?? AzureWafMode.Prevention,
                requestBodyCheck: true,
                requestBodyInspectLimitInKB: waf.inspectedBodyKb ?? 128,
                // W&B's requests are longer than any limit that Azure offers.
                requestBodyEnforcement: false,
                fileUploadEnforcement: false,
            },
            tags,
        },
        { parent },
    ).id;
}
