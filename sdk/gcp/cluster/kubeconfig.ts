import * as pulumi from "@pulumi/pulumi";
import { type GcpKubeconfigArgs, GcpKubeconfigCredentials } from "../args/cluster";

/** What a kubeconfig of a GKE cluster is made of. */
export interface KubeconfigParts {
    readonly name: string;
    /** URL of the API server. */
    readonly endpoint: string;
    /** Base64. Absent: a certificate that every system trusts, as that of the DNS endpoint. */
    readonly certificateAuthority?: string;
    readonly credentials?: GcpKubeconfigCredentials;
    readonly impersonateServiceAccount?: string;
}

/**
 * The text of a kubeconfig that holds no credential: whoever uses it asks `gke-gcloud-auth-plugin` for a token, which lasts an hour. JSON is YAML,
 * so every reader takes it.
 */
export function kubeconfigText(parts: KubeconfigParts): string {
    const { name, endpoint, certificateAuthority, impersonateServiceAccount: account } = parts;
    // With Application Default Credentials the plugin takes no notice of an account to act as:
    // https://github.com/kubernetes/cloud-provider-gcp/blob/master/cmd/gke-gcloud-auth-plugin/cred.go
    const byGcloud = account !== undefined || parts.credentials === GcpKubeconfigCredentials.Gcloud;
    const exec = {
        // What gcloud itself writes: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "gke-gcloud-auth-plugin",
        args: [
            ...(byGcloud ? [] : ["--use_application_default_credentials=true"]),
            ...(account === undefined ? [] : [`--impersonate_service_account=${account}`]),
        ],
        installHint:
            "Install gke-gcloud-auth-plugin: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin",
        interactiveMode: "IfAvailable",
        provideClusterInfo: true,
    };
    const trust = certificateAuthority === undefined ? {} : { "certificate-authority-data": certificateAuthority };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server: endpoint, ...trust } }],
        users: [{ name, user: { exec } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
    });
}

/** Where a cluster is reached. */
export interface ClusterAddress {
    readonly name: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly certificateAuthority: pulumi.Output<string>;
    /** Name of the DNS endpoint, where that is to be used. */
    readonly dnsEndpoint?: pulumi.Output<string>;
}

/** The kubeconfig of a cluster, as a secret: it names account and address. */
export function createKubeconfig(
    { name, endpoint, certificateAuthority, dnsEndpoint }: ClusterAddress,
    { credentials, impersonateServiceAccount }: GcpKubeconfigArgs = {},
): pulumi.Output<string> {
    return pulumi.secret(
        pulumi
            .all([name, endpoint, certificateAuthority, dnsEndpoint, impersonateServiceAccount])
            .apply(([name, endpoint, certificateAuthority, dnsEndpoint, impersonateServiceAccount]) =>
                kubeconfigText({
                    name,
                    ...(dnsEndpoint === undefined
                        ? { endpoint, certificateAuthority }
                        : { endpoint: `https://${dnsEndpoint}` }),
                    credentials,
                    impersonateServiceAccount,
                }),
            ),
    );
}
