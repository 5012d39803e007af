/**
 * Forwarding rules of a region, as of @pulumi/gcp 9.37: programs here make endpoints of Private Service Connect only; those of load balancers are
 * made by GKE. https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-services
 */
import { randomInt } from "node:crypto";
import type { Row } from "../../inventory";
import type { InventoryView, InvokeModel, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { labelOutputs, labels, labelsTold, project, projectOf, refusedProject } from "../project";
import { completed, lastPart, pathOf, projectIn, regionIn } from "./links";
import {
    addressType,
    compute,
    computeService,
    forwardingRuleType,
    invalid,
    networkType,
    notFound,
    ownerOf,
    regionOf,
    serviceAttachmentType,
    subnetworkType,
    unknownProject,
} from "./shared";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** google/services/compute/resource_compute_forwarding_rule.go: everything but labels, target and global access makes another one. */
const forwardingRule: ResourceModel = compute(
    { title: "ForwardingRule", collection: "forwardingRules", place: "regions" },
    {
        token: forwardingRuleType,
        inputs: {
            allowPscGlobalAccess: flag,
            description: text,
            ipAddress: text,
            labels,
            loadBalancingScheme: { ...text, default: "EXTERNAL" },
            network: text,
            noAutomateDnsZone: flag,
            recreateClosedPsc: flag,
            subnetwork: text,
            target: text,
        },
        outputs: {
            ...labelOutputs,
            baseForwardingRule: text,
            forwardingRuleId: { type: "integer" },
            ipAddress: text,
            ipProtocol: text,
            labelFingerprint: text,
            network: text,
            pscConnectionId: text,
            pscConnectionStatus: text,
            subnetwork: text,
        },
        references: [
            {
                // Of the rules that GKE makes: https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets#delete
                path: "proxySubnetwork",
                types: [subnetworkType],
                holds: ({ id }, rule) =>
                    `Error when reading or editing Subnetwork: googleapi: Error 400: The subnetwork resource '${id}' is already being used by '${rule.id}', resourceInUseByAnotherResource`,
            },
        ],
        replaceOn: [
            "description",
            "ipAddress",
            "loadBalancingScheme",
            "network",
            "noAutomateDnsZone",
            "subnetwork",
            "target",
        ],
        volatile: ["effectiveLabels", "pulumiLabels"],
        unread: ["recreateClosedPsc"],
        refuse: (inputs, context) => refusedTarget(inputs, context) ?? refusedAddress(inputs, context),
        computed: (inputs, { config, inventory, previous, ...context }) => ({
            ...labelsTold(inputs, config),
            baseForwardingRule: "",
            forwardingRuleId: previous?.["forwardingRuleId"] ?? randomInt(1e9, 2 ** 31),
            ipAddress: textOf(
                addressOf(inputs, { config, inventory })?.outputs["address"],
                textOf(inputs["ipAddress"]),
            ),
            ipProtocol: "TCP",
            labelFingerprint: "c2FuZGJveA==",
            network: textOf(inputs["network"]),
            pscConnectionId: previous?.["pscConnectionId"] ?? `${randomInt(1e9, 2 ** 31)}${randomInt(1e7, 1e8)}`,
            pscConnectionStatus: statusOf(textOf(inputs["target"]), projectIn(context.id), inventory),
            subnetwork: "",
        }),
        blocksDeletion: ({ id }, inventory) => {
            const holder = inventory.find(
                serviceAttachmentType,
                ({ inputs }) => pathOf(inputs["targetService"]) === id,
            );
            return (
                holder &&
                `Error when reading or editing ForwardingRule: googleapi: Error 400: The forwarding_rule resource '${id}' is already being used by '${holder.id}', resourceInUseByAnotherResource`
            );
        },
    },
);

const attachmentForm = /^projects\/[^/]+\/regions\/([^/]+)\/serviceAttachments\/[a-z][a-z0-9-]*$/;

/** Attachments of other projects are nobody's to see; of those that are here it is known whether they are. */
function refusedTarget(inputs: PropertyMap, { inventory, config }: RefuseContext): string | undefined {
    const target = pathOf(inputs["target"]);
    const region = regionOf(inputs, config);
    const [, place] = attachmentForm.exec(target) ?? [];
    if (place === undefined) {
        return `the sandbox knows endpoints of Private Service Connect only (target given: ${target})`;
    }
    if (inputs["loadBalancingScheme"] !== "") {
        return invalid(
            "Invalid value for field 'resource.loadBalancingScheme': it must be empty for Private Service Connect.",
        );
    }
    if (place !== region) {
        return invalid(
            `Invalid value for field 'resource.target': '${target}'. The service attachment must be in region ${region}.`,
        );
    }
    const ours = projectOf(inputs, config, inventory).projectId === projectIn(target);
    return ours && inventory.find(serviceAttachmentType, ({ id }) => id === target) === undefined
        ? notFound(target)
        : undefined;
}

function statusOf(target: string, projectId: string, inventory: InventoryView): string {
    const attachment = inventory.find(serviceAttachmentType, ({ id }) => id === pathOf(target));
    const lists = attachment?.inputs["consumerAcceptLists"];
    const named = Array.isArray(lists) && lists.some((one) => (one as PropertyMap)["projectIdOrNum"] === projectId);
    return attachment?.inputs["connectionPreference"] === "ACCEPT_MANUAL" && !named ? "PENDING" : "ACCEPTED";
}

type Place = Pick<RefuseContext, "config" | "inventory">;

function addressOf(inputs: PropertyMap, context: Place): Row | undefined {
    const id = completed(inputs["ipAddress"], "addresses", ownerOf(inputs, context));
    return context.inventory.find(addressType, (row) => row.id === id);
}

/** An internal address of the region, in a subnet of the network, which nobody else uses. */
function refusedAddress(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const address = addressOf(inputs, context);
    const { inventory, previous } = context;
    if (address === undefined) {
        return notFound(completed(inputs["ipAddress"], "addresses", ownerOf(inputs, context)));
    }
    const network = completed(inputs["network"], "networks", { project: ownerOf(inputs, context).project });
    if (inventory.find(networkType, ({ id }) => id === network) === undefined) {
        return notFound(network);
    }
    const subnet = inventory.find(subnetworkType, ({ id }) => id === pathOf(address.inputs["subnetwork"]));
    if (
        address.inputs["addressType"] !== "INTERNAL" ||
        subnet === undefined ||
        pathOf(subnet.inputs["network"]) !== network
    ) {
        return invalid(
            `Invalid value for field 'resource.IPAddress': '${address.id}'. It must be an internal address of the network ${lastPart(network)}.`,
        );
    }
    const taken = inventory
        .rows(forwardingRuleType)
        .find(
            (row) =>
                row.outputs["ipAddress"] === address.outputs["address"] &&
                row.outputs["selfLink"] !== previous?.["selfLink"],
        );
    return taken === undefined
        ? undefined
        : `googleapi: Error 400: Invalid value for field 'resource.IPAddress': '${textOf(address.outputs["address"])}'. Specified IP address is in-use and would result in a conflict., invalid`;
}

const any = { type: "any" } as const;

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/compute_forwarding_rules */
const getForwardingRules: InvokeModel = {
    token: "gcp:compute/getForwardingRules:getForwardingRules",
    inputs: { project, region: text },
    outputs: { id: text, project: text, region: text, rules: { type: "array", items: any } },
    answer: (inputs, { config, inventory }) => {
        const { projectId } = projectOf(inputs, config, inventory);
        const region = regionOf(inputs, config);
        const refused = refusedProject(projectId, computeService, { config, inventory }, unknownProject);
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const here = inventory
            .rows(forwardingRuleType)
            .filter(({ id }) => projectIn(id) === projectId && regionIn(id) === region);
        return {
            id: `projects/${projectId}/regions/${region}/forwardingRules`,
            project: projectId,
            region,
            rules: here.map(({ inputs: given, outputs }) => ({ portRange: "", ...given, ...outputs })),
        };
    },
};

export const forwardingRules: readonly ResourceModel[] = [forwardingRule];
export const forwardingRuleInvokes: readonly InvokeModel[] = [getForwardingRules];
