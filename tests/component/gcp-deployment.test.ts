import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { WandbDeployment } from "../../sdk/index";
import { deployedAlone } from "../support/aws-recording";
import { Canary, canaryLicense } from "../support/canary";
import { GcpDeployments } from "../support/gcp-args";
import { startOnGcp } from "../support/gcp-graph";
import { recordedOnGcp } from "../support/gcp-recording";
import type { GraphRecorder } from "../support/graph";
import { plainWords } from "../support/plain-secrets";
import { at, leavesOf, promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const { production } = GcpDeployments;

/** Whatever is worth keeping, and the right to encrypt and decrypt it: type and name. */
const Data = [
    /^gcp:sql\/(databaseInstance|database|user):/,
    /^gcp:storage\/bucket:/,
    /^gcp:kms\//,
    /^gcp:bigtable\/(instance|table|gCPolicy):/,
    /^gcp:pubsub\/\S+ demo-(file-stream|run-updates)/,
    /^gcp:container\/cluster:/,
    /^kubernetes:apps\.wandb\.com\//,
];

/** With all that holds data. */
const everything: WandbDeploymentArgs = {
    ...production,
    gcp: { ...production.gcp, events: {}, bigtable: {}, bucket: { events: true, location: "EU" } },
};

describe("a deployment on Google Cloud", () => {
    for (const [kind, args] of Object.entries(GcpDeployments)) {
        it(`registers the graph that the snapshot shows: ${kind}`, async () => {
            const graph = await startOnGcp();
            await deployedAlone(args);
            assertSnapshot(`gcp-${kind}`, graph.lines());
        });
    }

    it("protects what holds data, and nothing else", async () => {
        const resources = await recordedOnGcp(everything);
        const made = resources
            .filter(({ type }) => /^(gcp|kubernetes):/.test(type))
            .map(({ type, name, protect }) => ({ what: `${type} ${name}`, kept: protect === true }));
        const holdsData = (what: string) => Data.some((pattern) => pattern.test(what));
        assert.deepEqual(
            made.filter(({ what, kept }) => kept !== holdsData(what)),
            [],
        );
        const missing = Data.filter((pattern) => !made.some(({ what }) => pattern.test(what)));
        assert.deepEqual(missing, []);
    });

    it("protects nothing when it is told so", async () => {
        const resources = await recordedOnGcp({ ...everything, deletionProtection: false });
        assert.deepEqual(
            resources.filter(({ protect }) => protect === true).map(({ name }) => name),
            [],
        );
    });
});

describe("secrets of a deployment on Google Cloud", () => {
    let graph: GraphRecorder;
    let deployment: WandbDeployment;

    before(async () => {
        graph = await startOnGcp({
            "gcp:redis/instance:Instance": {
                host: "10.64.1.3",
                port: 6378,
                authString: `${Canary}Auth`,
                serverCaCerts: [{ cert: "cache-ca" }],
            },
            "random:index/randomPassword:RandomPassword": { result: `${Canary}Generated` },
        });
        deployment = await deployedAlone({
            ...everything,
            license: canaryLicense(),
            secretEnv: { EXTRA_TOKEN: `${Canary}Env` },
        });
    });

    it("are marked wherever they go", () => {
        assert.deepEqual(
            graph.resources.flatMap(({ name, inputs }) => plainWords(inputs, [Canary], name)),
            [],
        );
        const carried = JSON.stringify(graph.resources.map(({ inputs }) => inputs));
        for (const word of ["Auth", "Generated", "Env"]) {
            assert.ok(carried.includes(`${Canary}${word}`), word);
        }
    });

    it("stay out of the custom resource and the kubeconfig, even marked", () => {
        for (const name of ["demo-instance", "demo-kubernetes"]) {
            const { inputs } = graph.byName(name);
            assert.doesNotMatch(JSON.stringify(inputs), new RegExp(`${Canary}|ya29`), name);
        }
    });

    it("are marked among the outputs", async () => {
        const { gcp, url, kubeconfig, bucketName, databaseHost, manifest } = deployment;
        const outputs = { gcp, url, kubeconfig, bucketName, databaseHost, manifest };
        const withSecret: string[] = [];
        for (const { path, secret, known } of await leavesOf(outputs)) {
            if (known && JSON.stringify({ value: await promiseOf(at(outputs, path)) }).includes(Canary)) {
                assert.ok(secret, path);
                withSecret.push(path);
            }
        }
        assert.deepEqual(withSecret.sort(), ["gcp.databaseConnectionString", "gcp.databasePassword"]);
    });
});
