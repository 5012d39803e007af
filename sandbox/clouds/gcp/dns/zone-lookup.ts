/** A managed zone that is looked up: https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/dns_managed_zone */
import type { InvokeModel } from "../../model";
import { textOf } from "../../values";
import { project, projectOf, refusedProject } from "../project";

const zoneType = "gcp:dns/managedZone:ManagedZone";
const text = { type: "string" } as const;

const getManagedZone: InvokeModel = {
    token: "gcp:dns/getManagedZone:getManagedZone",
    inputs: { name: { ...text, required: true }, project },
    outputs: {
        description: text,
        dnsName: text,
        id: text,
        managedZoneId: text,
        name: text,
        nameServers: { type: "array" },
        project: text,
        visibility: text,
    },
    answer: (inputs, { config, inventory }) => {
        const { projectId } = projectOf(inputs, config, inventory);
        const name = textOf(inputs["name"]);
        const id = `projects/${projectId}/managedZones/${name}`;
        const refused = refusedProject(
            projectId,
            "dns.googleapis.com",
            { config, inventory },
            (missing) => `googleapi: Error 403: Project '${missing}' not found or permission denied., forbidden`,
        );
        const found = inventory.find(zoneType, (row) => row.id === id);
        if (refused !== undefined || found === undefined) {
            throw new Error(refused ?? `${id} not found`);
        }
        const all = { ...found.inputs, ...found.outputs };
        return {
            description: all["description"] ?? "",
            dnsName: all["dnsName"],
            id,
            managedZoneId: textOf(all["managedZoneId"], "1"),
            name,
            nameServers: all["nameServers"] ?? [],
            project: projectId,
            visibility: all["visibility"] ?? "public",
        };
    },
};

export const zoneInvokes: readonly InvokeModel[] = [getManagedZone];
