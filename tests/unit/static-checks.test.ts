/** What `WandbDeployment` finds in its arguments before anything is made, beyond single wrong arguments. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { findingText } from "../../sdk/checks";
import { prepare } from "../../sdk/prepare";
import { checkArgs } from "../../sdk/static-checks";
import { SoundArgs } from "../support/sound-args";

const context = { hasKubernetesProvider: true };

function idsOf(changes: Partial<WandbDeploymentArgs>): string[] {
    return checkArgs({ ...SoundArgs, ...changes }).findings.map(({ id }) => id);
}

function errorOf(changes: Partial<WandbDeploymentArgs>): string {
    try {
        prepare("wandb", { ...SoundArgs, ...changes }, context);
    } catch (error) {
        assert.ok(error instanceof pulumi.InputPropertiesError, String(error));
        return error.message;
    }
    assert.fail("nothing was refused");
}

describe("static checks of a deployment", () => {
    it("find nothing in the smallest arguments", () => {
        assert.deepEqual(checkArgs(SoundArgs).findings.map(findingText), []);
    });

    it("list errors of free values with path, value, remedy and id", () => {
        const message = errorOf({ values: { global: { size: "huge", ingress: { class: "nginx" } } } });
        assert.match(message, /^wandb: 2 problems in the arguments, nothing was created\.\n/);
        assert.match(message, /\n {2}- values\.global\.ingress: .*\[ingress\.nested\]/);
        assert.match(message, /\n {2}- values\.global\.size: .*"huge".* \[size\.name\]/);
    });

    it("are listed together with wrong arguments", () => {
        const message = errorOf({
            host: "https://wandb.example.com/",
            values: { global: { ingress: { class: "nginx" } } },
        });
        assert.match(message, /2 problems/);
        assert.match(message, /- host: ends with a slash/);
        assert.match(message, /- values\.global\.ingress: /);
    });

    it("are skipped for what is not known yet", () => {
        const later = pulumi.output("later");
        assert.deepEqual(idsOf({ values: { global: { size: later, host: later, mysql: { port: later } } } }), []);
    });

    it("are silenced by id, errors too", () => {
        const values = { global: { size: "huge" } };
        assert.deepEqual(idsOf({ values }), ["size.name"]);
        const silence = { "size.name": "A size of our own chart." };
        assert.deepEqual(idsOf({ values, checks: { silence } }), []);
        assert.equal(prepare("wandb", { ...SoundArgs, values, checks: { silence } }, context).warnings.length, 0);
    });

    it("tell of MySQL in the cluster once, in the words of the argument", () => {
        const args = { ...SoundArgs, database: { install: true } };
        const { warnings } = prepare("wandb", args, context);
        assert.equal(warnings.length, 1, warnings.join("\n"));
        assert.match(warnings[0], /^database\.install: .* \[mysql\.internal\]$/);
        const silence = { "mysql.internal": "A try." };
        assert.deepEqual(prepare("wandb", { ...args, checks: { silence } }, context).warnings, []);
    });

    it("believe who says that TLS ends elsewhere", () => {
        assert.deepEqual(idsOf({ ingress: { className: "alb", tls: { enabled: false } } }), []);
        assert.deepEqual(idsOf({ ingress: { className: "alb" } }), ["ingress.https-notls"]);
    });

    it("refuse to silence a check that does not exist", () => {
        const message = errorOf({ checks: { silence: { "size.nme": "A reason." } } });
        assert.match(message, /checks\.silence\["size\.nme"\]: .*Did you mean `size\.name`\?/);
    });

    it("translate, and warn of it once, unless silenced", () => {
        const values = { global: { mysql: { name: "wandb_local" } } };
        const { args, warnings } = prepare("wandb", { ...SoundArgs, values }, context);
        assert.deepEqual(args.values, { global: { mysql: { database: "wandb_local" } } });
        assert.equal(warnings.length, 1, warnings.join("\n"));
        assert.match(warnings[0], /^values\.global\.mysql\.name: .*translated.* \[mysql\.name\]$/);
        const silence = { "mysql.name": "Known." };
        const quiet = prepare("wandb", { ...SoundArgs, values, checks: { silence } }, context);
        assert.deepEqual(quiet.args.values, args.values);
        assert.deepEqual(quiet.warnings, []);
    });

    it("warn of a null that removes nothing, not of one that removes what is ours", () => {
        const ingress = { className: "nginx" };
        const ours = { ingress: { annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": null } } };
        assert.ok(!idsOf({ ingress, values: ours }).includes("values.null"));
        assert.deepEqual(idsOf({ values: { global: { banners: { maintenance: null } } } }), ["values.null"]);
    });

    it("name the argument from which a value is made", () => {
        const { findings } = checkArgs({ ...SoundArgs, ingress: { className: "alb" } });
        const [finding] = findings.filter(({ id }) => id === "ingress.https-notls");
        assert.equal(finding.path, "ingress (spec.values.ingress.tls)");
    });

    it("judge by another version of the chart", () => {
        const values = { novelty: { install: true } };
        assert.deepEqual(idsOf({ values }), ["values.unknown-key"]);
        const reference = { version: "0.50.0", values: [{ path: "novelty.install", type: "boolean", read: "yes" }] };
        assert.deepEqual(idsOf({ values, checks: { reference } }), []);
        const { findings } = checkArgs({ ...SoundArgs, values: { other: 1 }, checks: { reference } });
        assert.match(findings.map(({ message }) => message).join(), /0\.50\.0/);
    });

    it("refuse a tree without end, and one that is too deep", () => {
        const cycle: Record<string, unknown> = {};
        cycle["values"] = cycle;
        const message = errorOf({ values: cycle, operator: { values: cycle } });
        assert.match(message, /- values: is nested deeper than 100 levels, or contains itself\./);
        assert.match(message, /- operator\.values: is nested deeper/);
    });

    it("tell a null that the guide recommends beside a wrong argument as no error", () => {
        const ingress = { annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": null } };
        const message = errorOf({ host: "https://wandb.example.com/", values: { ingress } });
        assert.match(message, /1 problem/);
    });

    it("find a port in quotes, and a misspelt key whose value is not known yet", () => {
        assert.deepEqual(idsOf({ values: { global: { mysql: { port: "3306" } } } }), ["values.kind"]);
        assert.deepEqual(idsOf({ values: { global: { mysql: { hots: pulumi.output("db") } } } }), [
            "values.unknown-key",
        ]);
    });

    it("find nulls in lists", () => {
        assert.ok(idsOf({ values: { app: { tolerations: [null, { key: "a" }] } } }).includes("values.null"));
    });

    it("look at credentials before they are moved", () => {
        const values = { global: { email: { smtp: { host: "smtp.example.com", user: "a", password: "p@ss/word" } } } };
        assert.deepEqual(idsOf({ values }), ["smtp.password-url"]);
        const expired = `a.${Buffer.from('{"exp":1}').toString("base64url")}.c`;
        const { findings, args } = checkArgs({
            ...SoundArgs,
            license: undefined,
            values: { global: { license: expired } },
        });
        assert.deepEqual(
            findings.map(({ id }) => id),
            ["license.expired"],
        );
        assert.deepEqual(args.valueCredentials, { LICENSE: expired });
    });

    it("show where the user has written what a translation moved", () => {
        const message = errorOf({ values: { global: { ldap: { enabled: true, host: "ldap.example.com" } } } });
        assert.match(message, /- values\.global\.ldap\.host: /);
        assert.doesNotMatch(message, /LDAP_ADDRESS: /);
    });

    it("tell of credentials that are left out, and of those that stand", () => {
        const values = { global: { license: "license-canary", slack: { secret: "slack-canary" } } };
        const { warnings } = prepare("wandb", { ...SoundArgs, values }, context);
        assert.match(warnings.join("\n"), /values\.global\.license: is ignored by the chart/);
        assert.match(
            warnings.join("\n"),
            /values\.global\.slack\.secret: is a credential, which the chart takes as text only/,
        );
        assert.doesNotMatch(warnings.join("\n"), /canary/);
    });

    it("refuse an empty reference", () => {
        assert.match(
            errorOf({ checks: { reference: { version: "0.50.0", values: [] } } }),
            /checks\.reference\.values: /,
        );
    });

    it("show no secret", () => {
        const values = {
            global: {
                extraEnv: { MY_TOKEN: "token-canary" },
                mysql: { password: "db/canary" },
                bucket: { provider: "s3", name: "u:canary@minio.example.com:9000", path: "b", kmsKey: "x" },
            },
        };
        const { findings } = checkArgs({ ...SoundArgs, values });
        assert.ok(findings.length > 0);
        assert.doesNotMatch(findings.map(findingText).join("\n"), /canary/);
    });
});
