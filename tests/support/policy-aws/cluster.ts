/** Faults of network, cluster and load balancer, each with the nearest changes that are none. */
import { UnknownText, type Written } from "../policy-stack";
import { Account, awsResource, type Row } from "./stack";

const open = (from: number, to: number, more: object = {}) => [
    { protocol: "tcp", fromPort: from, toPort: to, cidrBlocks: ["0.0.0.0/0"], ...more },
];

const network: readonly Row[] = [
    {
        policy: "store-port-public",
        on: "group",
        set: { ingress: open(3306, 3306) },
        at: "group: ingress[0].cidrBlocks",
        says: /lets everybody to port 3306, where MySQL would answer \(0\.0\.0\.0\/0 given\)\. List the ranges/,
        passes: [
            { on: "group", set: { ingress: open(3306, 3306, { cidrBlocks: ["10.0.0.0/8"] }) } },
            { on: "group", set: { ingress: open(3306, 3306, { cidrBlocks: [UnknownText] }) } },
            { on: "group", set: { ingress: UnknownText } },
            { on: "group", set: { ingress: open(3305, 3305, { protocol: "icmp" }) } },
            { on: "group", set: { ingress: [], egress: open(0, 65535) } },
        ],
    },
    {
        policy: "store-port-public",
        on: "rule",
        set: { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/1"] },
        at: "rule: cidrBlocks",
        says: /all ports, where EFS, MySQL, the cache would answer \(0\.0\.0\.0\/1 given\)/,
        passes: [{ on: "rule", set: { type: "egress", protocol: "-1", fromPort: 0, toPort: 0 } }],
    },
    {
        policy: "store-port-public",
        on: "cache-rule",
        set: { cidrIpv6: "::/0" },
        passes: [{ on: "cache-rule", set: { cidrIpv6: "2001:db8::/32" } }],
    },
    {
        policy: "port-public",
        on: "rule",
        set: { fromPort: 22, toPort: 22 },
        at: "rule: cidrBlocks",
        says: /lets everybody to port 22 \(0\.0\.0\.0\/0 given\)/,
        passes: [{ on: "rule", set: { fromPort: 443, toPort: 443 } }],
    },
    {
        policy: "port-public",
        on: "rule",
        set: { fromPort: 80, toPort: 443 },
        at: "rule: cidrBlocks",
        says: /ports 80 to 443/,
    },
    {
        policy: "endpoint-service-public",
        on: "service",
        set: { allowedPrincipals: ["*"] },
        passes: [
            { on: "service", set: { allowedPrincipals: ["*"], acceptanceRequired: true } },
            { on: "service", set: { allowedPrincipals: UnknownText } },
        ],
    },
    {
        policy: "endpoint-service-public",
        add: [awsResource("ec2/VpcEndpointServiceAllowedPrinciple", "allowed", { principalArn: "*" })],
        at: "allowed: principalArn",
    },
];

const cluster: readonly Row[] = [
    {
        policy: "cluster-public",
        on: "cluster",
        set: { "vpcConfig.publicAccessCidrs": undefined },
        says: /is not set, which AWS takes for 0\.0\.0\.0\/0, so the API server answers everybody\. List the ranges/,
        passes: [
            { on: "cluster", set: { vpcConfig: { endpointPublicAccess: false } } },
            { on: "cluster", set: { "vpcConfig.publicAccessCidrs": UnknownText } },
            { on: "cluster", set: { vpcConfig: { endpointPublicAccess: UnknownText } } },
        ],
    },
    // AWS turns the public endpoint on by itself.
    { policy: "cluster-public", on: "cluster", set: { vpcConfig: {} }, at: "cluster: vpcConfig.publicAccessCidrs" },
    {
        policy: "cluster-public",
        on: "cluster",
        set: { "vpcConfig.publicAccessCidrs": ["198.51.100.0/24", "0.0.0.0/0"] },
        says: /has 0\.0\.0\.0\/0,/,
        passes: [{ on: "cluster", set: { "vpcConfig.publicAccessCidrs": ["198.51.100.0/24", UnknownText] } }],
    },
    {
        policy: "cluster-key",
        on: "cluster",
        set: { encryptionConfig: undefined },
        passes: [{ on: "cluster", set: { "encryptionConfig.provider.keyArn": UnknownText } }],
    },
    {
        policy: "cluster-audit-log",
        on: "cluster",
        set: { enabledClusterLogTypes: ["api"] },
        passes: [
            { on: "cluster", set: { enabledClusterLogTypes: ["api", "audit"] } },
            { on: "cluster", set: { enabledClusterLogTypes: UnknownText } },
        ],
    },
    { policy: "cluster-version-unpinned", on: "cluster", set: { version: undefined } },
    {
        policy: "cluster-version-unpinned",
        on: "addon",
        set: { addonVersion: undefined },
        passes: [{ on: "addon", set: { addonVersion: UnknownText } }],
    },
    {
        policy: "node-metadata",
        on: "template",
        set: { "metadataOptions.httpPutResponseHopLimit": 2 },
        says: /is 2, so pods reach the metadata service/,
        passes: [
            { on: "template", set: { metadataOptions: { httpEndpoint: "disabled" } } },
            { on: "template", set: { "metadataOptions.httpPutResponseHopLimit": UnknownText } },
        ],
    },
    {
        policy: "node-metadata",
        on: "template",
        set: { metadataOptions: undefined },
        at: "template: metadataOptions.httpTokens",
        says: /is not set, so the image decides/,
    },
    { policy: "node-metadata", on: "template", set: { "metadataOptions.httpTokens": "optional" } },
];

const disk = (ebs: object) => [{ deviceName: "/dev/xvda", ebs }, { virtualName: "ephemeral0" }];

const volumes: readonly Row[] = [
    {
        policy: "volume-unencrypted",
        on: "template",
        set: { blockDeviceMappings: disk({ encrypted: false }) },
        at: "template: blockDeviceMappings[0].ebs.encrypted",
        says: /is false, so data lies in clear/,
        passes: [
            { on: "template", set: { blockDeviceMappings: disk({ encrypted: UnknownText }) } },
            { on: "template", set: { blockDeviceMappings: disk({ snapshotId: "snap-1" }) } },
            {
                on: "template",
                set: { blockDeviceMappings: disk({}) },
                add: [awsResource("ebs/EncryptionByDefault", "default", {})],
            },
        ],
    },
    {
        policy: "volume-unencrypted",
        on: "volume",
        set: { encrypted: undefined },
        says: /is not set/,
        passes: [{ on: "volume", set: { encrypted: undefined, snapshotId: "snap-1" } }],
    },
    {
        policy: "volume-unencrypted",
        on: "volume",
        set: { encrypted: false },
        add: [awsResource("ebs/EncryptionByDefault", "default", { enabled: false })],
        at: "volume: encrypted",
    },
    {
        policy: "volume-unencrypted",
        on: "gp3",
        set: { "parameters.encrypted": undefined },
        passes: [{ on: "gp3", set: { parameters: {}, provisioner: "efs.csi.aws.com" } }],
    },
    // The name of the vendor's Terraform module.
    {
        policy: "volume-unencrypted",
        on: "gp3",
        set: { provisioner: "kubernetes.io/aws-ebs", parameters: { type: "gp3", encrypted: "false" } },
        at: "gp3: parameters.encrypted",
    },
];

const Alb = "alb.ingress.kubernetes.io/";
const Values = "spec.values.ingress.annotations";

function ingress(annotations: Readonly<Record<string, unknown>>, className?: string): Written {
    const named = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${Alb}${key}`, value]));
    return {
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        name: "door",
        props: { metadata: { name: "door", annotations: named }, spec: { ingressClassName: className } },
    };
}

const facing = { scheme: "internet-facing", "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06" };
const Certificate = `arn:aws:acm:eu-west-1:${Account}:certificate/1`;
const listener = (props: Record<string, unknown>) => awsResource("lb/Listener", "listener", props);

const loadBalancer: readonly Row[] = [
    {
        policy: "ingress-open",
        on: "wandb",
        set: { [`${Values}//${Alb}scheme`]: "internet-facing" },
        at: `wandb: ${Values}["${Alb}inbound-cidrs"]`,
        says: /is not set, so the whole internet reaches W&B/,
        passes: [
            { on: "wandb", set: { [`${Values}//${Alb}scheme`]: "internal" } },
            { on: "wandb", set: { [Values]: UnknownText } },
            {
                on: "wandb",
                set: {
                    [`${Values}//${Alb}scheme`]: "internet-facing",
                    [`${Values}//${Alb}inbound-cidrs`]: "198.51.100.0/24,203.0.113.0/24",
                },
            },
        ],
    },
    {
        policy: "ingress-open",
        add: [ingress({ ...facing, "inbound-cidrs": "198.51.100.0/24, 0.0.0.0/0" })],
        at: `door: metadata.annotations["${Alb}inbound-cidrs"]`,
        says: /is "198\.51\.100\.0\/24, 0\.0\.0\.0\/0",/,
        passes: [
            { add: [ingress({ ...facing, "inbound-cidrs": "10.0.0.0/8" })] },
            { add: [ingress({ ...facing, "inbound-cidrs": UnknownText })] },
            { add: [ingress({ ...facing, "wafv2-acl-arn": "arn" })] },
            { add: [ingress({ ...facing, "wafv2-acl-name": "users" })] },
            { add: [ingress({ ...facing, "security-groups": "sg-1" })] },
        ],
    },
    {
        policy: "load-balancer-old-tls",
        on: "wandb",
        set: { [`${Values}//${Alb}ssl-policy`]: "ELBSecurityPolicy-TLS13-1-1-2021-06" },
        at: `wandb: ${Values}["${Alb}ssl-policy"]`,
        says: /is ELBSecurityPolicy-TLS13-1-1-2021-06, so TLS 1\.0 or 1\.1 is accepted/,
        passes: [
            ...["TLS13-1-2-Ext2-2021-06", "TLS13-1-3-2021-06", "TLS-1-2-2017-01", "FS-1-2-Res-2020-10"],
            "TLS13-1-2-Res-PQ-2025-09",
        ].map((policy) => ({
            on: "wandb",
            set: { [`${Values}//${Alb}ssl-policy`]: `ELBSecurityPolicy-${policy}` },
        })),
    },
    {
        policy: "load-balancer-old-tls",
        add: [listener({ protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" })],
        at: "listener: sslPolicy",
        passes: [
            { add: [listener({ protocol: "HTTPS", sslPolicy: UnknownText })] },
            { add: [listener({ protocol: "HTTP" })] },
            { add: [ingress({ "ssl-policy": "ELBSecurityPolicy-FS-1-2-2019-08" })] },
        ],
    },
    {
        policy: "load-balancer-old-tls",
        add: [listener({ protocol: "TLS" })],
        at: "listener: sslPolicy",
        says: /is not set, which AWS takes for ELBSecurityPolicy-2016-08/,
    },
    {
        policy: "ingress-tls-policy",
        on: "wandb",
        set: { [`${Values}//${Alb}ssl-policy`]: undefined },
        at: `wandb: ${Values}["${Alb}ssl-policy"]`,
        passes: [
            {
                on: "wandb",
                set: { [`${Values}//${Alb}ssl-policy`]: undefined },
                add: [
                    {
                        type: "kubernetes:helm.sh/v3:Release",
                        name: "controller",
                        props: {
                            chart: "aws-load-balancer-controller",
                            values: { defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
                        },
                    },
                ],
            },
            { on: "wandb", set: { "spec.values.ingress": { class: "nginx" } } },
        ],
    },
    {
        policy: "ingress-tls-policy",
        add: [ingress({ "listen-ports": '[{"HTTPS":443}]' }, "alb")],
        at: `door: metadata.annotations["${Alb}ssl-policy"]`,
        passes: [
            { add: [ingress({ "listen-ports": '[{"HTTP":80}]' }, "alb")] },
            { add: [ingress({ "certificate-arn": Certificate, "ssl-policy": UnknownText }, "alb")] },
        ],
    },
];

export const clusterRows: readonly Row[] = [...network, ...cluster, ...volumes, ...loadBalancer];
