import assert from "node:assert/strict";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { buildChart } from "../../sdk/values/chart";
import { revisionOf, withRevision } from "../../sdk/values/revision";
import { forbidResources, leavesOf, promiseOf } from "../support/resolve";

describe("revision of the values", () => {
    before(forbidResources);
    after(forbidResources);
    const values = { global: { host: "h", list: [1, 2] }, app: { on: true } };

    it("is the same for the same content, whatever the order of keys and whatever is an Output", async () => {
        const reordered = { app: { on: pulumi.output(true) }, global: { list: [1, pulumi.output(2)], host: "h" } };
        const [one, other] = await Promise.all([
            promiseOf(revisionOf(values, undefined)),
            promiseOf(revisionOf(reordered, undefined)),
        ]);
        assert.match(one, /^[0-9a-f]{16}$/);
        assert.equal(one, other);
    });

    it("is pinned: another hash would roll every existing deployment's stamp at an upgrade of this package", async () => {
        assert.equal(await promiseOf(revisionOf(values, { url: "u" })), "fe217c4cd94d6666");
    });

    it("changes with any value, with the order of lists and with the chart", async () => {
        const variants = [
            revisionOf(values, undefined),
            revisionOf(values, { version: "1" }),
            revisionOf({ ...values, app: { on: false } }, undefined),
            revisionOf({ ...values, app: { on: "true" } }, undefined),
            revisionOf({ ...values, global: { host: "h", list: [2, 1] } }, undefined),
            revisionOf({ ...values, more: 1 }, undefined),
        ];
        const revisions = await Promise.all(variants.map(promiseOf));
        assert.equal(new Set(revisions).size, variants.length);
    });

    it("is secret when a leaf is, and not otherwise", async () => {
        assert.equal(await pulumi.isSecret(revisionOf({ a: pulumi.secret("x") }, undefined)), true);
        assert.equal(await pulumi.isSecret(revisionOf({ a: pulumi.output("x") }, undefined)), false);
    });

    it("is unknown while a leaf is", async () => {
        await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "p", "s", true);
        const later = new CustomResource("later", { apiVersion: "v1", kind: "ConfigMap" }).id;
        const leaves = await leavesOf(withRevision({ a: "plain", b: later }, revisionOf({ b: later }, undefined)));
        assert.deepEqual(
            leaves.filter((leaf) => !leaf.known).map((leaf) => leaf.path),
            ["b", "pulumiWandb.revision"],
        );
    });

    it("stands beside the values without changing them", () => {
        assert.deepEqual(withRevision(values, "r"), { ...values, pulumiWandb: { revision: "r" } });
        assert.deepEqual(Object.keys(values), ["global", "app"]);
    });
});

describe("chart", () => {
    it("is left to the release channel when none is given", () => {
        assert.equal(buildChart(undefined, {}), undefined);
    });

    it("gives no credentials and no version to a path: the operator would ignore them", () => {
        const chart = { name: "s", usernameKey: "u", passwordKey: "p" };
        assert.deepEqual(buildChart({ path: "/charts/c", version: "1" }, { chart }), { path: "/charts/c" });
    });
});
