/** Command lines of the control plane's processes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessSpec } from "../processes";
import { credentialPaths, writeAuthenticatorConfig } from "./credentials";
import { kwokConfig } from "./kwok";

/** Names of the processes in the order they start. */
export const componentNames = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

export type ComponentName = (typeof componentNames)[number];

/** Ports by the name they are reserved under. */
export type ComponentPorts = Record<ComponentName | "etcd-peer" | "eks-authenticator", number>;

/** What the command lines need to know. */
export interface ComponentContext {
    dir: string;
    ports: ComponentPorts;
    /** Path of a binary. */
    path(name: ComponentName): string;
}

const loopback = "127.0.0.1";
const serviceNetwork = "10.96.0.0/16";
const podNetwork = "10.244.0.0/16";
/** Stands in the `kubernetes` Service, where loopback is not allowed. Reserved for documentation: nobody is reached. */
const advertisedAddress = "192.0.2.1";

/** The process of one component. */
export function componentSpec(context: ComponentContext, name: ComponentName): ProcessSpec {
    const specs: Record<ComponentName, () => string[]> = {
        etcd: () => etcdArgs(context),
        "kube-apiserver": () => apiServerArgs(context),
        "kube-controller-manager": () => controllerManagerArgs(context),
        "kube-scheduler": () => [...servingArgs(context, "kube-scheduler"), "--leader-elect=false"],
        kwok: () => kwokArgs(context),
    };
    return { name, command: context.path(name), args: specs[name](), cwd: context.dir };
}

function etcdArgs({ dir, ports }: ComponentContext): string[] {
    const client = `http://${loopback}:${ports.etcd}`;
    const peer = `http://${loopback}:${ports["etcd-peer"]}`;
    return [
        "--name=sandbox",
        `--data-dir=${join(dir, "etcd")}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=sandbox=${peer}`,
        // Only a power failure can lose data this way, and every write is several times faster.
        "--unsafe-no-fsync",
        "--log-level=warn",
    ];
}

function apiServerArgs({ dir, ports }: ComponentContext): string[] {
    const paths = credentialPaths(dir);
    writeAuthenticatorConfig(dir, ports["eks-authenticator"]);
    return [
        `--etcd-servers=http://${loopback}:${ports.etcd}`,
        `--bind-address=${loopback}`,
        `--secure-port=${ports["kube-apiserver"]}`,
        `--advertise-address=${advertisedAddress}`,
        `--cert-dir=${paths.folder}`,
        `--token-auth-file=${paths.tokenFile}`,
        `--authentication-token-webhook-config-file=${paths.authenticatorConfig}`,
        "--authentication-token-webhook-version=v1",
        // The API server itself remembers an accepted token for ten seconds; no need to add to that.
        "--authentication-token-webhook-cache-ttl=2s",
        "--anonymous-auth=false",
        "--authorization-mode=Node,RBAC",
        `--service-cluster-ip-range=${serviceNetwork}`,
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        `--service-account-key-file=${paths.serviceAccountPublicKey}`,
        `--service-account-signing-key-file=${paths.serviceAccountKey}`,
        "--kubelet-preferred-address-types=InternalIP",
        "--allow-privileged=true",
        "--profiling=false",
    ];
}

function controllerManagerArgs(context: ComponentContext): string[] {
    const paths = credentialPaths(context.dir);
    return [
        ...servingArgs(context, "kube-controller-manager"),
        "--controllers=*",
        "--leader-elect=false",
        `--root-ca-file=${paths.certificate}`,
        `--service-account-private-key-file=${paths.serviceAccountKey}`,
        // kwok brings a late heartbeat back, but never a pod that was marked not ready: a paused machine must not do that.
        "--node-monitor-grace-period=24h",
        "--profiling=false",
    ];
}

/** Flags that the controller manager and the scheduler share: who they are and where their health is served. */
function servingArgs({ dir, ports }: ComponentContext, name: "kube-controller-manager" | "kube-scheduler"): string[] {
    const paths = credentialPaths(dir);
    return [
        `--kubeconfig=${paths.kubeconfig}`,
        `--authentication-kubeconfig=${paths.kubeconfig}`,
        `--authorization-kubeconfig=${paths.kubeconfig}`,
        `--bind-address=${loopback}`,
        `--secure-port=${ports[name]}`,
        `--tls-cert-file=${paths.certificate}`,
        `--tls-private-key-file=${paths.certificateKey}`,
    ];
}

function kwokArgs({ dir, ports }: ComponentContext): string[] {
    const paths = credentialPaths(dir);
    mkdirSync(dir, { recursive: true });
    const config = join(dir, "kwok.yaml");
    writeFileSync(config, kwokConfig());
    return [
        `--config=${config}`,
        `--kubeconfig=${paths.kubeconfig}`,
        "--manage-all-nodes=true",
        `--cidr=${podNetwork}`,
        `--node-ip=${loopback}`,
        `--node-port=${ports.kwok}`,
        `--server-address=${loopback}:${ports.kwok}`,
        `--tls-cert-file=${paths.certificate}`,
        `--tls-private-key-file=${paths.certificateKey}`,
        "--enable-crds=Logs",
    ];
}
