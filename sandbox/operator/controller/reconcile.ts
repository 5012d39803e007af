/** One reconcile of one custom resource, in the order of the operator's controller (1.22.0). */
import { fetchChannel } from "./channel";
import type { ChartSource } from "./chart-source";
import { beforeUninstall, withChartFile } from "./chart-source";
import type { EventRecorder } from "./events";
import type { KubeClient, KubeObject } from "./kube";
import { resourcePath, secretPath } from "./kube";
import type { Spec } from "./layers";
import {
    desiredSpec,
    licenseReference,
    literalLicense,
    maskedValues,
    nextStep,
    operatorDefaults,
    pinnedRelease,
    reconcileFrequency,
} from "./layers";
import type { Logger } from "./log";
import { adoptObjects } from "./owners";
import type { RunResult } from "./queue";
import type { Owner } from "./store";
import { SpecStore, specOf, stored } from "./store";

/** What one operator pod works with. */
export interface Operator {
    client: KubeClient;
    source: ChartSource;
    events: EventRecorder;
    operatorNamespace: string;
    airgapped: boolean;
    supportsOci: boolean;
    channelUrl: string;
    /** Turns the operator's pauses into those of the sandbox. */
    scale: (milliseconds: number) => number;
}

type Phase = "Loading" | "Completed" | "Invalid Config";

interface Run {
    operator: Operator;
    resource: KubeObject;
    owner: Owner;
    store: SpecStore;
    log: Logger;
}

const finalizer = "finalizer.app.wandb.com";
const pruneRetryMs = 60_000;
const channelPauseMs = 2_000;

/** Brings the custom resource one step on. Throws for what is retried with growing pauses. */
export async function reconcile(operator: Operator, namespace: string, name: string, log: Logger): Promise<RunResult> {
    const resource = await operator.client.find(resourcePath(namespace, name));
    if (resource === undefined) {
        return {};
    }
    const owner: Owner = { name, namespace, uid: resource.metadata?.uid ?? "" };
    const run: Run = { operator, resource, owner, log, store: new SpecStore(operator.client, owner, operator) };
    log.info("=== Reconciling Weights & Biases instance...");
    await operator.events.record(owner, "Reconciling");
    await operator.events.record(owner, "LoadingConfig");

    const loaded = await loadSpecs(run);
    if (loaded === undefined) {
        return {};
    }
    const { desired, active } = loaded;
    log.info("Desired spec", { values: maskedValues(desired.values ?? {}) });
    const again = { againAfterMs: operator.scale(reconcileFrequency(desired)) };
    const finalizers = resource.metadata?.finalizers ?? [];
    const deleting = resource.metadata?.deletionTimestamp !== undefined;
    switch (nextStep({ deleting, hasFinalizer: finalizers.includes(finalizer), desired, active })) {
        case "no-change":
            log.info("No changes found");
            await setPhase(run, "Completed");
            return again;
        case "no-chart":
            await setPhase(run, "Invalid Config");
            log.error(new Error("no chart in any layer"), "No release type was found in the spec");
            return again;
        case "apply":
            await apply(run, desired);
            return again;
        case "prune":
            return prune(run, desired);
        case "release-finalizer":
            await releaseResource(run);
            return {};
        case "nothing":
            return {};
    }
}

/** All layers, joined; undefined when the answer of the channel could not be saved, which ends the reconcile. */
async function loadSpecs(run: Run): Promise<{ desired: Spec; active?: Spec } | undefined> {
    const { operator, log, store } = run;
    const user = await loadUserSpec(run);
    const resource = specOf(run.resource.spec, operator);
    const active = await store.read(stored.active).catch(() => undefined);
    if (active === undefined) {
        log.info("No active spec found.");
    }
    let channel: Spec | undefined;
    if (!operator.airgapped) {
        channel = await askChannel(run, resource, user);
        if (channel !== undefined && !(await saveChannel(run, channel))) {
            return undefined;
        }
    }
    try {
        const defaults = operatorDefaults(operator.operatorNamespace);
        return { desired: desiredSpec({ resource, user, channel, defaults }), active };
    } catch (error) {
        log.error(error, "Failed to merge the layers into desired spec");
        throw error;
    }
}

async function loadUserSpec({ store, log }: Run): Promise<Spec> {
    const user = await store.read(stored.user);
    if (user !== undefined) {
        return user;
    }
    log.info("No user input spec found, creating a new one");
    const empty: Spec = { values: {} };
    await store.write(stored.user, empty);
    return empty;
}

async function askChannel(run: Run, resource: Spec, user: Spec): Promise<Spec | undefined> {
    const { operator, log, store } = run;
    try {
        const document = await fetchChannel({
            baseUrl: operator.channelUrl,
            license: await findLicense(run, resource, user),
            release: pinnedRelease(user),
            pauseMs: operator.scale(channelPauseMs),
        });
        return specOf(document, operator);
    } catch (error) {
        log.info("Failed to get spec from deployer", { error: String(error) });
        return store.read(stored.cachedRelease).catch(() => undefined);
    }
}

async function saveChannel({ operator, owner, store, log }: Run, channel: Spec): Promise<boolean> {
    try {
        await store.write(stored.cachedRelease, channel);
        return true;
    } catch (error) {
        await operator.events.record(owner, "SecretWriteFailed");
        log.error(error, "Unable to save latest release.");
        return false;
    }
}

async function findLicense({ operator, owner }: Run, resource: Spec, user: Spec): Promise<string> {
    const literal = literalLicense(resource, user);
    const reference = licenseReference(resource);
    if (literal !== "" || reference === undefined) {
        return literal;
    }
    const secret = await operator.client.find(secretPath(owner.namespace, reference.name));
    return Buffer.from(secret?.data?.[reference.key] ?? "", "base64").toString("utf8");
}

async function apply(run: Run, desired: Spec): Promise<void> {
    const { operator, resource, owner, store, log } = run;
    const { chart } = desired;
    if (chart === undefined) {
        return;
    }
    await setPhase(run, "Loading");
    const finalizers = resource.metadata?.finalizers ?? [];
    if (!finalizers.includes(finalizer)) {
        await setFinalizers(run, [...finalizers, finalizer]);
    }
    log.info("Applying spec...");
    try {
        await withChartFile(operator.source, chart, owner.namespace, (path) =>
            operator.source.helm.apply(owner.name, owner.namespace, path, desired.values ?? {}),
        );
    } catch (error) {
        await setPhase(run, "Invalid Config");
        await operator.events.record(owner, "ApplyFailed");
        log.error(error, "Failed to apply config changes.");
        return;
    }
    try {
        await store.write(stored.active, desired);
    } catch (error) {
        await operator.events.record(owner, "SetActiveFailed");
        log.error(error, "Failed to save active successful spec.");
        await setPhase(run, "Invalid Config");
        return;
    }
    await operator.events.record(owner, "Completed");
    await adoptObjects(operator.client, owner, log);
    await setPhase(run, "Completed");
}

async function prune(run: Run, desired: Spec): Promise<RunResult> {
    const { operator, owner, log } = run;
    log.info("Deprovisioning");
    try {
        if (desired.chart !== undefined) {
            await beforeUninstall(operator.source, desired.chart);
        }
        await operator.source.helm.uninstall(owner.name, owner.namespace);
    } catch (error) {
        log.error(error, "Failed to cleanup deployment.");
        return { againAfterMs: operator.scale(pruneRetryMs) };
    }
    log.info("Successfully cleaned up resources");
    await releaseResource(run);
    return {};
}

async function setPhase({ operator, owner, log }: Run, phase: Phase): Promise<void> {
    const path = `${resourcePath(owner.namespace, owner.name)}/status`;
    await operator.client.patch(path, { status: { phase } }).catch((error: unknown) => {
        log.error(error, "Failed to set status");
    });
}

/** Writes back what was read at the start. A conflict with a change since then is passed over, and nobody tries again. */
async function releaseResource({ operator, resource, owner }: Run): Promise<void> {
    const finalizers = (resource.metadata?.finalizers ?? []).filter((entry) => entry !== finalizer);
    const released = { ...resource, metadata: { ...resource.metadata, finalizers } };
    await operator.client.replace(resourcePath(owner.namespace, owner.name), released).catch(() => undefined);
}

async function setFinalizers({ operator, owner }: Run, finalizers: string[]): Promise<void> {
    await operator.client.patch(resourcePath(owner.namespace, owner.name), { metadata: { finalizers } });
}
