import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { FixedNameAnnotations, ObjectLabels } from "../../kubernetes/scope";
import type { AzureAcmeArgs } from "../args/entry";
import type { AzureDeploymentScope } from "../scope";

/** One entry of `spec.acme.solvers`. */
export type Solver = Readonly<Record<string, unknown>>;

export interface IssuerInput {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly acme: AzureAcmeArgs;
    readonly solver: Solver;
    readonly provider: pulumi.ProviderResource;
    /** cert-manager, and its rights. */
    readonly dependsOn: readonly pulumi.Resource[];
}

const LetsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

/** Makes the issuer: https://cert-manager.io/docs/configuration/acme/. The operator may not make such objects, so it cannot come from the chart. */
export function createIssuer(
    { name, parent }: Pick<AzureDeploymentScope, "name" | "parent">,
    { name: issuer, namespace, acme, solver, provider, dependsOn }: IssuerInput,
): pulumi.Resource {
    return new CustomResource(
        `${name}-issuer`,
        {
            apiVersion: "cert-manager.io/v1",
            kind: "Issuer",
            metadata: { name: issuer, namespace, labels: ObjectLabels, annotations: FixedNameAnnotations },
            spec: {
                acme: {
                    server: acme.server ?? LetsEncrypt,
                    email: acme.email,
                    privateKeySecretRef: { name: `${issuer}-account` },
                    solvers: [solver],
                },
            },
        },
        { parent, provider, dependsOn: [...dependsOn] },
    );
}
