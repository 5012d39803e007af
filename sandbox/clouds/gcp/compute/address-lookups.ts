/** Addresses that are looked up by name: https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/compute_address */
import type { InvokeModel, ModelContext, PropertyModels } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { project, projectOf, refusedProject } from "../project";
import { pathOf, selfLinkOf } from "./links";
import {
    addressType,
    computeService,
    forwardingRuleType,
    globalAddressType,
    globalForwardingRuleType,
    notFound,
    regionOf,
    unknownProject,
} from "./shared";

const text = { type: "string" } as const;
const outputs: PropertyModels = {
    address: text,
    addressType: text,
    id: text,
    name: text,
    network: text,
    networkTier: text,
    prefixLength: { type: "integer" },
    project: text,
    purpose: text,
    selfLink: text,
    status: text,
    subnetwork: text,
    users: text,
};

type Place = Omit<ModelContext, "name">;

/** What is told of an address: the user is the forwarding rule that has it. */
function told(
    type: string,
    ruleType: string,
    place: string,
    inputs: PropertyMap,
    { config, inventory }: Place,
): PropertyMap {
    const { projectId } = projectOf(inputs, config, inventory);
    const id = `projects/${projectId}/${place}/addresses/${textOf(inputs["name"])}`;
    const refused = refusedProject(projectId, computeService, { config, inventory }, unknownProject);
    const found = inventory.find(type, (row) => row.id === id);
    if (refused !== undefined || found === undefined) {
        throw new Error(refused ?? notFound(id));
    }
    const all = { ...found.inputs, ...found.outputs };
    const address = textOf(all["address"]);
    const user = inventory.find(ruleType, (row) => [address, id].includes(pathOf(row.inputs["ipAddress"])));
    const given = (name: string, absent = "") => textOf(all[name], absent);
    return {
        address,
        addressType: given("addressType", "EXTERNAL"),
        id,
        name: given("name"),
        network: given("network"),
        networkTier: given("networkTier", "PREMIUM"),
        prefixLength: all["prefixLength"] ?? 0,
        project: projectId,
        purpose: given("purpose"),
        selfLink: selfLinkOf(id),
        status: user === undefined ? "RESERVED" : "IN_USE",
        subnetwork: given("subnetwork"),
        users: user === undefined ? "" : selfLinkOf(user.id),
    };
}

const getAddress: InvokeModel = {
    token: "gcp:compute/getAddress:getAddress",
    inputs: { name: { ...text, required: true }, project, region: text },
    outputs: { ...outputs, region: text },
    answer: (inputs, context) => {
        const region = regionOf(inputs, context.config);
        return { ...told(addressType, forwardingRuleType, `regions/${region}`, inputs, context), region };
    },
};

const getGlobalAddress: InvokeModel = {
    token: "gcp:compute/getGlobalAddress:getGlobalAddress",
    inputs: { name: { ...text, required: true }, project },
    outputs,
    answer: (inputs, context) => told(globalAddressType, globalForwardingRuleType, "global", inputs, context),
};

export const addressInvokes: readonly InvokeModel[] = [getAddress, getGlobalAddress];
