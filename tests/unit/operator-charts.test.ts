import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { channelUrl } from "../../sandbox/operator/controller/channel";
import { parseChart, storedChart, supportsOci } from "../../sandbox/operator/controller/charts";
import type { KubeObject } from "../../sandbox/operator/controller/kube";
import { managerConfig } from "../../sandbox/operator/controller/manager";
import { addressFor } from "../../sandbox/operator/controller/addresses";
import { decodeSpec, specOf } from "../../sandbox/operator/controller/store";

const current = { supportsOci: true };
const repository = { url: "https://charts.wandb.ai", name: "operator-wandb" };
const oci = { url: "oci://ghcr.io/wandb/helm-charts/operator-wandb", version: "0.43.8" };

describe("stand-in operator: spec.chart", () => {
    const table: [string, unknown, string | undefined][] = [
        ["repository", repository, "repository"],
        ["repository, newest version", { ...repository, version: "" }, "repository"],
        ["OCI", oci, "oci"],
        ["path", { path: "/charts/app.tgz" }, "local"],
        ["path wins over url", { ...repository, path: "/charts/app.tgz" }, "local"],
        ["no name", { url: "https://charts.wandb.ai" }, undefined],
        ["no scheme", { ...repository, url: "charts.wandb.ai" }, undefined],
        ["version of another kind", { ...repository, version: 1 }, undefined],
        ["credentials of another kind", { ...repository, credentialSecret: "name" }, undefined],
        ["empty", {}, undefined],
        ["absent", undefined, undefined],
    ];
    for (const [title, raw, kind] of table) {
        it(`${title}: ${kind ?? "no chart"}`, () => assert.equal(parseChart(raw, current)?.kind, kind));
    }

    it("does not know OCI before controller 1.22.0", () => {
        assert.equal(parseChart(oci, { supportsOci: false }), undefined);
        const images: [string, boolean][] = [
            ["wandb/controller:1.21.9", false],
            ["registry.corp.example:5000/wandb/controller:v1.20.0", false],
            ["wandb/controller:1.22.0", true],
            ["wandb/controller:2.0.0", true],
            ["registry.corp.example:5000/wandb/controller:latest", true],
            ["wandb/controller@sha256:0123", true],
        ];
        for (const [image, expected] of images) {
            assert.equal(supportsOci(image), expected, image);
        }
    });

    it("is stored with every field of its shape and read back as the same", () => {
        const chart = parseChart({ ...repository, credentialSecret: { name: "creds" } }, current);
        assert.deepEqual(storedChart(chart), {
            ...repository,
            version: "",
            username: "",
            password: "",
            debug: false,
            credentialSecret: { name: "creds", usernameKey: "", passwordKey: "" },
        });
        assert.deepEqual(parseChart(storedChart(chart), current), chart);
        assert.equal(storedChart(undefined), null);
    });
});

describe("stand-in operator: stored specs", () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
    const secret = (data: Record<string, string>): KubeObject => ({
        metadata: { namespace: "ns", name: "wandb-spec-user" },
        data,
    });

    it("needs chart and values", () => {
        assert.deepEqual(decodeSpec(secret({ chart: encode(null), values: encode({ a: 1 }) }), current), {
            values: { a: 1 },
        });
        assert.throws(() => decodeSpec(secret({ values: encode({}) }), current), /ns\/wandb-spec-user.*`chart`/);
        assert.throws(() => decodeSpec(secret({ chart: encode(null) }), current), /`values`/);
    });

    it("leaves out what is of the wrong kind in a channel answer", () => {
        assert.deepEqual(specOf({ chart: "x", values: [], metadata: { id: "1" } }, current), { metadata: { id: "1" } });
        assert.deepEqual(specOf("text", current), {});
    });
});

describe("stand-in operator: configuration from the pod", () => {
    const pod = (container: object, volumes: object[] = []): KubeObject => ({
        metadata: { namespace: "wandb-cr", name: "pod" },
        spec: {
            serviceAccountName: "wandb-manager",
            containers: [{ name: "manager", image: "i:1.22.0", ...container }],
            volumes,
        },
    });

    it("reads flags, environment and mounts", () => {
        const config = managerConfig(
            pod(
                {
                    args: ["--leader-elect", "--isolation-namespaces=wandb-cr,team"],
                    env: [
                        { name: "AIRGAPPED", value: "true" },
                        { name: "OPERATOR_NAMESPACE", value: "wandb-cr" },
                        { name: "DEPLOYER_CHANNEL_URL", value: "http://channel" },
                    ],
                    volumeMounts: [{ name: "charts", mountPath: "/charts" }],
                },
                [{ name: "charts", configMap: { name: "wandb-charts" } }],
            ),
        );
        assert.deepEqual(config?.watchedNamespaces, ["wandb-cr", "team"]);
        assert.equal(config?.airgapped, true);
        assert.equal(config?.channelUrl, "http://channel");
        assert.deepEqual(config?.mounts, [{ mountPath: "/charts", configMap: "wandb-charts" }]);
    });

    it("watches the whole cluster without the flag and ignores pods of other programs", () => {
        assert.deepEqual(managerConfig(pod({}))?.watchedNamespaces, []);
        assert.equal(managerConfig(pod({ name: "other" })), undefined);
    });

    it("adds the channel's path to the base URL", () => {
        assert.equal(channelUrl("http://channel"), "http://channel/api/v1/operator/channel");
        assert.equal(channelUrl("http://channel", "r1"), "http://channel/api/v1/operator/channel/release/r1");
    });
});

describe("stand-in Ingress addresses", () => {
    const ingress = (fields: {
        class?: string;
        annotations?: Record<string, string>;
        address?: object;
    }): KubeObject => ({
        metadata: { namespace: "ns", name: "wandb", annotations: fields.annotations },
        spec: { ingressClassName: fields.class },
        status: { loadBalancer: { ingress: fields.address === undefined ? undefined : [fields.address] } },
    });

    it("gives host names for alb and IP addresses for the others", () => {
        assert.match(addressFor(ingress({ class: "alb" }))?.hostname ?? "", /\.elb\.example\.com$/);
        assert.match(addressFor(ingress({ class: "nginx" }))?.ip ?? "", /^203\.0\.113\.\d+$/);
        const annotations = { "kubernetes.io/ingress.class": "gce" };
        assert.match(addressFor(ingress({ annotations }))?.ip ?? "", /^203\.0\.113\.\d+$/);
    });

    it("gives none for no class, an unknown one, an opted-out or an addressed Ingress", () => {
        assert.equal(addressFor(ingress({})), undefined);
        assert.equal(addressFor(ingress({ class: "unknown" })), undefined);
        assert.equal(
            addressFor(ingress({ class: "nginx", annotations: { "sandbox.wandb.com/no-address": "true" } })),
            undefined,
        );
        assert.equal(addressFor(ingress({ class: "nginx", address: { ip: "10.0.0.1" } })), undefined);
    });
});
