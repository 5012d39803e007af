import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition";
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { FixedNameAnnotations, ObjectLabels } from "../../kubernetes/scope";
import type { AzurePrivateLinkArgs } from "../args/entry";
import type { AksFacts } from "../facts";
import { federate, identityAnnotations, WorkloadLabels } from "../identity/federation";
import { createManagedIdentity } from "../identity/managed-identity";
import { definitionId } from "../roles";
import type { AzureDeploymentScope } from "../scope";
import type { GatewayFacts } from "./gateway";

export interface ApprovalInput {
    readonly args: AzurePrivateLinkArgs;
    readonly gateway: Pick<GatewayFacts, "id">;
    readonly cluster: Pick<AksFacts, "provider" | "tokenIssuer">;
    /** Namespace of the custom resource, in which the job runs. */
    readonly namespace: string;
}

export interface ApprovalFacts {
    /** Makes the job, beside the custom resource. */
    readonly companions: (namespace: pulumi.Input<string>) => readonly pulumi.Resource[];
}

/**
 * Approves connections of listed subscriptions. Application Gateway does not do so by itself, unlike a Private Link service, which Microsoft does not
 * offer in front of one: https://learn.microsoft.com/azure/application-gateway/private-link
 *
 * @returns nothing when no subscription is listed
 */
export function createApproval(scope: AzureDeploymentScope, input: ApprovalInput): ApprovalFacts | undefined {
    const { allowedSubscriptionIds = [] } = input.args;
    return allowedSubscriptionIds.length === 0 ? undefined : new Approval(scope, input).facts;
}

const Name = "wandb-private-link-approval";
/** Azure CLI, which is all that the job needs. */
const DefaultImage = "mcr.microsoft.com/azure-cli:2.90.0";
const EveryFiveMinutes = "*/5 * * * *";

class Approval extends pulumi.ComponentResource {
    readonly facts: ApprovalFacts;

    constructor(deployment: AzureDeploymentScope, input: ApprovalInput) {
        super("wandb:azure:PrivateLinkApproval", `${deployment.name}-approval`, {}, { parent: deployment.parent });
        const scope = { ...deployment, parent: this };
        const { args, cluster, namespace } = input;
        const identity = createManagedIdentity(scope, { word: "approval", name: args.approval?.identityName });
        const account = { word: "approval-credential", namespace, name: Name };
        const rights = [
            ...federate(scope, identity, cluster.tokenIssuer, [account]),
            grant(scope, input, identity.principalId),
        ];
        this.facts = {
            companions: (inNamespace) => createJob(scope, input, { inNamespace, clientId: identity.clientId, rights }),
        };
        this.registerOutputs();
    }
}

/** Just what an approval needs, on the gateway alone. A role can be offered in resource groups, not on single things. */
function grant(
    { name, parent, subscriptionId, resourceGroupId }: AzureDeploymentScope,
    { args, gateway }: ApprovalInput,
    principalId: pulumi.Output<string>,
): pulumi.Resource {
    const role = new RoleDefinition(
        `${name}-approval-role`,
        {
            scope: resourceGroupId,
            assignableScopes: [resourceGroupId],
            roleName:
                args.approval?.roleName ?? gateway.id.apply((id) => `Private link approval of ${id.split("/").at(-1)}`),
            roleType: "CustomRole",
            description: "Approves private endpoints of the Application Gateway of Weights & Biases",
            permissions: [
                {
                    actions: [
                        "Microsoft.Network/applicationGateways/read",
                        "Microsoft.Network/applicationGateways/privateEndpointConnections/read",
                        "Microsoft.Network/applicationGateways/privateEndpointConnections/write",
                    ],
                },
            ],
        },
        { parent },
    );
    return new RoleAssignment(
        `${name}-approval-gateway`,
        {
            scope: gateway.id,
            // As Azure answers, wherever the role was made.
            roleDefinitionId: pulumi.all([subscriptionId, role.name]).apply((ids) => definitionId(...ids)),
            principalId,
            principalType: "ServicePrincipal",
        },
        { parent },
    );
}

/** Connections name the endpoint of the consumer by its resource id, in which its subscription stands. */
const Script = `set -eu
az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" \\
  --federated-token "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" --allow-no-subscriptions --output none
for subscription in $ALLOWED_SUBSCRIPTIONS; do
  for connection in $(az network private-endpoint-connection list --id "$GATEWAY_ID" --output tsv --query \\
    "[?properties.privateLinkServiceConnectionState.status=='Pending' && starts_with(properties.privateEndpoint.id, '/subscriptions/$subscription/')].id"); do
    az network private-endpoint-connection approve --id "$connection" --description "Weights & Biases" --output none
  done
done
`;

interface JobParts {
    readonly inNamespace: pulumi.Input<string>;
    readonly clientId: pulumi.Output<string>;
    readonly rights: readonly pulumi.Resource[];
}

function createJob(
    { name, parent }: AzureDeploymentScope,
    { args, gateway, cluster }: ApprovalInput,
    { inNamespace, clientId, rights }: JobParts,
): pulumi.Resource[] {
    const options = { parent, provider: cluster.provider, dependsOn: [...rights] };
    const metadata = { name: Name, namespace: inNamespace, labels: ObjectLabels, annotations: FixedNameAnnotations };
    const account = new ServiceAccount(
        `${name}-approval-account`,
        { metadata: { ...metadata, annotations: { ...FixedNameAnnotations, ...identityAnnotations(clientId) } } },
        options,
    );
    const { image = DefaultImage, schedule = EveryFiveMinutes } = args.approval ?? {};
    const job = new CronJob(
        `${name}-approval-job`,
        {
            metadata,
            spec: {
                schedule,
                timeZone: "Etc/UTC",
                concurrencyPolicy: "Forbid",
                successfulJobsHistoryLimit: 1,
                failedJobsHistoryLimit: 1,
                jobTemplate: {
                    spec: {
                        backoffLimit: 1,
                        activeDeadlineSeconds: 240,
                        template: {
                            metadata: { labels: { ...ObjectLabels, ...WorkloadLabels } },
                            spec: {
                                serviceAccountName: Name,
                                restartPolicy: "Never",
                                containers: [container(image, gateway.id, args.allowedSubscriptionIds ?? [])],
                                volumes: [{ name: "home", emptyDir: {} }],
                            },
                        },
                    },
                },
            },
        },
        { ...options, dependsOn: [...rights, account] },
    );
    return [account, job];
}

function container(image: pulumi.Input<string>, gatewayId: pulumi.Output<string>, subscriptions: readonly string[]) {
    return {
        name: "approve",
        image,
        command: ["/bin/bash", "-c", Script],
        env: [
            { name: "GATEWAY_ID", value: gatewayId },
            { name: "ALLOWED_SUBSCRIPTIONS", value: subscriptions.join(" ") },
            // Azure CLI keeps its files there.
            { name: "HOME", value: "/home/approval" },
        ],
        volumeMounts: [{ name: "home", mountPath: "/home/approval" }],
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
        securityContext: {
            allowPrivilegeEscalation: false,
            runAsNonRoot: true,
            runAsUser: 10001,
            capabilities: { drop: ["ALL"] },
        },
    };
}
