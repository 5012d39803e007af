import type { WandbDeploymentArgs } from "../../args";
import type { AwsAddonVersionsArgs, AwsClusterArgs } from "../../aws/args/cluster";
import { DefaultKubernetesVersion, PinnedKubernetesVersions } from "../../aws/args/kubernetes-versions";
import type { Section } from "../section";
import { codes, given, list } from "../wording";

type AddonKey = keyof AwsAddonVersionsArgs;

/** Installed always. */
const Always: readonly AddonKey[] = ["vpcCni", "coredns", "kubeProxy", "ebsCsiDriver", "metricsServer"];

/** `aws.cluster.version` and the versions that go with it. */
export function checkVersions(args: Section<WandbDeploymentArgs>, cluster: Section<AwsClusterArgs>): void {
    cluster.check("version", wrongVersion);
    const addons = cluster.section("addonVersions");
    if (addons !== undefined) {
        [...Always, "podIdentityAgent" as const].forEach((key) => addons.check(key, wrongAddonVersion));
        checkAgent(args, addons);
        checkKubeProxy(cluster, addons);
    }
    checkPinned(args, cluster);
}

function wrongVersion(version: string): string | undefined {
    return /^1\.\d{2}$/.test(version)
        ? undefined
        : `is not a version of Kubernetes as EKS names it ${given(version)}. Give for example ${DefaultKubernetesVersion}.`;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html */
function wrongAddonVersion(version: string): string | undefined {
    return /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)
        ? undefined
        : `is not a version of an EKS add-on ${given(version)}. Give for example v1.22.3-eksbuild.1; \`aws eks describe-addon-versions\` lists them.`;
}

function checkAgent(args: Section<WandbDeploymentArgs>, addons: Section<AwsAddonVersionsArgs>): void {
    const aws = args.section("aws");
    const unknown = aws?.pending("identity") === true || aws?.section("identity")?.pending("mode") === true;
    if (addons.has("podIdentityAgent") && !unknown && !usesPodIdentity(args)) {
        addons.refuse(
            "podIdentityAgent",
            "has no effect, since the agent is installed with `aws.identity.mode` pod-identity only. Leave it out.",
        );
    }
}

/** https://kubernetes.io/releases/version-skew-policy/#kube-proxy */
function checkKubeProxy(cluster: Section<AwsClusterArgs>, addons: Section<AwsAddonVersionsArgs>): void {
    const version = cluster.text("version") ?? DefaultKubernetesVersion;
    const kubeProxy = addons.text("kubeProxy");
    const [, minor] = /^v1\.(\d+)\./.exec(kubeProxy ?? "") ?? [];
    const [, own] = /^1\.(\d+)$/.exec(version) ?? [];
    if (kubeProxy !== undefined && minor !== undefined && own !== undefined && Number(minor) > Number(own)) {
        addons.refuse(
            "kubeProxy",
            `is newer than the cluster, ${version} ${given(kubeProxy)}. Give a version of 1.${own}.`,
        );
    }
}

function checkPinned(args: Section<WandbDeploymentArgs>, cluster: Section<AwsClusterArgs>): void {
    const version = cluster.text("version");
    if (version === undefined || wrongVersion(version) !== undefined || isPinned(version)) {
        return;
    }
    const needed = usesPodIdentity(args) ? [...Always, "podIdentityAgent" as const] : Always;
    const addons = cluster.section("addonVersions");
    const missing = needed.filter((key) => addons?.has(key) !== true);
    if (missing.length > 0 && !cluster.pending("addonVersions")) {
        cluster.refuse(
            "version",
            `is not one whose add-ons are pinned ${given(version)}. Use ${list(PinnedKubernetesVersions, "or")}, or give ${codes(missing.map((key) => `aws.cluster.addonVersions.${key}`))}.`,
        );
    }
}

function isPinned(version: string): boolean {
    return PinnedKubernetesVersions.some((pinned) => pinned === version);
}

/** Whether pods get their roles from EKS Pod Identity. */
export function usesPodIdentity(args: Section<WandbDeploymentArgs>): boolean {
    return args.section("aws")?.section("identity")?.text("mode") === "pod-identity";
}
