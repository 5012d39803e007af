import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { AccountFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { accountAnnotations, actAs, createServiceAccount, type KubernetesAccount } from "./account";
import { grantInProject } from "./secrets";

export interface MonitoringArgs {
    /** Id of the service account; made from the deployment's name when absent. */
    readonly accountId?: pulumi.Input<string>;
    /** Service account of the exporter: the chart calls it `<name of the custom resource>-stackdriver`. */
    readonly account: KubernetesAccount;
    /** Known once the pool is there. */
    readonly workloadPool: pulumi.Input<string>;
    readonly apis: Apis;
}

/** What the chart's exporter (`stackdriver`) needs to know. */
export interface MonitoringFacts {
    readonly projectId: pulumi.Output<string>;
    readonly serviceAccountName: pulumi.Input<string>;
    readonly serviceAccountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface MonitoringOutputs extends AccountFacts {
    readonly facts: MonitoringFacts;
}

/** Makes the service account of the exporter that reads Cloud Monitoring. */
export function createMonitoring(scope: GcpDeploymentScope, args: MonitoringArgs): MonitoringOutputs {
    const { email, ready } = new Monitoring(scope, args).facts;
    return {
        email,
        ready,
        facts: {
            projectId: scope.project,
            serviceAccountName: args.account.name,
            serviceAccountAnnotations: accountAnnotations(email),
        },
    };
}

class Monitoring extends pulumi.ComponentResource {
    readonly facts: AccountFacts;

    constructor(scope: GcpDeploymentScope, { accountId, account, workloadPool, apis }: MonitoringArgs) {
        super("wandb:gcp:Monitoring", `${scope.name}-monitoring`, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this };
        const reader = createServiceAccount(inner, {
            word: "monitoring",
            accountId,
            displayName: "Metrics exporter of Weights & Biases",
            apis,
        });
        const needed = apis.need("monitoring", "cloudresourcemanager");
        this.facts = {
            email: reader.email,
            ready: [
                grantInProject(inner, "monitoring-view", {
                    // https://docs.cloud.google.com/monitoring/access-control#mon_roles_desc
                    role: "roles/monitoring.viewer",
                    member: reader.member,
                    needed,
                }),
                actAs(inner, reader, "monitoring-as-exporter", account, workloadPool),
            ],
        };
        this.registerOutputs({ email: reader.email });
    }
}
