/**
 * Logs of pods that do not run: a program appends lines to a file and tells kwok, by an object of kind Logs with the
 * name of the pod, that the API server's `pods/<name>/log` reads that file.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The file that holds the log of a pod: `<dir>/operator-logs/<namespace>/<pod>.log`. */
export function podLogFile(dir: string, namespace: string, pod: string): string {
    return resolve(join(dir, "operator-logs", namespace, `${pod}.log`));
}

/** Appends one line in the format that container runtimes write and the API server reads. Makes the file when missing. */
export function appendPodLog(file: string, line: string, at = new Date()): void {
    mkdirSync(dirname(file), { recursive: true });
    const lines = line.split("\n").map((part) => `${at.toISOString()} stdout F ${part}\n`);
    appendFileSync(file, lines.join(""), { mode: 0o600 });
}

/** The object to create beside the pod, in its namespace (`/apis/kwok.x-k8s.io/v1alpha1/namespaces/<namespace>/logs`). */
export function podLogsObject(
    namespace: string,
    pod: string,
    container: string,
    file: string,
): Record<string, unknown> {
    return {
        apiVersion: "kwok.x-k8s.io/v1alpha1",
        kind: "Logs",
        metadata: { namespace, name: pod },
        spec: { logs: [{ containers: [container], logsFile: file, follow: false }] },
    };
}
