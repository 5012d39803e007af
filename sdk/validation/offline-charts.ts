import type { OperatorArgs } from "../args/operator";
import type { Section } from "./section";
import { dataKey } from "./syntax";

/** Kubernetes' limit for all data of a ConfigMap. */
const LargestConfigMap = 1024 * 1024;

/** `operator.offlineCharts`: base64 of `.tgz` files, so that nothing of them is shown. */
export function checkOfflineCharts(operator: Section<OperatorArgs>): void {
    const charts = operator.texts("offlineCharts");
    for (const { key, path, value } of charts) {
        const wrong = dataKey(key) ?? (value === undefined ? undefined : wrongArchive(value));
        if (wrong !== undefined) {
            operator.report(path, wrong);
        }
    }
    const total = charts.reduce((sum, { value = "" }) => sum + Buffer.byteLength(value), 0);
    if (total > LargestConfigMap) {
        operator.refuse(
            "offlineCharts",
            `is too large (${total} bytes of base64): a ConfigMap holds ${LargestConfigMap}. Serve the charts from a repository or registry inside your network and use \`chart.repository\` or \`chart.oci\`.`,
        );
    }
    if (charts.length > 0 && operator.flag("airgapped") !== true && !operator.pending("airgapped")) {
        operator.refuse(
            "offlineCharts",
            "is given, but `operator.airgapped` is not true, and only then the operator's chart mounts them. Set it, or leave the charts out.",
        );
    }
}

/** A gzip archive in base64; line breaks are allowed. */
function wrongArchive(value: string): string | undefined {
    const packed = value.replace(/[\r\n]/g, "");
    const valid = packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
    const magic = Buffer.from(packed.slice(0, 4), "base64");
    return valid && magic[0] === 0x1f && magic[1] === 0x8b
        ? undefined
        : 'is not base64 of a .tgz archive. Give readFileSync("chart.tgz").toString("base64").';
}
