/** docs/gcp-changes.md says what each argument changes, and is not stale. */
import assert from "node:assert/strict";
import { GcpChanges } from "../../docs/gcp-changes";
import { describeChangesPage } from "../support/changes-page";

describeChangesPage({
    page: GcpChanges,
    silent: ["gcp.dns.privateZone"],
    more: (changesOf) => {
        it("tells what is replaced from what is updated", () => {
            assert.deepEqual(changesOf("gcp.cluster.nodes.machineType").replaced, []);
            assert.deepEqual(changesOf("gcp.cluster.nodes.machineType").updated, ["demo-nodes"]);
            assert.ok(changesOf("gcp.cluster.nodes.spot").replaced.includes("demo-nodes"));
            assert.deepEqual(changesOf("gcp.database.tier").updated, ["demo-database"]);
            assert.ok(changesOf("gcp.database.diskType").replaced.includes("demo-database"));
        });

        it("follows a replacement to all that hangs on it", () => {
            const { replaced } = changesOf("gcp.cluster.name");
            for (const name of ["cluster", "nodes", "namespace", "operator", "instance"]) {
                assert.ok(replaced.includes(`demo-${name}`), name);
            }
            assert.ok(!replaced.includes("demo-database"));
        });

        it("makes a database anew for another backup", () => {
            assert.ok(changesOf("gcp.database.restore.backupRunId").replaced.includes("demo-database"));
        });

        it("lists what is made and removed", () => {
            assert.ok(changesOf("gcp.bucket.events").made.includes("demo-bucket-events"));
            assert.ok(changesOf("gcp.key.id").removed.includes("demo-key"));
        });

        it("marks what deletion protection guards", () => {
            assert.ok(changesOf("gcp.cluster.name").guarded.includes("demo-cluster"));
            assert.ok(changesOf("gcp.key.id").guarded.includes("demo-key"));
            assert.deepEqual(changesOf("gcp.cache.identifier").guarded, []);
        });

        it("quotes what Google Cloud refuses, also because the old one is still there", () => {
            const answers = (argument: string) =>
                changesOf(argument)
                    .refused.map(({ answer }) => answer)
                    .join();
            assert.match(answers("gcp.network.subnetCidrs.pods"), /already being used by .*clusters/);
            assert.match(answers("gcp.network.subnetName"), /conflicts with existing subnetwork/);
            assert.equal(answers("gcp.loadBalancer.proxySubnet.cidr"), "");
        });
    },
});
