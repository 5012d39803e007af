import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { InstanceType } from "../../releases";
import type { Resource } from "../../resource";
import { resourcePolicy } from "../../rule";
import { isOn, isWide, state, texts } from "../settings";

/** Every policy ends with this rule, which is for everybody. */
const DefaultPriority = 2_147_483_647;

const openArmor = resourcePolicy(
    {
        name: "wandb-gcp-armor-open",
        description:
            "A security policy of Cloud Armor lets everybody in unless a rule says otherwise. Without such a rule the whole internet reaches W&B's login and API.",
        level: "advisory",
        severity: "medium",
        remedy: "Name the ranges of your users in rules that allow them, and let the last rule deny.",
        documentation: "https://docs.cloud.google.com/armor/docs/security-policy-overview",
    },
    ["gcp:compute/securityPolicy:SecurityPolicy"],
    function* (resource) {
        const [rules, type] = [resource.properties.at("rules"), resource.properties.at("type")];
        const forBackends = type.absent || type.text === "CLOUD_ARMOR";
        if (forBackends && letsEverybodyIn(rules.items)) {
            yield {
                resource,
                path: rules.path,
                message:
                    "let everybody in before one of them denies or limits, so the whole internet reaches W&B's login and API",
                remedy: "Allow the ranges of your users and deny the rest; silence this where W&B is meant for everybody.",
            };
        }
    },
);

/** Whether no rule denies, limits or sends elsewhere before one that lets everybody in. Without any, rules may be resources of their own. */
function letsEverybodyIn(rules: readonly View[]): boolean {
    if (!rules.every((rule) => rule.at("priority").number !== undefined)) {
        return false;
    }
    const first = rules
        // What a preview rule would do is only logged.
        .filter((rule) => !isOn(rule.at("preview")))
        .sort((one, other) => Number(one.at("priority").number) - Number(other.at("priority").number))
        .find((rule) => rule.at("action").text !== "allow" || isForEverybody(rule));
    return first?.at("action").text === "allow";
}

function isForEverybody(rule: View): boolean {
    const ranges = texts(rule.find("match.config.srcIpRanges"));
    return rule.at("priority").number === DefaultPriority || ranges.some((range) => range === "*" || isWide(range));
}

const oldTls = resourcePolicy(
    {
        name: "wandb-gcp-load-balancer-old-tls",
        description:
            "TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). A load balancer that takes them can be made to use them.",
        level: "mandatory",
        severity: "high",
        remedy: "Set minTlsVersion to TLS_1_2.",
        documentation: "https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts",
    },
    ["gcp:compute/sSLPolicy:SSLPolicy", "gcp:compute/regionSslPolicy:RegionSslPolicy"],
    function* (resource) {
        const version = resource.properties.at("minTlsVersion");
        if (version.absent || /^TLS_1_[01]$/.test(version.text ?? "")) {
            yield {
                resource,
                path: version.path,
                message: `${version.absent ? "is not set, which Google takes for TLS_1_0" : state(version)}, so TLS 1.0 or 1.1 is accepted`,
                remedy: "Set it to TLS_1_2, with the profile MODERN or RESTRICTED.",
            };
        }
    },
);

const FrontendConfigType = "kubernetes:networking.gke.io/v1beta1:FrontendConfig";
const IngressType = "kubernetes:networking.k8s.io/v1:Ingress";

const tlsPolicy = resourcePolicy(
    {
        name: "wandb-gcp-ingress-tls-policy",
        description:
            "A load balancer without an SSL policy takes Google's own. Its profile is COMPATIBLE and its least version TLS 1.0, which is broken and withdrawn (RFC 8996).",
        level: "advisory",
        severity: "medium",
        remedy: "Name an SSL policy, for an Ingress of GKE in a FrontendConfig.",
        documentation: "https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts",
    },
    [
        "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
        "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
        FrontendConfigType,
        IngressType,
        InstanceType,
    ],
    function* (resource) {
        const policy = policyOf(resource);
        if (policy?.empty === true) {
            yield {
                resource,
                path: policy.path,
                message: "is not set, so Google's own policy takes TLS 1.0",
                remedy: "Set it, and minTlsVersion of the SSL policy to TLS_1_2.",
            };
        }
    },
);

/** Where the SSL policy of a load balancer is named; undefined where there is none, or no TLS. */
function policyOf({ type, properties }: Resource): View | undefined {
    switch (type) {
        case IngressType:
            return frontendOf(properties.find("metadata.annotations"), properties.find("spec.tls"));
        case InstanceType: {
            const ingress = properties.find("spec.values.ingress");
            return frontendOf(ingress.at("annotations"), ingress.at("tls"));
        }
        case FrontendConfigType:
            return properties.find("spec.sslPolicy");
        default:
            return properties.at("sslPolicy");
    }
}

/** What gives an Ingress of GKE a certificate, beside its own list. */
const Certificates = ["ingress.gcp.kubernetes.io/pre-shared-cert", "networking.gke.io/managed-certificates"];

/** Only an external Ingress has a FrontendConfig, and GKE knows its class by the annotation. */
function frontendOf(annotations: View, tls: View): View | undefined {
    const external = annotations.at("kubernetes.io/ingress.class").text === "gce";
    const encrypted = tls.filled || Certificates.some((key) => annotations.at(key).filled);
    return external && encrypted ? annotations.at("networking.gke.io/v1beta1.FrontendConfig") : undefined;
}

/** Policies about load balancers in front of W&B. */
export const loadBalancerPolicies: Policies = [openArmor, oldTls, tlsPolicy];
