import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { secretsInPlainText } from "../../sdk/plain-text";

const secret = (): pulumi.Output<string> => pulumi.secret("value");

describe("secrets in arguments that are stored in plain text", () => {
    it("are found in every such argument, whatever is around them", async () => {
        const found = await secretsInPlainText({
            host: "wandb.example.com",
            extraEnv: { TOKEN: secret(), PLAIN: "value", KNOWN: pulumi.output("value") },
            components: { app: { env: { "a.b": secret() }, tolerations: [{ key: "plain" }, { key: secret() }] } },
            values: { global: { deep: [[secret()]], nothing: null } },
            operator: { extraEnv: { TOKEN: secret() }, values: { image: { tag: secret() } } },
        });
        assert.deepEqual(found, [
            "extraEnv.TOKEN",
            'components.app.env["a.b"]',
            "components.app.tolerations[1].key",
            "values.global.deep[0][0]",
            "operator.extraEnv.TOKEN",
            "operator.values.image.tag",
        ]);
    });

    it("are not looked for where a Secret is made of them, and an Output that fails is left to whom it concerns", async () => {
        const failing = pulumi.output(Promise.reject<string>(new Error("no value")));
        const found = await secretsInPlainText({
            host: secret(),
            license: secret(),
            secretEnv: { TOKEN: secret() },
            database: { host: "mysql.example.com", password: secret() },
            extraEnv: { FAILS: failing.apply((text) => text) },
        });
        assert.deepEqual(found, []);
    });
});
