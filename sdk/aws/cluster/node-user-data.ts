import type { AwsSystemReservedArgs } from "../args/cluster";

/** Separates the parts. Fixed, so that the text is the same in every run. */
const Boundary = "pulumi-wandb";

/** What the kubelet keeps for the system when nothing else is said: the figures of W&B's own Terraform module. */
const Defaults = { cpuMillicores: 70, memoryMegabytes: 100, ephemeralStorageMegabytes: 750, pids: 500 } as const;

/** -1 leaves an entry out. */
const Absent = -1;

/** The kubelet's `systemReserved`, its quantities with their units. */
export function systemReserved(args: AwsSystemReservedArgs = {}): Readonly<Record<string, string>> {
    const entries: readonly (readonly [string, number, string])[] = [
        ["cpu", args.cpuMillicores ?? Defaults.cpuMillicores, "m"],
        ["memory", args.memoryMegabytes ?? Defaults.memoryMegabytes, "Mi"],
        ["ephemeral-storage", args.ephemeralStorageMegabytes ?? Defaults.ephemeralStorageMegabytes, "Mi"],
        ["pid", args.pids ?? Defaults.pids, ""],
    ];
    return Object.fromEntries(
        entries.filter(([, amount]) => amount !== Absent).map(([key, amount, unit]) => [key, `${amount}${unit}`]),
    );
}

/**
 * User data of the nodes, base64: a part for `nodeadm` of Amazon Linux 2023, which EKS joins with its own.
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 *
 * @returns nothing when there is nothing to say
 */
export function nodeUserData(args: AwsSystemReservedArgs | undefined): string | undefined {
    const reserved = systemReserved(args);
    if (Object.keys(reserved).length === 0) {
        return undefined;
    }
    const nodeConfig = {
        apiVersion: "node.eks.aws/v1alpha1",
        kind: "NodeConfig",
        spec: { kubelet: { config: { systemReserved: reserved } } },
    };
    const text = [
        "MIME-Version: 1.0",
        `Content-Type: multipart/mixed; boundary="${Boundary}"`,
        "",
        `--${Boundary}`,
        "Content-Type: application/node.eks.aws",
        "",
        // JSON is YAML.
        JSON.stringify(nodeConfig),
        `--${Boundary}--`,
        "",
    ].join("\n");
    return Buffer.from(text).toString("base64");
}
