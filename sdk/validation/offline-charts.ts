import type { OperatorArgs } from "../args/operator";
import type { Section } from "./section";
import { dataKey } from "./syntax";

/** Kubernetes' limit for all data of a ConfigMap. */
const LargestConfigMap = 1024 * 1024;

/** `operator.offlineCharts`: base64 of `.tgz` files, so that nothing of them is shown. */
export function checkOfflineCharts(operator: Section<OperatorArgs>): void {
    const charts = operator.texts("offlineCharts");
    for (const { key, path, value } of charts) {
        const wrong = dataKey(key) ?? encodedKey(key) ?? (value === undefined ? undefined : wrongArchive(value));
        if (wrong !== undefined) {
            operator.report(path, wrong);
        }
    }
    const total = charts.reduce((sum, { value = "" }) => sum + Buffer.byteLength(value, "base64"), 0);
    if (total > LargestConfigMap) {
        operator.refuse(
            "offlineCharts",
            `is too large (${total} bytes of archives): a ConfigMap holds ${LargestConfigMap}. Serve the charts from a repository or registry inside your network and use \`chart.repository\` or \`chart.oci\`.`,
        );
    }
    if (charts.length > 0 && operator.flag("airgapped") !== true && !operator.pending("airgapped")) {
        operator.refuse(
            "offlineCharts",
            "is given, but `operator.airgapped` is not true, and only then the operator's chart mounts them. Set it, or leave the charts out.",
        );
    }
}

/** The controller would decode such a file once more. */
function encodedKey(key: string): string | undefined {
    return key.endsWith(".b64")
        ? "ends in .b64, by which the controller knows files that it has to decode, but the archive lies there decoded. Leave the suffix out, here and in `chart.path`."
        : undefined;
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
