/** What programs ask Compute Engine: https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/compute_network */
import type { Row } from "../../inventory";
import type { InvokeModel, ModelContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { bucketLocation } from "../locations";
import { project, projectIdOf, projectOf, refusedProject } from "../project";
import { completed, pathOf, selfLinkOf } from "./links";
import { connectionsOf, servicesPeering } from "./producers";
import { networkOf, secondaryRanges } from "./ranges";
import { computeService, networkType, ownerOf, regionOf, subnetworkType, unknownProject } from "./shared";

type Context = Omit<ModelContext, "name">;

/** The row that is asked for by URL, or by name and owner. */
function asked(inputs: PropertyMap, type: string, collection: string, context: Context): Row {
    const { config, inventory } = context;
    const given = inputs["selfLink"] ?? inputs["name"];
    const named = /^projects\/([^/]+)\//.exec(pathOf(given))?.[1] ?? projectIdOf(inputs, config);
    const refused = refusedProject(named, computeService, context, unknownProject);
    if (refused !== undefined) {
        throw new Error(refused);
    }
    const owner = ownerOf({ ...inputs, project: named }, context);
    const place = collection === "networks" ? { project: owner.project } : owner;
    const path = completed(given, collection, place);
    const row = inventory.find(type, ({ id }) => id === path);
    if (row === undefined) {
        throw new Error(`${path} not found`);
    }
    return row;
}

const getNetwork: InvokeModel = {
    token: "gcp:compute/getNetwork:getNetwork",
    inputs: { name: { type: "string" }, networkProfile: { type: "string" }, project, selfLink: { type: "string" } },
    outputs: {
        description: { type: "string" },
        gatewayIpv4: { type: "string" },
        id: { type: "string" },
        internalIpv6Range: { type: "string" },
        name: { type: "string" },
        networkId: { type: "integer" },
        numericId: { type: "string" },
        project: { type: "string" },
        selfLink: { type: "string" },
        subnetworksSelfLinks: { type: "array" },
    },
    answer: (inputs, context) => {
        const row = asked(inputs, networkType, "networks", context);
        const subnets = context.inventory.rows(subnetworkType).filter((subnet) => networkOf(subnet) === row.id);
        return {
            description: row.inputs["description"] ?? "",
            gatewayIpv4: "",
            id: row.id,
            internalIpv6Range: "",
            name: row.inputs["name"] ?? "",
            networkId: Number(textOf(row.outputs["numericId"], "5")),
            numericId: row.outputs["numericId"] ?? "",
            project: row.outputs["project"] ?? "",
            selfLink: selfLinkOf(row.id),
            subnetworksSelfLinks: subnets.map(({ id }) => selfLinkOf(id)),
        };
    },
};

const getSubnetwork: InvokeModel = {
    token: "gcp:compute/getSubnetwork:getSubnetwork",
    inputs: { name: { type: "string" }, project, region: { type: "string" }, selfLink: { type: "string" } },
    outputs: {
        description: { type: "string" },
        externalIpv6Prefix: { type: "string" },
        gatewayAddress: { type: "string" },
        id: { type: "string" },
        internalIpv6Prefix: { type: "string" },
        ipCidrRange: { type: "string" },
        ipv6AccessType: { type: "string" },
        name: { type: "string" },
        network: { type: "string" },
        privateIpGoogleAccess: { type: "boolean" },
        project: { type: "string" },
        region: { type: "string" },
        secondaryIpRanges: {
            type: "array",
            items: { type: "object", properties: { ipCidrRange: { type: "string" }, rangeName: { type: "string" } } },
        },
        selfLink: { type: "string" },
        stackType: { type: "string" },
        subnetworkId: { type: "integer" },
    },
    answer: (inputs, context) => {
        const row = asked(inputs, subnetworkType, "subnetworks", context);
        return {
            description: row.inputs["description"] ?? "",
            externalIpv6Prefix: "",
            gatewayAddress: row.outputs["gatewayAddress"] ?? "",
            id: row.id,
            internalIpv6Prefix: "",
            ipCidrRange: row.inputs["ipCidrRange"] ?? "",
            ipv6AccessType: "",
            name: row.inputs["name"] ?? "",
            network: selfLinkOf(networkOf(row)),
            privateIpGoogleAccess: row.outputs["privateIpGoogleAccess"] ?? false,
            project: row.outputs["project"] ?? "",
            region: row.outputs["region"] ?? "",
            secondaryIpRanges: [...secondaryRanges(row.inputs)].map(([rangeName, ipCidrRange]) => ({
                ipCidrRange,
                rangeName,
            })),
            selfLink: selfLinkOf(row.id),
            stackType: row.outputs["stackType"] ?? "IPV4_ONLY",
            subnetworkId: row.outputs["subnetworkId"] ?? 0,
        };
    },
};

/** Peerings that private services access made; no others are simulated. */
const getNetworkPeering: InvokeModel = {
    token: "gcp:compute/getNetworkPeering:getNetworkPeering",
    inputs: { name: { type: "string", required: true }, network: { type: "string", required: true } },
    outputs: {
        deletionPolicy: { type: "string" },
        exportCustomRoutes: { type: "boolean" },
        exportSubnetRoutesWithPublicIp: { type: "boolean" },
        id: { type: "string" },
        importCustomRoutes: { type: "boolean" },
        importSubnetRoutesWithPublicIp: { type: "boolean" },
        name: { type: "string" },
        network: { type: "string" },
        peerNetwork: { type: "string" },
        state: { type: "string" },
        stateDetails: { type: "string" },
        stackType: { type: "string" },
        updateStrategy: { type: "string" },
    },
    answer: (inputs, context) => {
        const row = asked({ selfLink: inputs["network"] ?? "" }, networkType, "networks", context);
        const name = textOf(inputs["name"]);
        if (name !== servicesPeering || connectionsOf(row.id, context.inventory).length === 0) {
            throw new Error(`${row.id}/networkPeerings/${name} not found`);
        }
        return {
            deletionPolicy: "DELETE",
            exportCustomRoutes: false,
            exportSubnetRoutesWithPublicIp: true,
            id: `${row.id}/networkPeerings/${name}`,
            importCustomRoutes: false,
            importSubnetRoutesWithPublicIp: false,
            name,
            network: selfLinkOf(row.id),
            peerNetwork: selfLinkOf("projects/service-tenant/global/networks/servicenetworking"),
            stackType: "IPV4_ONLY",
            state: "ACTIVE",
            stateDetails: "[2026-01-01T00:00:00.000-00:00]: Connected.",
            updateStrategy: "INDEPENDENT",
        };
    },
};

/** Letters of the zones where they are not a, b and c: https://docs.cloud.google.com/compute/docs/regions-zones */
const letters: Readonly<Record<string, string>> = {
    "europe-west1": "bcd",
    "us-central1": "abcf",
    "us-east1": "bcd",
};

/** Zones of a region, in their order. */
export function zonesOf(region: string): string[] {
    return [...(letters[region] ?? "abc")].map((letter) => `${region}-${letter}`);
}

const getZones: InvokeModel = {
    token: "gcp:compute/getZones:getZones",
    inputs: { project, region: { type: "string" }, status: { type: "string", values: ["UP", "DOWN"] } },
    outputs: {
        id: { type: "string" },
        names: { type: "array" },
        project: { type: "string" },
        region: { type: "string" },
        status: { type: "string" },
    },
    answer: (inputs, context) => {
        const { config, inventory } = context;
        const refused = refusedProject(projectIdOf(inputs, config), computeService, context, unknownProject);
        const region = regionOf(inputs, config);
        if (refused !== undefined || bucketLocation(region) !== "region") {
            throw new Error(refused ?? `Error retrieving zones: region '${region}' not found`);
        }
        const { projectId } = projectOf(inputs, config, inventory);
        return {
            id: `projects/${projectId}/regions/${region}`,
            names: inputs["status"] === "DOWN" ? [] : zonesOf(region),
            project: projectId,
            region,
            ...(inputs["status"] === undefined ? {} : { status: inputs["status"] }),
        };
    },
};

export const lookups: readonly InvokeModel[] = [getNetwork, getSubnetwork, getNetworkPeering, getZones];
