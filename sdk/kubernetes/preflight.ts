import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../errors";
import { ApiError, ReachabilityRemedy, WithoutWaiting } from "../readiness/api-error";
import type { ClusterApi } from "../readiness/cluster-api";
import { removePendingRelease } from "../readiness/recover";
import type { Scope } from "./scope";

/** Annotation that tells whose namespace it is. */
export const OwnerAnnotation = "wandb.pulumi.com/owner";

/** The deployment as an owner of namespaces: project, stack and logical name. */
export function ownerOf(scope: Scope): string {
    return `${pulumi.getProject()}/${pulumi.getStack()}/${scope.name}`;
}

/**
 * The namespace's name, once it is sure that it is ours or not there yet. The provider would take over an existing one silently, and
 * destroy would later delete everything in it.
 */
export function guardedNamespace(scope: Scope, namespace: string): pulumi.Output<string> {
    return beforehand(scope, namespace, async (api) => {
        const found = await api.getNamespace(namespace);
        const owner = found?.metadata?.annotations?.[OwnerAnnotation];
        if (found !== undefined && owner !== ownerOf(scope)) {
            throw resourceError(
                `namespace "${namespace}" exists already and ${owner ? `belongs to ${owner}` : "was not made by this deployment"}. ` +
                    "Destroy would delete everything in it. Use it without owning it (createNamespace: false), choose another one, or, " +
                    `if it is yours: kubectl annotate --overwrite namespace ${namespace} ${OwnerAnnotation}=${ownerOf(scope)}`,
                scope.parent,
            );
        }
    });
}

/**
 * The name of the Helm release, once nothing half-done blocks it: a killed run leaves a release pending, which no option of the
 * provider gets over. Its objects stay and are adopted. Only in `up`: a preview changes nothing.
 */
export function recoveredRelease(scope: Scope, namespace: string, release: string): pulumi.Output<string> {
    if (pulumi.runtime.isDryRun()) {
        return pulumi.output(release);
    }
    return beforehand(scope, release, async (api) => {
        for (const secret of await removePendingRelease(api, namespace, release)) {
            await pulumi.log.warn(
                `Helm release "${release}" was left half-done by an interrupted run: removed its record ${secret}, the release is done again.`,
                scope.parent,
            );
        }
    });
}

/**
 * A name that resolves after a look at the cluster. Without a kubeconfig there is no look. A cluster that does not answer is left to
 * the provider, which reports it on the resource that needs it; a preview, where the provider is silent, gets a warning.
 */
function beforehand(
    { parent, access }: Scope,
    name: string,
    look: (api: ClusterApi) => Promise<void>,
): pulumi.Output<string> {
    if (access === undefined) {
        return pulumi.output(name);
    }
    const looked = access.apply(async (api) => {
        try {
            await look(api());
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            await warnOnce(parent, error);
        }
        return name;
    });
    return pulumi.unsecret(looked);
}

const warned = new WeakSet<pulumi.Resource>();

/** One warning for each deployment, however many names are looked at. */
async function warnOnce(deployment: pulumi.Resource, { message, problem }: ApiError): Promise<void> {
    if (warned.has(deployment) || (problem !== "denied" && problem !== "transient")) {
        return;
    }
    warned.add(deployment);
    // Waiting or not makes no difference here.
    const reason =
        problem === "transient" ? `${message}. ${ReachabilityRemedy}` : message.replace(` ${WithoutWaiting}`, "");
    await pulumi.log.warn(`what is in the cluster was not looked at beforehand. ${reason}`, deployment);
}
