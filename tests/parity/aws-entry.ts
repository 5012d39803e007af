import { AwsLoadBalancerScheme } from "../../sdk/index";
import { argument, gone, input, instead, type ParityRow, reason } from "./row";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const annotation = (name: string) => `spec.values.ingress.annotations.alb\\.ingress\\.kubernetes\\.io/${name}`;

/** Variables of how users come in. */
export const entryRows: readonly ParityRow[] = [
    argument(
        "public_access",
        "aws.dns",
        { aws: { dns: { zoneId: undefined, certificateArn: certificate } } },
        gone("demo-certificate-validation"),
    ),
    argument(
        "external_dns",
        "aws.dns.externalDns",
        { aws: { dns: { externalDns: true } } },
        gone("demo-dns-record-7c60ec74"),
        input("demo-external-dns", "values.extraArgs", ["--zone-id-filter=Z0123456789ABCDEFGHIJ"]),
    ),
    instead("custom_domain_filter", "external-dns may change the zone `aws.dns.zoneId` and no other."),
    argument(
        "zone_id",
        "aws.dns.zoneId",
        { aws: { dns: { zoneId: "Z00000000000000000001" } } },
        input("demo-dns-record-7c60ec74", "zoneId", "Z00000000000000000001"),
    ),
    argument(
        "domain_name",
        "host",
        { host: "ml.example.org" },
        input("demo-certificate", "domainName", "ml.example.org"),
    ),
    instead(
        "subdomain",
        "`host` is the whole name, so the certificate is always for the name that users open (Trap 3).",
        input("demo-certificate", "domainName", "wandb.example.com"),
    ),
    argument(
        "extra_fqdn",
        "ingress.additionalHosts",
        { ingress: { additionalHosts: ["other.example.com"] } },
        input("demo-certificate", "subjectAlternativeNames", ["other.example.com"]),
        input("demo-instance", "spec.values.ingress.additionalHosts", ["other.example.com"]),
    ),
    argument(
        "acm_certificate_arn",
        "aws.dns.certificateArn",
        { aws: { dns: { certificateArn: certificate } } },
        input("demo-instance", annotation("certificate-arn"), certificate),
        gone("demo-certificate-validation"),
    ),
    argument(
        "allowed_inbound_cidr",
        "aws.loadBalancer.inboundCidrs",
        { aws: { loadBalancer: { inboundCidrs: ["198.51.100.0/24", "203.0.113.0/24"] } } },
        input("demo-instance", annotation("inbound-cidrs"), "198.51.100.0/24,203.0.113.0/24"),
    ),
    reason(
        "allowed_inbound_ipv6_cidr",
        "It reached a security group that no load balancer used; W&B is reached by IPv4.",
    ),
    argument(
        "private_link_allowed_account_ids",
        "aws.privateLink.allowedAccountIds",
        { aws: { privateLink: { allowedAccountIds: ["210987654321"] } } },
        input("demo-private-link-service", "allowedPrincipals", ["arn:aws:iam::210987654321:root"]),
        input("demo-instance", "spec.values.ingress.additionalHosts", [""]),
    ),
    argument(
        "allowed_private_endpoint_cidr",
        "aws.privateLink.inboundCidrs",
        { aws: { privateLink: { allowedAccountIds: ["210987654321"], inboundCidrs: ["10.0.0.0/8"] } } },
        input("demo-private-link-from-93997fe8", "cidrIpv4", "10.0.0.0/8"),
    ),
    argument(
        "private_only_traffic",
        "aws.loadBalancer.scheme",
        { aws: { loadBalancer: { scheme: AwsLoadBalancerScheme.Internal } } },
        input("demo-instance", annotation("scheme"), "internal"),
    ),
    argument(
        "kubernetes_alb_internet_facing",
        "aws.loadBalancer.scheme",
        { aws: { loadBalancer: { scheme: AwsLoadBalancerScheme.Internal } } },
        input("demo-instance", annotation("scheme"), "internal"),
    ),
    argument(
        "kubernetes_alb_subnets",
        "aws.network.existing.loadBalancerSubnetIds",
        {
            aws: {
                network: {
                    existing: {
                        vpcId: "vpc-0123456789abcdef0",
                        privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                        loadBalancerSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
                    },
                },
            },
        },
        input("demo-instance", annotation("subnets"), "subnet-0123456789abcdef2,subnet-0123456789abcdef3"),
    ),
    argument(
        "aws_loadbalancer_controller_tags",
        "tags",
        { tags: { team: "ml" } },
        input("demo-load-balancer-controller", "values.defaultTags.team", "ml"),
    ),
    argument(
        "external_dns_image_repository",
        "charts.externalDns.values",
        {
            aws: { dns: { externalDns: true } },
            charts: { externalDns: { values: { image: { repository: "mirror.example/external-dns" } } } },
        },
        input("demo-external-dns", "values.image.repository", "mirror.example/external-dns"),
    ),
    argument(
        "external_dns_image_tag",
        "charts.externalDns.values",
        { aws: { dns: { externalDns: true } }, charts: { externalDns: { values: { image: { tag: "v1" } } } } },
        input("demo-external-dns", "values.image.tag", "v1"),
    ),
    argument(
        "aws_loadbalancer_controller_image_repository",
        "charts.awsLoadBalancerController.values",
        { charts: { awsLoadBalancerController: { values: { image: { repository: "mirror.example/lbc" } } } } },
        input("demo-load-balancer-controller", "values.image.repository", "mirror.example/lbc"),
    ),
    argument(
        "aws_loadbalancer_controller_image_tag",
        "charts.awsLoadBalancerController.values",
        { charts: { awsLoadBalancerController: { values: { image: { tag: "v1" } } } } },
        input("demo-load-balancer-controller", "values.image.tag", "v1"),
    ),
    argument(
        "cluster_autoscaler_image_repository",
        "charts.clusterAutoscaler.values",
        { charts: { clusterAutoscaler: { values: { image: { repository: "mirror.example/ca" } } } } },
        input("demo-cluster-autoscaler", "values.image.repository", "mirror.example/ca"),
    ),
    argument(
        "cluster_autoscaler_image_tag",
        "charts.clusterAutoscaler.values",
        { charts: { clusterAutoscaler: { values: { image: { tag: "v1" } } } } },
        input("demo-cluster-autoscaler", "values.image.tag", "v1"),
    ),
];
