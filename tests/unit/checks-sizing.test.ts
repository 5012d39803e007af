import { sizingChecks } from "../../sdk/checks/themes/sizing";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

function values(tree: object): Configuration {
    return { values: tree };
}

const Values = "spec.values";

const sizeCases: readonly CheckCase[] = [
    {
        id: "size.name",
        when: "a near word",
        given: values({ global: { size: "Xlarge2" } }),
        finds: [
            `error ${Values}.global.size: is not a size that the chart knows ("Xlarge2" given): no resources and no autoscaling would be set. Use small, medium, large, xlarge or xxlarge (did you mean xlarge?).`,
        ],
    },
    {
        id: "size.name",
        when: "a size of the operator's second major version",
        given: values({ global: { size: "dev" } }),
        finds: [/\("dev" given\).* Use small, medium, large, xlarge or xxlarge\.$/],
    },
    { id: "size.name", when: "empty", given: values({ global: { size: "" } }), finds: [/\("" given\)/] },
    {
        id: "size.name",
        when: "at a component",
        given: values({ app: { size: "huge" } }),
        finds: [/^error spec\.values\.app\.size: .*\("huge" given\)/],
    },
    { id: "size.name", when: "known sizes", given: values({ global: { size: "xxlarge" }, app: { size: "small" } }) },
    { id: "size.name", when: "a component without", given: values({ app: { size: "" } }) },
    { id: "size.name", when: "a table of one's own", given: values({ app: { size: "huge", sizing: { huge: {} } } }) },
    { id: "size.name", when: "a table that is not known", given: values({ app: { size: "huge", sizing: Unknown } }) },
    { id: "size.name", when: "the size called default", given: values({ nginx: { size: "default" } }) },
    {
        id: "resources.console",
        when: "at the component",
        given: values({ console: { resources: { limits: { cpu: 1 } } } }),
        finds: [
            `warning ${Values}.console.resources: has no effect: the defaults of the console's container win. Move it to \`console.containers.console.resources\`.`,
        ],
    },
    {
        id: "resources.console",
        when: "at the container",
        given: values({ console: { resources: {}, containers: { console: { resources: { limits: { cpu: 1 } } } } } }),
    },
    { id: "resources.console", when: "not known yet", given: values({ console: { resources: Unknown } }) },
];

const pairCases: readonly CheckCase[] = [
    {
        id: "pair.executor",
        when: "a queue without workers",
        given: values({ global: { executor: { enabled: true } } }),
        finds: [
            `warning ${Values}.executor.install: is not set, while \`global.executor.enabled\` is true: tasks go to a queue that nobody works on. Set \`global.executor.enabled\` and \`executor.install\` to the same value.`,
        ],
    },
    {
        id: "pair.executor",
        when: "workers without a queue",
        given: values({ global: { executor: { enabled: false } }, executor: { install: true } }),
        finds: [
            `warning ${Values}.global.executor.enabled: is false, while \`executor.install\` is true: the workers run, but no tasks are sent to them. Set \`global.executor.enabled\` and \`executor.install\` to the same value.`,
        ],
    },
    {
        id: "pair.executor",
        when: "both on",
        given: values({ global: { executor: { enabled: true } }, executor: { install: true } }),
    },
    { id: "pair.executor", when: "off said once", given: values({ executor: { install: false } }) },
    {
        id: "pair.executor",
        when: "one is not known yet",
        given: values({ global: { executor: { enabled: true } }, executor: { install: Unknown } }),
    },
    {
        id: "pair.weave-trace",
        when: "shown, not installed",
        given: values({ global: { "weave-trace": { enabled: true } } }),
        finds: [
            `error ${Values}.weave-trace.install: is not set, while \`global.weave-trace.enabled\` is true: users see Weave traces, but no service answers. Set \`global.weave-trace.enabled\` and \`weave-trace.install\` to the same value.`,
        ],
    },
    {
        id: "pair.weave-trace",
        when: "installed, not shown",
        given: values({ global: { clickhouse: { host: "ch.example.com" } }, "weave-trace": { install: true } }),
        finds: [/global\.weave-trace\.enabled: is not set, while `weave-trace\.install` is true: the service runs/],
    },
    {
        id: "pair.weave-trace",
        when: "no ClickHouse",
        given: values({ global: { "weave-trace": { enabled: true } }, "weave-trace": { install: true } }),
        finds: [
            `error ${Values}.global.clickhouse.host: is empty, while \`weave-trace.install\` is true and \`clickhouse.install\` is not: traces have no store. Give \`global.clickhouse\` of an external server, or set \`clickhouse.install\` to true for a trial.`,
        ],
    },
    {
        id: "pair.weave-trace",
        when: "an external ClickHouse by reference",
        given: values({
            global: {
                "weave-trace": { enabled: true },
                clickhouse: { host: { valueFrom: { secretKeyRef: { name: "ch", key: "host" } } } },
            },
            "weave-trace": { install: true },
        }),
    },
    {
        id: "pair.weave-trace",
        when: "the bundled ClickHouse",
        given: values({
            global: { "weave-trace": { enabled: true } },
            "weave-trace": { install: true },
            clickhouse: { install: true },
        }),
    },
    {
        id: "pair.weave-trace",
        when: "a ClickHouse that is not known yet",
        given: values({
            global: { "weave-trace": { enabled: true }, clickhouse: Unknown },
            "weave-trace": { install: true },
        }),
    },
    {
        id: "pair.bufstream",
        when: "used, not installed",
        given: values({ global: { bufstream: { enabled: true } } }),
        finds: [
            `warning ${Values}.bufstream.install: is not set, while \`global.bufstream.enabled\` is true: the queue's URL is made for a bufstream that is not installed here. Set \`global.bufstream.enabled\` and \`bufstream.install\` to the same value.`,
        ],
    },
    {
        id: "pair.bufstream",
        when: "installed, not used",
        given: values({ bufstream: { install: true } }),
        finds: [/global\.bufstream\.enabled: is not set, while `bufstream\.install` is true: the queue's URL carries/],
    },
    {
        id: "pair.bufstream",
        when: "a broker elsewhere",
        given: values({ global: { bufstream: { enabled: true }, kafka: { brokerHost: "bufstream.example.com" } } }),
    },
    {
        id: "pair.bufstream",
        when: "a broker that is not known yet",
        given: values({ global: { bufstream: { enabled: true }, kafka: { brokerHost: Unknown } } }),
    },
    {
        id: "pair.history",
        when: "switched on",
        given: values({ global: { historyStore: { historyReaderEnabled: true } } }),
        finds: [
            `error ${Values}.global.historyStore.historyReaderEnabled: is true, but the chart cannot deploy the history reader: nothing answers there. Take it out.`,
        ],
    },
    {
        id: "pair.history",
        when: "switched off",
        given: values({ global: { historyStore: { historyReaderEnabled: false } } }),
    },
    {
        id: "mcp.weave",
        when: "another word",
        given: values({ "mcp-server": { install: true, weave: { tools: "yes" } } }),
        finds: [
            `error ${Values}.mcp-server.weave.tools: is not auto, true or false ("yes" given), and the chart refuses to render. Use "auto", "true" or "false", in quotes.`,
        ],
    },
    {
        id: "mcp.weave",
        when: "no trace service",
        given: values({ "mcp-server": { install: true, weave: { tools: "true" } } }),
        finds: [
            `error ${Values}.mcp-server.weave.tools: is true, but there is no trace service, and the chart refuses to render. Set \`weave-trace.install\` and \`global.weave-trace.enabled\` to true, give \`mcp-server.env.WF_TRACE_SERVER_URL\`, or use auto.`,
        ],
    },
    { id: "mcp.weave", when: "auto", given: values({ "mcp-server": { install: true, weave: { tools: "Auto" } } }) },
    {
        id: "mcp.weave",
        when: "a trace service elsewhere",
        given: values({
            "mcp-server": { install: true, weave: { tools: "true" }, env: { WF_TRACE_SERVER_URL: "https://traces" } },
        }),
    },
    {
        id: "mcp.weave",
        when: "traces switched on",
        given: values({
            global: { "weave-trace": { enabled: true } },
            "mcp-server": { install: true, weave: { tools: true } },
        }),
    },
    {
        id: "mcp.weave",
        when: "a trace service that is not known yet",
        given: values({
            "mcp-server": { install: true, weave: { tools: "true" } },
            "weave-trace": { install: Unknown },
        }),
    },
    {
        id: "mcp.weave",
        when: "not installed, so not rendered",
        given: values({ "mcp-server": { weave: { tools: "x" } } }),
    },
];

const Reference = { valueFrom: { secretKeyRef: { name: "s", key: "k" } } };

const Literal =
    "has its value written out: it stands in clear in the custom resource and in the operator's Secrets. Put the value into a Secret and give `valueFrom.secretKeyRef` with `name` and `key`.";

const variableCases: readonly CheckCase[] = [
    {
        id: "env.secret-literal",
        when: "every kind of place; the values are not shown",
        given: values({
            global: { extraEnv: { LDAP_BIND_PW: "hush" }, env: { API_TOKEN: "hush" } },
            app: {
                extraEnv: { SMTP_PASSWORD: "hush" },
                env: { some_secret: { value: "hush" } },
                containers: { app: { env: { APIKEYS: "hush" } } },
                initContainers: { init: { env: { SIGNING_KEY: "hush" } } },
            },
            clickhouse: { extraEnv: { CLICKHOUSE_ADMIN_PASSWORD: "hush" } },
        }),
        finds: [
            `warning ${Values}.global.extraEnv.LDAP_BIND_PW: ${Literal}`,
            `warning ${Values}.global.env.API_TOKEN: ${Literal}`,
            `warning ${Values}.app.extraEnv.SMTP_PASSWORD: ${Literal}`,
            `warning ${Values}.app.env.some_secret: ${Literal}`,
            `warning ${Values}.app.initContainers.init.env.SIGNING_KEY: ${Literal}`,
            `warning ${Values}.app.containers.app.env.APIKEYS: ${Literal}`,
            `warning ${Values}.clickhouse.extraEnv.CLICKHOUSE_ADMIN_PASSWORD: ${Literal}`,
        ],
    },
    {
        id: "env.secret-literal",
        when: "names that are short for a password, or a license",
        given: values({
            global: { extraEnv: { WF_CLICKHOUSE_PASS: "hush", LICENSE: "hush", GORILLA_LICENSE: "hush" } },
        }),
        finds: ["WF_CLICKHOUSE_PASS", "LICENSE", "GORILLA_LICENSE"].map(
            (name) => `warning ${Values}.global.extraEnv.${name}: ${Literal}`,
        ),
    },
    {
        id: "env.secret-literal",
        when: "a reference",
        given: values({ global: { extraEnv: { API_TOKEN: Reference } } }),
    },
    {
        id: "env.secret-literal",
        when: "not known yet",
        given: values({ global: { extraEnv: { API_TOKEN: Unknown } } }),
    },
    {
        id: "env.secret-literal",
        when: "another variable, a template, a switch, nothing",
        given: values({
            global: {
                extraEnv: {
                    A_TOKEN: "$(OTHER)",
                    B_TOKEN: "{{ .Values.x }}",
                    USE_TOKEN: "true",
                    C_KEY: "",
                    D_KEY: 4096,
                },
            },
        }),
    },
    {
        id: "env.secret-literal",
        when: "names that only sound like it",
        given: values({
            global: {
                extraEnv: {
                    KEYCLOAK_URL: "https://a",
                    TOKENIZER: "bert",
                    HEADERS_PASS_THROUGH: "x-user",
                    LICENSE_FILE: "/etc/license",
                    SSH_KEY_FILE: "/etc/key",
                    TOKEN_URL: "https://a",
                    GORILLA_CUSTOMER_SECRET_STORE_SOURCE: "k8s-secretmanager://wandb-secret",
                },
            },
        }),
    },
    {
        id: "env.generated",
        when: "names with a setting of their own; the values are not shown",
        given: values({
            global: { extraEnv: { HOST: "https://hush", MYSQL: "mysql://hush" } },
            app: { env: { GORILLA_LICENSE: Reference } },
        }),
        finds: [
            `warning ${Values}.global.extraEnv.HOST: replaces a value that the chart generates, without a message. Take it out and use \`global.host\`.`,
            `warning ${Values}.global.extraEnv.MYSQL: replaces a value that the chart generates, without a message. Take it out and use \`global.mysql\`.`,
            `warning ${Values}.app.env.GORILLA_LICENSE: replaces a value that the chart generates, without a message. Take it out and use \`global.licenseSecret\`.`,
        ],
    },
    {
        id: "env.generated",
        when: "a store without a setting of its own",
        given: values({ global: { extraEnv: { GORILLA_AUDIT_LOG_STORE: "x" } } }),
        finds: [/GORILLA_AUDIT_LOG_STORE: .* Take it out\.$/],
    },
    {
        id: "env.generated",
        when: "names of the user's",
        given: values({ global: { extraEnv: { GORILLA_ALLOW_USER_TEAM_CREATION: "true", LDAP_LOGIN: "true" } } }),
    },
    {
        id: "env.generated",
        when: "a bundled database",
        given: values({ mysql: { extraEnv: { MYSQL_DATABASE: "x" } } }),
    },
    {
        id: "env.generated",
        when: "the one of object storage",
        given: values({ global: { extraEnv: { BUCKET: "s3://" } } }),
    },
    { id: "env.generated", when: "not known yet", given: values({ global: { extraEnv: { MYSQL: Unknown } } }) },
];

const clusterCases: readonly CheckCase[] = [
    {
        id: "k8s.version",
        when: "an old one",
        given: { context: { kubernetes: { version: "v1.28.15-eks-a737599" } } },
        finds: [
            'warning kubernetes.version: is older than 1.29 ("v1.28.15-eks-a737599" given), the oldest that the vendor supports. Upgrade the cluster to 1.32 or newer.',
        ],
    },
    {
        id: "k8s.version",
        when: "short",
        given: { context: { kubernetes: { version: "1.9" } } },
        finds: [/"1\.9" given/],
    },
    {
        id: "k8s.version",
        when: "the oldest that is supported",
        given: { context: { kubernetes: { version: "1.29" } } },
    },
    { id: "k8s.version", when: "a later major one", given: { context: { kubernetes: { version: "2.0" } } } },
    { id: "k8s.version", when: "no version", given: { context: { kubernetes: { version: "newest" } } } },
    { id: "k8s.version", when: "not known", given: {} },
    {
        id: "k8s.arch",
        when: "arm64 alone",
        given: { context: { kubernetes: { architectures: ["arm64", "arm64"] } } },
        finds: [
            'error kubernetes.architectures: has no amd64 (nodes have "arm64"), and the images exist for nothing else. Add a node pool with amd64.',
        ],
    },
    { id: "k8s.arch", when: "both", given: { context: { kubernetes: { architectures: ["arm64", "amd64"] } } } },
    { id: "k8s.arch", when: "no node yet", given: { context: { kubernetes: { architectures: [] } } } },
];

describe("checks: sizes, pairs, variables, cluster", () => {
    testCases(
        sizingChecks,
        [...sizeCases, ...pairCases, ...variableCases, ...clusterCases],
        ["resources.console", "env.generated"],
    );
});
