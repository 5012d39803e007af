import type { Reason } from "./makespan-reasons";

const eks = "https://docs.aws.amazon.com/eks/latest/userguide";

/** Edges of the deployment on AWS that carry no data, and who demands them. */
export const awsReasons: readonly Reason[] = [
    {
        resource: /^nat-gateway-/,
        after: /^internet-gateway$/,
        reason: "the VPC must have it: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    },
    {
        resource: /^cluster$/,
        after: /^cluster-role-/,
        reason: `the role must have its rights, also while the cluster goes: ${eks}/cluster-iam-role.html`,
    },
    {
        resource: /^cluster$/,
        after: /^cluster-logs$/,
        reason: `EKS makes a log group of this name, without retention, when there is none: ${eks}/control-plane-logs.html`,
    },
    {
        resource: /^nodes-[a-f]$/,
        after: /^node-role-/,
        reason: `without them NodeCreationFailure: ${eks}/create-node-role.html`,
    },
    {
        resource: /^nodes-[a-f]$/,
        after: /^(vpc-cni|kube-proxy)$/,
        reason: "a node without network is not ready, and the group fails: https://github.com/terraform-aws-modules/terraform-aws-eks/pull/2478",
    },
    {
        resource: /^nodes-[a-f]$/,
        after: /^(nat-gateway|private-|public-|endpoints-|[a-z0-9-]+-endpoint$)/,
        reason: `nodes must reach EKS and the registries: ${eks}/private-clusters.html`,
    },
    {
        resource: /^(vpc-cni|ebs-csi)$/,
        after: /-role-/,
        reason: `it starts with the rights of its role: ${eks}/add-ons-iam.html`,
    },
    {
        resource: /^kubernetes$/,
        after: /^access-/,
        reason: `whoever runs this may have to thank an entry for being let in: ${eks}/access-entries.html`,
    },
    {
        resource: /^flow-log$/,
        after: /^flow-log-role-/,
        reason: "it may not write before: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    },
    {
        resource: /^database-[a-f]$/,
        after: /^database-monitoring-role-/,
        reason: "RDS refuses a role without its rights: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html",
    },
    {
        resource: /^(coredns|metrics-server|ebs-csi)$/,
        after: /^nodes-[a-f]$/,
        reason: "degraded until there are nodes: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1801",
    },
    {
        resource: /^(load-balancer-controller|cluster-autoscaler|external-dns|operator)$/,
        after: /^nodes-[a-f]$/,
        reason: "its pods need a place, and must still have one when it is uninstalled",
    },
    {
        resource: /^(load-balancer-controller|cluster-autoscaler|external-dns)$/,
        after: /-role-rights$/,
        reason: "it may do nothing before",
    },
    {
        resource: /^storage-class$/,
        after: /^ebs-csi$/,
        reason: "volumes are made and removed by the driver",
    },
    {
        resource: /^database-[a-f]$/,
        after: /^database-log-/,
        reason: "RDS makes log groups of these names, without retention, when there are none: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html",
    },
    {
        resource: /^bucket-policy$/,
        after: /^bucket-(public-access|ownership)$/,
        reason: "S3 refuses changes of one bucket at the same time (OperationAborted)",
    },
    {
        resource: /^bucket-lifecycle$/,
        after: /^bucket-versioning$/,
        reason: "rules for old versions need versions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
    },
    {
        resource: /^instance$/,
        after: /^(nodes-|vpc-cni|kube-proxy|coredns|ebs-csi|metrics-server|storage-class|node-role)/,
        reason: "pods need them to start, and to stop in order",
    },
    {
        resource: /^instance$/,
        after: /^(load-balancer-controller|cluster-autoscaler|external-dns|nat-|private-|public-|endpoints-|[a-z0-9-]+-endpoint$)/,
        reason: "must outlive it: the controller removes the load balancer, which needs the way out: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/",
    },
    {
        resource: /^instance$/,
        after: /^(app-role|bucket|database|cache|click-house|monitoring|secret )/,
        reason: "the application uses it from its first start on, and until its end",
    },
];
