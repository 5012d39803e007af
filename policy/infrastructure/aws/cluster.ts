import type { Policies } from "@pulumi/policy";
import { resourcePolicy } from "../../rule";
import { isOff, isPartlyUnknown, isWide, texts } from "../settings";

const ClusterType = "aws:eks/cluster:Cluster";

const publicCluster = resourcePolicy(
    {
        name: "wandb-aws-cluster-public",
        description:
            "The API server of EKS answers the whole internet unless told otherwise. One stolen credential or one flaw of Kubernetes then opens the cluster to anybody.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set vpcConfig.publicAccessCidrs to the ranges that need it, or turn the public endpoint off.",
    },
    [ClusterType],
    function* (resource) {
        const network = resource.properties.at("vpcConfig");
        const endpoint = network.at("endpointPublicAccess");
        const ranges = network.at("publicAccessCidrs");
        if (endpoint.unknown || (endpoint.given && isOff(endpoint)) || isPartlyUnknown(ranges)) {
            return;
        }
        const wide = texts(ranges).filter(isWide);
        if (ranges.empty || wide.length > 0) {
            const found = ranges.empty ? "is not set, which AWS takes for 0.0.0.0/0" : `has ${wide.join(", ")}`;
            yield {
                resource,
                path: ranges.path,
                message: `${found}, so the API server answers everybody`,
                remedy: "List the ranges that need the API server, or set endpointPublicAccess to false and endpointPrivateAccess to true.",
            };
        }
    },
);

/** No missing encryption: since 2025 EKS encrypts everything in etcd, by a key of its own where nobody names one. */
const clusterKey = resourcePolicy(
    {
        name: "wandb-aws-cluster-key",
        description:
            "Secrets of Kubernetes hold the passwords of W&B's database and cache. Without a key of yours EKS encrypts them by one of AWS's, whose use you neither see nor can stop.",
        level: "advisory",
        severity: "medium",
        remedy: "Set encryptionConfig to a KMS key for resource secrets.",
    },
    [ClusterType],
    function* (resource) {
        const encryption = resource.properties.at("encryptionConfig");
        const kinds = encryption.at("resources");
        const key = encryption.find("provider.keyArn");
        if (key.empty || (!isPartlyUnknown(kinds) && !texts(kinds).includes("secrets"))) {
            yield {
                resource,
                path: encryption.path,
                message: "names no key for secrets, so a key of AWS's encrypts them",
                remedy: 'Set resources to ["secrets"] and provider.keyArn to the ARN of a KMS key.',
            };
        }
    },
);

const auditLog = resourcePolicy(
    {
        name: "wandb-aws-cluster-audit-log",
        description:
            "The control plane writes no audit log unless told so. Nobody learns afterwards who read a Secret or changed a role.",
        level: "advisory",
        severity: "medium",
        remedy: "Add audit to enabledClusterLogTypes.",
    },
    [ClusterType],
    function* (resource) {
        const types = resource.properties.at("enabledClusterLogTypes");
        if (!isPartlyUnknown(types) && !texts(types).includes("audit")) {
            yield {
                resource,
                path: types.path,
                message: "lacks audit, so nobody learns afterwards who did what in the cluster",
                remedy: 'Add "audit", best with "authenticator" and "api".',
            };
        }
    },
);

const nodeMetadata = resourcePolicy(
    {
        name: "wandb-aws-node-metadata",
        description:
            "Pods that reach the metadata service of their node act as the node's role. Version 2 of the service with a hop limit of 1 keeps them off.",
        level: "advisory",
        severity: "high",
        remedy: "Set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1.",
    },
    ["aws:ec2/launchTemplate:LaunchTemplate"],
    function* (resource) {
        const options = resource.properties.at("metadataOptions");
        const [tokens, hops] = [options.at("httpTokens"), options.at("httpPutResponseHopLimit")];
        if (options.at("httpEndpoint").text === "disabled") {
            return;
        }
        if (!tokens.unknown && tokens.text !== "required") {
            const found = tokens.empty ? "is not set, so the image decides" : `is ${tokens.text}`;
            yield {
                resource,
                path: tokens.path,
                message: `${found}: the metadata service may answer requests without a token, and what pods forward to it`,
                remedy: "Set it to required.",
            };
        }
        if (Number(hops.scalar) > 1) {
            yield {
                resource,
                path: hops.path,
                message: `is ${hops.scalar}, so pods reach the metadata service and act as the node's role`,
                remedy: "Set it to 1, and give pods roles of their own.",
            };
        }
    },
);

const unpinnedVersion = resourcePolicy(
    {
        name: "wandb-aws-cluster-version-unpinned",
        description: "Without a version AWS chooses one of the day. The same program makes another cluster tomorrow.",
        level: "advisory",
        severity: "low",
        remedy: "Set version of the cluster and addonVersion of each add-on.",
    },
    [ClusterType, "aws:eks/addon:Addon"],
    function* (resource) {
        const version = resource.properties.at(resource.type === ClusterType ? "version" : "addonVersion");
        if (version.empty) {
            yield {
                resource,
                path: version.path,
                message: "is not set, so AWS chooses the version on the day when it is made",
                remedy: "Set the version, and raise it on purpose.",
            };
        }
    },
);

/** Policies about EKS and its nodes. */
export const clusterPolicies: Policies = [publicCluster, clusterKey, auditLog, nodeMetadata, unpinnedVersion];
