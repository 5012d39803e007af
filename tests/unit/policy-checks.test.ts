/** The checks of the package as policies. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckInput, Checks, knownReference, runChecks, View } from "pulumi-wandb/checks";
import { checkPolicies, JoinedChecks, MandatoryChecks, policyName, ReferenceChecks } from "../../policy/checks";
import { policies } from "../../policy/policies";
import { fixtureNames, fixtureSpec } from "../support/policy-fixtures";
import { instance, release, UnknownText, type Violation, violations, type Written } from "../support/policy-stack";

type OnePolicy = (typeof policies)[number];

const ids = Checks.map(({ id }) => id);

function policyOf(id: string): OnePolicy {
    const policy = checkPolicies.find(({ name }) => name === policyName(id));
    assert.ok(policy, id);
    return policy;
}

const run = (id: string, stack: readonly Written[], configuration = {}): Promise<Violation[]> =>
    violations(policyOf(id), stack, configuration);

const messages = async (...args: Parameters<typeof run>): Promise<string[]> =>
    (await run(...args)).map(({ message }) => message);

describe("policies of the checks", () => {
    it("are one for each check, with a name of its own", () => {
        assert.deepEqual(
            checkPolicies.map(({ name }) => name),
            ids.map((id) => `wandb-${id.replaceAll(".", "-")}`),
        );
        const names = policies.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        names.forEach((name) => assert.match(name, /^wandb-[a-z0-9]+(-[a-z0-9]+)*$/));
    });

    it("stop an update for secrets in clear, public data stores and missing encryption only", () => {
        const mandatory = policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
        // Those about a cloud have a list of their own.
        const names = mandatory.map(({ name }) => name).filter((name) => !/^wandb-(?:aws|azure|gcp)-/.test(name));
        assert.deepEqual(names.sort(), [
            "wandb-bucket-secret-plain",
            "wandb-bucket-tls",
            "wandb-data-store-public",
            "wandb-env-secret-literal",
            "wandb-host-https",
            "wandb-literal-credentials",
        ]);
        const others = policies.filter((policy) => !mandatory.includes(policy));
        others.forEach(({ name, enforcementLevel }) => assert.equal(enforcementLevel, "advisory", name));
    });

    it("say what is wrong and why, and what to do", () => {
        for (const { name, description, remediationSteps, severity } of policies) {
            assert.match(description, /^\S.*\S\. \S.*\.$/s, name);
            assert.match(remediationSteps ?? "", /^\S.*\.$/s, name);
            assert.ok(severity, name);
        }
    });

    it("name checks that exist, where they treat some apart", () => {
        for (const id of [...JoinedChecks, ...MandatoryChecks, ...ReferenceChecks]) {
            assert.ok(ids.includes(id), id);
        }
    });

    it("look at the whole stack where a check looks beyond the custom resource, and take a chart where it judges by one", () => {
        const beyond = new Set<string>();
        const judging = new Set<string>();
        for (const check of Checks) {
            const context = new Proxy({ now: new Date() }, { get: seen(check.id, "now", beyond) });
            for (const { chart, values } of trees()) {
                const input: CheckInput = {
                    metadata: new View("metadata", { name: "wandb", namespace: "wandb" }),
                    chart: new View("spec.chart", chart),
                    values: new View("spec.values", values),
                    untyped: new View("spec.values", values),
                    get operator() {
                        beyond.add(check.id);
                        return undefined;
                    },
                    context,
                    reference: () => {
                        judging.add(check.id);
                        return knownReference();
                    },
                };
                runChecks([check], input);
            }
        }
        const whole = checkPolicies.filter((policy) => "validateStack" in policy).map(({ name }) => name);
        [...beyond].forEach((id) => assert.ok(whole.includes(policyName(id)), id));
        [...judging].forEach((id) => assert.ok(ReferenceChecks.has(id), id));
        assert.ok(judging.size > 0 && beyond.size > 15);
    });
});

/** Adds a check to those that read more of the context than one member. */
function seen<T extends object>(id: string, harmless: string, into: Set<string>) {
    return (target: T, key: string | symbol): unknown => {
        if (key !== harmless) {
            into.add(id);
        }
        return Reflect.get(target, key);
    };
}

/** Configurations that lead the checks to most of their branches. */
function trees(): { chart?: unknown; values?: unknown }[] {
    const secretRefs = {
        global: {
            host: "https://wandb.example.com",
            licenseSecret: { name: "license", key: "license" },
            customCACerts: ["pem"],
            caCertsConfigMap: "authorities",
            redis: { caCert: "pem", secret: { secretName: "redis", secretKey: "password" } },
        },
        ingress: { tls: [], additionalHosts: [] },
    };
    return [
        {},
        { values: secretRefs, chart: { url: "oci://registry.example.com/operator-wandb", version: "0.43.8" } },
        ...fixtureNames().map((file) => fixtureSpec(file)),
    ];
}

describe("a check as a policy", () => {
    const good = { values: { global: { host: "https://wandb.example.com" } } };

    it("reports on the custom resource, with its path", async () => {
        const found = await run("bucket.provider", [
            instance({ values: { global: { bucket: { name: "files", provider: "minio" } } } }),
        ]);
        assert.equal(found.length, 1);
        assert.match(
            found[0].message,
            /^wandb: spec\.values\.global\.bucket\.provider: is not a provider .*\("minio" given\).*\. Use /,
        );
        assert.match(found[0].urn ?? "", /::wandb$/);
    });

    it("skips what is not known before the update", async () => {
        const values = { global: { host: UnknownText, bucket: { name: "files", provider: UnknownText } } };
        assert.deepEqual(await run("bucket.provider", [instance({ values })]), []);
        assert.deepEqual(await run("host.required", [instance({ values })]), []);
        assert.deepEqual(await run("host.required", [instance({ values: UnknownText })]), []);
        assert.deepEqual(
            await run("host.required", [{ ...instance({}), props: { metadata: {}, spec: UnknownText } }]),
            [],
        );
        assert.equal((await run("host.required", [instance({ values: {} })])).length, 1);
    });

    it("reports a fault of the operator on its release, once for all its custom resources", async () => {
        const operator = release({ version: "latest" });
        const stack = [instance(good), instance(good, { name: "second" }), operator];
        const found = await run("operator.version", stack);
        assert.equal(found.length, 1);
        assert.match(found[0].message, /^operator: version: is not a version \("latest" given\)\. /);
        assert.match(found[0].urn ?? "", /Release::operator$/);
        assert.deepEqual(await messages("operator.version", [operator]), await messages("operator.version", stack));
    });

    it("judges an operator without a custom resource by itself alone", async () => {
        const airgapped = release({ values: { airgapped: true, image: { tag: "latest" } } });
        assert.equal((await run("operator.image-tag", [airgapped])).length, 1);
        for (const id of ids.filter((one) => !one.startsWith("operator."))) {
            assert.deepEqual(await run(id, [airgapped]), [], id);
        }
        assert.equal((await run("airgap.chart", [airgapped, instance(good)])).length, 1);
    });

    it("knows the license of a Secret in the same stack, and does not print it", async () => {
        const spec = { values: { global: { licenseSecret: { name: "license", key: "license" } } } };
        const secret = (license: string): Written => ({
            type: "kubernetes:core/v1:Secret",
            name: "license",
            props: { metadata: { name: "license", namespace: "wandb" }, stringData: { license } },
        });
        const [message, ...more] = await messages("license.jwt", [instance(spec), secret("NotALicense")]);
        assert.match(message, /^wandb: spec\.values\.global\.licenseSecret\.name: /);
        assert.doesNotMatch(message, /NotALicense/);
        assert.deepEqual(more, []);
        assert.deepEqual(await run("license.jwt", [instance(spec), secret(UnknownText)]), []);
        assert.deepEqual(await run("license.jwt", [instance(spec)]), []);
    });

    it("finds nothing in a stack without W&B", async () => {
        const other = {
            type: "kubernetes:core/v1:Secret",
            name: "other",
            props: { stringData: { password: "plain" } },
        };
        for (const policy of policies) {
            assert.deepEqual(await violations(policy, [other, { ...release(), props: { chart: "redis" } }]), []);
        }
    });
});

describe("parameter chartReference", () => {
    const spec = { values: { global: { host: "https://wandb.example.com", hots: "x" } } };
    let folder: string;
    const file = (): string => join(folder, "values.json");
    const configured = (path = file()) => ({ chartReference: { version: "9.9.9", file: path } });

    before(() => (folder = mkdtempSync(join(tmpdir(), "chart-reference-"))));
    after(() => rmSync(folder, { recursive: true }));

    it("judges by the values of another version, and says which", async () => {
        writeFileSync(file(), JSON.stringify([{ path: "global.hots", type: "string", read: "yes" }]));
        const usual = await messages("values.unknown-key", [instance(spec)]);
        assert.equal(usual.length, 1);
        assert.match(usual[0], /hots/);
        const other = await messages("values.unknown-key", [instance(spec)], configured());
        assert.equal(other.length, 1);
        assert.match(other[0], /^wandb: spec\.values\.global\.host: .*9\.9\.9/);
    });

    it("fails with file, cause and remedy on a file that is none", async () => {
        const missing = join(folder, "missing.json");
        const wrong = join(folder, "wrong.json");
        writeFileSync(wrong, "{}");
        await assert.rejects(run("values.kind", [instance(spec)], configured(missing)), (error: Error) => {
            assert.match(
                error.message,
                /^chartReference: ".*missing\.json" cannot be used: ENOENT.*\nGive the absolute path/,
            );
            assert.equal(error.stack, error.message);
            return true;
        });
        await assert.rejects(
            run("values.kind", [instance(spec)], configured(wrong)),
            /wrong\.json" cannot be used: .*\n- the values are not a list of rows/,
        );
    });
});
