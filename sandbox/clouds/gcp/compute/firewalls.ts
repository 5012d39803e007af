/** Firewall rules of VPC networks, as of @pulumi/gcp 9.37. */
import type { Problem, PropertyModel, ResourceModel } from "../../model";
import type { PropertyMap } from "../../values";
import { completed } from "./links";
import { wrongRange } from "./ranges";
import { compute, firewallType, networkType, notFound, ownerOf } from "./shared";

const ports: PropertyModel = {
    type: "array",
    items: {
        type: "object",
        properties: { ports: { type: "array" }, protocol: { type: "string", required: true } },
    },
};

function wrongRule(inputs: PropertyMap): Problem[] {
    const wrong = (property: string, reason: string): Problem => ({ property, reason });
    const isEgress = inputs["direction"] === "EGRESS";
    const given = (name: string): boolean => inputs[name] !== undefined;
    const sources = inputs["sourceRanges"];
    const priority = Number(inputs["priority"]);
    return [
        ...(given("allows") === given("denies")
            ? [wrong("allows", "one of allow and deny must be given, not both. Correct it.")]
            : []),
        ...(isEgress && ["sourceRanges", "sourceTags", "sourceServiceAccounts"].some(given)
            ? [wrong("direction", "an egress rule has no sources. Remove them.")]
            : []),
        ...(!isEgress && given("destinationRanges") && !given("sourceRanges")
            ? [wrong("destinationRanges", "an ingress rule needs sources too. Add them.")]
            : []),
        ...(priority < 0 || priority > 65_535
            ? [wrong("priority", `must be 0 to 65535 (value given: ${priority}). Correct it.`)]
            : []),
        ...(Array.isArray(sources) ? sources.flatMap((cidr, at) => wrongRange(`sourceRanges[${at}]`, cidr)) : []),
    ];
}

const firewall: ResourceModel = compute(
    {
        title: "Firewall",
        collection: "firewalls",
        place: "global",
        quota: { metric: "FIREWALLS", granted: 200 },
    },
    {
        token: firewallType,
        inputs: {
            allows: ports,
            denies: ports,
            description: { type: "string" },
            destinationRanges: { type: "array" },
            direction: { type: "string", values: ["INGRESS", "EGRESS"], default: "INGRESS" },
            disabled: { type: "boolean" },
            logConfig: {
                type: "object",
                properties: {
                    metadata: {
                        type: "string",
                        required: true,
                        values: ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA"],
                    },
                },
            },
            network: { type: "string", required: true },
            priority: { type: "integer", default: 1000 },
            sourceRanges: { type: "array" },
            sourceServiceAccounts: { type: "array" },
            sourceTags: { type: "array" },
            targetServiceAccounts: { type: "array" },
            targetTags: { type: "array" },
        },
        replaceOn: ["direction", "network"],
        validate: wrongRule,
        refuse: (inputs, context) => {
            const network = completed(inputs["network"], "networks", ownerOf(inputs, context));
            return context.inventory.find(networkType, ({ id }) => id === network) === undefined
                ? notFound(network)
                : undefined;
        },
    },
);

export const firewalls: readonly ResourceModel[] = [firewall];
