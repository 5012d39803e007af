import type { ResourceValidationPolicy } from "@pulumi/policy";

/** Type of the custom resource, whoever makes it. */
export const InstanceType = "kubernetes:apps.wandb.com/v1:WeightsAndBiases";

/** Paths below `spec` that hold a credential when they hold a string, and what takes its place. */
const Credentials: readonly { readonly path: string; readonly instead: string }[] = [
    { path: "chart.username", instead: "spec.chart.credentialSecret" },
    { path: "chart.password", instead: "spec.chart.credentialSecret" },
    { path: "values.global.license", instead: "values.global.licenseSecret.{name,key}" },
    { path: "values.global.mysql.password", instead: "values.global.mysql.passwordSecret.{name,passwordKey}" },
    { path: "values.global.redis.password", instead: "values.global.redis.secret.{secretName,secretKey}" },
    { path: "values.global.bucket.accessKey", instead: "values.global.bucket.secret" },
    { path: "values.global.bucket.secretKey", instead: "values.global.bucket.secret" },
    { path: "values.global.defaultBucket.accessKey", instead: "values.global.bucket.secret" },
    { path: "values.global.defaultBucket.secretKey", instead: "values.global.bucket.secret" },
    { path: "values.global.auth.oidc.secret", instead: "values.global.auth.oidc.oidcSecret.{name,secretKey}" },
    { path: "values.global.email.smtp.password", instead: "values.global.email.smtp.password.valueFrom.secretKeyRef" },
];

/** Credentials that stand as text in a custom resource: paths below `spec`, with what to use instead. */
export function literalCredentials(spec: unknown): { readonly path: string; readonly instead: string }[] {
    return Credentials.filter(({ path }) => {
        const value = path.split(".").reduce<unknown>(member, spec);
        return typeof value === "string" && value !== "";
    });
}

function member(node: unknown, key: string): unknown {
    return typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined;
}

/** Refuses credentials in clear: the custom resource and three Secrets of the operator repeat them to whoever may read it. */
export const noLiteralCredentials: ResourceValidationPolicy = {
    name: "wandb-no-literal-credentials",
    description: "Credentials of W&B stand in Kubernetes Secrets; the custom resource holds references.",
    enforcementLevel: "mandatory",
    validateResource: (args, report) => {
        if (args.type !== InstanceType) {
            return;
        }
        for (const { path, instead } of literalCredentials(args.props.spec)) {
            report(`${args.name}: spec.${path} holds a credential in clear. Put it into a Secret and use ${instead}.`);
        }
    },
};
