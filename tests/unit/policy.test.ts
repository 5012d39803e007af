import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { literalCredentials } from "../../policy/credentials";

const fixtures = join(__dirname, "..", "fixtures");
const specOf = (file: string): unknown => (load(readFileSync(join(fixtures, file), "utf8")) as { spec: unknown }).spec;

describe("policies", () => {
    it("find each literal credential of the fixtures, which the old documentation shows", () => {
        const found = Object.fromEntries(
            readdirSync(fixtures)
                .filter((file) => file.startsWith("cr-"))
                .map((file) => [file, literalCredentials(specOf(file)).map(({ path }) => path)]),
        );
        assert.deepEqual(found, {
            "cr-airgap.yaml": ["values.global.email.smtp.password"],
            "cr-aws.yaml": [
                "values.global.license",
                "values.global.mysql.password",
                "values.global.redis.password",
                "values.global.auth.oidc.secret",
                "values.global.email.smtp.password",
            ],
            "cr-azure-current.yaml": [
                "values.global.license",
                "values.global.mysql.password",
                "values.global.bucket.accessKey",
            ],
            "cr-azure.yaml": [
                "values.global.license",
                "values.global.mysql.password",
                "values.global.bucket.secretKey",
            ],
            "cr-gcp.yaml": ["values.global.license", "values.global.mysql.password"],
            "cr-s3-compatible.yaml": ["values.global.license", "values.global.mysql.password"],
        });
    });

    it("accept references and empty strings", () => {
        const smtp = { password: { valueFrom: { secretKeyRef: { name: "smtp", key: "password" } } } };
        const global = { license: "", licenseSecret: { name: "license", key: "license" }, email: { smtp } };
        assert.deepEqual(literalCredentials({ values: { global } }), []);
        assert.deepEqual(literalCredentials(undefined), []);
    });
});
