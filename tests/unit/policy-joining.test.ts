/** Which operator watches which custom resource, and what the stack tells about what the latter names. */
import assert from "node:assert/strict";
import { chartOf, operatorInput, operatorReleases, watchingRelease } from "../../policy/releases";
import { contextOf } from "../../policy/surroundings";
import { instance, release, resource, UnknownText, type Written } from "../support/policy-stack";

const isolated = (name: string, namespace: string, ...additionalNamespaces: string[]): Written =>
    release({ namespace, values: { namespaceIsolation: { enabled: true, additionalNamespaces } } }, name);

/** Name of the release that is joined with the custom resource. */
function joined(custom: Written, ...others: Written[]): string | undefined {
    const resources = [custom, ...others].map(resource);
    return watchingRelease(resources[0], resources)?.name;
}

describe("a Helm release", () => {
    it("is known by the last part of its chart", () => {
        const charts: Record<string, string | undefined> = {
            operator: "operator",
            "wandb/operator": "operator",
            "oci://ghcr.io/wandb/helm-charts/operator": "operator",
            "oci://ghcr.io/wandb/helm-charts/operator:1.4.8": "operator",
            "./charts/operator/": "operator",
            "/charts/operator-1.4.8.tgz": "operator",
            "https://charts.wandb.ai/operator-2.0.0-beta.3.tgz": "operator",
            "wandb/operator-wandb": "operator-wandb",
            "operator-wandb-0.43.8.tgz": "operator-wandb",
            wandb: "wandb",
            "redis-operator": undefined,
            "operator/redis": undefined,
            "": undefined,
        };
        for (const [chart, expected] of Object.entries(charts)) {
            assert.equal(chartOf(resource(release({ chart }))), expected, chart);
        }
        assert.equal(chartOf(resource(release({ chart: UnknownText }))), undefined);
        assert.equal(
            chartOf(resource({ type: "kubernetes:core/v1:Secret", name: "a", props: { chart: "operator" } })),
            undefined,
        );
    });

    it("of another product's operator is none of W&B, and in doubt one only beside a custom resource", () => {
        const names = (...written: Written[]) => operatorReleases(written.map(resource)).map(({ name }) => name);
        const minio = release({ repositoryOpts: { repo: "https://operator.min.io" }, namespace: "minio" }, "files");
        const mirror = release(
            { repositoryOpts: { repo: "https://charts.example.com" }, namespace: "tools" },
            "mirror",
        );
        assert.deepEqual(names(minio, mirror), []);
        assert.deepEqual(names(minio, mirror, instance({})), ["mirror"]);
        assert.deepEqual(names(minio, mirror, release(), instance({})), ["operator"]);
    });

    it("gives version, source, namespace and values by the names of its properties", () => {
        const paths = (props: object) => {
            const { version, source, namespace, values } = operatorInput(resource(release({ ...props })));
            return [version, source, namespace, values].map(({ path, text }) => `${path}=${text}`);
        };
        assert.deepEqual(paths({}), [
            "version=1.4.8",
            "repositoryOpts.repo=https://charts.wandb.ai",
            "namespace=wandb-cr",
            "values=undefined",
        ]);
        assert.equal(
            paths({ chart: "oci://registry.example.com/operator" })[1],
            "chart=oci://registry.example.com/operator",
        );
        assert.equal(paths({ repositoryOpts: undefined })[1], "chart=operator");
    });

    it("with values from files has unknown values: they are not visible", () => {
        const { values } = operatorInput(resource(release({ valueYamlFiles: [{ path: "values.yaml" }] })));
        assert.equal(values.unknown, true);
        assert.equal(values.at("image", "tag").unknown, true);
    });
});

describe("a custom resource", () => {
    it("is watched by the only operator of the stack, whatever it covers", () => {
        assert.equal(joined(instance({})), undefined);
        assert.equal(joined(instance({}), release()), "operator");
        assert.equal(joined(instance({}), isolated("confined", "elsewhere")), "confined");
    });

    it("is watched by the operator that covers its namespace, when there are several", () => {
        const one = isolated("one", "first", "wandb");
        const two = isolated("two", "second");
        assert.equal(joined(instance({}), one, two), "one");
        assert.equal(joined(instance({}, { namespace: "second" }), one, two), "two");
        assert.equal(joined(instance({}, { namespace: "third" }), one, two), undefined);
        assert.equal(joined(instance({}, { namespace: "third" }), one, two, release()), "operator");
    });

    it("is joined with none of several where that would be a guess", () => {
        assert.equal(joined(instance({}), release({}, "one"), release({}, "two")), undefined);
        assert.equal(joined(instance({}), isolated("one", "first", "wandb"), isolated("two", UnknownText)), undefined);
        const namespace = UnknownText;
        assert.equal(
            joined(instance({}, { namespace }), isolated("one", "first"), isolated("two", "second")),
            undefined,
        );
    });

    it("is watched by the operator of its own cluster", () => {
        const [here, there] = ["urn:here", "urn:there"];
        const custom = instance({}, { provider: there });
        assert.equal(joined(custom, release({}, "one", here), release({}, "two", there)), "two");
        assert.equal(joined(custom, release({}, "one", here)), undefined);
    });

    it("is watched by an operator of a cluster that is not known, where none is of its own", () => {
        const custom = instance({}, { provider: "urn:there" });
        assert.equal(joined(custom, release({}, "one", "urn:here"), release({}, "two")), "two");
        assert.equal(joined(custom, release({}, "two"), release({}, "three", "urn:there")), "three");
        assert.equal(joined(instance({}), release({}, "one", "urn:here")), "one");
    });

    it("is in one cluster with what other versions of the SDK make there by their default providers", () => {
        const urn = (name: string) => `urn:pulumi:dev::test::pulumi:providers:kubernetes::${name}`;
        const custom = instance({}, { provider: urn("default_4_34_2") });
        assert.equal(joined(custom, release({}, "one", urn("default_4_20_0_alpha_1"))), "one");
        assert.equal(joined(custom, release({}, "one", urn("default"))), "one");
        assert.equal(joined(custom, release({}, "one", urn("default_east"))), undefined);
    });

    it("of one cluster is not watched by an operator whose chart says less than that of another cluster", () => {
        const custom = instance({}, { provider: "urn:there" });
        const mirror = { repositoryOpts: { repo: "https://charts.example.com" }, namespace: "tools" };
        assert.equal(joined(custom, release({}, "one", "urn:here"), release(mirror, "mirror", "urn:there")), "mirror");
    });
});

describe("what stands around a custom resource", () => {
    const spec = {
        values: {
            global: {
                licenseSecret: { name: "license", key: "token" },
                redis: { secret: { secretName: "redis", secretKey: "password" } },
                caCertsConfigMap: "authorities",
            },
        },
    };
    const object = (kind: string, name: string, content: object, namespace = "wandb"): Written => ({
        type: `kubernetes:core/v1:${kind}`,
        name,
        props: { metadata: { name, namespace }, ...content },
    });
    const facts = (...others: Written[]) => {
        const resources = [instance(spec), ...others].map(resource);
        return contextOf(resources[0], resources);
    };

    it("is read from Secrets and ConfigMaps of the same stack and namespace", () => {
        const { license, redisSecretKeys, caConfigMapKeys } = facts(
            object("Secret", "license", { stringData: { token: "plain" } }),
            object("Secret", "redis", { data: { password: "c2VjcmV0" }, stringData: { REDIS_CA_CERT: "pem" } }),
            object("ConfigMap", "authorities", { data: { "one.crt": "pem", two: "pem" } }),
        );
        assert.equal(license, "plain");
        assert.deepEqual(redisSecretKeys, ["password", "REDIS_CA_CERT"]);
        assert.deepEqual(caConfigMapKeys, ["one.crt", "two"]);
    });

    it("is read from the cluster of the custom resource", () => {
        const license = (token: string, provider?: string) => ({
            ...object("Secret", "license", { stringData: { token } }),
            provider,
        });
        const of = (...others: Written[]): string | undefined => {
            const resources = [instance(spec, { provider: "urn:there" }), ...others].map(resource);
            return contextOf(resources[0], resources).license;
        };
        assert.equal(of(license("one", "urn:here"), license("two", "urn:there")), "two");
        assert.equal(of(license("one", "urn:here"), license("two")), "two");
        assert.equal(of(license("one", "urn:here")), undefined);
    });

    it("is not there when it is elsewhere or not known", () => {
        const nothing = facts(
            object("Secret", "license", { stringData: { token: "plain" } }, "other"),
            object("Secret", "redis", { data: UnknownText }),
            object("ConfigMap", "other", { data: { one: "pem" } }),
        );
        assert.equal(nothing.license, undefined);
        assert.equal(nothing.redisSecretKeys, undefined);
        assert.equal(nothing.caConfigMapKeys, undefined);
        assert.equal(facts(object("Secret", "license", { data: { token: "cGxhaW4=" } })).license, "plain");
        assert.equal(facts(object("Secret", "license", { stringData: { token: UnknownText } })).license, undefined);
    });
});
