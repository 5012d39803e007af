/** How the stand-in operator fails and what gets it out again; air-gapped, isolated and absent operators. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { waitFor } from "../../sandbox/processes";
import { packageChart } from "../../sandbox/operator";
import { resourcePath, secretPath } from "../../sandbox/operator/controller/kube";
import { Cluster, loudValues, smallValues, timeoutMs } from "../support/operator-cluster";

describe("stand-in operator: failures", function () {
    this.timeout(120_000);
    let cluster: Cluster;
    const chart = (version: string) => ({ url: cluster.services.repositoryUrl, name: "operator-wandb", version });

    before(async () => {
        cluster = await Cluster.start();
    });

    after(() => cluster?.stop());

    describe("of one operator", () => {
        const operator = "wandb-cr";
        before(() => cluster.installOperator(operator));
        after(() => cluster.helm("uninstall", "operator", "--namespace", operator));

        it("tells the cause of an unknown chart version in the log only, and keeps a first install that failed", async () => {
            const namespace = "no-version";
            await cluster.createNamespace(namespace);
            await cluster.apply(namespace, { chart: chart("9.9.9"), values: smallValues() });
            await cluster.waitPhase(namespace, "Invalid Config");
            const failed = async () => (await cluster.events(namespace)).find(({ reason }) => reason === "ApplyFailed");
            await waitFor("the Event", async () => (await failed()) !== undefined, { timeoutMs });
            assert.equal((await failed())?.message, "Invalid config for apply");
            await cluster.waitError(operator, namespace, /no chart version found for operator-wandb-9\.9\.9/);

            await cluster.remove(namespace);
            await cluster.waitError(operator, namespace, /9\.9\.9[\s\S]*\n[\s\S]*9\.9\.9/);
            assert.ok(await cluster.client.find(resourcePath(namespace, "wandb")), "the finalizer holds it");
            await cluster.takeFinalizerOff(namespace);
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });

        it("cannot remove what was never installed", async () => {
            const namespace = "no-release";
            await cluster.createNamespace(namespace);
            // A reference here fails in the template, before there is a release.
            const global = { redis: { host: { valueFrom: {} } } };
            await cluster.apply(namespace, { values: smallValues({ global }) });
            await cluster.waitPhase(namespace, "Invalid Config");
            await cluster.remove(namespace);
            await cluster.waitError(operator, namespace, /Release not loaded: .*not found/);
            await cluster.takeFinalizerOff(namespace);
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });

        it("has the API server refuse the Ingress of a missing host, and recovers with a good one", async () => {
            const namespace = "no-host";
            await cluster.createNamespace(namespace);
            await cluster.apply(namespace, { values: { ingress: { class: "nginx" } } });
            await cluster.waitPhase(namespace, "Invalid Config");
            await cluster.waitError(operator, namespace, /localhost:8080/);
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
        });

        it("hangs in deletion with a bad chart version set later, until it is mended", async () => {
            const namespace = "no-host";
            await cluster.apply(namespace, { chart: chart("9.9.9"), values: smallValues() });
            await cluster.waitPhase(namespace, "Invalid Config");
            const before = (await cluster.errors(operator, namespace)).length;
            await cluster.remove(namespace);
            const more = async () => (await cluster.errors(operator, namespace)).length > before;
            await waitFor("the uninstall to fail", more, { timeoutMs });
            await cluster.apply(namespace, { chart: chart("0.43.8"), values: smallValues() });
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });

        it("needs the chart repository to uninstall", async () => {
            const namespace = "no-repository";
            await cluster.createNamespace(namespace);
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
            await cluster.services.repositoryDown();
            await cluster.remove(namespace);
            await cluster.waitError(operator, namespace, /cannot be reached|connection refused/);
            assert.ok(await cluster.client.find(resourcePath(namespace, "wandb")));
            await cluster.services.repositoryUp();
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });

        it("fails when two components create one service account", async () => {
            const namespace = "twice";
            await cluster.createNamespace(namespace);
            const account = { serviceAccount: { name: "shared", create: true } };
            await cluster.apply(namespace, { values: smallValues({ app: account, parquet: account }) });
            await cluster.waitPhase(namespace, "Invalid Config");
            await cluster.waitError(operator, namespace, /serviceaccounts "shared" already exists/);
        });

        it("refuses a second resource of the same name in another namespace: their cluster roles clash", async () => {
            for (const namespace of ["first", "second"]) {
                await cluster.createNamespace(namespace);
            }
            await cluster.apply("first", { values: loudValues() });
            await cluster.waitPhase("first", "Completed");
            await cluster.apply("second", { values: loudValues() });
            await cluster.waitPhase("second", "Invalid Config");
            await cluster.waitError(operator, "second", /ClusterRole\S* "wandb-\S+" .*exists and cannot be imported/);
            await cluster.remove("first");
            await cluster.waitGone(resourcePath("first", "wandb"));
        });

        it("repeats a failed apply by itself after reconcileFrequency", async () => {
            const namespace = "twice";
            const ready = { serviceAccount: { name: "shared" } };
            const later = { url: cluster.services.repositoryUrl, name: "operator-wandb", version: "0.43.8" };
            const values = smallValues({ app: ready, reconcileFrequency: "10s" });
            await cluster.services.repositoryDown();
            await cluster.apply(namespace, { chart: later, values });
            await cluster.waitError(operator, namespace, /cannot be reached|connection refused/);
            await cluster.services.repositoryUp();
            await cluster.waitPhase(namespace, "Completed");
        });

        it("upgrades a release of the same name that somebody else made", async () => {
            const namespace = "legacy";
            await cluster.createNamespace(namespace);
            const legacy = ["operator", "--repo", cluster.services.repositoryUrl, "--version", "1.4.7"];
            const settings = ["--set", "nameOverride=old", "--set", "image.tag=does-not-exist"];
            await cluster.helm("install", "wandb", ...legacy, "--namespace", namespace, ...settings);
            const old = `/apis/apps/v1/namespaces/${namespace}/deployments/old-controller-manager`;
            assert.ok(await cluster.client.find(old));
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
            await cluster.waitGone(old);
            assert.ok(await cluster.client.find(secretPath(namespace, "sh.helm.release.v1.wandb.v2")));
        });

        it("leaves a resource in Terminating while no operator runs", async () => {
            const namespace = "twice";
            await cluster.helm("uninstall", "operator", "--namespace", operator);
            await cluster.remove(namespace);
            const resource = await cluster.client.get(resourcePath(namespace, "wandb"));
            assert.ok(resource.metadata?.deletionTimestamp);
            await cluster.installOperator(operator);
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });
    });

    describe("of an air-gapped operator", () => {
        const operator = "gapped";
        const namespace = "gapped-app";
        before(async () => {
            await cluster.installOperator(operator, "airgapped=true");
            await cluster.createNamespace(namespace);
        });
        after(() => cluster.helm("uninstall", "operator", "--namespace", operator));

        it("asks no channel and wants a chart", async () => {
            const requests = cluster.services.channelRequests().length;
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Invalid Config");
            assert.equal(cluster.services.channelRequests().length, requests);
            assert.equal(await cluster.client.find(secretPath(namespace, "wandb-latest-cached-release")), undefined);
        });

        it("finds no file that is not mounted", async () => {
            await cluster.apply(namespace, { chart: { path: "/charts/app.b64" }, values: smallValues() });
            await cluster.waitError(operator, namespace, /stat \/charts\/app\.b64: no such file or directory/);
        });

        it("takes a chart in base64 from the ConfigMap wandb-charts, by the suffix b64 only", async () => {
            const file = await packageChart(
                cluster.toolchain.path("helm"),
                "operator-wandb",
                "0.43.8",
                join(cluster.dir, "packed"),
            );
            const archive = readFileSync(file).toString("base64");
            const data = { "app.b64": archive, "app.txt": archive };
            const metadata = { name: "wandb-charts" };
            await cluster.client.create(`/api/v1/namespaces/${operator}/configmaps`, { metadata, data });
            await cluster.apply(namespace, { chart: { path: "/charts/app.txt" }, values: smallValues() });
            await cluster.waitError(operator, namespace, /does not appear to be a gzipped archive/);
            await cluster.apply(namespace, { chart: { path: "/charts/app.b64" }, values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
        });

        it("takes a chart from an OCI registry, by tag", async () => {
            const oci = { url: `${cluster.services.ociUrl}/operator-wandb`, version: "0.43.7", plainHTTP: true };
            await cluster.apply(namespace, { chart: oci, values: smallValues() });
            const label = async () =>
                (await cluster.deployment(namespace, "wandb-app-bc")).metadata?.labels?.["helm.sh/chart"];
            await waitFor("the older chart", async () => (await label()) === "app-0.43.7", { timeoutMs });
            await cluster.remove(namespace);
            await cluster.waitGone(resourcePath(namespace, "wandb"));
        });
    });

    describe("of an isolated operator", () => {
        const operator = "isolated";
        before(async () => {
            await cluster.createNamespace("inside");
            await cluster.createNamespace("outside");
            const isolation = "namespaceIsolation";
            await cluster.installOperator(
                operator,
                `${isolation}.enabled=true`,
                `${isolation}.additionalNamespaces={inside}`,
            );
        });
        after(() => cluster.helm("uninstall", "operator", "--namespace", operator));

        it("may not make cluster-wide objects", async () => {
            await cluster.apply("inside", { values: loudValues() });
            await cluster.waitPhase("inside", "Invalid Config");
            await cluster.waitError(operator, "inside", /clusterroles?(bindings)?\S* .*(forbidden|cannot)/);
        });

        it("installs without them in its namespaces, and sees no others", async () => {
            await cluster.apply("outside", { values: smallValues() });
            await cluster.apply("inside", { values: smallValues() });
            await cluster.waitPhase("inside", "Completed");
            assert.equal(await cluster.phase("outside"), undefined);
            assert.equal(await cluster.client.find(secretPath("outside", "wandb-spec-user")), undefined);
        });
    });
});
