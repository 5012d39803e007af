/** Amazon EKS: what programs of this repository use of it. */
import type { InvokeModel, PropertyModels, ResourceModel } from "../../model";
import { isMap, textOf } from "../../values";
import { accessEntry, accessPolicy } from "./access";
import { addon } from "./addon";
import { cluster } from "./cluster";
import { nodeGroup } from "./node-group";
import { podIdentity } from "./pod-identity";
import { clusterType } from "./shared";

const text = { type: "string" } as const;
const list = { type: "array", items: { type: "any" } } as const;

const outputs: PropertyModels = {
    accessConfigs: list,
    arn: text,
    certificateAuthorities: list,
    createdAt: text,
    deletionProtection: { type: "boolean" },
    enabledClusterLogTypes: { type: "array" },
    endpoint: text,
    id: text,
    identities: list,
    kubernetesNetworkConfigs: list,
    name: text,
    platformVersion: text,
    region: text,
    roleArn: text,
    status: text,
    tags: { type: "map" },
    upgradePolicies: list,
    version: text,
    vpcConfig: { type: "any" },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/eks/getcluster/ */
const getCluster: InvokeModel = {
    token: "aws:eks/getCluster:getCluster",
    inputs: { name: { ...text, required: true }, region: text, tags: { type: "map" } },
    outputs,
    answer: ({ name }, { inventory, config }) => {
        const found = inventory.find(clusterType, ({ id }) => id === name);
        if (found === undefined) {
            throw new Error(
                `reading EKS Cluster (${textOf(name)}): ResourceNotFoundException: No cluster found for name: ${textOf(name)}.`,
            );
        }
        const all = { ...found.inputs, ...found.outputs };
        const many = (value: unknown) => (isMap(value) ? [value] : []);
        return {
            accessConfigs: many(all["accessConfig"]),
            arn: all["arn"] ?? null,
            certificateAuthorities: many(all["certificateAuthority"]),
            createdAt: all["createdAt"] ?? null,
            deletionProtection: all["deletionProtection"] ?? false,
            enabledClusterLogTypes: all["enabledClusterLogTypes"] ?? [],
            endpoint: all["endpoint"] ?? null,
            id: found.id,
            identities: all["identities"] ?? [],
            kubernetesNetworkConfigs: many(all["kubernetesNetworkConfig"]),
            name: found.id,
            platformVersion: all["platformVersion"] ?? null,
            region: all["region"] ?? config["region"] ?? null,
            roleArn: all["roleArn"] ?? null,
            status: all["status"] ?? null,
            tags: all["tagsAll"] ?? {},
            upgradePolicies: many(all["upgradePolicy"]),
            version: all["version"] ?? null,
            vpcConfig: all["vpcConfig"] ?? {},
        };
    },
};

export const eks: readonly ResourceModel[] = [cluster, nodeGroup, addon, accessEntry, accessPolicy, podIdentity];
export const eksInvokes: readonly InvokeModel[] = [getCluster];
