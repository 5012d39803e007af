/** From a chart of any shape to a file that helm can use. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Chart } from "./charts";
import { credentialKeys } from "./charts";
import type { ChartCredentials, Helm } from "./helm";
import type { KubeClient } from "./kube";
import { secretPath } from "./kube";

/** A ConfigMap that is mounted into the controller's pod. */
export interface MountedConfigMap {
    mountPath: string;
    configMap: string;
}

/** What the controller's pod can reach. */
export interface ChartSource {
    helm: Helm;
    /** As the operator. */
    client: KubeClient;
    /** As the kubelet, which fills the mounts. */
    kubelet: KubeClient;
    operatorNamespace: string;
    mounts: MountedConfigMap[];
    workDir: string;
}

/** Gives `use` the path of the chart. `namespace` is the custom resource's, where a credential Secret stands. */
export async function withChartFile<T>(
    source: ChartSource,
    chart: Chart,
    namespace: string,
    use: (path: string) => Promise<T>,
): Promise<T> {
    if (chart.kind === "local") {
        return withMountedFile(source, chart.path, use);
    }
    return source.helm.withChart(chart, await readCredentials(source.client, chart, namespace), use);
}

/**
 * What has to work before an uninstall: the chart of a repository is downloaded again, and without the credential
 * Secret, which only an apply reads. Other shapes need nothing.
 */
export async function beforeUninstall(source: ChartSource, chart: Chart): Promise<void> {
    if (chart.kind === "repository") {
        const { username, password } = chart;
        await source.helm.withChart(chart, { username, password }, () => Promise.resolve());
    }
}

async function readCredentials(
    client: KubeClient,
    chart: Exclude<Chart, { kind: "local" }>,
    namespace: string,
): Promise<ChartCredentials> {
    const reference = chart.credentialSecret;
    if (reference === undefined) {
        return { username: chart.username, password: chart.password };
    }
    const secret = await client.get(secretPath(namespace, reference.name));
    const read = (key: string) => Buffer.from(secret.data?.[key] ?? "", "base64").toString("utf8");
    return {
        username: read(reference.usernameKey || credentialKeys.username),
        password: read(reference.passwordKey || credentialKeys.password),
    };
}

async function withMountedFile<T>(source: ChartSource, path: string, use: (file: string) => Promise<T>): Promise<T> {
    const content = await readMounted(source, path);
    if (content === undefined) {
        throw new Error(`stat ${path}: no such file or directory`);
    }
    mkdirSync(source.workDir, { recursive: true, mode: 0o700 });
    const folder = mkdtempSync(join(source.workDir, "chart-"));
    try {
        const file = join(folder, "chart.tgz");
        writeFileSync(file, chartBytes(path, content));
        return await use(file);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Base64 text is recognised by the suffix `.b64` of the path alone; every other file must be an archive. */
function chartBytes(path: string, content: Buffer): Buffer {
    if (path.endsWith(".b64")) {
        return Buffer.from(content.toString("utf8"), "base64");
    }
    if (content[0] !== 0x1f || content[1] !== 0x8b) {
        throw new Error(`file '${path}' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8'`);
    }
    return content;
}

async function readMounted(source: ChartSource, path: string): Promise<Buffer | undefined> {
    const mount = source.mounts.find(({ mountPath }) => mountPath.replace(/\/$/, "") === dirname(path));
    if (mount === undefined) {
        return undefined;
    }
    const map = await source.kubelet.find(
        `/api/v1/namespaces/${source.operatorNamespace}/configmaps/${mount.configMap}`,
    );
    const key = basename(path);
    const [text, binary] = [map?.data?.[key], map?.binaryData?.[key]];
    if (text !== undefined) {
        return Buffer.from(text, "utf8");
    }
    return binary === undefined ? undefined : Buffer.from(binary, "base64");
}
