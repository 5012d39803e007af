/**
 * Versions of EKS add-ons by version of Kubernetes: those that the pages of the user guide have named.
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html, managing-coredns.html, managing-vpc-cni.html,
 * workloads-add-ons-available-eks.html
 */
type Versions = Readonly<Record<string, readonly string[]>>;

/** These run on every version that is supported. */
const everywhere: Versions = {
    "vpc-cni": [
        "v1.20.4-eksbuild.1",
        "v1.20.5-eksbuild.1",
        "v1.21.1-eksbuild.1",
        "v1.21.1-eksbuild.8",
        "v1.22.3-eksbuild.1",
        "v1.22.4-eksbuild.3",
    ],
    "aws-ebs-csi-driver": [
        "v1.53.0-eksbuild.1",
        "v1.54.0-eksbuild.1",
        "v1.59.0-eksbuild.1",
        "v1.63.0-eksbuild.1",
        "v1.63.1-eksbuild.1",
    ],
    "metrics-server": ["v0.8.0-eksbuild.5", "v0.8.1-eksbuild.4", "v0.8.1-eksbuild.6", "v0.8.1-eksbuild.10"],
    "eks-pod-identity-agent": ["v1.3.10-eksbuild.1", "v1.3.10-eksbuild.2", "v1.3.10-eksbuild.3"],
};

const byKubernetes: Readonly<Record<string, Versions>> = {
    "1.31": { coredns: ["v1.11.4-eksbuild.24"], "kube-proxy": ["v1.31.13-eksbuild.2", "v1.31.14-eksbuild.9"] },
    "1.32": { coredns: ["v1.11.4-eksbuild.24"], "kube-proxy": ["v1.32.9-eksbuild.2", "v1.32.13-eksbuild.16"] },
    "1.33": { coredns: ["v1.12.4-eksbuild.1"], "kube-proxy": ["v1.33.5-eksbuild.2", "v1.33.10-eksbuild.13"] },
    "1.34": {
        coredns: ["v1.12.4-eksbuild.1", "v1.12.4-eksbuild.6", "v1.12.4-eksbuild.10", "v1.13.2-eksbuild.11"],
        "kube-proxy": ["v1.34.1-eksbuild.2", "v1.34.6-eksbuild.2", "v1.34.6-eksbuild.13"],
    },
    "1.35": {
        coredns: ["v1.13.2-eksbuild.4", "v1.13.2-eksbuild.11", "v1.14.2-eksbuild.4", "v1.14.3-eksbuild.3"],
        "kube-proxy": ["v1.35.3-eksbuild.2", "v1.35.3-eksbuild.5", "v1.35.3-eksbuild.13"],
    },
    "1.36": {
        coredns: ["v1.14.3-eksbuild.3", "v1.14.3-eksbuild.14"],
        "kube-proxy": ["v1.36.0-eksbuild.13", "v1.36.0-eksbuild.14", "v1.36.0-eksbuild.17"],
    },
};

/** Versions of an add-on that a version of Kubernetes takes, oldest first; absent when EKS has no such add-on. */
export function addonVersions(addon: string, kubernetes: string): readonly string[] | undefined {
    return everywhere[addon] ?? byKubernetes[kubernetes]?.[addon];
}
