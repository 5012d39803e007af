import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsIdentityMode } from "../../sdk/aws/args/identity";
import { createMonitoring, deploymentTag, type MonitoringOutputs } from "../../sdk/aws/identity/monitoring";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { createWorkerToken } from "../../sdk/worker-token";
import { type MadePart, makePart } from "../support/aws-part";
import { promiseOf } from "../support/resolve";

const roleArn = "arn:aws-us-gov:iam::123456789012:role/monitoring";
const providerArn = "arn:aws-us-gov:iam::123456789012:oidc-provider/oidc.example/1";
const oidc = { issuer: pulumi.output("https://oidc.example/1"), providerArn: pulumi.output(providerArn) };

function monitoring(identityMode: AwsIdentityMode, deployment = "wandb"): Promise<MadePart<MonitoringOutputs>> {
    return makePart(
        (scope) =>
            createMonitoring(scope, {
                iam: { path: "/wandb/", permissionsBoundary: "arn:aws-us-gov:iam::123456789012:policy/limit" },
                cluster: {
                    identity: {
                        clusterName: pulumi.output("wandb-1234"),
                        oidc: identityMode === AwsIdentityMode.Irsa ? oidc : undefined,
                    },
                },
                account: { namespace: "team", name: "wandb-yace" },
                deployment,
            }),
        { outputs: { "aws:iam/role:Role": { arn: roleArn, name: "monitoring" } } },
    );
}

const document = ({ graph }: MadePart<unknown>, name: string, property: string) =>
    JSON.parse(String(graph.byName(name).inputs[property])) as PolicyDocument;

describe("monitoring on AWS", () => {
    it("lets the exporter's service account read metrics, and nothing else", async () => {
        const made = await monitoring(AwsIdentityMode.Irsa);
        const [trust] = document(made, "wandb-monitoring-role", "assumeRolePolicy").Statement;
        assert.deepEqual(trust.Principal, { Federated: [providerArn] });
        assert.deepEqual(trust.Condition, {
            StringEquals: {
                "oidc.example/1:aud": "sts.amazonaws.com",
                "oidc.example/1:sub": ["system:serviceaccount:team:wandb-yace"],
            },
        });
        const statements = document(made, "wandb-monitoring-role-metrics", "policy").Statement;
        assert.deepEqual(
            statements.flatMap(({ Action }) => Action),
            ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "tag:GetResources"],
        );
        const { path, permissionsBoundary } = made.graph.byName("wandb-monitoring-role").inputs;
        assert.deepEqual([path, permissionsBoundary], ["/wandb/", "arn:aws-us-gov:iam::123456789012:policy/limit"]);
    });

    it("tells the chart region, service account, role and tag", async () => {
        const { facts, ready } = (await monitoring(AwsIdentityMode.Irsa)).made;
        assert.deepEqual(await promiseOf(pulumi.all([...facts.regions])), ["us-gov-west-1"]);
        assert.equal(facts.serviceAccountName, "wandb-yace");
        assert.equal(await promiseOf(facts.serviceAccountAnnotations?.["eks.amazonaws.com/role-arn"]), roleArn);
        assert.deepEqual(facts.searchTags, { "wandb-deployment": "^wandb/test/wandb$" });
        assert.equal(ready.length, 1);
    });

    it("associates the service account where EKS Pod Identity is used", async () => {
        const made = await monitoring(AwsIdentityMode.PodIdentity);
        const [trust] = document(made, "wandb-monitoring-role", "assumeRolePolicy").Statement;
        assert.deepEqual(trust.Principal, { Service: ["pods.eks.amazonaws.com"] });
        assert.deepEqual(made.graph.byName("wandb-monitoring-association").inputs, {
            clusterName: "wandb-1234",
            namespace: "team",
            serviceAccount: "wandb-yace",
            roleArn,
            tags: { team: "ml" },
        });
        assert.equal(made.made.facts.serviceAccountAnnotations, undefined);
        assert.equal(made.made.ready.length, 2);
    });

    it("searches for exactly the tag that everything carries (trap 24)", async () => {
        for (const deployment of ["wandb", "w.b+1", "a-b_c"]) {
            const { facts } = (await monitoring(AwsIdentityMode.Irsa, deployment)).made;
            const pattern = new RegExp(await promiseOf(facts.searchTags["wandb-deployment"]));
            const { "wandb-deployment": tag } = deploymentTag(deployment);
            assert.match(tag, pattern);
            assert.doesNotMatch(`${tag}2`, pattern);
            const other = tag.replace(/[.+]/, "x");
            assert.equal(pattern.test(other), other === tag);
        }
    });
});

describe("token of Weave workers", () => {
    it("is a secret of letters and digits (trap 11)", async () => {
        const { graph, made } = await makePart((scope) => createWorkerToken(scope), {
            outputs: { "random:index/randomPassword:RandomPassword": { result: "token" } },
        });
        const { inputs, additionalSecretOutputs } = graph.byName("wandb-weave-worker-token");
        assert.deepEqual(inputs, { length: 32, special: false });
        assert.ok(additionalSecretOutputs.includes("result"));
        assert.equal(await promiseOf(made), "token");
    });
});
