import { type Args, fromSecret, row, secret, type ValueRow } from "./row";

const account = (more: Partial<NonNullable<Args["serviceAccounts"]>[number]>): Args => ({
    serviceAccounts: [{ name: "shared", components: ["app", "parquet"], ...more }],
});
const api = (more: NonNullable<Args["components"]>[string]): Args => ({ components: { api: more } });
const requests = { requests: { cpu: "1" } };

export const components: ValueRow[] = [
    row("serviceAccounts[].name", account({}), "values.app.serviceAccount", { name: "shared", create: true }),
    row("serviceAccounts[].components", account({}), "values.parquet.serviceAccount", {
        name: "shared",
        create: false,
    }),
    row("serviceAccounts[].create", account({ create: false }), "values.app.serviceAccount.create", false),
    row(
        "serviceAccounts[].annotations",
        account({ annotations: { a: "b" } }),
        "values.app.serviceAccount.annotations",
        { a: "b" },
    ),
    row("components.*.install", { components: { parquet: { install: false } } }, "values.parquet.install", false),
    row("components.*.install", api({ install: true }), "values.global.api.enabled", true),
    row(
        "components.*.install",
        { components: { executor: { install: true } } },
        "values.global.executor.enabled",
        true,
    ),
    row("components.*.install", { components: { executor: { install: true } } }, "values.executor.install", true),
    row("components.*.imageRepository", api({ imageRepository: "r/i" }), "values.api.image.repository", "r/i"),
    row("components.*.imageTag", { ...api({ imageTag: "2" }), images: { tag: "1" } }, "values.api.image.tag", "2"),
    row("components.*.size", api({ size: "large" }), "values.api.size", "large"),
    row("components.*.replicas", api({ replicas: 3 }), "values.api.replicaCount", 3),
    row("components.*.resources", api({ resources: requests }), "values.api.resources", requests),
    row("components.*.resources", { components: { console: { resources: requests } } }, "values.console", {
        containers: { console: { resources: requests } },
    }),
    row("components.*.env", api({ env: { A: "b" } }), "values.api.env.A", "b"),
    row("components.*.envFrom", api({ envFrom: { A: { secretKeyRef: secret } } }), "values.api.env.A", fromSecret),
    row("components.*.nodeSelector", api({ nodeSelector: { a: "b" } }), "values.api.nodeSelector.a", "b"),
    row("components.*.tolerations", api({ tolerations: [{ operator: "Exists" }] }), "values.api.tolerations", [
        { operator: "Exists" },
    ]),
    row("components.*.podAnnotations", api({ podAnnotations: { a: "b" } }), "values.api.podAnnotations.a", "b"),
    row("components.*.podLabels", api({ podLabels: { a: "b" } }), "values.api.podLabels.a", "b"),
];
