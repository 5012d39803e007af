/** Published services, as of @pulumi/gcp 9.37: https://docs.cloud.google.com/vpc/docs/about-vpc-hosted-services */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { completed, pathOf, regionIn } from "./links";
import {
    compute,
    forwardingRuleType,
    invalid,
    notFound,
    ownerOf,
    regionOf,
    serviceAttachmentType,
    subnetworkType,
} from "./shared";

const text = { type: "string" } as const;

/** google/services/compute/resource_compute_service_attachment.go */
const serviceAttachment: ResourceModel = compute(
    { title: "ServiceAttachment", collection: "serviceAttachments", place: "regions" },
    {
        token: serviceAttachmentType,
        inputs: {
            connectionPreference: { ...text, required: true, values: ["ACCEPT_AUTOMATIC", "ACCEPT_MANUAL"] },
            consumerAcceptLists: {
                type: "array",
                items: {
                    type: "object",
                    properties: {
                        connectionLimit: { type: "integer", required: true },
                        networkUrl: text,
                        projectIdOrNum: text,
                    },
                },
            },
            consumerRejectLists: { type: "array" },
            description: text,
            domainNames: { type: "array" },
            enableProxyProtocol: { type: "boolean", required: true },
            natSubnets: { type: "array", required: true },
            reconcileConnections: { type: "boolean" },
            targetService: { ...text, required: true },
        },
        outputs: {
            connectedEndpoints: { type: "array", items: { type: "any" } },
            fingerprint: text,
            pscServiceAttachmentIds: { type: "array", items: { type: "any" } },
        },
        replaceOn: ["targetService", "domainNames"],
        refuse: (inputs, context) =>
            refusedSubnets(inputs, context) ?? refusedTarget(inputs, context) ?? refusedRest(inputs),
        computed: (_inputs, { previous }) => ({
            connectedEndpoints: previous?.["connectedEndpoints"] ?? [],
            fingerprint: "c2FuZGJveA==",
            pscServiceAttachmentIds: [],
        }),
    },
);

function textsIn(value: unknown): string[] {
    return Array.isArray(value) ? value.map((item) => textOf(item as string)) : [];
}

function others({ inventory, previous }: RefuseContext): Row[] {
    return inventory
        .rows(serviceAttachmentType)
        .filter(({ outputs }) => outputs["selfLink"] !== previous?.["selfLink"]);
}

/** "A subnet cannot be used in several service attachments." https://docs.cloud.google.com/vpc/docs/about-vpc-hosted-services#psc-subnets */
function refusedSubnets(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const owner = ownerOf(inputs, context);
    for (const named of textsIn(inputs["natSubnets"])) {
        const id = completed(named, "subnetworks", owner);
        const subnet = context.inventory.find(subnetworkType, (row) => row.id === id);
        if (subnet === undefined) {
            return notFound(id);
        }
        if (subnet.inputs["purpose"] !== "PRIVATE_SERVICE_CONNECT") {
            return invalid(
                `Invalid value for field 'resource.natSubnets[0]': '${id}'. The purpose of the subnetwork must be PRIVATE_SERVICE_CONNECT.`,
            );
        }
        if (regionIn(id) !== regionOf(inputs, context.config)) {
            return invalid(
                `Invalid value for field 'resource.natSubnets[0]': '${id}'. The subnetwork must be in the region of the service attachment.`,
            );
        }
        const taken = others(context).find((row) =>
            textsIn(row.inputs["natSubnets"]).some((one) => pathOf(one) === id),
        );
        if (taken !== undefined) {
            return `googleapi: Error 400: The subnetwork resource '${id}' is already being used by '${taken.id}', resourceInUseByAnotherResource`;
        }
    }
    return undefined;
}

/** The forwarding rule of an internal load balancer, and no other attachment's. */
function refusedTarget(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const id = pathOf(inputs["targetService"]);
    const rule = ruleOf(id, context.inventory);
    if (rule === undefined) {
        return notFound(id);
    }
    const scheme = textOf(rule.inputs["loadBalancingScheme"]);
    if (!["INTERNAL", "INTERNAL_MANAGED"].includes(scheme)) {
        return invalid(
            `Invalid value for field 'resource.targetService': '${id}'. The forwarding rule must be of an internal load balancer.`,
        );
    }
    if (regionIn(id) !== regionOf(inputs, context.config)) {
        return invalid(
            `Invalid value for field 'resource.targetService': '${id}'. It must be in the region of the service attachment.`,
        );
    }
    if (scheme === "INTERNAL_MANAGED" && inputs["enableProxyProtocol"] === true) {
        return invalid(
            "Invalid value for field 'resource.enableProxyProtocol': 'true'. It is not supported for Application Load Balancers.",
        );
    }
    const taken = others(context).find((row) => pathOf(row.inputs["targetService"]) === id);
    return taken === undefined
        ? undefined
        : `googleapi: Error 400: The forwarding_rule resource '${id}' is already being used by '${taken.id}', resourceInUseByAnotherResource`;
}

function ruleOf(id: string, inventory: InventoryView): Row | undefined {
    return inventory.find(forwardingRuleType, (row) => row.id === id);
}

function refusedRest({ connectionPreference, consumerAcceptLists, domainNames }: PropertyMap): string | undefined {
    const consumers = Array.isArray(consumerAcceptLists) ? consumerAcceptLists : [];
    if (connectionPreference === "ACCEPT_AUTOMATIC" && consumers.length > 0) {
        return invalid(
            "Invalid value for field 'resource.consumerAcceptLists': consumers are accepted one by one with ACCEPT_MANUAL only.",
        );
    }
    const named = consumers.map((consumer) => textOf((consumer as PropertyMap)["projectIdOrNum"]));
    if (new Set(named).size < named.length) {
        return invalid("Invalid value for field 'resource.consumerAcceptLists': a project is there twice.");
    }
    const domains = textsIn(domainNames);
    return domains.length > 1 || domains.some((domain) => !/^([a-z0-9-]+\.)+$/.test(domain))
        ? invalid(
              `Invalid value for field 'resource.domainNames': '${domains.join()}'. One name with a point at its end.`,
          )
        : undefined;
}

export const serviceAttachments: readonly ResourceModel[] = [serviceAttachment];
