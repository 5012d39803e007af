import * as pulumi from "@pulumi/pulumi";
import type { CloudMetricsFacts } from "../../contract/infrastructure";
import { accountAnnotations, accountTrust, associateAccount } from "../cluster/identity";
import type { EksFacts } from "../facts";
import { createRole, type IamSettings, type ServiceAccount } from "../iam/iam";
import { policy, type PolicyDocument } from "../iam/policies";
import type { AwsScope } from "../scope";

export interface MonitoringArgs {
    readonly iam: IamSettings;
    readonly cluster: Pick<EksFacts, "identity">;
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
            serviceAccountAnnotations: accountAnnotations(args.cluster.identity, roleArn),
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

    constructor(scope: AwsScope, { iam, cluster, account }: MonitoringArgs) {
        const name = `${scope.name}-monitoring`;
        super("wandb:aws:Monitoring", name, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this };
        const role = createRole(inner, iam, {
            role: "monitoring-role",
            description: "Reads CloudWatch metrics for Weights & Biases",
            trust: accountTrust(cluster.identity, [account]),
            policies: { metrics: readMetrics },
        });
        this.roleArn = role.arn;
        const association = { word: "monitoring-association", account, roleArn: role.arn };
        this.ready = [...role.ready, ...associateAccount(inner, cluster.identity, association)];
        this.registerOutputs({ roleArn: this.roleArn });
    }
}

/** What discovery by tag needs: https://github.com/prometheus-community/yet-another-cloudwatch-exporter#required-iam-permissions */
export const readMetrics: PolicyDocument = policy({
    Sid: "ReadMetrics",
    Effect: "Allow",
    Action: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "tag:GetResources"],
    // None of them can be limited to resources:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
    Resource: ["*"],
});
