import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { Size } from "../../sdk/args/application";
import { OidcAuthMethod } from "../../sdk/args/authentication";
import type { EnvSourceArgs } from "../../sdk/args/references";
import { BucketProvider } from "../../sdk/args/stores";

/** Stands in every secret argument, to be looked for where it must not be. */
export const Canary = "canary-7f3a";

const plainText = fc.stringMatching(/^[a-z]{1,8}$/);
const canary = fc.constant(Canary);
const name = fc.stringMatching(/^[A-Z]{1,4}$/);
const port = fc.integer({ min: 1, max: 65_535 });

/** The same value as a program may give it: plain, as Output, as secret, as promise. */
function input<T>(value: fc.Arbitrary<T>): fc.Arbitrary<pulumi.Input<T>> {
    return fc.oneof(
        value,
        value.map((plain) => pulumi.output(plain) as pulumi.Input<T>),
        value.map((plain) => pulumi.secret(plain) as pulumi.Input<T>),
        value.map((plain) => Promise.resolve(plain)),
    );
}

/** Every key may be left out, or be there with the value undefined, as from `config.get`. */
function options<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
    const optional = Object.entries(fields).map(([key, value]) => [
        key,
        fc.option(value as fc.Arbitrary<unknown>, { nil: undefined }),
    ]);
    const fieldsOf = Object.fromEntries(optional) as Record<string, fc.Arbitrary<unknown>>;
    return fc.record(fieldsOf, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const text = input(plainText);
const texts = fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true });
const textList = fc.array(text, { maxLength: 3 });
const secretKey = fc.record({ name: text, key: text });
const sources: fc.Arbitrary<Record<string, EnvSourceArgs>> = fc.dictionary(
    name,
    fc.oneof(
        secretKey.map((secretKeyRef) => ({ secretKeyRef })),
        secretKey.map((configMapKeyRef) => ({ configMapKeyRef })),
        plainText.map((fieldPath) => ({ fieldPath })),
    ),
    { maxKeys: 2, noNullPrototype: true },
);
const size = fc.constantFrom(...Object.values(Size));

const component = options<NonNullable<WandbDeploymentArgs["components"]>[string]>({
    install: fc.boolean(),
    imageRepository: text,
    imageTag: text,
    size,
    replicas: input(fc.integer({ min: 1, max: 9 })),
    resources: fc.constantFrom({}, { limits: { cpu: "1", memory: null } }),
    env: texts,
    envFrom: sources,
    nodeSelector: texts,
    tolerations: fc.constantFrom([], [{ operator: "Exists" }]),
    podAnnotations: texts,
    podLabels: texts,
});

const ingress = options<NonNullable<WandbDeploymentArgs["ingress"]>>({
    create: fc.boolean(),
    name: text,
    className: fc.oneof(text, fc.constant("nginx")),
    annotations: texts,
    labels: texts,
    additionalHosts: textList,
    tls: options({ enabled: fc.boolean(), secretName: text, certificate: text, privateKey: canary }),
    issuer: fc.record({ provider: fc.constant("google") }),
    secondary: fc.record({ name: text, annotations: texts, additionalHosts: textList, tlsSecretName: text }),
});

const bucket = fc.record({ provider: fc.constantFrom(...Object.values(BucketProvider)), name: text }).chain((needed) =>
    options({ account: text, prefix: text, region: text, endpoint: text, accessKey: canary, secretKey: canary }).map(
        (more) => ({
            ...needed,
            ...more,
        }),
    ),
);

/** Arguments of all shapes. Not all pass validation: what is emitted must be sound for any. */
export const arbitraryArgs: fc.Arbitrary<WandbDeploymentArgs> = fc
    .record({ host: input(fc.domain()), bucket })
    .chain((needed) =>
        options<WandbDeploymentArgs>({
            host: fc.constant(needed.host),
            license: canary,
            size,
            images: options({ tag: text, repositoryPrefix: text, registry: text, pullSecrets: textList }),
            database: options({ host: text, port: input(port), password: canary, caCertificate: text }),
            redis: options({ host: text, port: input(port), password: canary, tls: fc.boolean(), parameters: texts }),
            ingress,
            oidc: fc.record({
                clientId: text,
                issuer: text,
                authMethod: fc.constantFrom(...Object.values(OidcAuthMethod)),
                clientSecret: canary,
            }),
            ldap: fc.record({ address: text, baseDn: text, bindDn: text, bindPassword: canary }),
            smtp: fc.record({ host: text, port: input(port), username: text, password: canary }),
            sessionLengthHours: input(fc.integer({ min: 1, max: 9_999 })),
            customCaCerts: textList,
            serviceAccounts: fc.array(
                fc.record({ name: text, components: fc.constant(["app", "api"]), annotations: texts }),
                {
                    maxLength: 1,
                },
            ),
            components: fc.dictionary(
                fc.constantFrom("app", "api", "console", "executor", "redis", "other"),
                component,
            ),
            extraEnv: texts,
            secretEnv: fc.dictionary(name, canary, { maxKeys: 2, noNullPrototype: true }),
            extraEnvFrom: sources,
            operator: fc.record({ namespaceIsolation: fc.record({ enabled: fc.boolean() }) }),
        }).map((more) => ({ ...more, ...needed })),
    );
