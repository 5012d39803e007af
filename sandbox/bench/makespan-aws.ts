/**
 * The work of a fresh `terraform apply` of wandb/wandb/aws 8.0.0: its resources in groups that run together, and the order that its
 * edges enforce. With its defaults, a certificate that it makes, and nothing of PrivateLink or ClickHouse.
 */
import { awsReasons } from "./makespan-aws-reasons";
import { ModuleApplied, ModuleReady, type CloudMakespan, type Row } from "./makespan-rows";

const short = "aws:security group, role, policy, bucket, subnet, route";
const addon = "aws:eks add-on coredns, csi, metrics-server";
const release = "kubernetes:helm release of a controller, awaited";

const sleep = { seconds: 30, source: "dataplane_wait_duration of terraform-aws-modules/eks 20.37" };

/** What is made in no time, or is far from deciding anything, lasts as long as other short things. */
const rows: readonly Row[] = [
    // modules/kms, modules/file_storage, modules/app_lb
    ["key", "aws:kms key", 1, ""],
    ["key alias", short, 1, "key"],
    ["bucket", short, 2, ""],
    ["bucket settings", short, 5, "bucket, key"],
    ["queue", short, 2, "bucket"],
    ["bucket notification", short, 1, "queue"],
    ["load balancer group", short, 1, "vpc"],
    // modules/networking
    ["vpc", "aws:vpc", 1, ""],
    ["defaults of the vpc", short, 3, "vpc"],
    ["subnets", short, 8, "vpc"],
    ["internet gateway", short, 1, "vpc"],
    ["addresses", short, 2, ""],
    ["nat gateways", "aws:nat gateway", 2, "subnets, addresses, internet gateway"],
    ["route tables", short, 3, "vpc"],
    ["public route", short, 1, "route tables, internet gateway"],
    ["private routes", short, 2, "route tables, nat gateways"],
    ["route associations", short, 8, "route tables, subnets"],
    ["subnet groups", short, 2, "subnets"],
    ["flow log bucket", short, 1, ""],
    // modules/database, modules/redis, acm
    ["database groups", short, 5, "vpc"],
    ["database role", short, 2, ""],
    ["database cluster", "aws:aurora cluster", 1, "database groups, subnet groups, key"],
    ["database instance", "aws:aurora instance", 1, "database cluster, database role"],
    ["cache group", short, 3, "vpc"],
    ["cache", "aws:elasticache replication group, 2 nodes", 1, "cache group, subnet groups, key"],
    ["certificate", short, 1, ""],
    ["certificate record", "aws:route 53 record", 1, "certificate"],
    ["certificate validation", "aws:acm certificate validation (dns)", 1, "certificate record"],
    // modules/app_eks and the EKS module in it: all of it waits for all of the network
    [
        "network",
        "",
        0,
        "defaults of the vpc, public route, private routes, route associations, subnet groups, flow log bucket",
    ],
    ["node role", short, 1, "network"],
    ["node rights", short, 19, "node role, bucket, queue, key"],
    ["cluster role", short, 7, "network, key"],
    ["cluster groups", short, 14, "network"],
    ["cluster logs", short, 1, "network"],
    ["workers group", short, 4, "network, load balancer group, database groups, cache group"],
    ["cluster", "aws:eks cluster", 1, "cluster role, cluster groups, cluster logs, key"],
    ["access", short, 2, "cluster"],
    ["fixed sleep", sleep, 1, "cluster"],
    ["node templates", short, 2, "fixed sleep, workers group"],
    ["node groups", "aws:eks managed node group", 2, "node templates, node role"],
    ["eks", "", 0, "node groups, access, cluster groups, cluster logs"],
    ["oidc", short, 1, "cluster"],
    ["roles of accounts", short, 5, "oidc"],
    ["efs", short, 5, "network, workers group"],
    ["efs mounts", short, 2, "efs"],
    ["worker secret", short, 5, "network"],
    ["objects", "kubernetes:object created", 3, "eks, worker secret"],
    ["vpc-cni", "aws:eks add-on vpc-cni", 1, "eks, roles of accounts"],
    ["coredns, kube-proxy, csi", addon, 4, "vpc-cni"],
    ["metrics-server", addon, 1, "eks"],
    ["controller roles", short, 9, "oidc"],
    ["load-balancer-controller", release, 1, "eks, controller roles"],
    ["external-dns, autoscaler", release, 2, "load-balancer-controller"],
    [
        "app_eks",
        "",
        0,
        "coredns, kube-proxy, csi; metrics-server; external-dns, autoscaler; objects; efs mounts; node rights",
    ],
    // modules/iam_role, root, wandb/wandb/helm
    ["monitoring role", short, 3, "oidc"],
    ["validation and deletion sleep", "", 2, "app_eks"],
    ["operator", release, 1, "validation and deletion sleep; database instance; cache; certificate validation"],
    [
        ModuleApplied,
        "kubernetes:custom resource applied",
        1,
        "operator; monitoring role; key alias; bucket settings; bucket notification",
    ],
    // Seen by nobody in Terraform
    ["operator installs the application", "kubernetes:operator reconcile to helm release applied", 0, ModuleApplied],
    ["application pods", "kubernetes:application pods start", 0, "operator installs the application"],
    ["load balancer", "aws:load balancer", 0, "operator installs the application"],
    [
        "address of the load balancer",
        "kubernetes:load balancer gets its address",
        0,
        "operator installs the application",
    ],
    ["external-dns interval", "kubernetes:external-dns finds an ingress", 0, "address of the load balancer"],
    ["records", "aws:route 53 record", 0, "external-dns interval"],
    [ModuleReady, "", 0, "application pods; load balancer; records"],
];

export const awsMakespan: CloudMakespan = {
    name: "AWS",
    module: { name: "wandb/wandb/aws 8.0.0", rows, target: 0.8 },
    reasons: awsReasons,
    loadBalancer: "aws:load balancer",
    notes: [],
};
