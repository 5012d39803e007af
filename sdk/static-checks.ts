import type { WandbDeploymentArgs } from "./args";
import {
    chartReference,
    type ChartReference,
    type CheckInput,
    Checks,
    type Finding,
    knownReference,
    runChecks,
    Unknown,
    View,
} from "./checks";
import { shapeChecks } from "./checks/themes/shape";
import { bucketFacts, cacheFacts, databaseFacts } from "./external";
import { credentialArgs } from "./kubernetes/credential-args";
import { operatorValues } from "./kubernetes/operator";
import { cacheSecret, credentialReferences } from "./kubernetes/secrets";
import { InstanceDefaults, OperatorDefaults } from "./naming";
import { buildValues } from "./values/build";
import { buildChart } from "./values/chart";
import { type TranslatedArgs, translateValues } from "./values/translate";
import { isMap } from "./values/tree";
import type { ValuesFacts, ValuesTree } from "./values/types";
import type { MovedCredential } from "./values/value-credentials";
import { codes } from "./validation/wording";
import { OperatorChartVersion, VendorRepository } from "./versions";

/** Arguments in the words that the chart reads, and what the checks find in what will be made of them. */
export interface CheckedArgs {
    readonly args: TranslatedArgs;
    readonly findings: readonly Finding[];
    /** Credentials that go from the free values to a Secret. */
    readonly moved: readonly MovedCredential[];
}

/** Stands for the name of a Secret that will be made: it is not known yet, but there will be one. */
const MadeHere = "made-here";

/**
 * Translates free values and runs the static checks on the custom resource and the release that the arguments stand for. What is not
 * known yet is not checked. Checks that `checks.silence` names are left out.
 */
export function checkArgs(given: WandbDeploymentArgs): CheckedArgs {
    const silenced = silencedIn(given);
    const { args, changes, moved } = translated(given);
    const input = checkInput(args);
    const found = [...runChecks(Checks, input, silenced), ...idleNulls(args)];
    const findings = [...changes, ...found].filter(({ id }) => !silenced.has(id));
    return { args, moved, findings: findings.map((finding) => ({ ...finding, path: placeOf(finding.path, args) })) };
}

/**
 * Errors in the form of the free values, for arguments that are wrong elsewhere: nothing can be made of those, but one message shall
 * tell both.
 */
export function valueErrors(args: WandbDeploymentArgs): readonly Finding[] {
    try {
        const nothing = new View("", undefined);
        const untyped = new View("values", resolved(args.values));
        const reference = () => referenceOf(args);
        const context = { now: new Date() };
        const input = {
            metadata: nothing,
            chart: nothing,
            values: untyped,
            untyped,
            operator: undefined,
            context,
            reference,
        };
        return runChecks(shapeChecks, input, silencedIn(args)).filter(({ level }) => level === "error");
    } catch {
        // Validation has told already that the values have no end, or that the arguments are no object.
        return [];
    }
}

/** What the user leaves out, and what an argument has answered. */
function silencedIn({ checks, ingress }: WandbDeploymentArgs): ReadonlySet<string> {
    const answered = ingress?.tls?.enabled === false ? ["ingress.https-notls"] : [];
    return new Set([...Object.keys(checks?.silence ?? {}), ...answered]);
}

function referenceOf({ checks }: WandbDeploymentArgs): ChartReference {
    const own = checks?.reference;
    return own ? chartReference(own.version, own.values) : knownReference();
}

function translated(args: WandbDeploymentArgs): Omit<CheckedArgs, "findings"> & { changes: readonly Finding[] } {
    if (args.values === undefined) {
        return { args, changes: [], moved: [] };
    }
    const { values, secretEnv, valueCredentials, changes, moved } = translateValues(args.values, args.bucket?.provider);
    return {
        args: { ...args, values, secretEnv: { ...secretEnv, ...args.secretEnv }, valueCredentials },
        changes,
        moved,
    };
}

/** What the deployment will consist of, before anything of it exists: names of Secrets to be made are not known. */
function checkInput(args: TranslatedArgs): CheckInput {
    const { values, chart } = planned(args);
    const namespace = args.namespace ?? InstanceDefaults.namespace;
    return {
        metadata: new View("metadata", { name: args.name ?? InstanceDefaults.name, namespace }),
        chart: new View("spec.chart", resolved(chart)),
        values: new View("spec.values", resolved(values)),
        untyped: new View("values", resolved(args.values)),
        operator: operatorInput(args, namespace),
        context: {
            now: new Date(),
            license: typeof args.license === "string" ? args.license : undefined,
            redisSecretKeys: redisSecretKeys(args),
        },
        reference: () => referenceOf(args),
    };
}

/** Keys of the Secret with the cache's password, when we make it. */
function redisSecretKeys({ redis }: WandbDeploymentArgs): readonly string[] | undefined {
    return redis?.password === undefined ? undefined : Object.keys(cacheSecret(redis.password, redis.caCertificate));
}

function planned(args: TranslatedArgs): { values: ValuesTree; chart: ValuesTree | undefined } {
    const facts = plannedFacts(args);
    const credentials = credentialReferences(credentialArgs(args, facts, ""), () => MadeHere);
    return { values: buildValues({ args, facts, credentials }), chart: buildChart(args.chart, credentials) };
}

function plannedFacts({ database, redis, bucket }: WandbDeploymentArgs): ValuesFacts {
    if (bucket === undefined) {
        throw new Error("validation must have found that bucket is missing");
    }
    return {
        cloud: "existing",
        database: databaseFacts(database),
        cache: cacheFacts(redis),
        bucket: bucketFacts(bucket),
        ingress: {},
        identity: {},
    };
}

function operatorInput({ operator = {} }: WandbDeploymentArgs, watched: string): CheckInput["operator"] {
    if (operator.install === false) {
        return undefined;
    }
    const { chart, version = OperatorChartVersion, namespace = OperatorDefaults.namespace } = operator;
    const source = chart?.path ?? chart?.oci ?? chart?.repository ?? VendorRepository;
    return {
        version: new View("operator.version", chart?.path === undefined ? version : Unknown),
        source: new View("operator.chart", resolved(source)),
        namespace: new View("operator.namespace", namespace),
        values: new View("operator.values", resolved(operatorValues(operator, watched))),
    };
}

/** Plain data, with a mark where something is not known yet. */
function resolved(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(resolved);
    }
    if (isMap(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
    }
    // Outputs, promises, and objects of classes, whatever they are.
    return typeof value === "object" && value !== null ? Unknown : value;
}

/** A `null` among the user's values that removes nothing: it never reaches the custom resource. */
function idleNulls(args: TranslatedArgs): Finding[] {
    const nulls = nullsOf(new View("values", args.values));
    if (nulls.length === 0) {
        return [];
    }
    const ours = new View("values", planned({ ...args, values: undefined }).values);
    const idle = nulls.map((keys) => ours.at(...keys)).filter((place) => place.absent);
    if (idle.length === 0) {
        return [];
    }
    const [path, is] =
        idle.length === 1 ? [idle[0].path, "is"] : ["values", `${codes(idle.map((place) => place.path))} are`];
    return [
        {
            id: "values.null",
            level: "warning",
            path,
            message: `${is} null, which removes only what this component sets, and it sets nothing there`,
            remedy: "Leave it out, or give the value that shall win over the release channel's, such as false or an empty text.",
        },
    ];
}

/** The keys that lead to each `null` in maps. */
function nullsOf(view: View): string[][] {
    if (view.value === null) {
        return [[]];
    }
    return view.members.flatMap(([key, inner]) => nullsOf(inner).map((keys) => [key, ...keys]));
}

/** Arguments from which parts of the values are made. */
const Sources: readonly (readonly [path: string, argument: string])[] = [
    ["spec.values.global.host", "host"],
    ["spec.values.global.license", "license"],
    ["spec.values.global.size", "size"],
    ["spec.values.global.mysql", "database"],
    ["spec.values.mysql", "database"],
    ["spec.values.global.redis", "redis"],
    ["spec.values.redis", "redis"],
    ["spec.values.global.bucket", "bucket"],
    ["spec.values.global.auth.oidc", "oidc"],
    ["spec.values.global.email.smtp", "smtp"],
    ["spec.values.global.extraEnv", "extraEnv"],
    ["spec.values.global.customCACerts", "customCaCerts"],
    ["spec.values.global.caCertsConfigMap", "caCertsConfigMap"],
    ["spec.values.ingress", "ingress"],
    ["spec.chart", "chart"],
    ["operator.values.customCACerts", "operator.customCaCerts"],
    ["operator.values.caCertsConfigMap", "operator.caCertsConfigMap"],
    ["operator.values.image", "operator.image"],
    ["operator.values.namespaceIsolation", "operator.namespaceIsolation"],
    ["operator.values.airgapped", "operator.airgapped"],
];

/** Where the user has written what stands at a path: in the free values, or in the argument that it is made of. */
function placeOf(path: string, args: WandbDeploymentArgs): string {
    const [, below] = /^spec\.values\.(.+)$/.exec(path) ?? [];
    if (below !== undefined && writtenAt(new View("", args.values), below)) {
        return `values.${below}`;
    }
    const source = Sources.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`));
    return source === undefined ? path : `${source[1]} (${path})`;
}

/** Whether the user's free values hold something at the path. */
function writtenAt(values: View, path: string): boolean {
    return values.members.some(
        ([key, inner]) =>
            path === key ||
            (path.startsWith(`${key}.`) && writtenAt(inner, path.slice(key.length + 1))) ||
            path.startsWith(`${key}[`),
    );
}
