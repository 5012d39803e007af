import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs, ServiceAccountArgs } from "../args/application";
import { InstanceDefaults } from "../naming";
import { environmentFrom } from "./environment";
import { mergeValues } from "./merge";
import { mapAt } from "./tree";
import type { ComponentValues, TextMap, ValuesArgs, ValuesInput, ValuesTree } from "./types";

/** What the values need to know about a component. */
export interface ComponentInfo {
    readonly name: string;
    /** Its image belongs to the server's release, so `images.tag` sets it. */
    readonly server: boolean;
    /** Where the switch is: `<name>.install`, `global.<name>.enabled`, or both, when one deploys the pods and one makes the others use them. */
    readonly switch: "install" | "global" | "both";
    /** The container whose own resources win over those of the component. */
    readonly container?: string;
}

function component(name: string, server: boolean, rest?: Partial<ComponentInfo>): ComponentInfo {
    return Object.freeze({ name, server, switch: "install", ...rest });
}

/**
 * The components of operator-wandb 0.43.8 whose pods run W&B's code under a service account that takes annotations: they get the
 * cloud identity. Left out: `appRenamePreHook` and `appRenamePostHook` (they only rename Deployments), `nginx` (never speaks to
 * the cloud) and `clickhouseMigrationJob` (its account's annotations are not read; see `ServerOnly`).
 */
export const Components: readonly ComponentInfo[] = Object.freeze([
    component("app", true),
    component("api", true, { switch: "global" }),
    component("console", false, { container: "console" }),
    component("parquet", true),
    component("weave", false),
    component("executor", true, { switch: "both" }),
    component("filemeta", true),
    component("filestream", true),
    component("flat-run-fields-updater", true),
    component("frontend", false),
    component("glue", true, { switch: "global" }),
    component("history-updater", true),
    component("internalSignerPreHook", true),
    component("metric-observer", true),
    component("parquet-metadata-cache", true),
    component("settingsMigrationJob", true),
    component("anaconda2", false),
    component("mcp-server", false),
    component("weave-trace", false, { switch: "both" }),
    component("weave-trace-worker", false),
    component("weave-evaluate-model-worker", false),
    component("weave-trace-agent-scoring-worker", false),
    component("lumen-agent", false),
]);

/** Parts of the server's release that take no cloud identity. */
const ServerOnly = ["clickhouseMigrationJob"];

/** Third-party parts whose pods and the server's use of them are switched apart. */
const PairedOnly = ["bufstream"];

const byName = new Map(Components.map((info) => [info.name, info]));

function switchOf(name: string): ComponentInfo["switch"] {
    return PairedOnly.includes(name) ? "both" : (byName.get(name)?.switch ?? "install");
}

function ownValues(name: string, args: ComponentArgs): ComponentValues {
    const container = byName.get(name)?.container;
    return {
        install: switchOf(name) === "global" ? undefined : args.install,
        image: { repository: args.imageRepository, tag: args.imageTag },
        size: args.size,
        replicaCount: args.replicas,
        resources: container === undefined ? args.resources : undefined,
        containers: container === undefined ? undefined : { [container]: { resources: args.resources } },
        env: { ...args.env, ...environmentFrom(args.envFrom) },
        nodeSelector: args.nodeSelector,
        tolerations: args.tolerations,
        podAnnotations: args.podAnnotations,
        podLabels: args.podLabels,
    };
}

/** One account for several components is made by the first: a second `create` would conflict in Helm. */
function accountValues(account: ServiceAccountArgs, identity: TextMap | undefined): ValuesTree {
    const created = account.create !== false;
    const annotations = { ...(created ? identity : undefined), ...account.annotations };
    const entries = account.components.map((name, index): [string, ComponentValues] => [
        name,
        {
            serviceAccount: {
                name: account.name,
                create: created && index === 0,
                annotations: index === 0 ? annotations : undefined,
            },
        },
    ]);
    return Object.fromEntries(entries);
}

/** Components that have no account of the user's and so run under one that the chart makes. */
function defaultAccounts(accounts: readonly ServiceAccountArgs[], identity: TextMap | undefined): ValuesTree {
    const taken = new Set(accounts.flatMap((account) => account.components));
    const own = Components.filter((info) => !taken.has(info.name));
    return Object.fromEntries(own.map((info) => [info.name, { serviceAccount: { annotations: identity } }]));
}

/** Values of all components by their name, least specific first: identity, server tag, accounts, the component's own. */
export function componentValues({ args, facts }: ValuesInput): ValuesTree {
    const accounts = args.serviceAccounts ?? [];
    const { serviceAccountAnnotations, podLabels } = facts.identity;
    const server = [...Components.filter((info) => info.server).map((info) => info.name), ...ServerOnly];
    const layers: ValuesTree[] = [
        Object.fromEntries(server.map((name) => [name, { image: { tag: args.images?.tag } }])),
        Object.fromEntries(Components.map((info) => [info.name, { podLabels }])),
        defaultAccounts(accounts, serviceAccountAnnotations),
        ...accounts.map((account) => accountValues(account, serviceAccountAnnotations)),
        Object.fromEntries(Object.entries(args.components ?? {}).map(([name, own]) => [name, ownValues(name, own)])),
    ];
    return layers.reduce(mergeValues, {});
}

/** Service accounts under which pods of W&B run. */
export interface AccountNames {
    /** Those that the user names. */
    readonly own: readonly pulumi.Input<string>[];
    /** Components of those of `own` that are Outputs. */
    readonly components: ReadonlyMap<pulumi.Input<string>, readonly string[]>;
    /** Those that the chart makes, one per component, all beginning with the name of the custom resource and a hyphen. */
    readonly made: readonly string[];
}

/** All accounts that must get the cloud identity: those of the arguments, of free values, and the chart's own. */
export function accountNames(args: Pick<ValuesArgs, "name" | "serviceAccounts" | "values">): AccountNames {
    const { name = InstanceDefaults.name, serviceAccounts = [], values = {} } = args;
    const taken = new Set(serviceAccounts.flatMap(({ components }) => components));
    const free = Components.map((info) => ({ component: info.name, account: accountIn(values, info.name) }));
    const named = free.flatMap(({ account }) => (account === undefined ? [] : [account]));
    const chartMade = free.filter(({ component, account }) => account === undefined && !taken.has(component));
    return {
        own: [...new Set([...serviceAccounts.map((account) => account.name), ...named])],
        components: new Map(
            serviceAccounts
                .filter((account) => typeof account.name !== "string")
                .map((account) => [account.name, account.components]),
        ),
        // Names of objects are in lower case; the chart's other components are hooks, which do not speak to the cloud.
        made: chartMade
            .map(({ component }) => component)
            .filter((word) => word === word.toLowerCase())
            .map((word) => `${name}-${word}`),
    };
}

/** The account under which the pods of a component run. Free values have the last word. */
export function accountOf(
    args: Pick<ValuesArgs, "name" | "serviceAccounts" | "values">,
    component: string,
): pulumi.Input<string> {
    const { name = InstanceDefaults.name, serviceAccounts = [], values = {} } = args;
    const own = serviceAccounts.find(({ components }) => components.includes(component));
    return accountIn(values, component) ?? own?.name ?? `${name}-${component}`;
}

function accountIn(values: ValuesTree, component: string): string | undefined {
    const account = mapAt(values, component, "serviceAccount")?.name;
    return typeof account === "string" && account !== "" ? account : undefined;
}

/** The switches that stand under `global`. */
export function componentSwitches(components: Record<string, ComponentArgs> | undefined): ValuesTree {
    const entries = Object.entries(components ?? {}).filter(([name]) => switchOf(name) !== "install");
    return Object.fromEntries(entries.map(([name, own]) => [name, { enabled: own.install }]));
}
