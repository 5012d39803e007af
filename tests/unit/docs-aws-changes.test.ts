/** docs/aws-changes.md says what each argument changes, and is not stale. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { ChangeRows } from "../../docs/aws-change-rows";
import { AwsChangesFile, awsChangesPage, changedArguments, type ChangedArgument } from "../../docs/aws-changes";
import { declaredArguments } from "../../docs/declared-arguments";

describe("docs/aws-changes.md", function () {
    // A deployment is registered for each argument.
    this.timeout(10 * 60_000);

    let changed: readonly ChangedArgument[];
    before(async () => {
        changed = await changedArguments();
    });

    const changesOf = (argument: string) => {
        const found = changed.find((row) => row.argument === argument);
        assert.ok(found !== undefined, argument);
        return found.changes;
    };

    it("is what the component and the models of AWS give", () => {
        assert.ok(existsSync(AwsChangesFile), "docs/aws-changes.md is missing: npm run docs:changes");
        assert.equal(readFileSync(AwsChangesFile, "utf8"), awsChangesPage(changed), "stale: npm run docs:changes");
    });

    it("has a row for each argument below `aws`, and for access, size and tags", () => {
        const declared = declaredArguments()
            .filter(({ path, leaf }) => leaf && /^(aws|access|size|tags)(\.|$)/.test(path))
            .map(({ path }) => path);
        assert.deepEqual(ChangeRows.map(({ argument }) => argument).sort(), declared.sort());
    });

    it("shows a change for each of them, but for what only says how to look something up", () => {
        const silent = changed.filter(({ changes: { updated, replaced, made, removed } }) =>
            [updated, replaced, made, removed].every(({ length }) => length === 0),
        );
        assert.deepEqual(
            silent.map(({ argument }) => argument),
            ["aws.dns.privateZone"],
        );
    });

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
        assert.ok(changesOf("aws.dns.externalDns").removed.some((name) => name.startsWith("demo-dns-record-")));
        assert.ok(changesOf("aws.key.arn").removed.includes("demo-key"));
    });

    it("quotes what AWS refuses", () => {
        assert.match(changesOf("aws.network.cidr").refused.join(), /belong to another VPC than the cluster/);
        assert.deepEqual(changesOf("aws.cluster.version").refused, []);
    });
});
