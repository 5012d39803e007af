/** docs/aws-changes.md says what each argument changes, and is not stale. */
import assert from "node:assert/strict";
import { AwsChanges } from "../../docs/aws-changes";
import { describeChangesPage } from "../support/changes-page";

describeChangesPage({
    page: AwsChanges,
    silent: ["aws.dns.privateZone"],
    more: (changesOf) => {
        it("tells what is replaced from what is updated", () => {
            assert.deepEqual(changesOf("aws.cluster.nodes.diskSizeGb").replaced, []);
            assert.ok(changesOf("aws.cluster.nodes.diskSizeGb").updated.includes("demo-nodes-a"));
            assert.ok(changesOf("aws.cluster.nodes.instanceTypes").replaced.includes("demo-nodes-a"));
            assert.ok(changesOf("aws.database.instanceClass").updated.includes("demo-database-a"));
            assert.ok(changesOf("aws.database.username").replaced.includes("demo-database-cluster"));
        });

        it("follows a replacement to all that hangs on it", () => {
            const { replaced } = changesOf("aws.cluster.name");
            for (const name of ["cluster", "nodes-a", "namespace", "operator", "instance"]) {
                assert.ok(replaced.includes(`demo-${name}`), name);
            }
            assert.ok(!replaced.includes("demo-database-cluster"));
        });

        it("lists what is made and removed", () => {
            assert.ok(changesOf("aws.dns.externalDns").made.includes("demo-external-dns"));
            const { removed } = changesOf("aws.dns.externalDns");
            assert.ok(removed.some((name) => name.startsWith("demo-dns-record-")));
            assert.ok(changesOf("aws.key.arn").removed.includes("demo-key"));
        });

        it("marks what deletion protection guards", () => {
            assert.ok(changesOf("aws.database.username").guarded.includes("demo-database-cluster"));
            assert.ok(changesOf("aws.key.arn").guarded.includes("demo-key"));
            assert.deepEqual(changesOf("aws.cache.nodeType").guarded, []);
        });

        it("quotes what AWS refuses", () => {
            const refused = changesOf("aws.network.cidr").refused.map(({ answer }) => answer);
            assert.match(refused.join(), /belong to another VPC than the cluster/);
            assert.deepEqual(changesOf("aws.cluster.version").refused, []);
        });

        it("shows no refusal of what is deleted first, since AWS has no two of it", () => {
            const flowLog = changesOf("aws.identity.roleNames.flowLogs");
            const listener = changesOf("aws.privateLink.loadBalancerName");
            assert.ok(flowLog.replaced.includes("demo-flow-log"));
            assert.ok(listener.replaced.includes("demo-private-link-listener"));
            assert.deepEqual([...flowLog.refused, ...listener.refused], []);
        });
    },
});
