import type { Policies } from "@pulumi/policy";
import { state } from "../settings";
import { settingPolicy } from "./setting";

/** Policies of Azure whose least version is TLS 1.0 or 1.1. */
const OldPolicies = /^AppGwSslPolicy(?:20150501|20170401)$/;

const oldTls = settingPolicy(
    {
        name: "wandb-azure-load-balancer-old-tls",
        description:
            "TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). A gateway that takes them can be made to use them.",
        level: "mandatory",
        severity: "high",
        remedy: "Set sslPolicy.policyName to AppGwSslPolicy20220101.",
        documentation: "https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview",
        fix: "Set policyName to AppGwSslPolicy20220101, or minProtocolVersion to TLSv1_2.",
    },
    ["azure-native:network:ApplicationGateway"],
    (gateway) => {
        const [name, version] = [gateway.find("sslPolicy.policyName"), gateway.find("sslPolicy.minProtocolVersion")];
        return [
            OldPolicies.test(name.text ?? "") && {
                place: name,
                message: `${state(name)}, so TLS 1.0 or 1.1 is accepted`,
            },
            /^TLSv1_[01]$/.test(version.text ?? "") && {
                place: version,
                message: `${state(version)}, so TLS 1.0 or 1.1 is accepted`,
            },
        ];
    },
);

const wafMode = settingPolicy(
    {
        name: "wandb-azure-waf-detection",
        description:
            "A firewall in detection mode writes down what it finds and lets it through. One that is disabled does not even look.",
        level: "advisory",
        severity: "medium",
        remedy: "Set policySettings.mode to Prevention, and leave state Enabled.",
        documentation: "https://learn.microsoft.com/azure/web-application-firewall/ag/create-waf-policy-ag",
        fix: "Set mode to Prevention and state to Enabled.",
    },
    ["azure-native:network:WebApplicationFirewallPolicy"],
    (firewall) => {
        const [mode, status] = [firewall.find("policySettings.mode"), firewall.find("policySettings.state")];
        return [
            mode.text === "Detection" && {
                place: mode,
                message: "is Detection, so attacks are logged and let through",
            },
            status.text === "Disabled" && { place: status, message: "is Disabled, so nothing looks for attacks" },
        ];
    },
);

/** Policies about Application Gateway and its firewall. */
export const loadBalancerPolicies: Policies = [oldTls, wafMode];
