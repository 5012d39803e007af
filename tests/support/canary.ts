import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, OidcAuthMethod, type WandbDeploymentArgs } from "../../sdk/index";
import { tlsFixture } from "./bad-arguments/valid";

/** A string that nobody else writes: where it is found, a secret has leaked. */
export const Canary = "CanaryDoNotPrint";

/** A license whose signature is the canary. */
export function canaryLicense(): string {
    const part = (value: object | string): string =>
        Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256" })}.${part({ maxUsers: 1, note: `${Canary}License` })}.${part(`${Canary}Signature`)}`;
}

/** Forms in which a value may appear: as it is, in base64 at each of the three alignments, and hex. */
function formsOf(value: string): string[] {
    const base64 = [0, 1, 2].map((shift) => {
        const encoded = Buffer.from(`${"x".repeat(shift)}${value}`)
            .toString("base64")
            .replace(/=+$/, "");
        // The first and last characters depend on the neighbours.
        return encoded.slice(shift === 0 ? 0 : 4, -2);
    });
    return [value, ...base64, Buffer.from(value).toString("hex")];
}

/** A line of the key in tests/fixtures/tls: a private key has no room for a word of ours. */
export function canaryKeyLine(): string {
    return tlsFixture("test-only-key.pem").split("\n")[1];
}

/** Every form of the canary, or of the key, that stands in a text. */
export function findCanary(text: string): string[] {
    return findWords(text, [Canary, canaryKeyLine()]);
}

/** Every form of these words that stands in a text. */
export function findWords(text: string, words: readonly string[]): string[] {
    return words.flatMap(formsOf).filter((form) => text.includes(form));
}

/** Arguments with a canary in every secret input. `kubeconfig` and names are the caller's. */
export function canaryArguments(kubeconfig: pulumi.Input<string>): WandbDeploymentArgs {
    return { existing: { kubeconfig }, ...canarySettings((value) => pulumi.secret(value)) };
}

/** The same without a cluster, each secret as `mark` makes it. */
export function canarySettings(mark: (value: string) => pulumi.Input<string>) {
    const secret = (name: string): pulumi.Input<string> => mark(`${Canary}${name}`);
    return {
        host: "wandb.corp.example",
        license: mark(canaryLicense()),
        deletionProtection: false,
        database: { host: "mysql.corp.example", password: secret("Database") },
        redis: { host: "redis.corp.example", password: secret("Redis"), tls: true },
        bucket: {
            provider: BucketProvider.S3,
            name: "wandb",
            endpoint: "s3.corp.example:9000",
            accessKey: secret("AccessKey"),
            secretKey: secret("SecretKey"),
        },
        ingress: { className: "nginx", tls: { enabled: false } },
        oidc: {
            clientId: "wandb",
            issuer: "https://idp.corp.example",
            authMethod: OidcAuthMethod.Pkce,
            clientSecret: secret("Oidc"),
        },
        ldap: {
            address: "ldaps://ldap.corp.example",
            baseDn: "dc=corp,dc=example",
            bindDn: "cn=reader,dc=corp,dc=example",
            bindPassword: secret("Ldap"),
        },
        smtp: { host: "smtp.corp.example", username: "mailer", password: secret("Smtp") },
        secretEnv: { EXTRA_TOKEN: secret("Env") },
    } satisfies WandbDeploymentArgs;
}
