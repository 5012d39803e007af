import { hasOwnAddress } from "./address";
import { ReachabilityRemedy } from "./api-error";
import { formatDuration } from "./duration";
import type { Evidence, PodEvidence } from "./evidence";
import { eventTime, type KubernetesEvent } from "./objects";
import type { LogError } from "./operator-log";
import { redact } from "./redact";
import { InvalidConfig, isApplied } from "./snapshot";
import type { Target } from "./target";

/** What went wrong, as the caller knows it. */
export interface Failure {
    /** One sentence without a full stop. */
    readonly cause: string;
    /** What was still missing, one line each. */
    readonly missing: readonly string[];
    /** Set when the wait ended for lack of time. */
    readonly timeoutMs?: number;
    /** Whether the operator's finalizer was taken off the custom resource. */
    readonly finalizerRemoved?: boolean;
    /** Context for kubectl commands. */
    readonly context?: string;
}

/** How much of each kind is shown: the newest say most. */
const Shown = { events: 6, errors: 3, missing: 10, characters: 600 } as const;

/**
 * Writes what is wrong, then the evidence, then what to do. The same evidence always gives the same text, and nothing that looks like a
 * credential gets into it.
 */
export function failureText(failure: Failure, evidence: Evidence, target: Target): string {
    return [
        headline(failure, evidence, target),
        ...section("Missing", listed(failure.missing, Shown.missing)),
        ...section("Custom resource", customResource(evidence, target)),
        ...section("Operator's Events, newest last", evidence.events.slice(-Shown.events).map(eventLine)),
        ...section(
            "Operator's errors (its log), newest last",
            evidence.operatorErrors.slice(-Shown.errors).map(errorLine),
        ),
        ...section("Pods that are not ready", evidence.pods.flatMap(podLines)),
        ...section("Could not be read", evidence.unreadable),
        ...section("What to do", remedies(failure, evidence, target)),
    ].join("\n");
}

function headline(failure: Failure, { operatorErrors, snapshot }: Evidence, target: Target): string {
    const { cause, timeoutMs } = failure;
    const after = timeoutMs === undefined ? "" : ` after ${formatDuration(timeoutMs)}`;
    const newest = operatorErrors.at(-1);
    // Once the settings are applied, or the custom resource is gone, what the operator complains about is something else.
    const isAbout = snapshot?.instance !== undefined && !isApplied(snapshot.active, target);
    const because = newest && isAbout ? `: ${clean(newest.text)}` : "";
    return `W&B is not ready${after}: ${cause}${because}.`;
}

function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function listed(lines: readonly string[], limit: number): string[] {
    const rest = lines.length - limit;
    return rest > 0 ? [...lines.slice(0, limit), `and ${rest} more`] : [...lines];
}

function customResource({ snapshot }: Evidence, target: Target): string[] {
    if (!snapshot?.instance) {
        return [];
    }
    const { instance, active } = snapshot;
    const applied = active ? (active.revision ?? "unknown") : "none";
    const wanted = target.revision === undefined ? "" : `, wanted ${target.revision}`;
    return [
        `${target.namespace}/${target.name}: phase ${instance.status?.phase ?? "(none)"}, ` +
            `generation ${instance.metadata?.generation ?? "unknown"}, revision applied: ${applied}${wanted}`,
    ];
}

function eventLine(event: KubernetesEvent): string {
    const count = event.series?.count ?? event.count ?? 1;
    return `${timeText(eventTime(event))} ${event.reason ?? ""}: ${clean(event.message ?? "")}${count > 1 ? ` (${count} times)` : ""}`;
}

function errorLine({ time, text }: LogError): string {
    return `${timeText(time)} ${clean(text)}`;
}

function podLines({ name, namespace, reasons }: PodEvidence): string[] {
    return reasons.map((reason) => `${namespace}/${name}: ${clean(reason)}`);
}

/** One line, without credentials, not endless. */
function clean(text: string): string {
    const line = redact(text).replace(/\s+/g, " ").trim();
    return line.length > Shown.characters ? `${line.slice(0, Shown.characters)} [...]` : line;
}

function timeText(time: number | undefined): string {
    return time === undefined || time === 0 ? "(no time)" : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

function remedies(failure: Failure, evidence: Evidence, target: Target): string[] {
    const { snapshot } = evidence;
    const kubectl = (namespace: string, command: string): string =>
        `kubectl ${failure.context === undefined ? "" : `--context ${quoted(failure.context)} `}--namespace ${namespace} ${command}`;
    const { operator, namespace, name } = target;
    const restart = operator && kubectl(operator.namespace, `rollout restart deployment/${operator.deployment}`);
    const lines = stateRemedies(evidence, operator?.ours ?? false, restart);
    if (failure.finalizerRemoved) {
        lines.push(
            "This was the first install and nothing of it is in the cluster, so the operator's finalizer was taken off the custom resource:",
            "`pulumi destroy` can delete it. The operator puts the finalizer back when it tries again (settings changed, or after an hour).",
        );
    }
    if (snapshot) {
        lines.push("Look further:", ...lookFurther(kubectl, target, evidence).map((command) => `  ${command}`));
    }
    if (failure.timeoutMs !== undefined) {
        lines.push(
            ...(snapshot ? [] : [ReachabilityRemedy]),
            `Nothing was rolled back: what is merely slow goes on, and the next \`pulumi up\` waits for it again. ` +
                `To wait longer than ${formatDuration(failure.timeoutMs)} set readiness.timeout.`,
        );
    }
    return lines.length > 0
        ? lines
        : [`Check custom resource ${namespace}/${name} and the kubeconfig, and run \`pulumi up\` again.`];
}

/** What to do about the state of the custom resource itself. */
function stateRemedies({ snapshot }: Evidence, isOperatorOurs: boolean, restartCommand: string | undefined): string[] {
    if (snapshot === undefined) {
        return [];
    }
    if (snapshot.instance === undefined) {
        return [
            "If the kubeconfig is the right one: `pulumi refresh`, and `pulumi up` makes the custom resource again.",
        ];
    }
    if (snapshot.instance.metadata?.deletionTimestamp !== undefined) {
        return [
            "A deletion cannot be taken back. Finish it with `pulumi destroy`; or wait until it is done, then `pulumi refresh` and `pulumi up`.",
            "It needs the operator, and the operator needs the application's chart: if it hangs, the operator's log says why.",
        ];
    }
    if (snapshot.operator.kind === "missing" && isOperatorOurs) {
        return [
            "Somebody has removed the operator: `pulumi refresh`, then `pulumi up`. Where Helm still has its release, `helm rollback` to the last revision.",
        ];
    }
    if (snapshot.instance.status?.phase === InvalidConfig) {
        return [
            "Mend what the operator complains about, and run `pulumi up` again.",
            "The operator tries the same settings again only after an hour. To make it try at once:",
            `  ${restartCommand ?? "restart its Deployment <name>-controller-manager"}`,
        ];
    }
    return [];
}

function lookFurther(
    kubectl: (namespace: string, command: string) => string,
    { namespace, name, operator, ingress }: Target,
    { pods, snapshot }: Evidence,
): string[] {
    const [pod] = pods;
    const hasEntry = ingress === undefined || snapshot?.ingress === undefined || hasOwnAddress(snapshot.ingress);
    return [
        ...(pod ? [kubectl(pod.namespace, `describe pod ${pod.name}`)] : []),
        ...(pod ? [kubectl(pod.namespace, `logs ${pod.name} --all-containers --tail 50`)] : []),
        ...(hasEntry ? [] : [kubectl(namespace, `describe ingress ${ingress}`)]),
        kubectl(namespace, `describe weightsandbiases.apps.wandb.com ${name}`),
        ...(operator ? [kubectl(operator.namespace, `logs deployment/${operator.deployment} --tail 100`)] : []),
    ];
}

/** Names of contexts may hold anything. */
function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
