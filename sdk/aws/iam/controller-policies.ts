import { policy, type PolicyDocument, type Statement, VolumeActions } from "./policies";

/** Rights of what we install in the cluster, as pure functions. `*` stands only where the comment beside it gives the reason. */

/** Where a cluster and its things lie. */
export interface ControllerScope {
    readonly partition: string;
    readonly region: string;
    readonly accountId: string;
    readonly clusterName: string;
}

/** These actions of AWS know no resource: they list, or describe whatever is there. */
const NoResource: readonly string[] = ["*"];

/** ARN of something in the cluster's account and region. */
function arn({ partition, region, accountId }: ControllerScope, service: string, resource: string): string {
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

function allow(
    Sid: string,
    Action: readonly string[],
    Resource: readonly string[],
    Condition?: Statement["Condition"],
): Statement {
    return { Sid, Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/**
 * The AWS load balancer controller 2.17. It tags all that it makes with the cluster's name, so it may change and delete only that. Classic
 * WAF, Shield and Cognito are left out: the controller's values turn the first two off, and nothing here uses the third.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/v2.17/deploy/installation/
 */
export function loadBalancerControllerPolicy(scope: ControllerScope, vpcId: string): PolicyDocument {
    return policy(...readsOfLoadBalancing(scope), ...securityGroups(scope, vpcId), ...loadBalancers(scope));
}

/** Tag by which the controller knows its own things. */
const OwnerTag = "elbv2.k8s.aws/cluster";

function ofThisCluster({ clusterName }: ControllerScope): Record<string, string> {
    return { [`aws:ResourceTag/${OwnerTag}`]: clusterName };
}

function forThisCluster({ clusterName }: ControllerScope): Record<string, string> {
    return { [`aws:RequestTag/${OwnerTag}`]: clusterName };
}

/** The tag itself may not be changed once it is there. */
const KeepsOwner = { [`aws:RequestTag/${OwnerTag}`]: "true" };

function readsOfLoadBalancing(scope: ControllerScope): Statement[] {
    const { partition, accountId } = scope;
    const reads = (service: string, ...names: string[]) => names.map((name) => `${service}:Describe${name}`);
    return [
        allow(
            "ServiceRole",
            ["iam:CreateServiceLinkedRole"],
            [
                `arn:${partition}:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
            ],
            { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        ),
        allow(
            "Look",
            [
                "acm:ListCertificates",
                ...reads("ec2", "AccountAttributes", "Addresses", "AvailabilityZones", "CoipPools", "Instances"),
                ...reads("ec2", "InternetGateways", "IpamPools", "NetworkInterfaces", "RouteTables", "SecurityGroups"),
                ...reads("ec2", "Subnets", "Tags", "VpcPeeringConnections", "Vpcs"),
                "ec2:GetCoipPoolUsage",
                "ec2:GetSecurityGroupsForVpc",
                ...reads("elasticloadbalancing", "CapacityReservation", "ListenerAttributes", "ListenerCertificates"),
                ...reads("elasticloadbalancing", "Listeners", "LoadBalancerAttributes", "LoadBalancers", "Rules"),
                ...reads("elasticloadbalancing", "SSLPolicies", "Tags", "TargetGroupAttributes", "TargetGroups"),
                ...reads("elasticloadbalancing", "TargetHealth", "TrustStores"),
            ],
            NoResource,
        ),
        allow("Certificates", ["acm:DescribeCertificate"], [arn(scope, "acm", "certificate/*")]),
        allow(
            "WebAcl",
            [
                "wafv2:AssociateWebACL",
                "wafv2:DisassociateWebACL",
                "wafv2:GetWebACL",
                "wafv2:GetWebACLForResource",
                "elasticloadbalancing:SetWebAcl",
            ],
            // Which web ACL is said by the Ingress.
            [arn(scope, "wafv2", "*/webacl/*"), arn(scope, "elasticloadbalancing", "loadbalancer/app/*")],
        ),
    ];
}

function securityGroups(scope: ControllerScope, vpcId: string): Statement[] {
    const groups = [arn(scope, "ec2", "security-group/*")];
    // In whichever account: subnets may be shared by the owner of the VPC. Its id is that of no other.
    const vpc = arn({ ...scope, accountId: "*" }, "ec2", `vpc/${vpcId}`);
    return [
        allow("NewGroupInVpc", ["ec2:CreateSecurityGroup"], [vpc]),
        allow("NewGroup", ["ec2:CreateSecurityGroup"], groups, { StringEquals: forThisCluster(scope) }),
        allow("TagNewGroup", ["ec2:CreateTags"], groups, {
            StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...forThisCluster(scope) },
        }),
        allow("TagGroup", ["ec2:CreateTags", "ec2:DeleteTags"], groups, {
            StringEquals: ofThisCluster(scope),
            Null: KeepsOwner,
        }),
        // Also of the nodes' group, which EKS has made: it lets the load balancer in.
        allow("GroupRules", ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], groups, {
            ArnLike: { "ec2:Vpc": vpc },
        }),
        allow("DeleteGroup", ["ec2:DeleteSecurityGroup"], groups, { StringEquals: ofThisCluster(scope) }),
    ];
}

function loadBalancers(scope: ControllerScope): Statement[] {
    const elb = (...names: string[]) => names.map((name) => `elasticloadbalancing:${name}`);
    const arns = (...resources: string[]) => resources.map((one) => arn(scope, "elasticloadbalancing", one));
    const balancers = arns("loadbalancer/app/*", "loadbalancer/net/*");
    const targets = arns("targetgroup/*");
    const listeners = arns("listener/app/*", "listener/net/*");
    const rules = arns("listener-rule/app/*", "listener-rule/net/*");
    const made = [...balancers, ...targets];
    const own: Statement["Condition"] = { StringEquals: ofThisCluster(scope) };
    return [
        allow("Create", elb("CreateLoadBalancer", "CreateTargetGroup"), made, { StringEquals: forThisCluster(scope) }),
        allow("TagNew", elb("AddTags"), made, {
            StringEquals: {
                "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"],
                ...forThisCluster(scope),
            },
        }),
        allow("Tag", elb("AddTags", "RemoveTags"), made, { ...own, Null: KeepsOwner }),
        allow("TagListeners", elb("AddTags", "RemoveTags"), [...listeners, ...rules]),
        allow(
            "Change",
            elb(
                "DeleteLoadBalancer",
                "DeleteTargetGroup",
                "ModifyCapacityReservation",
                "ModifyIpPools",
                "ModifyLoadBalancerAttributes",
                "ModifyTargetGroup",
                "ModifyTargetGroupAttributes",
                "SetIpAddressType",
                "SetSecurityGroups",
                "SetSubnets",
            ),
            made,
            own,
        ),
        allow("Targets", elb("DeregisterTargets", "RegisterTargets"), targets, own),
        allow("NewListeners", elb("CreateListener"), balancers, own),
        allow(
            "Listeners",
            elb(
                "AddListenerCertificates",
                "CreateRule",
                "DeleteListener",
                "ModifyListener",
                "ModifyListenerAttributes",
                "RemoveListenerCertificates",
            ),
            listeners,
        ),
        allow("Rules", elb("DeleteRule", "ModifyRule", "SetRulePriorities"), rules),
    ];
}

/**
 * The cluster autoscaler: EKS tags the Auto Scaling groups of its node groups with the cluster's name.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function autoscalerPolicy(scope: ControllerScope): PolicyDocument {
    const { clusterName } = scope;
    return policy(
        allow(
            "Look",
            [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "autoscaling:DescribeTags",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            NoResource,
        ),
        // Labels and taints of a group that has no node.
        allow("NodeGroups", ["eks:DescribeNodegroup"], [arn(scope, "eks", `nodegroup/${clusterName}/*/*`)]),
        allow(
            "Scale",
            ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
            // Names of the groups are made by EKS.
            [arn(scope, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")],
            { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" } },
        ),
    );
}

/**
 * external-dns, for one zone.
 * https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/#iam-policy
 */
export function externalDnsPolicy(partition: string, zoneId: string): PolicyDocument {
    const zone = [`arn:${partition}:route53:::hostedzone/${zoneId}`];
    return policy(
        allow(
            "Records",
            [
                "route53:ChangeResourceRecordSets",
                "route53:ListResourceRecordSets",
                "route53:ListTagsForResource",
                "route53:ListTagsForResources",
            ],
            zone,
        ),
        allow("Zones", ["route53:ListHostedZones"], NoResource),
    );
}

/**
 * Use of one key for volumes: EC2 decrypts on behalf of the driver, by a grant that the driver hands on.
 * https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export function volumeKeyPolicy(keyArn: string): PolicyDocument {
    return policy(
        allow("Grants", ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"], [keyArn], {
            Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
        allow("Use", VolumeActions, [keyArn]),
    );
}

/** Use of one key for the Secrets of Kubernetes: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html */
export function secretsKeyPolicy(keyArn: string): PolicyDocument {
    return policy(allow("Use", ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"], [keyArn]));
}
