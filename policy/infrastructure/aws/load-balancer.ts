import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { InstanceType, ReleaseType } from "../../releases";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, stackPolicy } from "../../rule";
import { isWide } from "../settings";

const IngressType = "kubernetes:networking.k8s.io/v1:Ingress";
const ListenerTypes = ["aws:alb/listener:Listener", "aws:lb/listener:Listener"];

const Prefix = "alb.ingress.kubernetes.io/";

/**
 * Annotations of an Ingress that the AWS Load Balancer Controller makes a load balancer of: of an Ingress of the stack, or of the one
 * that the application's chart makes of a custom resource.
 */
function annotationsOf({ type, properties }: Resource): View | undefined {
    const values = properties.find("spec.values.ingress");
    const [annotations, className] =
        type === InstanceType
            ? [values.at("annotations"), values.at("class")]
            : [properties.find("metadata.annotations"), properties.find("spec.ingressClassName")];
    const named = [className, annotations.at("kubernetes.io/ingress.class")].some(({ text }) => text === "alb");
    const isAlb = named || annotations.members.some(([key]) => key.startsWith(Prefix));
    return (type === InstanceType || type === IngressType) && isAlb && !annotations.unknown ? annotations : undefined;
}

/** Annotations by which somebody decides who gets through. */
const Guards = ["security-groups", "security-group-prefix-lists", "wafv2-acl-arn", "wafv2-acl-name", "waf-acl-id"];

const open = resourcePolicy(
    {
        name: "wandb-aws-ingress-open",
        description:
            "An internet-facing load balancer without inbound-cidrs answers everybody. The whole internet reaches W&B's login and API.",
        level: "advisory",
        severity: "medium",
        remedy: `Set the annotation ${Prefix}inbound-cidrs, or put a web ACL in front.`,
    },
    [IngressType, InstanceType],
    function* (resource) {
        const annotations = annotationsOf(resource);
        if (annotations?.at(`${Prefix}scheme`).text !== "internet-facing") {
            return;
        }
        const ranges = annotations.at(`${Prefix}inbound-cidrs`);
        const guarded = Guards.some((key) => annotations.at(`${Prefix}${key}`).filled);
        const wide = (ranges.text ?? "").split(",").some(isWide);
        if (!guarded && (ranges.empty || wide)) {
            yield {
                resource,
                path: ranges.path,
                message: `${ranges.empty ? "is not set" : `is "${ranges.text}"`}, so the whole internet reaches W&B's login and API`,
                remedy: "List the ranges of your users, or set wafv2-acl-arn; silence this where W&B is meant for everybody.",
            };
        }
    },
);

/** Policies that still take TLS 1.0 or 1.1: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const OldPolicy = /^ELBSecurityPolicy-(?:2015-05|2016-08|FS-2018-06|(?:FS|TLS|TLS13)-1-[01]-.+)$/;

const Newer = "Set it to ELBSecurityPolicy-TLS13-1-2-2021-06 or newer.";

const oldTls = resourcePolicy(
    {
        name: "wandb-aws-load-balancer-old-tls",
        description:
            "TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). A load balancer that takes them can be made to use them.",
        level: "mandatory",
        severity: "high",
        remedy: "Choose a security policy of TLS 1.2 or newer.",
    },
    [IngressType, InstanceType, ...ListenerTypes],
    function* (resource) {
        const { type, properties } = resource;
        const policy = ListenerTypes.includes(type)
            ? properties.at("sslPolicy")
            : annotationsOf(resource)?.at(`${Prefix}ssl-policy`);
        // Elastic Load Balancing's own choice for a listener is an old one.
        const unsaid = policy?.absent === true && /^(?:HTTPS|TLS)$/.test(properties.at("protocol").text ?? "");
        if (policy !== undefined && (unsaid || OldPolicy.test(policy.text ?? ""))) {
            yield {
                resource,
                path: policy.path,
                message: `${policy.absent ? "is not set, which AWS takes for ELBSecurityPolicy-2016-08" : `is ${policy.text}`}, so TLS 1.0 or 1.1 is accepted`,
                remedy: Newer,
            };
        }
    },
);

/** Advice only: the controller's own default can be set where it is installed. */
const tlsPolicy = stackPolicy(
    {
        name: "wandb-aws-ingress-tls-policy",
        description:
            "Without ssl-policy the AWS Load Balancer Controller takes ELBSecurityPolicy-2016-08, unless it was installed with another default. That one accepts TLS 1.0.",
        level: "advisory",
        severity: "medium",
        remedy: `Set the annotation ${Prefix}ssl-policy.`,
    },
    (resources) =>
        resources.some(setsTheDefault)
            ? []
            : resources.filter(({ type }) => type === IngressType || type === InstanceType).flatMap(withoutTlsPolicy),
);

function setsTheDefault({ type, properties }: Resource): boolean {
    return type === ReleaseType && properties.find("values.defaultSSLPolicy").filled;
}

function withoutTlsPolicy(resource: Resource): Finding[] {
    const annotations = annotationsOf(resource);
    const policy = annotations?.at(`${Prefix}ssl-policy`);
    // Without either there is no TLS; other policies tell of that.
    const tls =
        annotations?.at(`${Prefix}certificate-arn`).filled === true ||
        annotations?.at(`${Prefix}listen-ports`).text?.includes("HTTPS") === true;
    return policy?.empty === true && tls
        ? [
              {
                  resource,
                  path: policy.path,
                  message: "is not set, which the controller takes for ELBSecurityPolicy-2016-08, with TLS 1.0",
                  remedy: Newer,
              },
          ]
        : [];
}

/** Policies about load balancers in front of W&B. */
export const loadBalancerPolicies: Policies = [open, oldTls, tlsPolicy];
