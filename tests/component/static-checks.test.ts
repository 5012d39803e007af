/** Static checks at the component: what stops it, what it says, what it makes of free values. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "../../sdk/index";
import { GraphRecorder } from "../support/graph";
import { SoundArgs } from "../support/sound-args";
import { deadKubeconfig } from "../support/kubeconfig";

const existing = { kubeconfig: deadKubeconfig() };

/** Credentials and older spellings as the vendor's page has them. */
const values = {
    global: {
        mysql: { name: "wandb_local", password: "mysql-canary" },
        ldap: { host: "ldap://ldap.example.com", bindDN: "cn=reader,dc=example,dc=com", bindPW: "ldap-canary" },
        email: { smtp: { host: "smtp.example.com", user: "mailer", password: pulumi.secret("smtp-canary") } },
    },
    parqet: { replicaCount: 2 },
};

describe("static checks of the component", () => {
    let graph: GraphRecorder;
    let said: string[];
    let log: typeof pulumi.log.warn;

    beforeEach(async () => {
        graph = await GraphRecorder.start();
        said = [];
        log = pulumi.log.warn;
        Object.defineProperty(pulumi.log, "warn", {
            configurable: true,
            value: (message: string, resource?: pulumi.Resource) => {
                assert.ok(resource instanceof WandbDeployment, message);
                if (!message.startsWith("what is in the cluster was not looked at")) {
                    said.push(message);
                }
                return Promise.resolve();
            },
        });
    });

    afterEach(() => Object.defineProperty(pulumi.log, "warn", { configurable: true, value: log }));

    it("stop it before anything is registered", async () => {
        assert.throws(
            () => new WandbDeployment("demo", { ...SoundArgs, existing, values: { global: { size: "huge" } } }),
            /demo: 1 problem in the arguments, nothing was created\.\n {2}- values\.global\.size: .*\[size\.name\]/,
        );
        await pulumi.runtime.disconnect();
        assert.deepEqual(graph.resources, []);
    });

    it("warn on the component, translate, and move credentials to Secrets", async () => {
        new WandbDeployment("demo", { ...SoundArgs, existing, values });
        await pulumi.runtime.disconnect();
        const heads = said.map((message) => message.slice(0, message.indexOf(":"))).sort();
        assert.deepEqual(heads, [
            "values.global.email.smtp.password",
            "values.global.ldap",
            "values.global.mysql.name",
            "values.global.mysql.password",
            "values.parqet",
        ]);
        assert.match(said.join("\n"), /values\.parqet: .*Did you mean `parquet`\? \[values\.unknown-key\]/);
        assert.doesNotMatch(said.join("\n"), /canary/);

        const { spec } = graph.byName("demo-instance").inputs as { spec: { values: Record<string, never> } };
        assert.doesNotMatch(JSON.stringify(spec), /canary/);
        assert.partialDeepStrictEqual(spec.values, {
            global: {
                mysql: { database: "wandb_local", passwordSecret: { passwordKey: "MYSQL_PASSWORD" } },
                extraEnv: { LDAP_ADDRESS: "ldap://ldap.example.com" },
                email: { smtp: { password: { valueFrom: { secretKeyRef: { key: "SMTP_PASSWORD" } } } } },
            },
        });
        // Marked as a whole, since it holds secrets.
        const keysOf = (name: string) => {
            const { stringData } = graph.byName(name).inputs as { stringData: { value: object } };
            return Object.keys(stringData.value).sort();
        };
        assert.deepEqual(keysOf("demo-values"), ["SMTP_PASSWORD"]);
        assert.deepEqual(keysOf("demo-env"), ["LDAP_BIND_PW"]);
    });

    it("say nothing that is silenced", async () => {
        const checks = { silence: { "values.unknown-key": "A key of our own chart." } };
        new WandbDeployment("demo", { ...SoundArgs, existing, values: { parqet: {} }, checks });
        await pulumi.runtime.disconnect();
        assert.deepEqual(said, []);
    });
});
