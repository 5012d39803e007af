import * as pulumi from "@pulumi/pulumi";
import type { AwsKubeconfigArgs } from "../args/cluster";
import type { AwsScope } from "../scope";

/** What a kubeconfig of an EKS cluster is made of. */
export interface KubeconfigParts {
    readonly name: string;
    readonly endpoint: string;
    /** Base64. */
    readonly certificateAuthority: string;
    readonly region: string;
    readonly roleArn?: string;
    readonly profile?: string;
}

/**
 * The text of a kubeconfig that holds no credential: whoever uses it asks the AWS CLI for a token, which lasts 15 minutes. JSON is YAML,
 * so every reader takes it.
 */
export function kubeconfigText(parts: KubeconfigParts): string {
    const { name, endpoint, certificateAuthority, region, roleArn, profile } = parts;
    const exec = {
        // What version 2 of the AWS CLI answers with: https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: [
            ...["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
            ...(roleArn === undefined ? [] : ["--role-arn", roleArn]),
            ...(profile === undefined ? [] : ["--profile", profile]),
        ],
        interactiveMode: "IfAvailable",
        provideClusterInfo: false,
    };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
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
}

/** The kubeconfig of a cluster, as a secret: it names account and address. */
export function createKubeconfig(
    { region }: AwsScope,
    address: ClusterAddress,
    { roleArn, profile }: AwsKubeconfigArgs = {},
): pulumi.Output<string> {
    const { name, endpoint, certificateAuthority } = address;
    return pulumi.secret(
        pulumi
            .all([name, endpoint, certificateAuthority, region, roleArn, profile])
            .apply(([name, endpoint, certificateAuthority, region, roleArn, profile]) =>
                kubeconfigText({ name, endpoint, certificateAuthority, region, roleArn, profile }),
            ),
    );
}
