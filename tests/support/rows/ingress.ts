import { type Args, row, type ValueRow } from "./row";

const second = (more: Partial<NonNullable<NonNullable<Args["ingress"]>["secondary"]>>): Args => ({
    ingress: { secondary: { name: "internal", ...more } },
});
const tlsEntry = (secretName: string, ...hosts: string[]) => [{ secretName, hosts: ["wandb.example.com", ...hosts] }];

export const ingress: ValueRow[] = [
    row("ingress.create", { ingress: { create: false } }, "values.ingress.create", false),
    row("ingress.name", { ingress: { name: "n" } }, "values.ingress.nameOverride", "n"),
    row("ingress.className", { ingress: { className: "alb" } }, "values.ingress", { class: "alb" }),
    row(
        "ingress.annotations",
        { ingress: { annotations: { "a.b/c": "d" } } },
        ["values", "ingress", "annotations", "a.b/c"],
        "d",
    ),
    row("ingress.labels", { ingress: { labels: { a: "b" } } }, "values.ingress.labels.a", "b"),
    row("ingress.additionalHosts", { ingress: { additionalHosts: ["b.example"] } }, "values.ingress.additionalHosts", [
        "b.example",
    ]),
    row(
        "ingress.additionalHosts",
        { ingress: { additionalHosts: ["b.example"], tls: { secretName: "t" } } },
        "values.ingress.tls",
        tlsEntry("t", "b.example"),
    ),
    row("ingress.tls.secretName", { ingress: { tls: { secretName: "t" } } }, "values.ingress.tls", tlsEntry("t")),
    row("ingress.tls.enabled", { ingress: { tls: { enabled: false, secretName: "t" } } }, "values.ingress", undefined),
    row(
        "ingress.tls.certificate",
        { ingress: { tls: { certificate: "c", privateKey: "k" } } },
        "values.ingress.tls",
        tlsEntry("made-ingress-tls"),
    ),
    row("ingress.issuer.provider", { ingress: { issuer: { provider: "google" } } }, "values.ingress.issuer", {
        create: true,
        provider: "google",
    }),
    row("ingress.secondary.name", second({}), "values.ingress.secondary", { create: true, nameOverride: "internal" }),
    row("ingress.secondary.className", second({ className: "c" }), "values.ingress.secondary.class", "c"),
    row(
        "ingress.secondary.annotations",
        second({ annotations: { a: "b" } }),
        "values.ingress.secondary.annotations.a",
        "b",
    ),
    row(
        "ingress.secondary.additionalHosts",
        second({ additionalHosts: ["i"] }),
        "values.ingress.secondary.additionalHosts",
        ["i"],
    ),
    row(
        "ingress.secondary.tlsSecretName",
        second({ tlsSecretName: "t", additionalHosts: ["i"] }),
        "values.ingress.secondary.tls",
        tlsEntry("t", "i"),
    ),
];
