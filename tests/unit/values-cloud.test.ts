import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { buildValues } from "../../sdk/values/build";
import { accountNames, Components } from "../../sdk/values/components";
import type { ValuesInput } from "../../sdk/values/types";
import { at, forbidResources, promiseOf, resolveTree } from "../support/resolve";
import { MinimalArgs, valuesInput } from "../support/values-input";

type Facts = Partial<ValuesInput["facts"]>;

function valuesOf(args: Partial<WandbDeploymentArgs>, facts?: Facts): Promise<Record<string, unknown>> {
    return resolveTree(buildValues(valuesInput({ ...MinimalArgs, ...args }, facts)));
}

const issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";
const onCloud: Facts = {
    cloud: "aws",
    identity: {
        principal: pulumi.output("arn:aws:iam::123456789012:role/wandb"),
        tokenIssuer: pulumi.output(issuer),
        serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/wandb" },
    },
};
const subjects = (values: unknown) =>
    (at(values, "app.internalJWTMap") as { subject: string }[]).map(({ subject }) => subject);

describe("values that a cloud adds", () => {
    before(forbidResources);

    it("say which cloud it is, and whom the owner of a team's bucket must let in", async () => {
        const values = await valuesOf({}, onCloud);
        assert.equal(at(values, "global.cloudProvider"), "aws");
        assert.deepEqual(at(values, "console.extraEnv"), {
            BUCKET_ACCESS_IDENTITY: "arn:aws:iam::123456789012:role/wandb",
        });
    });

    it("say nothing of it on a cluster that is there", async () => {
        const values = await valuesOf({});
        for (const path of ["global.cloudProvider", "console.extraEnv", "app.internalJWTMap", "yace"]) {
            assert.equal(at(values, path), undefined, path);
        }
    });

    it("keep variables of the console beside it, the user's over ours", async () => {
        const own = { values: { console: { extraEnv: { OTHER: "1", BUCKET_ACCESS_IDENTITY: "else" } } } };
        assert.deepEqual(at(await valuesOf(own, onCloud), "console.extraEnv"), {
            BUCKET_ACCESS_IDENTITY: "else",
            OTHER: "1",
        });
    });

    describe("tokens of service accounts", () => {
        it("are trusted of all components that send them, since the list replaces the chart's", async () => {
            const values = await valuesOf({}, onCloud);
            assert.deepEqual(at(values, "app.internalJWTMap"), [
                { subject: "system:serviceaccount:wandb:wandb-weave-trace", issuer },
                { subject: "system:serviceaccount:wandb:wandb-weave-trace-worker", issuer },
            ]);
        });

        it("carry namespace and name of the custom resource", async () => {
            assert.deepEqual(subjects(await valuesOf({ namespace: "ml", name: "lab" }, onCloud)), [
                "system:serviceaccount:ml:lab-weave-trace",
                "system:serviceaccount:ml:lab-weave-trace-worker",
            ]);
        });

        it("carry the name of an account of the user's, an Output too, wherever it is given", async () => {
            const serviceAccounts = [{ name: pulumi.output("own"), components: ["weave-trace", "app"] }];
            const free = { "weave-trace-worker": { serviceAccount: { name: "free" } } };
            assert.deepEqual(subjects(await valuesOf({ serviceAccounts, values: free }, onCloud)), [
                "system:serviceaccount:wandb:own",
                "system:serviceaccount:wandb:free",
            ]);
        });

        it("are trusted of nobody under an operator that is confined to namespaces", async () => {
            const values = await valuesOf({ operator: { namespaceIsolation: { enabled: true } } }, onCloud);
            assert.deepEqual(at(values, "app.internalJWTMap"), []);
        });
    });

    describe("metrics", () => {
        const metrics: Facts["cloudMetrics"] = {
            regions: [pulumi.output("eu-west-1")],
            serviceAccountName: "wandb-yace",
            serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": "arn" },
            searchTags: { "wandb-deployment": "^a/b/c$" },
        };

        it("come from the exporter that the chart installs", async () => {
            assert.deepEqual(at(await valuesOf({}, { ...onCloud, cloudMetrics: metrics }), "yace"), {
                install: true,
                regions: ["eu-west-1"],
                searchTags: { "wandb-deployment": "^a/b/c$" },
                serviceAccount: { name: "wandb-yace", annotations: { "eks.amazonaws.com/role-arn": "arn" } },
            });
        });

        it("need no annotation where identity comes another way", async () => {
            const cloudMetrics = { ...metrics, serviceAccountAnnotations: undefined };
            const values = await valuesOf({}, { ...onCloud, cloudMetrics });
            assert.deepEqual(at(values, "yace.serviceAccount"), { name: "wandb-yace" });
        });
    });

    describe("the Ingress", () => {
        const hosts = async (args: Partial<WandbDeploymentArgs>, anyHost?: boolean) =>
            at(await valuesOf(args, { ingress: { anyHost } }), "ingress.additionalHosts");

        it("answers to any host where requests come by the load balancer's address, after the hosts of the user", async () => {
            assert.deepEqual(await hosts({}, true), [""]);
            assert.deepEqual(await hosts({ ingress: { additionalHosts: ["b.example.com"] } }, true), [
                "b.example.com",
                "",
            ]);
        });

        it("answers to its own hosts elsewhere", async () => {
            assert.equal(await hosts({}), undefined);
            assert.deepEqual(await hosts({ ingress: { additionalHosts: ["b.example.com"] } }, false), [
                "b.example.com",
            ]);
        });

        it("does not ask for a certificate of any host", async () => {
            const ingress = { additionalHosts: ["b.example.com"], tls: { secretName: "tls" } };
            const values = await valuesOf({ ingress }, { ingress: { anyHost: true } });
            assert.deepEqual(at(values, "ingress.tls"), [
                { secretName: "tls", hosts: ["wandb.example.com", "b.example.com"] },
            ]);
        });
    });
});

describe("service accounts that get the cloud identity", () => {
    it("are those that the chart makes, one for each component whose pods speak to the cloud", () => {
        const { own, made } = accountNames({});
        assert.deepEqual(own, []);
        const expected = Components.map(({ name }) => name).filter((name) => name === name.toLowerCase());
        assert.deepEqual(
            made,
            expected.map((name) => `wandb-${name}`),
        );
        for (const name of ["app", "api", "console", "parquet", "weave", "weave-trace", "executor", "glue"]) {
            assert.ok(made.includes(`wandb-${name}`), name);
        }
    });

    it("are of the custom resource's name", () => {
        assert.ok(accountNames({ name: "lab" }).made.every((account) => account.startsWith("lab-")));
    });

    it("are the user's own in place of those of their components, each once", async () => {
        const later = pulumi.output("later");
        const { own, components, made } = accountNames({
            serviceAccounts: [
                { name: "shared", components: ["app", "parquet"] },
                { name: later, components: ["weave"], create: false },
            ],
            values: {
                console: { serviceAccount: { name: "shared" } },
                api: { serviceAccount: { name: "free", annotations: {} } },
                executor: { serviceAccount: { name: "" } },
                glue: { serviceAccount: { create: true } },
            },
        });
        assert.deepEqual(await Promise.all(own.map((account) => promiseOf(account))), ["shared", "later", "free"]);
        assert.deepEqual([...components], [[later, ["weave"]]]);
        for (const name of ["app", "parquet", "weave", "console", "api"]) {
            assert.ok(!made.includes(`wandb-${name}`), name);
        }
        for (const name of ["executor", "glue", "filestream"]) {
            assert.ok(made.includes(`wandb-${name}`), name);
        }
    });

    it("are the accounts that carry the identity in the values", async () => {
        const annotations = { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/wandb" };
        const serviceAccounts = [{ name: "shared", components: ["app", "parquet"] }];
        const values = await valuesOf({ serviceAccounts }, onCloud);
        for (const { name } of Components.filter(({ name }) => name !== "parquet")) {
            assert.deepEqual(at(values, [name, "serviceAccount", "annotations"]), annotations, name);
        }
        // One account is made once, by the first of its components.
        assert.equal(at(values, "parquet.serviceAccount.create"), false);
    });
});
