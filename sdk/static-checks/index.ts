import type { WandbDeploymentArgs } from "../args";
import {
    chartReference,
    type ChartReference,
    type CheckInput,
    Checks,
    type Finding,
    knownReference,
    runChecks,
    View,
} from "../checks";
import { passwordInUrl } from "../checks/connections";
import { shapeChecks } from "../checks/themes/shape";
import { cacheSecret } from "../kubernetes/secrets";
import { InstanceDefaults } from "../naming";
import { resolved } from "../values/resolved";
import { type TranslatedArgs, translateValues } from "../values/translate";
import type { ValuesTree } from "../values/types";
import type { MovedCredential } from "../values/value-credentials";
import { InternalMysql } from "../warnings";
import { idleNulls } from "./nulls";
import { Places } from "./places";
import { plan, plannedOperator } from "./plan";

/** Arguments in the words that the chart reads, and what the checks find in what will be made of them. */
export interface CheckedArgs {
    readonly args: TranslatedArgs;
    readonly findings: readonly Finding[];
    /** Credentials that were taken out of the free values. */
    readonly moved: readonly MovedCredential[];
    /** Paths of credentials among the free values that the chart takes as text only. */
    readonly standing: readonly string[];
}

/**
 * Translates free values and runs the static checks on the custom resource and the release that the arguments stand for. What is not
 * known yet is not checked. Checks that `checks.silence` names are left out.
 */
export function checkArgs(given: WandbDeploymentArgs): CheckedArgs {
    const silenced = silencedIn(given);
    const ours = given.values === undefined ? {} : plan({ ...given, values: undefined }).values;
    const { args, moved, findings, origins } = translated(given, ours);
    const places = new Places(args, origins);
    const input = checkInput(args, moved);
    const found = [
        ...runChecks(Checks, input, silenced).map((finding) => places.of(finding)),
        ...credentialFaults(moved),
        ...idleNulls(args.values, ours),
    ];
    const told = [...findings, ...found].filter(({ id }) => !silenced.has(id));
    return { args, moved, standing: standingCredentials(input), findings: told };
}

/**
 * Errors in the form of the free values, for arguments that are wrong elsewhere: nothing can be made of those, but one message shall
 * tell both. A `null` is no error, since it never reaches the custom resource.
 */
export function valueErrors(args: WandbDeploymentArgs): readonly Finding[] {
    try {
        const nothing = new View("", undefined);
        const untyped = new View("values", resolved(args.values));
        const input: CheckInput = {
            metadata: nothing,
            chart: nothing,
            values: untyped,
            untyped,
            operator: undefined,
            context: { now: new Date() },
            reference: referenceOf(args),
        };
        const silenced = new Set([...silencedIn(args), "values.null"]);
        return runChecks(shapeChecks, input, silenced).filter(({ level }) => level === "error");
    } catch {
        // What cannot be read at all, such as a tree without end or a reference that is none, validation has told already.
        return [];
    }
}

/** What the user leaves out, what an argument has answered, and what is said in the words of an argument. */
function silencedIn({ checks, ingress, database }: WandbDeploymentArgs): ReadonlySet<string> {
    const answered = ingress?.tls?.enabled === false ? ["ingress.https-notls"] : [];
    const said = database?.install === true ? [InternalMysql] : [];
    return new Set([...Object.keys(checks?.silence ?? {}), ...answered, ...said]);
}

/** The chart's values to judge by, read on first use and once: another chart's rows are checked when they are read. */
function referenceOf({ checks }: WandbDeploymentArgs): () => ChartReference {
    const own = checks?.reference;
    let read: ChartReference | undefined;
    return () => (read ??= own ? chartReference(own.version, own.values) : knownReference());
}

function translated(
    args: WandbDeploymentArgs,
    ours: ValuesTree,
): Omit<CheckedArgs, "standing"> & { readonly origins: ReadonlyMap<string, string> } {
    if (args.values === undefined) {
        return { args, findings: [], moved: [], origins: new Map() };
    }
    const { values, secretEnv, valueCredentials, ...told } = translateValues(args.values, ours);
    const made = { values, secretEnv: { ...secretEnv, ...args.secretEnv }, valueCredentials };
    return { ...told, args: { ...args, ...made } };
}

function checkInput(args: TranslatedArgs, moved: readonly MovedCredential[]): CheckInput {
    const { values, chart } = plan(args);
    const { name = InstanceDefaults.name, namespace = InstanceDefaults.namespace } = args;
    const license = literalOf(moved, "global.license") ?? args.license;
    return {
        metadata: new View("metadata", { name, namespace }),
        chart: new View("spec.chart", resolved(chart)),
        values: new View("spec.values", resolved(values)),
        untyped: new View("values", resolved(args.values)),
        operator: plannedOperator(args),
        context: {
            now: new Date(),
            license: typeof license === "string" ? license : undefined,
            redisSecretKeys: redisSecretKeys(args),
        },
        reference: referenceOf(args),
    };
}

function literalOf(moved: readonly MovedCredential[], path: string): string | undefined {
    return moved.find((one) => one.path === path && !one.ignored)?.literal;
}

/** Keys of the Secret with the cache's password, when we make it. */
function redisSecretKeys({ redis, valueCredentials = {} }: TranslatedArgs): readonly string[] | undefined {
    if (valueCredentials["REDIS_PASSWORD"] !== undefined) {
        return Object.keys(valueCredentials);
    }
    return redis?.password === undefined ? undefined : Object.keys(cacheSecret(redis.password, redis.caCertificate));
}

function standingCredentials({ untyped, reference }: CheckInput): string[] {
    if (untyped.members.length === 0) {
        return [];
    }
    return reference()
        .values.filter(({ secret }) => secret)
        .map(({ path }) => untyped.find(path))
        .filter((place) => place.unknown || (place.text ?? "") !== "")
        .map(({ path }) => path);
}

/** Passwords that are pasted into an address, wherever they come from. */
const UrlPasswords: readonly (readonly [path: string, id: string, scheme: string])[] = [
    ["global.mysql.password", "mysql.password-url", "mysql"],
    ["global.email.smtp.password", "smtp.password-url", "smtp"],
];

/** What the checks cannot see any more of credentials that were taken out. */
function credentialFaults(moved: readonly MovedCredential[]): Finding[] {
    return UrlPasswords.flatMap(([path, id, scheme]) => {
        const password = new View(`values.${path}`, literalOf(moved, path));
        const faults = Array.from(passwordInUrl(password, scheme, "a new one at the server too"));
        return faults.map((fault): Finding => ({ id, level: "warning", ...fault }));
    });
}
