/** The stand-ins for add-on charts are served in the versions that our component installs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { charts } from "../../sandbox/operator/packages";
import { ClusterAutoscalerChart, ExternalDnsChart, LoadBalancerControllerChart } from "../../sdk/aws/cluster/versions";

interface ChartFile {
    readonly name: string;
    readonly version: string;
}

describe("stand-in charts of add-ons", () => {
    for (const { chart, version } of [LoadBalancerControllerChart, ClusterAutoscalerChart, ExternalDnsChart]) {
        it(`serves ${chart} ${version}`, () => {
            const served = Object.entries(charts).find(([name]) => name === chart)?.[1];
            assert.ok(served);
            assert.equal(served.versions[0], version);
            const folder = join(__dirname, "..", "..", "sandbox", "operator", "charts", served.folder);
            const file = load(readFileSync(join(folder, "Chart.yaml"), "utf8")) as ChartFile;
            assert.deepEqual([file.name, file.version], [chart, version]);
        });
    }
});
