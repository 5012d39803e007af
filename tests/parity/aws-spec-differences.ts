import type { SpecInputs } from "./aws-module-spec";
import type { Addition, Difference } from "./spec";

const annotation = (name: string) => new RegExp(`^ingress/annotations/alb\\.ingress\\.kubernetes\\.io~${name}$`);

export const Differences: readonly Difference<SpecInputs>[] = [
    { path: /^global\/license$/, reason: "A Secret has it, and the custom resource names the Secret." },
    { path: /^global\/mysql\/password$/, reason: "A Secret has it, and the custom resource names the Secret." },
    {
        path: /^global\/defaultBucket\/(.+)$/,
        movedTo: "global/bucket/$1",
        when: ({ ownBucket }) => ownBucket !== true,
        reason: "The bucket is said outright, so that nobody moves W&B's files away in its console by mistake.",
    },
    {
        path: /^global\/defaultBucket\//,
        when: ({ ownBucket }) => ownBucket === true,
        reason: "No second bucket is made next to one's own, and the chart ignores it then (Trap 14).",
    },
    { path: /^global\/redis\/external$/, reason: "No template of the chart reads it." },
    {
        path: /^global\/redis\/port$/,
        value: 26379,
        when: ({ redis }) => redis === "control-plane" || redis === "chainguard",
        reason: "A port is always a number: the operator refuses to merge kinds (Trap 30).",
    },
    {
        path: /^global\/redis\/port$/,
        value: 6380,
        when: ({ redis }) => redis === "external",
        reason: "A port is always a number: the operator refuses to merge kinds (Trap 30).",
    },
    { path: /^global\/redis\/params\/master$/, when: hasNoMaster, reason: "Nothing is written where nothing is said." },
    {
        path: /^global\/redis\/(host|port)$/,
        when: ({ redis }) => redis === "none",
        reason: "Without a cache of its own W&B gets one in the cluster, and no empty host (Trap 13).",
    },
    {
        path: /^redis\/install$/,
        value: true,
        when: ({ redis }) => redis === "none",
        reason: "Without a cache of its own W&B gets one in the cluster, and no empty host (Trap 13).",
    },
    {
        path: annotation("load-balancer-name"),
        reason: "Names cut at 24 characters can collide; it is an argument (Trap 7).",
    },
    {
        path: annotation("listen-ports"),
        value: '[{"HTTP":80},{"HTTPS":443}]',
        reason: "HTTP redirects to HTTPS instead of being refused.",
    },
    {
        path: annotation("inbound-cidrs"),
        value: "198.51.100.0/24,10.10.0.0/16",
        when: ({ privateLink, inboundCidrs }) => privateLink === true && inboundCidrs !== undefined,
        reason: "Connections by PrivateLink come from a load balancer in the VPC, and were refused without its range.",
    },
    {
        path: /^ingress\/annotations\/external-dns\./,
        reason: "The records are made in the same run; external-dns is there on request, and then reads the hosts of the Ingress.",
    },
    {
        path: /^console\/extraEnv\/BUCKET_ACCESS_IDENTITY$/,
        value: "arn:aws:iam::123456789012:role/Pods-of-Weights-Biases",
        reason: "Pods have a role of their own, and nodes have no right on data.",
    },
    {
        path: /^yace\/searchTags\/Namespace$/,
        reason: "Another tag is searched, which all parts carry, not the security group of the database alone (Trap 24).",
    },
    { path: /^yace\/install$/, when: ({ exporter }) => exporter !== true, reason: "It is the chart's default." },
    { path: /^mysql\/install$/, reason: "It is the chart's default." },
    { path: /^weave\/persistence\//, reason: "The chart reads it no more since 2024, so no file system is made." },
    {
        path: /^(weave|parquet)\/extraEnv\/(.+)$/,
        movedTo: "$1/env/$2",
        reason: "The chart reads both; `env` is what its components have in common.",
    },
];

export const Additions: readonly Addition[] = [
    { path: /\/serviceAccount\/annotations\/eks\.amazonaws\.com~role-arn$/, reason: "Pods have a role of their own." },
    { path: /^global\/licenseSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/mysql\/passwordSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/redis\/secret\//, reason: "The cache asks for a token." },
    { path: /^app\/internalJWTMap\/1\//, reason: "The list replaces the chart's, which has the worker too (Trap 15)." },
    { path: annotation("(ssl-policy|ssl-redirect)"), reason: "TLS 1.2 at least, and no plain HTTP." },
    {
        path: annotation("load-balancer-attributes"),
        reason: "Said outright, so that taking an argument away takes effect.",
    },
    { path: annotation("tags"), reason: "The load balancer has the tags of everything else." },
    {
        path: /^yace\/serviceAccount\/name$/,
        reason: "The account that the role trusts, whatever the chart would call it.",
    },
    { path: /^yace\/searchTags\/wandb-deployment$/, reason: "The tag that all parts carry (Trap 24)." },
    { path: /^pulumiWandb\/revision$/, reason: "By it readiness tells the new settings from the old ones." },
];

function hasNoMaster({ redis }: SpecInputs): boolean {
    return redis === "elasticache" || redis === "none";
}
