/** Versions of Kubernetes on EKS for which this package pins add-ons and the cluster autoscaler, the oldest first. */
export const PinnedKubernetesVersions = ["1.34", "1.35", "1.36"] as const;

/** One of the pinned ones. */
export type PinnedKubernetesVersion = (typeof PinnedKubernetesVersions)[number];

/**
 * What a new cluster runs. In standard support until March 2027; the one before leaves it in December 2026:
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const DefaultKubernetesVersion: PinnedKubernetesVersion = "1.35";
