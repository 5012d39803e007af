/** EKS Pod Identity, as of @pulumi/aws 7.47. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html */
import { randomBytes } from "node:crypto";
import type { ResourceModel } from "../../model";
import { textOf } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { roleSight } from "../iam-sight";
import { invalid, ofCluster, podIdentityType, role, rowsOf, shortWait, trusts } from "./shared";

export const podIdentity: ResourceModel = {
    token: podIdentityType,
    inputs: {
        clusterName: { type: "string", required: true },
        disableSessionTags: { type: "boolean" },
        namespace: { type: "string", required: true },
        region,
        roleArn: { type: "string", required: true },
        serviceAccount: { type: "string", required: true },
        tags,
    },
    outputs: { associationArn: { type: "string" }, associationId: { type: "string" }, tagsAll },
    references: [ofCluster, role("roleArn")],
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_pod_identity_association and its schema
    replaceOn: ["clusterName", "namespace", "region", "serviceAccount"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    // internal/service/eks/pod_identity_association.go
    sights: [
        roleSight(["roleArn"], {
            unknown: () => invalid("Role provided in the request does not exist."),
            repeated: ["create", "update"],
        }),
    ],
    refuse: (inputs, { inventory, config, previous }) => {
        const { clusterName, namespace, serviceAccount, roleArn } = inputs;
        const taken = rowsOf(podIdentityType, clusterName, inventory).find(
            ({ inputs: other }) => other["namespace"] === namespace && other["serviceAccount"] === serviceAccount,
        );
        if (taken !== undefined && previous === undefined) {
            return `ResourceInUseException: Association already exists: ${taken.id}`;
        }
        if (!trusts(roleArn, "pods.eks.amazonaws.com", inventory)) {
            return invalid(
                `Trust policy of role ${textOf(roleArn)} does not allow the service principal pods.eks.amazonaws.com`,
            );
        }
        return refusedTags(inputs, config);
    },
    id: () => `a-${randomBytes(9).toString("hex").slice(0, 17)}`,
    computed: (inputs, { config, id }) => {
        const { partition, accountId } = accountOf(config);
        const where = regionOf(inputs, config);
        return {
            associationArn: `arn:${partition}:eks:${where}:${accountId}:podidentityassociation/${textOf(inputs["clusterName"])}/${id}`,
            associationId: id,
            tagsAll: allTags(inputs, config),
        };
    },
};
