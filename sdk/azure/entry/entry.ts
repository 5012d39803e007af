import type * as pulumi from "@pulumi/pulumi";
import type { IngressFacts } from "../../contract/infrastructure";
import { AzureIngressController } from "../args/entry";
import type { AksFacts, NetworkFacts } from "../facts";
import type { AzureInput } from "../folder";
import type { AzureDeploymentScope } from "../scope";
import { type CertManagerFacts, createCertManager } from "./cert-manager";
import { publishDns } from "./dns";
import type { GatewayFacts } from "./gateway";
import { grantController } from "./grants";
import { ingressFacts, solverClass } from "./ingress";
import { createNginx } from "./nginx";
import { createApproval } from "./private-link";

export interface EntryParts {
    readonly network: NetworkFacts;
    readonly cluster: AksFacts;
    /** Absent with the application routing add-on. */
    readonly gateway?: GatewayFacts;
}

/** How users come in. */
export interface EntryPart {
    readonly facts: IngressFacts;
    /** Makes what stands beside the custom resource, in its namespace. */
    readonly companions: (namespace: pulumi.Input<string>) => readonly pulumi.Resource[];
    /** What goes after the namespace, with which the Ingress and its certificate are gone for certain. */
    readonly held: readonly pulumi.Resource[];
    /** What must be there before the Ingress, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
    /** Host names, known once their records are there. Absent when none are made, or the address is known with the Ingress only. */
    readonly names?: pulumi.Output<string[]>;
}

/** Makes what the Ingress needs to become an entry. */
export function createEntry(scope: AzureDeploymentScope, input: AzureInput, parts: EntryParts): EntryPart {
    const { azure, entry: plan, namespace } = input;
    const { cluster, gateway } = parts;
    const { loadBalancer: args = {}, privateLink } = azure;
    const certManager = certificates(scope, input, cluster);
    const approval =
        gateway && privateLink && createApproval(scope, { args: privateLink, gateway, cluster, namespace });
    return {
        facts: ingressFacts({ deployment: scope.name, args, plan, gateway, certManager }),
        companions: (inNamespace) => [
            ...(certManager === undefined ? [] : [certManager.issuer(inNamespace)]),
            ...(approval?.companions(inNamespace) ?? []),
        ],
        held: [...(gateway?.made ?? []), ...(certManager?.ready ?? [])],
        ready: [...controller(scope, input, parts), ...(certManager?.ready ?? [])],
        names: gateway && publishNames(scope, input, gateway.address),
    };
}

/** Points the hosts to an address, where a zone is named. */
export function publishNames(
    scope: AzureDeploymentScope,
    { azure, entry, host, additionalHosts }: AzureInput,
    address: pulumi.Output<string>,
): pulumi.Output<string[]> | undefined {
    const { zoneId } = azure.dns ?? {};
    return entry.createsRecords && zoneId !== undefined
        ? publishDns(scope, { dns: { ...azure.dns, zoneId }, host, additionalHosts, address })
        : undefined;
}

function certificates(
    scope: AzureDeploymentScope,
    { azure, entry: plan, charts }: AzureInput,
    cluster: AksFacts,
): CertManagerFacts | undefined {
    return plan.certificate === undefined
        ? undefined
        : createCertManager(scope, {
              dns: azure.dns ?? {},
              challenge: plan.certificate,
              ingressClass: solverClass(scope.name, plan),
              place: cluster,
              chart: charts.certManager,
          });
}

/** What fills the gateway, or NGINX. */
function controller(
    scope: AzureDeploymentScope,
    { azure, entry: plan }: AzureInput,
    { cluster, gateway }: EntryParts,
): readonly pulumi.Resource[] {
    const { gatewayControllerPrincipalId: principalId } = cluster;
    if (plan.controller === AzureIngressController.ApplicationGateway) {
        return gateway && principalId !== undefined ? grantController(scope, { gateway, principalId }) : [];
    }
    return plan.createsNginx
        ? [
              createNginx(scope, {
                  args: azure.loadBalancer ?? {},
                  plan,
                  provider: cluster.provider,
                  dependsOn: cluster.nodes,
              }),
          ]
        : [];
}
