import { gunzipSync } from "node:zlib";
import type { ClusterApi } from "./cluster-api";
import type { KubernetesObject } from "./objects";

/** One revision of a Helm release, as its storage Secret `sh.helm.release.v1.<release>.v<N>` is labelled. */
export interface ReleaseRecord {
    readonly secret: KubernetesObject;
    readonly secretName: string;
    readonly revision: number;
    /** deployed, superseded, failed, uninstalled, uninstalling, pending-install, pending-upgrade, pending-rollback. */
    readonly status: string;
}

/** The stored revisions of a release, newest first. */
export async function releaseRecords(
    api: ClusterApi,
    namespace: string,
    release: string,
): Promise<readonly ReleaseRecord[]> {
    const secrets = await api.listSecrets(namespace, `owner=helm,name=${release}`);
    const records = secrets.flatMap((secret): ReleaseRecord[] => {
        const { name = "", labels = {} } = secret.metadata ?? {};
        // The name decides: a label can be put on any Secret by mistake.
        const prefix = `sh.helm.release.v1.${release}.v`;
        const revision = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
        return Number.isInteger(revision)
            ? [{ secret, secretName: name, revision, status: labels.status ?? "unknown" }]
            : [];
    });
    return records.sort((left, right) => right.revision - left.revision);
}

/** Version of the chart in a release as it was deployed last. */
export async function deployedChartVersion(
    api: ClusterApi,
    namespace: string,
    release: string,
): Promise<string | undefined> {
    const deployed = (await releaseRecords(api, namespace, release)).find(({ status }) => status === "deployed");
    const secret = deployed && (await api.getSecret(namespace, deployed.secretName));
    const data = secret?.data?.release;
    if (data === undefined) {
        return undefined;
    }
    // Kubernetes and Helm both encode: base64 of base64 of gzip of JSON.
    const packed = Buffer.from(Buffer.from(data, "base64").toString("latin1"), "base64");
    const { chart } = JSON.parse(gunzipSync(packed).toString("utf8")) as {
        chart?: { metadata?: { version?: unknown } };
    };
    const version = chart?.metadata?.version;
    return typeof version === "string" ? version : undefined;
}
