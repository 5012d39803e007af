import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { checksPage, ChecksFile } from "../../docs/checks";
import { type Check, Checks } from "../../sdk/checks";
import { ApplicationChartVersion } from "../../sdk/versions";

/** All checks, in order: their ids are what people write into `checks.silence` and the configuration of the policy pack. */
const Known: readonly (readonly [string, string])[] = [
    ["values.unknown-key", "warning"],
    ["values.unread-key", "warning"],
    ["values.null", "error"],
    ["values.kind", "error"],
    ["values.list-append", "warning"],
    ["ingress.nested", "error"],
    ["component.nested", "error"],
    ["cr.name", "error"],
    ["cr.name-length", "error"],
    ["cr.operator-namespace", "warning"],
    ["operator.version", "error"],
    ["operator.image-tag", "warning"],
    ["operator.isolation-ns", "error"],
    ["operator.isolation-cluster", "warning"],
    ["airgap.chart", "error"],
    ["airgap.repo-public", "warning"],
    ["airgap.images", "warning"],
    ["airgap.smtp", "warning"],
    ["chart.shape", "error"],
    ["chart.oci-controller", "error"],
    ["chart.version", "warning"],
    ["chart.credentials", "warning"],
    ["chart.http", "warning"],
    ["chart.pin-images", "warning"],
    ["images.same-tag", "warning"],
    ["host.required", "error"],
    ["host.scheme", "error"],
    ["host.bare", "error"],
    ["host.https", "warning"],
    ["license.required", "error"],
    ["license.jwt", "error"],
    ["license.expired", "warning"],
    ["license.both", "warning"],
    ["license.secret-key", "error"],
    ["ingress.class-both", "error"],
    ["ingress.class-none", "warning"],
    ["ingress.tls-shape", "error"],
    ["ingress.tls-host", "warning"],
    ["ingress.tls-scheme", "error"],
    ["ingress.tls-issuer", "warning"],
    ["ingress.issuer", "error"],
    ["ingress.https-notls", "warning"],
    ["ingress.nginx-body", "warning"],
    ["ingress.secondary-name", "error"],
    ["bucket.required", "error"],
    ["bucket.provider", "error"],
    ["bucket.s3-region", "error"],
    ["bucket.s3-keys", "error"],
    ["bucket.s3-compat", "error"],
    ["bucket.s3-compat-kms", "warning"],
    ["bucket.az-key", "error"],
    ["bucket.az-secretkey", "warning"],
    ["bucket.az-container", "error"],
    ["bucket.gcs-fields", "warning"],
    ["bucket.env", "warning"],
    ["bucket.env-url", "error"],
    ["bucket.tls", "warning"],
    ["bucket.secret-plain", "warning"],
    ["mysql.required", "error"],
    ["mysql.internal", "warning"],
    ["mysql.name", "warning"],
    ["mysql.port", "error"],
    ["mysql.password-url", "warning"],
    ["mysql.password-two", "warning"],
    ["mysql.version", "error"],
    ["mysql.params", "error"],
    ["mysql.params-size", "warning"],
    ["mysql.charset", "warning"],
    ["redis.external", "error"],
    ["redis.missing", "error"],
    ["redis.auth-drift", "error"],
    ["redis.password-two", "warning"],
    ["redis.valuefrom", "error"],
    ["redis.ca-secret", "warning"],
    ["redis.ca-tls-off", "warning"],
    ["redis.ttl", "warning"],
    ["redis.params-keys", "warning"],
    ["redis.version", "error"],
    ["smtp.complete", "warning"],
    ["smtp.port", "error"],
    ["smtp.password-url", "warning"],
    ["oidc.complete", "error"],
    ["oidc.method", "error"],
    ["oidc.issuer", "error"],
    ["oidc.secret-two", "warning"],
    ["session.hours", "error"],
    ["ldap.drift", "error"],
    ["ldap.scheme", "error"],
    ["ldap.tls", "warning"],
    ["ldap.tls-cert", "error"],
    ["ldap.bind", "warning"],
    ["ca.list", "error"],
    ["ca.place", "warning"],
    ["ca.configmap-key", "error"],
    ["sa.create-name", "error"],
    ["sa.shared-create", "error"],
    ["size.name", "error"],
    ["pair.executor", "warning"],
    ["pair.weave-trace", "error"],
    ["pair.bufstream", "warning"],
    ["pair.history", "error"],
    ["mcp.weave", "error"],
    ["resources.console", "warning"],
    ["env.secret-literal", "warning"],
    ["env.generated", "warning"],
    ["k8s.version", "warning"],
    ["k8s.arch", "error"],
];

const Example: Check = {
    id: "a.b",
    level: "warning",
    wrong: "`<component>.size` is a | b, <nowhere>",
    why: "Because\n    it is so",
    source: "Kubernetes",
    remedy: "Mend it.",
    find: () => [],
};

describe("docs/checks.md", () => {
    it("is what the table of checks gives", () => {
        assert.ok(existsSync(ChecksFile), "docs/checks.md is missing: npm run docs:checks");
        assert.equal(
            readFileSync(ChecksFile, "utf8"),
            checksPage(Checks, ApplicationChartVersion),
            "stale: npm run docs:checks",
        );
    });

    it("makes one row of a check, whatever characters its words hold", () => {
        const page = checksPage([Example], "1.2.3");
        assert.match(page, /judge by operator-wandb 1\.2\.3 and/);
        assert.equal(
            page.trimEnd().split("\n").at(-1),
            "| `a.b` | warning | `<component>.size` is a \\| b, &lt;nowhere> | Because it is so (Kubernetes) | Mend it. |",
        );
    });

    it("has every check, in order, with its level", () => {
        assert.deepEqual(
            Checks.map(({ id, level }) => [id, level]),
            Known,
        );
    });

    it("has whole phrases in every row", () => {
        for (const { id, wrong, why, source, remedy } of Checks) {
            for (const phrase of [wrong, why, source]) {
                assert.match(phrase, /^[A-Z`].*[^.\s]$/s, `${id}: ${phrase}`);
            }
            assert.match(remedy, /^[A-Z`].*\.$/s, `${id}: ${remedy}`);
            for (const phrase of [wrong, why, source, remedy]) {
                assert.equal(phrase.split("`").length % 2, 1, `${id} has a back-quote without its pair: ${phrase}`);
                assert.doesNotMatch(phrase, /\bseed\b|undefined|\n/, `${id}: ${phrase}`);
            }
        }
    });
});
