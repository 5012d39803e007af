import { bad } from "./row";
import { validKubeconfig } from "./valid";

const withoutCurrent = validKubeconfig.replace("current-context: test\n", "");

/** Wrong kinds, unknown keys, empty and padded texts. */
export const kindRows = [
    bad("host", /is empty\. Give the public host name of W&B/, { host: "" }),
    bad("licenseSecret.name", /is empty\. Give the name of a Secret/, {
        license: undefined,
        licenseSecret: { name: " ", key: "license" },
    }),
    bad("hostt", /not an argument\. Did you mean `host`\?/, { hostt: "wandb.example.com", host: undefined }),
    bad("databse", /Did you mean `database`\?/, { databse: { install: true } }, undefined, ["database"]),
    bad("ingress.classname", /Did you mean `ingress.className`\?/, {
        "ingress.classname": "nginx",
        "ingress.className": undefined,
    }),
    bad("database.user", /Did you mean `database.username`\?/, { "database.user": "wandb" }),
    bad("redis.zzz", /not an argument\. Known here: .*`host`/, { redis: { host: "redis.example.com", zzz: 1 } }),
    bad("host", /is a number \(7 given\), but must be text\. Quote it: "7"/, { host: 7 }),
    bad("host", /is null, but must be text\. Give a string\.$/, { host: null }),
    bad("database", /is a list, but must be an object/, { database: [] }),
    bad("database", /is text, but must be an object/, { database: "mysql://a:b@c" }),
    bad("database.port", /is text \("3306" given\), but must be a number\. Write it without quotes/, {
        "database.port": "3306",
    }),
    bad("database.install", /is text \("true" given\), but must be true or false\. Write it without quotes/, {
        database: { install: "true" },
    }),
    bad("database.passwordSecret", /is text, but must be an object\. Give an object with `name` and `key`/, {
        "database.password": undefined,
        "database.passwordSecret": "literal",
    }),
    bad("license", /is a number, but must be text\. Quote it/, { license: 12345 }),
    bad("ingress.annotations.size", /is a number \(8 given\), but must be text\. Quote it: "8"/, {
        "ingress.annotations": { size: 8 },
    }),
    bad("values", /is a list, but must be an object/, { values: [] }, undefined, ["ingress"]),
    bad("components.app", /is true or false, but must be an object/, { "components.app": true }),
    bad("database.name", /is empty\. Give a value, or leave it out/, { "database.name": "" }),
    bad("database.password", /white space\. Take it off; files often end with a line break/, {
        "database.password": "secret\n",
    }),
    bad("oidc.clientId", /control character/, { oidc: { clientId: "a\nb", issuer: "https://idp.example.com" } }),
    bad("sessionLengthHours", /is text \("720h" given\), but must be a number/, { sessionLengthHours: "720h" }),
    bad("database.port", /not a finite number/, { "database.port": Number.NaN }, "database.port is NaN"),
];

/** Where the cluster is. */
export const clusterRows = [
    bad("existing", /nothing says where W&B shall run/, { existing: undefined }, "no cloud", [
        "database",
        "bucket",
        "readiness",
    ]),
    bad("aws", /given together with `existing`\. Keep one/, { aws: {} }, undefined, ["existing"]),
    bad("access", /no effect with `existing`/, { access: { private: true } }, undefined, ["existing"]),
    bad("charts", /no effect with `existing`/, { charts: { externalDns: { version: "1.19.0" } } }, undefined, [
        "existing",
    ]),
    bad("tags", /no effect with `existing`/, { tags: { team: "ml" } }, undefined, ["existing"]),
    bad("retainData", /no effect with `existing`/, { retainData: true }, undefined, ["existing"]),
    bad("gcp", /given together with `existing`\. Keep one/, { gcp: {} }, undefined, ["existing", "ingress"]),
    bad("azure", /given together with `existing`\. Keep one/, { azure: {} }, undefined, ["existing", "ingress"]),
    bad("existing.kubeconfig", /no Kubernetes provider\. Give the kubeconfig's content, or pass a provider/, {
        existing: {},
    }),
    bad("existing.kubeconfig", /looks like a path\. Give its content/, {
        "existing.kubeconfig": "/home/me/.kube/config",
    }),
    bad("existing.kubeconfig", /looks like a path/, { "existing.kubeconfig": "kubeconfig.yaml" }),
    bad("existing.kubeconfig", /looks like base64/, {
        "existing.kubeconfig": Buffer.from(validKubeconfig).toString("base64"),
    }),
    bad("existing.kubeconfig", /is not YAML \(line 2\)/, { "existing.kubeconfig": "a: b\n  c: d: e\n" }),
    bad("existing.kubeconfig", /no YAML or JSON mapping/, { "existing.kubeconfig": "just words" }),
    bad("existing.kubeconfig", /lists no clusters/, { "existing.kubeconfig": "kind: Config\nclusters: []\n" }),
    bad(
        "existing.kubeconfig",
        /no cluster with a server address for the cluster of context "test"/,
        {
            "existing.kubeconfig": validKubeconfig.replace("cluster: test", "cluster: gone"),
        },
        "kubeconfig whose context has no cluster",
    ),
    bad(
        "existing.kubeconfig",
        /does not have the user of context "test"/,
        {
            "existing.kubeconfig": validKubeconfig.replace("user: test }", "user: gone }"),
        },
        "kubeconfig whose context has no user",
    ),
    bad("existing.kubeconfig", /is empty/, { "existing.kubeconfig": " \n" }),
    bad("existing.kubeconfig", /current-context "gone", which is not among/, {
        "existing.kubeconfig": validKubeconfig.replace("current-context: test", "current-context: gone"),
    }),
    bad("existing.context", /not a context .*\("nowhere" given\)\. It has "test" and "other"/, {
        "existing.context": "nowhere",
    }),
    bad("existing.context", /no current-context\. Name the context .* "test" and "other"/, {
        "existing.kubeconfig": withoutCurrent,
    }),
];

/** Names, namespaces, readiness. */
export const nameRows = [
    bad("name", /contains "app", the name of a component \("my-app" given\)/, { name: "my-app" }, undefined, [
        "ingress",
        "operator",
    ]),
    bad("name", /contains "redis"/, { name: "redis-wandb" }, undefined, ["ingress", "operator"]),
    bad("name", /not a DNS label \("Wandb" given\)/, { name: "Wandb" }, undefined, ["ingress", "operator"]),
    bad("name", /Use at most 53 characters/, { name: "w".repeat(54) }, undefined, ["ingress", "operator"]),
    bad("namespace", /not a DNS label \("wandb_prod" given\)/, { namespace: "wandb_prod" }, undefined, ["operator"]),
    bad("namespace", /Use at most 63 characters/, { namespace: "n".repeat(64) }, undefined, ["operator"]),
    bad("createNamespace", /every cluster has namespace "default" already/, {
        namespace: "default",
        createNamespace: true,
    }),
    bad("readiness.timeout", /not a duration \("20 minutes" given\)/, { "readiness.timeout": "20 minutes" }),
    bad("readiness.timeout", /no time at all/, { "readiness.timeout": "0s" }),
    bad("readiness.probe", /`readiness.wait` is false/, { readiness: { wait: false, probe: true } }),
    bad("readiness.probe", /`createCustomResource` is false/, {
        createCustomResource: false,
        readiness: { probe: true },
    }),
];
