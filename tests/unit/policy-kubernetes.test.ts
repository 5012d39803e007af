/** Policies about Kubernetes objects beside a custom resource: one that fails, and the nearest that does not. */
import assert from "node:assert/strict";
import { kubernetesPolicies } from "../../policy/infrastructure/kubernetes";
import { instance, UnknownText, violations, type Written } from "../support/policy-stack";

/** Policy and message of everything that is found. */
async function foundIn(stack: readonly Written[]): Promise<string[]> {
    const all: string[] = [];
    for (const policy of kubernetesPolicies) {
        for (const { message } of await violations(policy, stack)) {
            all.push(`${policy.name} ${message}`);
        }
    }
    return all;
}

/** The same beside the custom resource `wandb`. */
const found = (...others: Written[]): Promise<string[]> => foundIn([instance({}), ...others]);

function service(spec: object, annotations: object = {}, namespace = "wandb"): Written {
    const metadata = { name: "door", namespace, annotations };
    return { type: "kubernetes:core/v1:Service", name: "door", props: { metadata, spec } };
}

const App = { "app.kubernetes.io/instance": "wandb", "app.kubernetes.io/name": "app" };
const Redis = { "app.kubernetes.io/instance": "wandb", "app.kubernetes.io/name": "redis" };

describe("policy wandb-data-store-public", () => {
    it("refuses a Service that offers a data store of W&B to other networks", async () => {
        const [message, ...more] = await found(service({ type: "LoadBalancer", selector: Redis }));
        assert.match(
            message,
            /^wandb-data-store-public door: spec\.type: offers redis of W&B to other networks \("LoadBalancer" given\)\. Set it to ClusterIP/,
        );
        assert.deepEqual(more, []);
        const selector = { "app.kubernetes.io/name": "mysql" };
        assert.match((await found(service({ type: "NodePort", selector })))[0], /offers mysql .*"NodePort"/);
    });

    it("lets Services inside, of others, and with what is not known pass", async () => {
        assert.deepEqual(await found(service({ type: "ClusterIP", selector: Redis })), []);
        assert.deepEqual(await found(service({ selector: Redis })), []);
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: Redis }, {}, "other")), []);
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: { app: "redis" } })), []);
        const other = { ...Redis, "app.kubernetes.io/instance": "other" };
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: other })), []);
        assert.deepEqual(await found(service({ type: UnknownText, selector: Redis })), []);
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: UnknownText })), []);
    });

    it("lets load balancers of the private network pass, but not NodePorts", async () => {
        const annotations = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" };
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: Redis }, annotations)), []);
        assert.equal((await found(service({ type: "NodePort", selector: Redis }, annotations))).length, 1);
        const azure = { "service.beta.kubernetes.io/azure-load-balancer-internal": true };
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: Redis }, azure)), []);
        const facing = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" };
        assert.equal((await found(service({ type: "LoadBalancer", selector: Redis }, facing))).length, 1);
    });

    it("takes load balancers of AWS's own controller for internal, unless they are told otherwise", async () => {
        const aws = (key: string, value: unknown) => ({
            [`service.beta.kubernetes.io/aws-load-balancer-${key}`]: value,
        });
        const count = async (annotations: object, loadBalancerClass?: string) =>
            (await found(service({ type: "LoadBalancer", loadBalancerClass, selector: Redis }, annotations))).length;
        const Controller = "service.k8s.aws/nlb";
        assert.equal(await count({}, Controller), 0);
        assert.equal(await count({}, UnknownText), 0);
        assert.equal(await count({}, "example.com/other"), 1);
        assert.equal(await count(aws("type", "external")), 0);
        assert.equal(await count(aws("type", "nlb-ip")), 0);
        assert.equal(await count(aws("type", "nlb")), 1);
        assert.equal(await count(aws("type", UnknownText)), 0);
        assert.equal(await count(aws("type", "external"), "example.com/other"), 1);
        assert.equal(await count({ ...aws("type", "external"), ...aws("scheme", "internal") }), 0);
        assert.equal(await count({ ...aws("type", "external"), ...aws("scheme", "internet-facing") }), 1);
        assert.equal(await count(aws("scheme", "internet-facing"), Controller), 1);
        assert.equal(await count(aws("internal", "false"), Controller), 1);
    });

    it("takes the older annotation of AWS for internal, whatever it says but false", async () => {
        for (const [value, count] of [
            ["true", 0],
            [true, 0],
            ["0.0.0.0/0", 0],
            [UnknownText, 0],
            ["false", 1],
            [false, 1],
            ["", 1],
        ] as const) {
            const annotations = { "service.beta.kubernetes.io/aws-load-balancer-internal": value };
            const messages = await found(service({ type: "LoadBalancer", selector: Redis }, annotations));
            assert.equal(messages.length, count, String(value));
        }
    });

    it("leaves Services of another cluster alone", async () => {
        const redis = service({ type: "NodePort", selector: Redis });
        const count = async (here?: string, there?: string) =>
            (await foundIn([instance({}, { provider: here }), { ...redis, provider: there }])).length;
        assert.equal(await count("urn:here", "urn:there"), 0);
        assert.equal(await count("urn:here", "urn:here"), 1);
        assert.equal(await count("urn:here"), 1);
        assert.equal(await count(undefined, "urn:there"), 1);
    });
});

describe("policy wandb-service-without-tls", () => {
    it("advises against a Service past the Ingress", async () => {
        const [message, ...more] = await found(service({ type: "NodePort", selector: App }));
        assert.match(
            message,
            /^wandb-service-without-tls door: spec\.type: leads to W&B past the Ingress .*"NodePort" given/,
        );
        assert.deepEqual(more, []);
    });

    it("is content with a certificate at the load balancer", async () => {
        const annotations = {
            "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:eu-west-1:1:certificate/1",
        };
        assert.deepEqual(await found(service({ type: "LoadBalancer", selector: App }, annotations)), []);
        assert.equal((await found(service({ type: "LoadBalancer", selector: App }))).length, 1);
    });
});

describe("policy wandb-ingress-without-tls", () => {
    const ingress = (changes: object, annotations: object = {}, backend = "wandb-app"): Written => ({
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        name: "door",
        props: {
            metadata: { name: "door", namespace: "wandb", annotations },
            spec: { rules: [{ http: { paths: [{ backend: { service: { name: backend } } }] } }], ...changes },
        },
    });

    it("advises against an Ingress to W&B without TLS", async () => {
        const [message, ...more] = await found(ingress({}));
        assert.match(message, /^wandb-ingress-without-tls door: spec\.tls: is not set, .*\. Set it to a list/);
        assert.deepEqual(more, []);
        const defaultBackend = { service: { name: "wandb-console" } };
        assert.equal((await found(ingress({ rules: undefined, defaultBackend }))).length, 1);
    });

    it("is content with TLS by spec or annotation, with other backends, and with what is not known", async () => {
        assert.deepEqual(await found(ingress({ tls: [{ secretName: "tls" }] })), []);
        assert.deepEqual(await found(ingress({ tls: UnknownText })), []);
        assert.deepEqual(
            await found(ingress({}, { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:1" })),
            [],
        );
        assert.deepEqual(await found(ingress({}, {}, "other-app")), []);
        assert.deepEqual(await found(ingress({ rules: UnknownText })), []);
        const elsewhere = [instance({}, { provider: "urn:here" }), { ...ingress({}), provider: "urn:there" }];
        assert.deepEqual(await foundIn(elsewhere), []);
    });
});
