import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { type Argument, SecretSetting } from "../../sdk/migrate/arguments";
import { migrate } from "../../sdk/migrate/command";
import { migrationOf } from "../../sdk/migrate/migration";
import { recognise } from "../../sdk/migrate/recognise";
import { validate } from "../../sdk/validate";
import { assertSnapshot } from "../support/snapshot";

const release = { release: "wandb", namespace: "default" };

function fixture(name: string): string {
    return readFileSync(join(__dirname, "../fixtures", `${name}.yaml`), "utf8");
}

/** Arguments as a program has them: secrets are Outputs. */
function programmed(value: Argument): unknown {
    if (value instanceof SecretSetting) {
        return pulumi.secret(value.key);
    }
    if (Array.isArray(value)) {
        return value.map(programmed);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, programmed(inner)]))
        : value;
}

const secretsOf: Readonly<Record<string, readonly string[]>> = {
    "legacy-helm-values": [
        "bm90LWEtcmVhbC1zaWduYXR1cmU",
        "ldap-example-pw",
        "p%40ss",
        "r3d1spw",
        "m4ilpw",
        "oidc-example-secret",
    ],
    "legacy-deployment": ["bm90LWEtcmVhbC1zaWduYXR1cmU", "AKEXAMPLE", "s3cr3texample"],
    "cr-aws": ["bm90LWEtcmVhbC1zaWduYXR1cmU", "awsExamplePw1", "awsRedisPw1", "acme-oidc-secret", "mailExamplePw1"],
    "cr-azure-current": ["bm90LWEtcmVhbC1zaWduYXR1cmU", "QXp1cmVFeGFtcGxlS2V5", "azExamplePw1"],
    "cr-gcp": ["bm90LWEtcmVhbC1zaWduYXR1cmU", "gcpExamplePw1"],
    "cr-s3-compatible": ["bm90LWEtcmVhbC1zaWduYXR1cmU", "onpremExamplePw1", "changeme", "ldapExamplePw1"],
    "cr-airgap": ["smtpExamplePw1"],
};

describe("migrate: installations that people have", () => {
    for (const [name, secrets] of Object.entries(secretsOf)) {
        describe(name, () => {
            const text = fixture(name);

            it("gives the expected files", () => {
                const files = {
                    ...migrate(text, { ...release, language: "typescript", showSecrets: false }),
                    "YAML: Pulumi.yaml": migrate(text, { ...release, language: "yaml", showSecrets: false })[
                        "Pulumi.yaml"
                    ],
                };
                const lines = Object.entries(files).flatMap(([file, content]) => [`=== ${file}`, content.trimEnd()]);
                assertSnapshot(`migrate-${name}`, lines);
            });

            it("shows no secret unless asked", () => {
                for (const language of ["typescript", "yaml"] as const) {
                    const hidden = migrate(text, { ...release, language, showSecrets: false });
                    const shown = migrate(text, { ...release, language, showSecrets: true });
                    for (const secret of secrets) {
                        assert.ok(text.includes(secret), `${secret} is in the fixture`);
                        Object.entries(hidden).forEach(([file, content]) => assert.ok(!content.includes(secret), file));
                        assert.ok(shown["config.sh"].includes(secret), `${secret} is shown when asked`);
                        assert.ok(!shown["MIGRATION.md"].includes(secret));
                    }
                }
            });

            it("gives arguments without a problem", () => {
                const { tree } = migrationOf(recognise(text, release));
                const args = programmed(tree) as WandbDeploymentArgs;
                assert.deepEqual(validate("wandb", args, { hasKubernetesProvider: false }), []);
            });
        });
    }
});
