import { ingressChecks } from "../../sdk/checks/themes/ingress";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

const Host = "https://wandb.example.com";
const Class = "kubernetes.io/ingress.class";
const Entry = { secretName: "wandb-tls", hosts: ["wandb.example.com"] };

function ingress(given: unknown, host: unknown = Host): Configuration {
    return { values: { global: { host }, ingress: given } };
}

function annotated(key: string, value: unknown, rest?: object): Configuration {
    return ingress({ class: "alb", annotations: { [key]: value }, ...rest });
}

function tls(given: unknown, rest?: object): Configuration {
    return ingress({ class: "nginx", tls: given, ...rest });
}

const Path = "spec.values.ingress";

const classCases: readonly CheckCase[] = [
    {
        id: "ingress.class-both",
        when: "both",
        given: annotated(Class, "alb"),
        finds: [
            `error ${Path}.annotations["kubernetes.io/ingress.class"]: is set ("alb" given) together with ${Path}.class ("alb" given), and the API server refuses both. Leave the annotation out.`,
        ],
    },
    { id: "ingress.class-both", when: "an empty annotation", given: annotated(Class, ""), finds: [/^error /] },
    {
        id: "ingress.class-both",
        when: "both of the second",
        given: ingress({ create: false, secondary: { create: true, class: "alb", annotations: { [Class]: "alb" } } }),
        finds: [/^error spec\.values\.ingress\.secondary\.annotations/],
    },
    { id: "ingress.class-both", when: "an empty class", given: annotated(Class, "alb", { class: "" }) },
    { id: "ingress.class-both", when: "other annotations", given: annotated("a/b", "c") },
    { id: "ingress.class-both", when: "no Ingress", given: annotated(Class, "alb", { create: false }) },
    { id: "ingress.class-both", when: "not known yet", given: annotated(Class, Unknown) },
    {
        id: "ingress.class-none",
        when: "neither",
        given: ingress({ annotations: { a: "b" } }),
        finds: [
            `warning ${Path}.class: is not set, so only a default IngressClass, or a controller that takes Ingresses without a class, picks the Ingress up. Set it to the name of an IngressClass of the cluster.`,
        ],
    },
    { id: "ingress.class-none", when: "nothing said", given: { values: {} }, finds: [/^warning /] },
    { id: "ingress.class-none", when: "a class", given: ingress({ class: "nginx" }) },
    { id: "ingress.class-none", when: "the annotation", given: ingress({ annotations: { [Class]: "gce" } }) },
    { id: "ingress.class-none", when: "no Ingress", given: ingress({ install: false }) },
    { id: "ingress.class-none", when: "annotations not known yet", given: ingress({ annotations: Unknown }) },
];

const tlsCases: readonly CheckCase[] = [
    {
        id: "ingress.tls-shape",
        when: "a map",
        given: tls(Entry),
        finds: [
            `error ${Path}.tls: is a map, but the Ingress takes a list. Write a list of maps with \`secretName\` and \`hosts\`.`,
        ],
    },
    { id: "ingress.tls-shape", when: "text", given: tls("wandb-tls"), finds: [/^error .*: is no list/] },
    { id: "ingress.tls-shape", when: "a list of texts", given: tls(["a"]), finds: [/^error .*tls\[0\]: is not a map/] },
    {
        id: "ingress.tls-shape",
        when: "host",
        given: tls([{ secretName: "a", host: ["wandb.example.com"] }]),
        finds: [`error ${Path}.tls[0].host: is no field of an Ingress's TLS entry. Use \`hosts\` instead.`],
    },
    {
        id: "ingress.tls-shape",
        when: "hosts as text",
        given: tls([Entry, { ...Entry, hosts: "wandb.example.com" }]),
        finds: [`error ${Path}.tls[1].hosts: is not a list of texts. Give a list of host names.`],
    },
    {
        id: "ingress.tls-shape",
        when: "secretName as map",
        given: tls([{ ...Entry, secretName: { name: "a" } }]),
        finds: [/^error .*secretName: is not text/],
    },
    {
        id: "ingress.tls-shape",
        when: "an empty entry",
        given: tls([{}]),
        finds: [
            `warning ${Path}.tls[0].secretName: is not set, so the certificate that the controller has by default is served. Set it.`,
            `warning ${Path}.tls[0].hosts: is not set, so it depends on the controller which hosts the certificate is for. Set it.`,
        ],
    },
    { id: "ingress.tls-shape", when: "a list of entries", given: tls([Entry]) },
    { id: "ingress.tls-shape", when: "an empty list", given: tls([]) },
    {
        id: "ingress.tls-shape",
        when: "entries not known yet",
        given: tls([Unknown, { secretName: Unknown, hosts: [Unknown] }]),
    },
    { id: "ingress.tls-shape", when: "no Ingress", given: tls(Entry, { create: false }) },
    {
        id: "ingress.tls-host",
        when: "another host",
        given: tls([{ ...Entry, hosts: ["www.example.com"] }]),
        finds: [
            `warning ${Path}.tls: has no entry whose hosts name "wandb.example.com", the host of global.host, so no certificate is used for it. Add it to \`hosts\` of the entry whose certificate covers it.`,
        ],
    },
    {
        id: "ingress.tls-host",
        when: "a wildcard two levels up",
        given: tls([{ ...Entry, hosts: ["*.com"] }]),
        finds: [/hosts name "wandb\.example\.com"/],
    },
    { id: "ingress.tls-host", when: "the host", given: tls([{ ...Entry, hosts: ["www.example.com"] }, Entry]) },
    { id: "ingress.tls-host", when: "a wildcard", given: tls([{ ...Entry, hosts: ["*.example.com"] }]) },
    { id: "ingress.tls-host", when: "all hosts", given: tls([{ secretName: "a" }]) },
    {
        id: "ingress.tls-host",
        when: "hosts not known yet",
        given: tls([{ ...Entry, hosts: ["a.example.com", Unknown] }]),
    },
    {
        id: "ingress.tls-host",
        when: "a host not known yet",
        given: ingress({ tls: [{ ...Entry, hosts: ["www.example.com"] }] }, Unknown),
    },
    {
        id: "ingress.tls-host",
        when: "an issuer",
        given: tls([{ ...Entry, hosts: ["www.example.com"] }], { issuer: { create: true, provider: "google" } }),
    },
    {
        id: "ingress.tls-scheme",
        when: "schemes",
        given: tls([{ ...Entry, hosts: [Host] }], { additionalHosts: ["http://ml.example.com"] }),
        finds: [
            `error ${Path}.tls[0].hosts[0]: has a scheme ("https://wandb.example.com" given). Leave https:// out and give the host name alone.`,
            `error ${Path}.additionalHosts[0]: has a scheme ("http://ml.example.com" given). Leave http:// out and give the host name alone.`,
        ],
    },
    {
        id: "ingress.tls-scheme",
        when: "an empty one, which no certificate is for",
        given: tls([{ ...Entry, hosts: ["wandb.example.com", ""] }], {}),
        finds: [`error ${Path}.tls[0].hosts[1]: is empty. Leave it out, or give a host name.`],
    },
    {
        id: "ingress.tls-scheme",
        when: "an empty rule, which is for any host",
        given: ingress({ additionalHosts: ["ml.example.com", ""] }),
    },
    {
        id: "ingress.tls-scheme",
        when: "a port",
        given: ingress({ additionalHosts: ["ml.example.com:8443"] }),
        finds: [/has a port \("ml\.example\.com:8443" given\)\. Leave it out\.$/],
    },
    {
        id: "ingress.tls-scheme",
        when: "an address",
        given: ingress({ additionalHosts: ["10.0.0.7"] }),
        finds: [/is an IP address/],
    },
    {
        id: "ingress.tls-scheme",
        when: "names",
        given: tls([Entry], { additionalHosts: ["ml.example.com", "*.ml.example.com", Unknown] }),
    },
    {
        id: "ingress.tls-issuer",
        when: "both",
        given: tls([Entry], { issuer: { create: true, provider: "google" } }),
        finds: [`warning ${Path}.tls: is ignored, because ${Path}.issuer.create is true. Keep one of the two.`],
    },
    { id: "ingress.tls-issuer", when: "no issuer", given: tls([Entry], { issuer: { create: false } }) },
    { id: "ingress.tls-issuer", when: "an issuer alone", given: tls([], { issuer: { create: true } }) },
    { id: "ingress.tls-issuer", when: "not known yet", given: tls([Entry], { issuer: Unknown }) },
    {
        id: "ingress.issuer",
        when: "no provider",
        given: ingress({ issuer: { create: true } }),
        finds: [
            `error ${Path}.issuer.provider: is not google, so the chart writes an invalid Ingress. Set \`issuer.create\` to false; with cert-manager, set the annotation cert-manager.io/cluster-issuer and \`tls\` with \`secretName\` and \`hosts\`.`,
        ],
    },
    {
        id: "ingress.issuer",
        when: "another provider",
        given: ingress({ issuer: { create: true, provider: "letsencrypt" } }),
        finds: [/is not google \("letsencrypt" given\)/],
    },
    {
        id: "ingress.issuer",
        when: "the second Ingress",
        given: ingress({ secondary: { create: true, issuer: { create: true } } }),
        finds: [
            /^error spec\.values\.ingress\.secondary\.issuer\.create: is true, and ingress\.issuer\.provider is not google/,
        ],
    },
    { id: "ingress.issuer", when: "google", given: ingress({ issuer: { create: true, provider: "google" } }) },
    { id: "ingress.issuer", when: "no issuer", given: ingress({ issuer: { provider: "letsencrypt" } }) },
    {
        id: "ingress.issuer",
        when: "a provider not known yet",
        given: ingress({ issuer: { create: true, provider: Unknown } }),
    },
];

const otherCases: readonly CheckCase[] = [
    {
        id: "ingress.https-notls",
        when: "nothing",
        given: ingress({ class: "nginx" }),
        finds: [
            /^warning spec\.values\.ingress\.tls: is not set, and no annotation gives the load balancer a certificate, though the host is https \("https:\/\/wandb\.example\.com" given\)\. Set it to a list of maps with `secretName` and `hosts`, or set one of the annotations alb\.ingress\.kubernetes\.io\/certificate-arn, .*; silence this when a proxy in front ends TLS\.$/,
        ],
    },
    { id: "ingress.https-notls", when: "http", given: ingress({ class: "nginx" }, "http://wandb.example.com") },
    { id: "ingress.https-notls", when: "tls", given: tls([Entry]) },
    {
        id: "ingress.https-notls",
        when: "a certificate",
        given: annotated("alb.ingress.kubernetes.io/certificate-arn", "arn:aws:acm:x"),
    },
    {
        id: "ingress.https-notls",
        when: "a listener",
        given: annotated("alb.ingress.kubernetes.io/listen-ports", '[{"HTTPS": 443}]'),
    },
    {
        id: "ingress.https-notls",
        when: "a listener without TLS",
        given: annotated("alb.ingress.kubernetes.io/listen-ports", '[{"HTTP": 80}]'),
        finds: [/^warning /],
    },
    { id: "ingress.https-notls", when: "an issuer", given: ingress({ issuer: { create: true } }) },
    { id: "ingress.https-notls", when: "no Ingress", given: ingress({ create: false }) },
    { id: "ingress.https-notls", when: "annotations not known yet", given: ingress({ annotations: Unknown }) },
    { id: "ingress.https-notls", when: "a host not known yet", given: ingress({}, Unknown) },
    {
        id: "ingress.nginx-body",
        when: "the class",
        given: tls([Entry]),
        finds: [
            `warning ${Path}.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]: is not set, though the class is nginx ("nginx" given): uploads above 1 MiB are refused. Set it to "0" (no limit).`,
        ],
    },
    {
        id: "ingress.nginx-body",
        when: "the annotation",
        given: ingress({ annotations: { [Class]: "internal-nginx" } }),
        finds: [/nginx \("internal-nginx" given\)/],
    },
    {
        id: "ingress.nginx-body",
        when: "a limit",
        given: ingress({ class: "nginx", annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "0" } }),
    },
    {
        id: "ingress.nginx-body",
        when: "a limit of the other controller",
        given: ingress({ class: "nginx", annotations: { "nginx.org/client-max-body-size": "0" } }),
    },
    { id: "ingress.nginx-body", when: "another class", given: ingress({ class: "alb" }) },
    { id: "ingress.nginx-body", when: "not known yet", given: ingress({ class: "nginx", annotations: Unknown }) },
    {
        id: "ingress.secondary-name",
        when: "no name",
        given: ingress({ secondary: { create: true } }),
        finds: [
            `error ${Path}.secondary.nameOverride: is not set, so the second Ingress has the name of the first. Give another name.`,
        ],
    },
    {
        id: "ingress.secondary-name",
        when: "the name of the custom resource",
        given: ingress({ secondary: { create: true, nameOverride: "wandb" } }),
        finds: [/is the name of the first Ingress too \("wandb" given\)/],
    },
    {
        id: "ingress.secondary-name",
        when: "a name",
        given: ingress({ secondary: { create: true, nameOverride: "inner" } }),
    },
    {
        id: "ingress.secondary-name",
        when: "another name of the first",
        given: ingress({ nameOverride: "outer", secondary: { create: true } }),
    },
    { id: "ingress.secondary-name", when: "one alone", given: ingress({ create: false, secondary: { create: true } }) },
    { id: "ingress.secondary-name", when: "none", given: ingress({ secondary: {} }) },
    {
        id: "ingress.secondary-name",
        when: "not known yet",
        given: ingress({ secondary: { create: true, nameOverride: Unknown } }),
    },
];

describe("checks: Ingress", () => {
    testCases(ingressChecks, [...classCases, ...tlsCases, ...otherCases], ["ingress.class-none", "ingress.tls-shape"]);
});
