import assert from "node:assert/strict";
import { validate } from "../../sdk/validate";
import { places, plant } from "../support/argument-leaves";
import { type ArgumentTree, validArguments } from "../support/bad-arguments";
import { tlsFixture, validKubeconfig } from "../support/bad-arguments/valid";

const Canary = "c4n4ry";

/** Every message about these arguments; fails when the canary is in one. */
function assertSilent(args: ArgumentTree, what: string, least = 0): void {
    const problems = validate("wandb", args as never, { hasKubernetesProvider: false });
    assert.ok(problems.length >= least, `${what}: nothing was found, so nothing is proven`);
    for (const { propertyPath, reason } of problems) {
        assert.ok(!`${propertyPath} ${reason}`.toLowerCase().includes(Canary), `${what}: ${propertyPath}: ${reason}`);
    }
}

/** Values that are wrong almost everywhere. */
const broken: Readonly<Record<string, unknown>> = {
    "with a line break": `${Canary}\n`,
    "with white space inside": `a ${Canary} b`,
    "with reserved characters": `${Canary}:/?#[]@%`,
    "with a control character": `${Canary}\u0007`,
    "as two parts": `${Canary}.${Canary}`,
    "as JSON": `{"${Canary}": `,
    "as YAML": `a: b\n  ${Canary}: c: ${Canary}\n`,
    "as a YAML list": `- ${Canary}\n`,
    "as a path": `/home/${Canary}/file.pem`,
    "as base64": Buffer.from(Canary.repeat(20)).toString("base64") + Canary,
    "as a certificate": `-----BEGIN CERTIFICATE-----\n${Canary}\n-----END CERTIFICATE-----\n`,
    "as an encrypted key": `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${Canary}\n-----END ENCRYPTED PRIVATE KEY-----\n`,
    "as a key": `-----BEGIN PRIVATE KEY-----\n${Canary}\n-----END PRIVATE KEY-----\n`,
    "as a list": [Canary],
    "as an object": { value: Canary },
};

describe("validate: secrets are never shown", () => {
    const secrets = places().filter(({ shape }) => shape.kind === "text" && shape.secret);

    it("knows which arguments are secret", () => {
        assert.deepEqual(
            secrets.map(({ keys }) => keys.join(".")).sort(),
            [
                "aws.cache.authToken",
                "aws.cluster.existing.kubeconfig",
                "aws.database.caCertificate",
                "aws.database.password",
                "azure.cluster.existing.kubeconfig",
                "azure.database.password",
                "gcp.cluster.existing.kubeconfig",
                "gcp.database.password",
                "bucket.accessKey",
                "bucket.secretKey",
                "chart.credentials.password",
                "chart.credentials.username",
                "customCaCerts.0",
                "database.caCertificate",
                "database.password",
                "existing.kubeconfig",
                "ingress.tls.certificate",
                "ingress.tls.privateKey",
                "ldap.bindPassword",
                "license",
                "oidc.clientSecret",
                "operator.customCaCerts.0",
                "operator.offlineCharts.KEY",
                "redis.caCertificate",
                "redis.password",
                "secretEnv.KEY",
                "smtp.password",
            ].sort(),
        );
    });

    for (const { keys } of secrets) {
        it(keys.join("."), () => {
            for (const [form, value] of Object.entries(broken)) {
                const args = validArguments();
                plant(args, keys, value);
                assertSilent(args, `${keys.join(".")} ${form}`);
            }
            for (const number of [4040404, true]) {
                const args = validArguments();
                plant(args, keys, number);
                const problems = validate("wandb", args as never, { hasKubernetesProvider: false });
                const own = problems.filter(({ reason }) => reason.includes("must be text"));
                assert.equal(own.length, 1);
                assert.ok(!own[0].reason.includes("4040404") && !own[0].reason.includes('"true"'), own[0].reason);
            }
        });
    }

    it("a literal where an object or a list was meant", () => {
        for (const { keys, shape } of places()) {
            if (shape.kind === "object" || shape.kind === "list" || shape.kind === "map" || shape.kind === "free") {
                const args = validArguments();
                plant(args, keys, Canary);
                assertSilent(args, keys.join("."), 1);
            }
        }
    });

    it("a secret under a misspelt name", () => {
        for (const key of ["licence", "pasword", "database_password", Canary.slice(1)]) {
            assertSilent({ ...validArguments(), [key]: Canary }, key, 1);
        }
    });

    it("user name and password inside an address, in any text", () => {
        for (const { keys, shape } of places()) {
            if (shape.kind === "text" && shape.form !== "any") {
                for (const value of [
                    `x://user:${Canary}@host/`,
                    `user:${Canary}@host`,
                    `https://user:${Canary}/x@host:99999/a b`,
                ]) {
                    const args = validArguments();
                    plant(args, keys, value);
                    assertSilent(args, `${keys.join(".")} ${value}`);
                }
            }
        }
    });

    it("a token of the kubeconfig when the rest of it is broken", () => {
        const secret = validKubeconfig.replace("not-a-real-token", Canary);
        const forms = {
            "bad indentation": secret.replace("clusters:", " clusters:"),
            "no clusters": secret.replace("clusters:", "clusterz:"),
            "no contexts": secret.replace("contexts:", "contextz:"),
            "no current context": secret.replace("current-context: test\n", ""),
            "unclosed brace": secret.replace(`${Canary} }`, `${Canary} ]`),
            "on one line": secret.replace(/\n/g, " "),
        };
        for (const [form, kubeconfig] of Object.entries(forms)) {
            assert.notEqual(kubeconfig, secret, form);
            assertSilent({ ...validArguments(), existing: { kubeconfig } }, form, 1);
        }
    });

    it("a private key that does not belong to its certificate", () => {
        const privateKey = tlsFixture("test-only-other-key.pem");
        const body = privateKey.split("\n")[1];
        const args = validArguments();
        args.ingress = { tls: { certificate: tlsFixture("test-only-certificate.pem"), privateKey } };
        const problems = validate("wandb", args as never, { hasKubernetesProvider: false });
        assert.equal(problems.length, 1);
        assert.ok(!problems[0].reason.includes(body.slice(0, 12)));
    });
});
