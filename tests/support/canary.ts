import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, OidcAuthMethod, type WandbDeploymentArgs } from "../../sdk/index";

/** A string that nobody else writes: where it is found, a secret has leaked. */
export const Canary = "CanaryDoNotPrint";

/** A license whose signature is the canary. */
export function canaryLicense(): string {
    const part = (value: object | string): string =>
        Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256" })}.${part({ maxUsers: 1, note: `${Canary}License` })}.${part(`${Canary}Signature`)}`;
}

/** Forms in which a value may appear: as it is, in base64 at each of the three alignments, and hex. */
export function canaryForms(): string[] {
    const base64 = [0, 1, 2].map((shift) => {
        const encoded = Buffer.from(`${"x".repeat(shift)}${Canary}`)
            .toString("base64")
            .replace(/=+$/, "");
        // The first and last characters depend on the neighbours.
        return encoded.slice(shift === 0 ? 0 : 4, -2);
    });
    return [Canary, ...base64, Buffer.from(Canary).toString("hex")];
}

/** Every form of the canary that stands in a text. */
export function findCanary(text: string): string[] {
    return canaryForms().filter((form) => text.includes(form));
}

/** Arguments with a canary in every secret input. `kubeconfig` and names are the caller's. */
export function canaryArguments(kubeconfig: pulumi.Input<string>): WandbDeploymentArgs {
    const secret = (name: string): pulumi.Output<string> => pulumi.secret(`${Canary}${name}`);
    return {
        existing: { kubeconfig },
        host: "wandb.corp.example",
        license: pulumi.secret(canaryLicense()),
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
    };
}
