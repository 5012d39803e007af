/** The tools of the sandbox: where each comes from, how it is built, and which one on PATH will do instead. */
import type { Version } from "./versions";
import { formatVersion, isCompatible } from "./versions";

export type ToolName =
    | "pulumi"
    | "pulumi-language-nodejs-base"
    | "pulumi-language-nodejs"
    | "pulumi-language-yaml"
    | "pulumi-resource-kubernetes"
    | "etcd"
    | "kube-apiserver"
    | "kube-controller-manager"
    | "kube-scheduler"
    | "kwok"
    | "helm";

/** A file that the build embeds and that stays out of this repository: it is copied from a module. */
export interface EmbeddedFiles {
    module: string;
    folder: string;
    files: readonly string[];
}

/** Which installed program replaces a build of ours. */
export interface InstalledRule {
    /**
     * Arguments that make the program on PATH print its version; or the name of the Pulumi plugin it is, whose version
     * stands in the name of its folder, since a plugin prints none.
     */
    from: { versionArgs: readonly string[] } | { plugin: string };
    accepts: (version: Version) => boolean;
    /** For messages: what has to be there. */
    wanted: string;
}

/** One program and its recipe. */
export interface Tool {
    name: ToolName;
    /** For messages: what it is. */
    what: string;
    /** Folder beside this file with go.mod and go.sum. */
    folder: string;
    /** What to hand to `go build`. */
    package: string;
    /** The module whose pinned version the program reports, and the linker variables that hold it. */
    stamp?: { module: string; variables(version: string): Record<string, string> };
    embeds?: EmbeddedFiles;
    /** A cold build on two cores, rounded up. */
    minutes: number;
    /** Memory of the build, where it is more than 2 GB. */
    gigabytes?: number;
    installed?: InstalledRule;
}

/** The engine and its language hosts are taken from PATH together or not at all: see path.ts. */
export const engineTools: readonly ToolName[] = [
    "pulumi",
    "pulumi-language-nodejs-base",
    "pulumi-language-nodejs",
    "pulumi-language-yaml",
];

/** The language hosts that an official installation has beside `pulumi`. */
export const officialHosts: readonly string[] = ["pulumi-language-nodejs", "pulumi-language-yaml"];

const sameMajor = (versionArgs: string[], least: Version): InstalledRule => ({
    from: { versionArgs },
    accepts: (version) => isCompatible(version, least),
    wanted: `${formatVersion(least)} or a newer ${least[0]}.x`,
});

/** Flags and defaults change between minor releases of Kubernetes. */
const sameMinor: InstalledRule = {
    from: { versionArgs: ["--version"] },
    accepts: ([major, minor]) => major === 1 && minor === 36,
    wanted: "1.36.x",
};

const kubernetes = (name: ToolName & `kube-${string}`, what: string, minutes: number): Tool => ({
    name,
    what,
    folder: "control-plane",
    package: `k8s.io/kubernetes/cmd/${name}`,
    stamp: {
        module: "k8s.io/kubernetes",
        variables: (version) => ({
            "k8s.io/component-base/version.gitVersion": version,
            "k8s.io/component-base/version.gitMajor": "1",
            "k8s.io/component-base/version.gitMinor": "36",
        }),
    },
    minutes,
    gigabytes: 3,
    installed: sameMinor,
});

export const tools: readonly Tool[] = [
    {
        name: "pulumi",
        what: "the Pulumi engine",
        folder: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        stamp: {
            module: "github.com/pulumi/pulumi/pkg/v3",
            variables: (version) => ({ "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version }),
        },
        minutes: 5,
        gigabytes: 3,
        installed: {
            ...sameMajor(["version"], [3, 274, 1]),
            wanted: "3.274.1 or a newer 3.x, with the language hosts beside it",
        },
    },
    {
        name: "pulumi-language-nodejs-base",
        what: "runs TypeScript programs",
        folder: "language-hosts",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        minutes: 1,
    },
    {
        name: "pulumi-language-nodejs",
        what: "adds plugins and policy packs in TypeScript",
        folder: "language-proxy",
        package: ".",
        minutes: 1,
    },
    {
        name: "pulumi-language-yaml",
        what: "runs YAML programs",
        folder: "yaml",
        package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
        minutes: 1,
    },
    {
        name: "pulumi-resource-kubernetes",
        what: "the Kubernetes provider",
        folder: "kubernetes-provider",
        package: ".",
        stamp: {
            module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
            // The revision of January 2026 lies after release 4.24. It answers to the version that the SDK asks for, with its real
            // origin as build metadata: the engine would warn at every run otherwise.
            variables: () => ({
                "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": "4.34.2+source.20260115",
            }),
        },
        embeds: {
            module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
            folder: "cmd/pulumi-resource-kubernetes",
            files: ["schema.json", "terraform-mapping.json"],
        },
        minutes: 11,
        gigabytes: 6,
        installed: {
            from: { plugin: "kubernetes" },
            accepts: (version) => isCompatible(version, [4, 25, 0]),
            wanted: '4.25.0 or a newer 4.x, by "pulumi plugin install resource kubernetes"',
        },
    },
    {
        name: "etcd",
        what: "the database of the control plane",
        folder: "control-plane",
        package: "go.etcd.io/etcd/server/v3",
        minutes: 1,
        installed: sameMajor(["--version"], [3, 6, 0]),
    },
    kubernetes("kube-apiserver", "the Kubernetes API server", 5),
    kubernetes("kube-controller-manager", "the Kubernetes controllers", 3),
    kubernetes("kube-scheduler", "the Kubernetes scheduler", 1),
    {
        name: "kwok",
        what: "plays the nodes of the cluster",
        folder: "kwok",
        package: "sigs.k8s.io/kwok/cmd/kwok",
        minutes: 1,
        installed: sameMajor(["--version"], [0, 8, 0]),
    },
    {
        name: "helm",
        what: "packs the charts",
        folder: "helm",
        package: "helm.sh/helm/v3/cmd/helm",
        stamp: {
            module: "helm.sh/helm/v3",
            variables: (version) => ({ "helm.sh/helm/v3/internal/version.version": version }),
        },
        minutes: 2,
        installed: sameMajor(["version", "--short"], [3, 15, 0]),
    },
];
