import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { resourcePolicy } from "../../rule";
import { isOff, isOn, isWide, state, texts } from "../settings";

export const ClusterType = "gcp:container/cluster:Cluster";

/** A setting that lets in whoever should not come. */
interface Opening {
    readonly place: View;
    readonly message: string;
}

function openingsOf(cluster: View): Opening[] {
    const authorized = cluster.at("masterAuthorizedNetworksConfig");
    const privateOnly = cluster.find("privateClusterConfig.enablePrivateEndpoint");
    const addresses = cluster.find("controlPlaneEndpointsConfig.ipEndpointsConfig.enabled");
    const closed = isOn(privateOnly) || (addresses.given && isOff(addresses));
    if (closed || privateOnly.unknown || addresses.unknown || authorized.unknown) {
        return [];
    }
    if (authorized.absent) {
        return [{ place: authorized, message: "is not set, so the API server answers everybody" }];
    }
    const google = authorized.at("gcpPublicCidrsAccessEnabled");
    const ranges = authorized.at("cidrBlocks").items.flatMap((block) => texts(block.at("cidrBlock")));
    const wide = ranges.filter(isWide);
    return [
        ...(wide.length === 0
            ? []
            : [
                  {
                      place: authorized.at("cidrBlocks"),
                      message: `has ${wide.join(", ")}, so the API server answers everybody`,
                  },
              ]),
        ...(isOn(google)
            ? [
                  {
                      place: google,
                      message: "is true, so the API server answers every machine of Google Cloud, anybody's",
                  },
              ]
            : []),
    ];
}

const publicCluster = resourcePolicy(
    {
        name: "wandb-gcp-cluster-public",
        description:
            "The API server of GKE answers the whole internet unless told otherwise. One stolen credential or one flaw of Kubernetes then opens the cluster to anybody.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set masterAuthorizedNetworksConfig.cidrBlocks to the ranges that need it, or enablePrivateEndpoint.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks",
    },
    [ClusterType],
    function* (resource) {
        for (const { place, message } of openingsOf(resource.properties)) {
            yield {
                resource,
                path: place.path,
                message,
                remedy: "List the ranges that need it in cidrBlocks, with gcpPublicCidrsAccessEnabled false, or set privateClusterConfig.enablePrivateEndpoint.",
            };
        }
    },
);

const PoolType = "gcp:container/nodePool:NodePool";

const publicNodes = resourcePolicy(
    {
        name: "wandb-gcp-node-public",
        description:
            "Nodes have addresses in the internet unless told otherwise. Private nodes are reached from the network only, and reach out by Cloud NAT.",
        level: "advisory",
        severity: "high",
        remedy: "Set privateClusterConfig.enablePrivateNodes to true.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/private-clusters",
    },
    [ClusterType, PoolType],
    function* (resource) {
        const { type, properties } = resource;
        const flag = properties.at(type === PoolType ? "networkConfig" : "privateClusterConfig", "enablePrivateNodes");
        // A pool follows its cluster unless it says otherwise.
        if (isOff(flag) && (type === ClusterType || flag.given)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so nodes have addresses in the internet`,
                remedy: "Set it to true, with Cloud NAT in the network.",
            };
        }
    },
);

const workloadIdentity = resourcePolicy(
    {
        name: "wandb-gcp-cluster-workload-identity",
        description:
            "Workload Identity Federation gives pods an identity of their own. Without it every pod acts as the service account of its node, or needs a key in a Secret.",
        level: "advisory",
        severity: "high",
        remedy: "Set workloadIdentityConfig.workloadPool.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity",
    },
    [ClusterType],
    function* (resource) {
        const { properties } = resource;
        const pool = properties.find("workloadIdentityConfig.workloadPool");
        // Autopilot always has it.
        if (pool.empty && isOff(properties.at("enableAutopilot"))) {
            yield {
                resource,
                path: pool.path,
                message: "is not set, so pods have no identity of their own",
                remedy: "Set it to <project>.svc.id.goog.",
            };
        }
    },
);

/** No missing encryption: Google encrypts everything that lies on its disks. */
const clusterKey = resourcePolicy(
    {
        name: "wandb-gcp-cluster-key",
        description:
            "Secrets of Kubernetes hold the passwords of W&B's database and cache. Without a key of yours only Google's encryption of disks protects them, whose use you neither see nor can stop.",
        level: "advisory",
        severity: "medium",
        remedy: "Set databaseEncryption to ENCRYPTED with a key.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
    },
    [ClusterType],
    function* (resource) {
        const encryption = resource.properties.at("databaseEncryption");
        const status = encryption.at("state");
        if (encryption.absent || status.text === "DECRYPTED") {
            yield {
                resource,
                path: encryption.path,
                message: `${encryption.absent ? "is not set" : "has state DECRYPTED"}, so no key of yours encrypts Secrets`,
                remedy: "Set state to ENCRYPTED and keyName to the id of a key.",
            };
        }
    },
);

const legacyAccess = resourcePolicy(
    {
        name: "wandb-gcp-cluster-legacy-access",
        description:
            "Whoever uses the cluster is known to IAM, and may do what RBAC says. Client certificates cannot be taken back, and attribute-based authorisation gives service accounts rights beyond their roles.",
        level: "advisory",
        severity: "high",
        remedy: "Turn off enableLegacyAbac and issueClientCertificate, and give no user name.",
        documentation: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster",
    },
    [ClusterType],
    function* (resource) {
        yield* legacies(resource.properties).map(({ place, message }) => ({
            resource,
            path: place.path,
            message,
            remedy: "Remove it: whoever may use the cluster is known to Google Cloud's IAM.",
        }));
    },
);

function legacies(cluster: View): Opening[] {
    const authentication = cluster.at("masterAuth");
    const [abac, certificate, username] = [
        cluster.at("enableLegacyAbac"),
        authentication.at("clientCertificateConfig", "issueClientCertificate"),
        authentication.at("username"),
    ];
    return [
        ...(isOn(abac)
            ? [{ place: abac, message: "is true, so service accounts have rights beyond their roles" }]
            : []),
        ...(isOn(certificate)
            ? [{ place: certificate, message: "is true, so there is a credential that cannot be taken back" }]
            : []),
        ...((username.text ?? "") === ""
            ? []
            : [{ place: username, message: "is set, so a password opens the API server" }]),
    ];
}

/** Policies about GKE. */
export const clusterPolicies: Policies = [publicCluster, publicNodes, workloadIdentity, clusterKey, legacyAccess];
