/** What the controllers of a cluster may do, and what they must not. */
import assert from "node:assert/strict";
import {
    autoscalerPolicy,
    externalDnsPolicy,
    loadBalancerControllerPolicy,
    secretsKeyPolicy,
    volumeKeyPolicy,
} from "../../sdk/aws/iam/controller-policies";
import type { PolicyDocument, Statement } from "../../sdk/aws/iam/policies";

const scope = {
    partition: "aws-us-gov",
    region: "us-gov-west-1",
    accountId: "123456789012",
    clusterName: "w-1",
};
const key = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/a";
const loadBalancer = loadBalancerControllerPolicy(scope, "vpc-1");
const autoscaler = autoscalerPolicy(scope);
const dns = externalDnsPolicy("aws-us-gov", "Z1");
const all: readonly (readonly [string, PolicyDocument])[] = [
    ["load balancer controller", loadBalancer],
    ["cluster autoscaler", autoscaler],
    ["external-dns", dns],
    ["volumes", volumeKeyPolicy(key)],
    ["secrets", secretsKeyPolicy(key)],
];

const of = (document: PolicyDocument, action: string) =>
    document.Statement.filter(({ Action }) => Action.includes(action));
const only = (document: PolicyDocument, action: string): Statement => {
    const [first, ...more] = of(document, action);
    assert.equal(more.length, 0, action);
    return first;
};

describe("rights of what is installed in the cluster", () => {
    for (const [name, { Statement: statements }] of all) {
        it(`${name}: allows no wildcard, and every resource only to read`, () => {
            for (const { Sid, Action, Resource = [], Effect } of statements) {
                assert.equal(Effect, "Allow");
                assert.ok(Action.length > 0 && Action.every((action) => /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)), Sid);
                if (Resource.includes("*")) {
                    const changes = Action.filter((action) => !/:(Describe|List|Get)/.test(action));
                    assert.deepEqual(changes, [], Sid);
                }
            }
        });

        it(`${name}: is of the partition and the account, and fits into a role`, () => {
            const text = JSON.stringify(statements);
            assert.doesNotMatch(text, /arn:aws:/);
            assert.ok(text.length < 10_240, String(text.length));
            const resources = statements.flatMap(({ Resource = [] }) => Resource).filter((one) => one !== "*");
            for (const resource of resources) {
                assert.match(
                    resource,
                    /^arn:aws-us-gov:(route53:::|iam::123456789012:|\w+:us-gov-west-1:(123456789012:|\*:vpc\/vpc-1$))/,
                );
            }
            const ids = statements.map(({ Sid }) => Sid);
            assert.deepEqual([...new Set(ids)], ids);
        });
    }
});

describe("rights of the load balancer controller", () => {
    /** Actions of https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v2.17.1/docs/install/iam_policy.json that change something. */
    const needed = [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:RevokeSecurityGroupIngress",
        ...[
            "AddListenerCertificates",
            "AddTags",
            "CreateListener",
            "CreateLoadBalancer",
            "CreateRule",
            "CreateTargetGroup",
            "DeleteListener",
            "DeleteLoadBalancer",
            "DeleteRule",
            "DeleteTargetGroup",
            "DeregisterTargets",
            "ModifyCapacityReservation",
            "ModifyIpPools",
            "ModifyListener",
            "ModifyListenerAttributes",
            "ModifyLoadBalancerAttributes",
            "ModifyRule",
            "ModifyTargetGroup",
            "ModifyTargetGroupAttributes",
            "RegisterTargets",
            "RemoveListenerCertificates",
            "RemoveTags",
            "SetIpAddressType",
            "SetRulePriorities",
            "SetSecurityGroups",
            "SetSubnets",
            "SetWebAcl",
        ].map((action) => `elasticloadbalancing:${action}`),
        "iam:CreateServiceLinkedRole",
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
    ];

    it("are what the documentation of its version lists, without what its values turn off (Trap 28)", () => {
        const changing = loadBalancer.Statement.flatMap(({ Action }) => Action).filter(
            (action) => !/:(Describe|List|Get)/.test(action),
        );
        assert.deepEqual([...new Set(changing)].sort(), needed.sort());
    });

    for (const action of [
        "ec2:DeleteSecurityGroup",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:CreateListener",
    ]) {
        it(`${action}: of what the cluster owns only`, () => {
            assert.deepEqual(only(loadBalancer, action).Condition, {
                StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "w-1" },
            });
        });
    }

    it("let it make things only with the cluster's tag, and never take that tag off", () => {
        const made = only(loadBalancer, "elasticloadbalancing:CreateLoadBalancer").Condition;
        assert.deepEqual(made, { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": "w-1" } });
        for (const { Sid, Condition } of of(loadBalancer, "elasticloadbalancing:RemoveTags").slice(0, 1)) {
            assert.equal(Condition?.["Null"]?.["aws:RequestTag/elbv2.k8s.aws/cluster"], "true", Sid);
        }
    });

    it("reach security groups of the deployment's VPC only, which may be shared by another account", () => {
        const rules = only(loadBalancer, "ec2:AuthorizeSecurityGroupIngress");
        const vpc = "arn:aws-us-gov:ec2:us-gov-west-1:*:vpc/vpc-1";
        assert.deepEqual(rules.Condition, { ArnLike: { "ec2:Vpc": vpc } });
        const [inVpc] = of(loadBalancer, "ec2:CreateSecurityGroup");
        assert.deepEqual(inVpc.Resource, [vpc]);
    });
});

describe("rights of the others", () => {
    it("let the autoscaler scale the groups of its cluster", () => {
        assert.deepEqual(only(autoscaler, "autoscaling:SetDesiredCapacity").Condition, {
            StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/w-1": "owned" },
        });
        assert.deepEqual(only(autoscaler, "eks:DescribeNodegroup").Resource, [
            "arn:aws-us-gov:eks:us-gov-west-1:123456789012:nodegroup/w-1/*/*",
        ]);
    });

    it("let external-dns change one zone", () => {
        assert.deepEqual(only(dns, "route53:ChangeResourceRecordSets").Resource, [
            "arn:aws-us-gov:route53:::hostedzone/Z1",
        ]);
    });

    it("let the volume driver hand the key to EC2 alone", () => {
        assert.deepEqual(only(volumeKeyPolicy(key), "kms:CreateGrant"), {
            Sid: "Grants",
            Effect: "Allow",
            Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
            Resource: [key],
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        });
    });
});
