/** Cloud Armor security policies for backends, as of @pulumi/gcp 9.37. */
import type { InvokeModel, PropertyModel, ResourceModel } from "../../model";
import { textOf } from "../../values";
import { labelOutputs, labels, labelsTold, project, projectOf, refusedProject } from "../project";
import { wrongRules } from "./armor-rules";
import { backendServiceType, inUse } from "./load-balancer-parts";
import { compute, computeService, notFound, unknownProject } from "./shared";

export const securityPolicyType = "gcp:compute/securityPolicy:SecurityPolicy";

const text = { type: "string" } as const;
const whole = { type: "integer" } as const;

const rule: PropertyModel = {
    type: "object",
    properties: {
        action: { ...text, required: true },
        description: text,
        match: {
            type: "object",
            required: true,
            properties: {
                config: { type: "object", properties: { srcIpRanges: { type: "array" } } },
                expr: { type: "object", properties: { expression: { ...text, required: true } } },
                versionedExpr: { ...text, values: ["SRC_IPS_V1"] },
            },
        },
        preview: { type: "boolean" },
        priority: { ...whole, required: true },
        rateLimitOptions: {
            type: "object",
            properties: {
                banDurationSec: whole,
                conformAction: { ...text, values: ["allow"] },
                enforceOnKey: text,
                exceedAction: { ...text, values: ["deny(403)", "deny(404)", "deny(429)", "deny(502)"] },
                rateLimitThreshold: {
                    type: "object",
                    properties: { count: { ...whole, required: true }, intervalSec: { ...whole, required: true } },
                },
            },
        },
    },
};

const types = ["CLOUD_ARMOR", "CLOUD_ARMOR_EDGE", "CLOUD_ARMOR_INTERNAL_SERVICE"];

/** google/services/compute/resource_compute_security_policy.go: rules are changed in place. */
const securityPolicy: ResourceModel = compute(
    { title: "SecurityPolicy", collection: "securityPolicies", place: "global" },
    {
        token: securityPolicyType,
        inputs: {
            description: text,
            labels,
            rules: { type: "array", items: rule },
            type: { ...text, values: types },
        },
        outputs: {
            ...labelOutputs,
            fingerprint: text,
            labelFingerprint: text,
            rules: { type: "array", items: { type: "any" } },
            type: text,
        },
        replaceOn: ["type"],
        volatile: ["effectiveLabels", "pulumiLabels", "rules"],
        validate: ({ rules }) => wrongRules(rules),
        computed: (inputs, { config }) => ({
            ...labelsTold(inputs, config),
            fingerprint: "c2FuZGJveA==",
            labelFingerprint: "c2FuZGJveA==",
            // Without rules everybody is let in: https://docs.cloud.google.com/armor/docs/security-policy-overview#default_rule
            rules: inputs["rules"] ?? [
                {
                    action: "allow",
                    priority: 2_147_483_647,
                    match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
                },
            ],
            type: textOf(inputs["type"], "CLOUD_ARMOR"),
        }),
        blocksDeletion: (row, inventory) =>
            inUse(
                "SecurityPolicy",
                "security_policy",
                row,
                [{ type: backendServiceType, path: "securityPolicy" }],
                inventory,
            ),
    },
);

const any = { type: "any" } as const;

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/compute_security_policy */
const getSecurityPolicy: InvokeModel = {
    token: "gcp:compute/getSecurityPolicy:getSecurityPolicy",
    inputs: { name: text, project, selfLink: text },
    outputs: {
        adaptiveProtectionConfigs: any,
        advancedOptionsConfigs: any,
        deletionPolicy: text,
        description: text,
        effectiveLabels: { type: "map" },
        fingerprint: text,
        id: text,
        labelFingerprint: text,
        labels: { type: "map" },
        name: text,
        project: text,
        pulumiLabels: { type: "map" },
        recaptchaOptionsConfigs: any,
        rules: any,
        selfLink: text,
        type: text,
    },
    answer: (inputs, { config, inventory }) => {
        const { projectId } = projectOf(inputs, config, inventory);
        const id = `projects/${projectId}/global/securityPolicies/${textOf(inputs["name"])}`;
        const refused = refusedProject(projectId, computeService, { config, inventory }, unknownProject);
        const found = inventory.find(securityPolicyType, (row) => row.id === id);
        if (refused !== undefined || found === undefined) {
            throw new Error(refused ?? notFound(id));
        }
        return {
            adaptiveProtectionConfigs: [],
            advancedOptionsConfigs: [],
            recaptchaOptionsConfigs: [],
            ...found.inputs,
            ...found.outputs,
            id,
        };
    },
};

export const armor: readonly ResourceModel[] = [securityPolicy];
export const armorInvokes: readonly InvokeModel[] = [getSecurityPolicy];
