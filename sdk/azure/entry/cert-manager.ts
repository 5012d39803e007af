import { Namespace } from "@pulumi/kubernetes/core/v1";
// Not from the folder: its index loads every kind of Kubernetes object for the Chart of old.
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";
import { guardedNamespace, OwnerAnnotation, ownerOf, recoveredRelease } from "../../kubernetes/preflight";
import { FixedNameAnnotations, ObjectLabels } from "../../kubernetes/scope";
import { mergeValues } from "../../values/merge";
import { AzureAcmeChallenge, type AzureDnsArgs } from "../args/entry";
import type { AksFacts } from "../facts";
import { federate, WorkloadLabels } from "../identity/federation";
import { createManagedIdentity } from "../identity/managed-identity";
import { assignRole } from "../identity/role";
import type { AzureDeploymentScope } from "../scope";
import { CertManagerChart, chartOf } from "./addon-chart";
import { DnsZoneLookUp } from "./dns-zone";
import { createIssuer, type Solver } from "./issuer";

/** What of the cluster the add-on needs. */
export type CertManagerPlace = Pick<AksFacts, "provider" | "access" | "tokenIssuer" | "nodes">;

export interface CertManagerInput {
    readonly dns: AzureDnsArgs;
    readonly challenge: AzureAcmeChallenge;
    /** How an Ingress names its class, for that with which the authority is answered. */
    readonly ingressClass: { readonly class: string } | { readonly ingressClassName: string };
    readonly place: CertManagerPlace;
    readonly chart: AddonChartArgs | undefined;
}

export interface CertManagerFacts {
    /** Annotations of an Ingress that gets a certificate. */
    readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
    /** The Secret in which it is. */
    readonly tlsSecretName: string;
    /** Makes the issuer beside the custom resource. */
    readonly issuer: (namespace: pulumi.Input<string>) => pulumi.Resource;
    /** What must be there before the Ingress, and outlive it and its namespace: pending proofs are ended by cert-manager itself. */
    readonly ready: readonly pulumi.Resource[];
}

/** Installs cert-manager, and lets it prove in the zone that the hosts are yours. */
export function createCertManager(scope: AzureDeploymentScope, input: CertManagerInput): CertManagerFacts {
    return new CertManager(scope, input).facts;
}

/** Also the namespace, the release and the service account. */
const Name = "cert-manager";
const IssuerName = "wandb-issuer";
/** As the Terraform module calls it. */
const TlsSecretName = "wandb-ssl-cert";

class CertManager extends pulumi.ComponentResource {
    readonly facts: CertManagerFacts;

    constructor(deployment: AzureDeploymentScope, input: CertManagerInput) {
        super("wandb:azure:CertManager", `${deployment.name}-cert-manager`, {}, { parent: deployment.parent });
        const scope = { ...deployment, parent: this };
        const { dns, place } = input;
        const { solver, rights } = solverOf(scope, input);
        const release = install(scope, input);
        const ready = [...rights, release];
        this.facts = {
            annotations: { "cert-manager.io/issuer": IssuerName },
            tlsSecretName: TlsSecretName,
            issuer: (namespace) =>
                createIssuer(scope, {
                    name: IssuerName,
                    namespace,
                    acme: dns.acme ?? {},
                    solver,
                    provider: place.provider,
                    dependsOn: ready,
                }),
            ready,
        };
        this.registerOutputs();
    }
}

interface Proof {
    readonly solver: Solver;
    readonly rights: readonly pulumi.Resource[];
}

/** How cert-manager proves whose hosts they are: https://cert-manager.io/docs/configuration/acme/dns01/azuredns/ */
function solverOf(scope: AzureDeploymentScope, { dns, challenge, ingressClass, place }: CertManagerInput): Proof {
    if (challenge === AzureAcmeChallenge.Http01) {
        return { solver: { http01: { ingress: ingressClass } }, rights: [] };
    }
    const { zoneId } = dns;
    if (zoneId === undefined) {
        throw new Error("validation demands a zone for DNS-01");
    }
    const { place: zone } = new DnsZoneLookUp(scope.parent, scope, { zoneId, privateZone: false });
    const identity = createManagedIdentity(scope, { word: Name });
    const account = { word: `${Name}-credential`, namespace: Name, name: Name };
    const rights = [
        ...federate(scope, identity, place.tokenIssuer, [account]),
        assignRole(scope, `${scope.name}-${Name}-zone`, {
            role: "DNS Zone Contributor",
            principalId: identity.principalId,
            scopeId: pulumi.output(zoneId),
        }),
    ];
    const azureDNS = {
        subscriptionID: scope.subscriptionId,
        resourceGroupName: zone.resourceGroupName,
        hostedZoneName: zone.name,
        environment: "AzurePublicCloud",
        managedIdentity: { clientID: identity.clientId },
    };
    return { solver: { dns01: { azureDNS } }, rights };
}

/** A namespace of its own: in one that another cert-manager has, the guard says so. */
function install({ name, parent }: AzureDeploymentScope, { challenge, place, chart = {} }: CertManagerInput): Release {
    const { provider, access, nodes } = place;
    const objects = { name, parent, provider, access };
    const namespace = new Namespace(
        `${name}-${Name}-namespace`,
        {
            metadata: {
                name: guardedNamespace(objects, Name),
                labels: ObjectLabels,
                annotations: { ...FixedNameAnnotations, [OwnerAnnotation]: ownerOf(objects) },
            },
        },
        { parent, provider },
    );
    return new Release(
        `${name}-${Name}-release`,
        {
            ...chartOf(CertManagerChart, chart),
            name: recoveredRelease(objects, Name, Name),
            namespace: namespace.metadata.name,
            values: mergeValues(valuesOf(challenge), chart.values ?? {}),
            // Awaited: the API server asks its webhook about the issuer.
            skipAwait: false,
            timeout: 600,
            maxHistory: 10,
        },
        { parent, provider, dependsOn: [...nodes] },
    );
}

/** https://artifacthub.io/packages/helm/cert-manager/cert-manager */
function valuesOf(challenge: AzureAcmeChallenge): Record<string, unknown> {
    const twice = { replicaCount: 2, podDisruptionBudget: { enabled: true } };
    const asIdentity = challenge === AzureAcmeChallenge.Dns01;
    return {
        // Kept when the release goes: with the definitions, certificates of others in the cluster would go.
        crds: { enabled: true, keep: true },
        ...twice,
        webhook: twice,
        cainjector: twice,
        ...(asIdentity && {
            podLabels: WorkloadLabels,
            serviceAccount: { create: true, name: Name, labels: WorkloadLabels },
        }),
    };
}
