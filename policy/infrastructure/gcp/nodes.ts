import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { resourcePolicy } from "../../rule";
import { isOff, ofType, state } from "../settings";
import { ClusterType } from "./cluster";

const PoolType = "gcp:container/nodePool:NodePool";

/** Configuration of nodes that stay: of a pool, and of the pool with which a cluster begins unless it is taken away. */
function nodeConfig({ type, properties }: Resource): View | undefined {
    const begins = isOff(properties.at("removeDefaultNodePool")) && isOff(properties.at("enableAutopilot"));
    const ownPools = properties.at("nodePools").filled;
    return type === PoolType || (type === ClusterType && begins && !ownPools) ? properties.at("nodeConfig") : undefined;
}

/** Emails of the service accounts of nodes, as far as they are known. */
export function nodeAccounts(resources: readonly Resource[]): string[] {
    return ofType(resources, ClusterType, PoolType).flatMap(
        (resource) => nodeConfig(resource)?.at("serviceAccount").text ?? [],
    );
}

/** The account of Compute Engine, by the name that GKE has for it, or by its email. */
const DefaultAccount = /^(?:default|\d+-compute@developer\.gserviceaccount\.com)$/;

const account = resourcePolicy(
    {
        name: "wandb-gcp-node-account",
        description:
            "Without an account of their own nodes run as Compute Engine's, which many projects have made an Editor. With the scope cloud-platform each flaw of a pod is then one of the project.",
        level: "advisory",
        severity: "high",
        remedy: "Set nodeConfig.serviceAccount to an account with roles/container.defaultNodeServiceAccount.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts",
    },
    [ClusterType, PoolType],
    function* (resource) {
        const email = nodeConfig(resource)?.at("serviceAccount");
        if (email !== undefined && (email.empty || DefaultAccount.test(email.text ?? ""))) {
            yield {
                resource,
                path: email.path,
                message: `${email.empty ? "is not set" : `is ${email.text}`}, so nodes run as Compute Engine's default account`,
                remedy: "Set it to a service account of the nodes' own.",
            };
        }
    },
);

const metadata = resourcePolicy(
    {
        name: "wandb-gcp-node-metadata",
        description:
            "Pods that reach the metadata of their node act as the node's account. GKE's own metadata server gives each pod its own identity.",
        level: "advisory",
        severity: "high",
        remedy: "Set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
    },
    [ClusterType, PoolType],
    function* (resource) {
        const mode = nodeConfig(resource)?.at("workloadMetadataConfig", "mode");
        // Left out, it follows the cluster.
        if (mode?.text !== undefined && mode.text !== "GKE_METADATA") {
            yield {
                resource,
                path: mode.path,
                message: `is ${mode.text}, so pods reach the metadata of the node and act as its account`,
                remedy: "Set it to GKE_METADATA.",
            };
        }
    },
);

const shielded = resourcePolicy(
    {
        name: "wandb-gcp-node-shielded",
        description:
            "Shielded nodes prove who they are, and Secure Boot starts signed software only. Without them a node's credentials can be used elsewhere, and a rootkit survives a restart.",
        level: "advisory",
        severity: "medium",
        remedy: "Leave enableShieldedNodes on, and set enableSecureBoot to true.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
    },
    [ClusterType, PoolType],
    function* (resource) {
        const instance = nodeConfig(resource)?.at("shieldedInstanceConfig");
        const [nodes, monitoring] = [
            resource.properties.at("enableShieldedNodes"),
            instance?.at("enableIntegrityMonitoring"),
        ];
        // Those two are on unless turned off.
        const off = [nodes, monitoring].filter((flag) => flag?.given === true && isOff(flag));
        const boot = instance?.at("enableSecureBoot");
        for (const flag of [...off, ...(boot !== undefined && isOff(boot) ? [boot] : [])]) {
            if (flag !== undefined) {
                yield {
                    resource,
                    path: flag.path,
                    message: `${state(flag)}, so nodes start and join without proof of what they are`,
                    remedy: "Set it to true; nodes are made anew.",
                };
            }
        }
    },
);

/** Policies about nodes of GKE. */
export const nodePolicies: Policies = [account, metadata, shielded];
