import {
    DefaultKubernetesVersion,
    type PinnedKubernetesVersion,
    PinnedKubernetesVersions,
} from "../args/kubernetes-versions";

/** Add-ons of EKS, by the name that the arguments give them. */
export type AddonWord = "vpcCni" | "coredns" | "kubeProxy" | "ebsCsiDriver" | "metricsServer" | "podIdentityAgent";

/** Versions of the add-ons of one version of Kubernetes. */
export type AddonVersions = Readonly<Record<AddonWord, string>>;

/** What belongs to one version of Kubernetes. */
export interface KubernetesRelease {
    readonly addons: AddonVersions;
    /** Tag of the cluster autoscaler's image: it has to be of the same minor version. */
    readonly autoscalerTag: string;
}

/** These are the same for all pinned versions. */
const SharedAddons = {
    vpcCni: "v1.22.3-eksbuild.1",
    ebsCsiDriver: "v1.63.1-eksbuild.1",
    metricsServer: "v0.8.1-eksbuild.6",
    podIdentityAgent: "v1.3.10-eksbuild.3",
} as const;

/**
 * Never "the newest": two runs would differ.
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html and its neighbours list the versions of each add-on.
 */
const Releases: Readonly<Record<PinnedKubernetesVersion, KubernetesRelease>> = {
    "1.34": {
        addons: { ...SharedAddons, coredns: "v1.13.2-eksbuild.11", kubeProxy: "v1.34.6-eksbuild.13" },
        autoscalerTag: "v1.34.3",
    },
    "1.35": {
        addons: { ...SharedAddons, coredns: "v1.14.3-eksbuild.3", kubeProxy: "v1.35.3-eksbuild.13" },
        autoscalerTag: "v1.35.0",
    },
    "1.36": {
        addons: { ...SharedAddons, coredns: "v1.14.3-eksbuild.3", kubeProxy: "v1.36.0-eksbuild.14" },
        autoscalerTag: "v1.36.0",
    },
};

/** What belongs to a version of Kubernetes, with what the arguments give instead. One that is not pinned is refused unless they give all. */
export function kubernetesRelease(version: string, given: Partial<AddonVersions> = {}): KubernetesRelease {
    const pinned = PinnedKubernetesVersions.find((known) => known === version);
    const { addons, autoscalerTag } = Releases[pinned ?? DefaultKubernetesVersion];
    const said = Object.entries(given).filter(([, addonVersion]) => addonVersion !== undefined);
    return {
        addons: { ...addons, ...Object.fromEntries(said) },
        autoscalerTag: pinned === undefined ? `v${version}.0` : autoscalerTag,
    };
}

/** A chart, and where its vendor keeps it. */
export interface ChartSource {
    readonly chart: string;
    readonly repository: string;
    readonly version: string;
}

/** Runs controller 2.17.1. The rights in `controller-policies.ts` belong to exactly that version. */
export const LoadBalancerControllerChart: ChartSource = {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "1.17.1",
};

/** The image follows the version of Kubernetes, not the chart. */
export const ClusterAutoscalerChart: ChartSource = {
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.1",
};

/** Runs external-dns 0.20.0. */
export const ExternalDnsChart: ChartSource = {
    chart: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns",
    version: "1.20.0",
};
