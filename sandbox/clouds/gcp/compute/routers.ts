/** Cloud Routers and Cloud NAT, as of @pulumi/gcp 9.37. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { project, projectIdOf, refusedProject } from "../project";
import { completed, lastPart, pathOf } from "./links";
import { networkOf } from "./ranges";
import {
    addressType,
    compute,
    computeName,
    computeService,
    invalid,
    networkType,
    notFound,
    ownerOf,
    regionOf,
    routerNatType,
    routerType,
    shortWait,
    subnetworkType,
    unknownProject,
} from "./shared";

/** A gateway is part of its router. */
function gatewaysOf(router: Row, inventory: InventoryView): Row[] {
    const [, owner, , region, , name] = router.id.split("/");
    return inventory.rows(routerNatType).filter(({ id }) => id.startsWith(`${owner}/${region}/${name}/`));
}

const router: ResourceModel = compute(
    {
        title: "Router",
        collection: "routers",
        place: "regions",
        quota: { metric: "ROUTERS", granted: 20 },
    },
    {
        token: routerType,
        inputs: {
            bgp: { type: "any" },
            description: { type: "string" },
            encryptedInterconnectRouter: { type: "boolean" },
            network: { type: "string", required: true },
        },
        replaceOn: ["encryptedInterconnectRouter", "network"],
        refuse: (inputs, context) => {
            const network = completed(inputs["network"], "networks", ownerOf(inputs, context));
            return context.inventory.find(networkType, ({ id }) => id === network) === undefined
                ? notFound(network)
                : undefined;
        },
        takesAlong: gatewaysOf,
    },
);

const natInputs: PropertyModels = {
    autoNetworkTier: { type: "string", values: ["PREMIUM", "STANDARD"] },
    drainNatIps: { type: "array" },
    enableDynamicPortAllocation: { type: "boolean" },
    enableEndpointIndependentMapping: { type: "boolean" },
    endpointTypes: { type: "array" },
    icmpIdleTimeoutSec: { type: "integer", default: 30 },
    logConfig: {
        type: "object",
        properties: {
            enable: { type: "boolean", required: true },
            filter: { type: "string", required: true, values: ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"] },
        },
    },
    maxPortsPerVm: { type: "integer" },
    minPortsPerVm: { type: "integer" },
    name: { type: "string" },
    natIpAllocateOption: { type: "string", values: ["MANUAL_ONLY", "AUTO_ONLY"] },
    natIps: { type: "array" },
    project,
    region: { type: "string" },
    router: { type: "string", required: true },
    sourceSubnetworkIpRangesToNat: {
        type: "string",
        required: true,
        values: ["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES", "LIST_OF_SUBNETWORKS"],
    },
    subnetworks: {
        type: "array",
        items: {
            type: "object",
            properties: {
                name: { type: "string", required: true },
                secondaryIpRangeNames: { type: "array" },
                sourceIpRangesToNats: { type: "array", required: true },
            },
        },
    },
    tcpEstablishedIdleTimeoutSec: { type: "integer", default: 1200 },
    tcpTimeWaitTimeoutSec: { type: "integer", default: 120 },
    tcpTransitoryIdleTimeoutSec: { type: "integer", default: 30 },
    type: { type: "string", default: "PUBLIC", values: ["PUBLIC", "PRIVATE"] },
    udpIdleTimeoutSec: { type: "integer", default: 30 },
};

const isPower = (value: number): boolean => Number.isInteger(Math.log2(value));

/** https://docs.cloud.google.com/nat/docs/ports-and-addresses */
function wrongNat(inputs: PropertyMap): Problem[] {
    const { minPortsPerVm: least, maxPortsPerVm: most } = inputs;
    const wrong = (property: string, reason: string): Problem => ({ property, reason });
    const isDynamic = inputs["enableDynamicPortAllocation"] === true;
    return [
        ...(isDynamic && inputs["enableEndpointIndependentMapping"] === true
            ? [
                  wrong(
                      "enableEndpointIndependentMapping",
                      "is mutually exclusive with enable_dynamic_port_allocation. Turn one off.",
                  ),
              ]
            : []),
        ...(isDynamic && typeof least === "number" && (least < 32 || !isPower(least))
            ? [wrong("minPortsPerVm", `must be a power of two of 32 or more (value given: ${least}). Correct it.`)]
            : []),
        ...(typeof most === "number" && !isDynamic
            ? [wrong("maxPortsPerVm", "is for dynamic port allocation only. Remove it.")]
            : []),
        ...(typeof most === "number" && (most > 65_536 || !isPower(most) || most <= Number(least ?? 32))
            ? [
                  wrong(
                      "maxPortsPerVm",
                      `must be a power of two above min_ports_per_vm, 65536 at most (value given: ${most}). Correct it.`,
                  ),
              ]
            : []),
    ];
}

function linksIn(inputs: PropertyMap, path: string): string[] {
    return valuesAt(inputs, path).map((link) => pathOf(link));
}

function refusedNat(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory, previous } = context;
    const refused = refusedProject(projectIdOf(inputs, config), computeService, context, unknownProject);
    if (refused !== undefined) {
        return refused;
    }
    const { project: projectId, region } = ownerOf(inputs, context);
    const path = completed(inputs["router"], "routers", { project: projectId, region });
    const owner = inventory.find(routerType, ({ id }) => id === path);
    if (owner === undefined) {
        return notFound(path);
    }
    const own = natId(inputs, projectId, region);
    if (previous === undefined && inventory.find(routerNatType, ({ id }) => id === own) !== undefined) {
        return `googleapi: Error 409: The NAT '${textOf(inputs["name"])}' of '${path}' already exists, alreadyExists`;
    }
    return refusedSources(inputs, owner, own, inventory) ?? refusedAddresses(inputs, own, region, inventory);
}

/** https://docs.cloud.google.com/nat/docs/nat-gateways: one gateway for a range */
function refusedSources(inputs: PropertyMap, owner: Row, own: string, inventory: InventoryView): string | undefined {
    const isList = inputs["sourceSubnetworkIpRangesToNat"] === "LIST_OF_SUBNETWORKS";
    const subnets = linksIn(inputs, "subnetworks[*].name");
    if (isList !== subnets.length > 0) {
        return invalid(
            "subnetworks are listed when source_subnetwork_ip_ranges_to_nat is LIST_OF_SUBNETWORKS, and only then.",
        );
    }
    for (const path of subnets) {
        const subnet = inventory.find(subnetworkType, ({ id }) => id === path);
        if (subnet === undefined) {
            return notFound(path);
        }
        if (networkOf(subnet) !== networkOf(owner) || subnet.outputs["region"] !== owner.outputs["region"]) {
            return invalid(`Subnetwork '${path}' is not in the network and region of router '${owner.id}'.`);
        }
    }
    const rival = inventory.find(routerNatType, (row) => {
        const [projectId, region, name] = row.id.split("/");
        const other = inventory.find(
            routerType,
            ({ id }) => id === `projects/${projectId}/regions/${region}/routers/${name}`,
        );
        const beside =
            other !== undefined && networkOf(other) === networkOf(owner) && region === owner.outputs["region"];
        const theirs = linksIn(row.inputs, "subnetworks[*].name");
        return (
            row.id !== own &&
            beside &&
            (!isList || theirs.length === 0 || theirs.some((path) => subnets.includes(path)))
        );
    });
    return rival === undefined
        ? undefined
        : invalid(`Subnetwork ranges are already translated by NAT '${lastPart(rival.id)}'.`);
}

function refusedAddresses(
    inputs: PropertyMap,
    own: string,
    region: string,
    inventory: InventoryView,
): string | undefined {
    const given = linksIn(inputs, "natIps[*]");
    const isManual = inputs["natIpAllocateOption"] === "MANUAL_ONLY";
    if (isManual !== given.length > 0) {
        return invalid("nat_ips are given when nat_ip_allocate_option is MANUAL_ONLY, and only then.");
    }
    for (const path of given) {
        const address = inventory.find(addressType, ({ id }) => id === path);
        if (address === undefined) {
            return notFound(path);
        }
        if (address.inputs["addressType"] === "INTERNAL" || address.outputs["region"] !== region) {
            return invalid(`'${path}' is no external address of region '${region}'.`);
        }
        const other = inventory.find(
            routerNatType,
            (row) => row.id !== own && linksIn(row.inputs, "natIps[*]").includes(path),
        );
        if (other !== undefined) {
            return `googleapi: Error 400: External IP address: ${textOf(address.outputs["address"])} is already in-use., invalid`;
        }
    }
    return undefined;
}

function natId(inputs: PropertyMap, projectId: string, region: string): string {
    return `${projectId}/${region}/${lastPart(inputs["router"])}/${textOf(inputs["name"])}`;
}

const nat: ResourceModel = {
    token: routerNatType,
    inputs: natInputs,
    outputs: {
        enableDynamicPortAllocation: { type: "boolean" },
        enableEndpointIndependentMapping: { type: "boolean" },
        endpointTypes: { type: "array" },
        minPortsPerVm: { type: "integer" },
        project: { type: "string" },
        region: { type: "string" },
    },
    name: {
        ...computeName,
        pattern: /^[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
        rule: "must be 2 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last (RFC 1035)",
    },
    replaceOn: ["endpointTypes", "name", "project", "region", "router", "type"],
    durationKey: shortWait,
    validate: wrongNat,
    refuse: (inputs, context) => {
        const refused = refusedNat(inputs, context);
        return refused && `Error ${context.previous === undefined ? "creating" : "updating"} RouterNat: ${refused}`;
    },
    id: (inputs, context) => {
        const { project: projectId, region } = ownerOf(inputs, context);
        return natId(inputs, projectId, region);
    },
    computed: (inputs, { config, id }) => {
        const isDynamic = inputs["enableDynamicPortAllocation"] === true;
        return {
            enableDynamicPortAllocation: isDynamic,
            enableEndpointIndependentMapping: inputs["enableEndpointIndependentMapping"] ?? false,
            endpointTypes: inputs["endpointTypes"] ?? ["ENDPOINT_TYPE_VM"],
            minPortsPerVm: inputs["minPortsPerVm"] ?? (isDynamic ? 32 : 64),
            project: id.split("/")[0],
            region: regionOf(inputs, config),
        };
    },
};

export const routers: readonly ResourceModel[] = [router, withDeletionPolicy(nat)];
