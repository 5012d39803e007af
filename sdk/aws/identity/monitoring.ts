import { PodIdentityAssociation } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { CloudMetricsFacts } from "../../contract/infrastructure";
import { AwsIdentityMode } from "../args/identity";
import type { EksFacts, RoleFacts } from "../facts";
import { createRole, type IamSettings, issuerTrust, podIdentityTrust, type ServiceAccount } from "../iam/iam";
import type { PolicyDocument } from "../iam/policies";
import type { AwsScope } from "../scope";

export interface MonitoringArgs {
    readonly identityMode: AwsIdentityMode;
    readonly iam: IamSettings;
    readonly cluster: Pick<EksFacts, "name" | "oidcIssuer" | "oidcProviderArn">;
    /** Service account of the exporter: the chart calls it `<name of the custom resource>-yace`. */
    readonly account: ServiceAccount;
    /** Name of the deployment, as given to `deploymentTag`. */
    readonly deployment: string;
}

export interface MonitoringOutputs {
    readonly facts: CloudMetricsFacts;
    /** The role's rights. */
    readonly ready: readonly pulumi.Resource[];
}

const DeploymentTag = "wandb-deployment";

/** Tag of all that belongs to a deployment, the same in each run and another one for each stack: what is watched is found by it. */
export function deploymentTag(deployment: string): Record<string, string> {
    return { [DeploymentTag]: `${pulumi.getProject()}/${pulumi.getStack()}/${deployment}` };
}

/** Makes the role of the exporter (YACE) that reads CloudWatch. */
export function createMonitoring(scope: AwsScope, args: MonitoringArgs): MonitoringOutputs {
    const { ready, roleArn } = new Monitoring(scope, args);
    const { [DeploymentTag]: tag } = deploymentTag(args.deployment);
    return {
        facts: {
            regions: [scope.region],
            serviceAccountName: args.account.name,
            serviceAccountAnnotations:
                args.identityMode === AwsIdentityMode.Irsa ? { "eks.amazonaws.com/role-arn": roleArn } : undefined,
            searchTags: { [DeploymentTag]: exactly(tag) },
        },
        ready,
    };
}

/** The exporter takes values of tags for regular expressions that match anywhere. No backslashes: the chart writes them into YAML. */
function exactly(value: string): string {
    return `^${value.replace(/[.+]/g, "[$&]")}$`;
}

class Monitoring extends pulumi.ComponentResource {
    readonly roleArn: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(scope: AwsScope, args: MonitoringArgs) {
        const name = `${scope.name}-monitoring`;
        super("wandb:aws:Monitoring", name, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this };
        const role = createRole(inner, args.iam, {
            role: "monitoring-role",
            description: "Reads CloudWatch metrics for Weights & Biases",
            trust: trustOf(args),
            policies: { metrics: readMetrics },
        });
        this.roleArn = role.arn;
        this.ready = [...role.ready, ...associations(inner, args, role)];
        this.registerOutputs({ roleArn: this.roleArn });
    }
}

function trustOf({ identityMode, cluster, account }: MonitoringArgs): pulumi.Input<PolicyDocument> {
    if (identityMode === AwsIdentityMode.PodIdentity || cluster.oidcProviderArn === undefined) {
        return podIdentityTrust;
    }
    return pulumi
        .all([cluster.oidcIssuer, cluster.oidcProviderArn])
        .apply(([issuer, providerArn]) => issuerTrust(issuer, providerArn, [account]));
}

function associations(
    { name, parent, tags }: AwsScope,
    { identityMode, cluster, account }: MonitoringArgs,
    role: RoleFacts,
): pulumi.Resource[] {
    if (identityMode === AwsIdentityMode.Irsa) {
        return [];
    }
    return [
        new PodIdentityAssociation(
            `${name}-monitoring-association`,
            {
                clusterName: cluster.name,
                namespace: account.namespace,
                serviceAccount: account.name,
                roleArn: role.arn,
                tags,
            },
            { parent },
        ),
    ];
}

/** What discovery by tag needs: https://github.com/prometheus-community/yet-another-cloudwatch-exporter#required-iam-permissions */
export const readMetrics: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
        {
            Sid: "ReadMetrics",
            Effect: "Allow",
            Action: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "tag:GetResources"],
            // None of them can be limited to resources:
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
            Resource: ["*"],
        },
    ],
};
