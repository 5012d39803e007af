import type { WandbDeploymentArgs } from "../../args";
import type { GcpClickHouseArgs, GcpMonitoringArgs } from "../../gcp/args/extras";
import type { Section } from "../section";
import { flag, needed, object, plainText, text } from "../shape";
import { given } from "../wording";
import { computePath, SubnetForm, wrongComputeId, wrongComputeName } from "./compute-names";
import { wrongSubnetRange } from "./entry-ranges";

export const clickHouseShape = object<GcpClickHouseArgs>("GcpClickHouseArgs", {
    serviceAttachment: needed(text, "the service attachment that ClickHouse Cloud shows"),
    region: text,
    subnetCidr: plainText,
    existingSubnetId: text,
    subnetName: text,
    addressName: text,
    endpointName: text,
    zoneName: text,
});

export const monitoringShape = object<GcpMonitoringArgs>("GcpMonitoringArgs", { stackdriverExporter: flag });

/** `gcp.clickHouse`, `gcp.monitoring` */
export function checkExtras(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const clickHouse = gcp?.section("clickHouse");
    if (clickHouse !== undefined) {
        checkClickHouse(clickHouse, gcp?.text("region"));
    }
    const monitoring = gcp?.section("monitoring");
    if (monitoring?.flag("stackdriverExporter") === true && args.has("database") && args.has("redis")) {
        monitoring.refuse(
            "stackdriverExporter",
            "is true, but `database` and `redis` name others, so there is nothing here for it to watch. Leave it out.",
        );
    }
}

const AttachmentForm = "projects/<project>/regions/<region>/serviceAttachments/<name>";
/** Google takes /29 at least: https://docs.cloud.google.com/vpc/docs/subnets#subnet-ranges */
const SmallestSubnet = 29;

/** @param deploymentRegion `gcp.region`, where it is known */
function checkClickHouse(section: Section<GcpClickHouseArgs>, deploymentRegion: string | undefined): void {
    const region = section.has("region") ? section.text("region") : deploymentRegion;
    section.check("serviceAttachment", (id) => {
        const place = computePath(id, AttachmentForm)?.get("<region>");
        if (place === undefined) {
            return `is not the id of a service attachment ${given(id)}. ClickHouse Cloud shows it: ${AttachmentForm}.`;
        }
        return region === undefined || place === region
            ? undefined
            : `lies in ${place} ${given(id)}, but the endpoint would be made in ${region}. Set \`gcp.clickHouse.region\` to ${place}.`;
    });
    section.check("region", (name) =>
        /^[a-z]+-[a-z]+\d+$/.test(name)
            ? undefined
            : `is not the name of a region ${given(name)}. Give for example europe-west4.`,
    );
    section.check("existingSubnetId", (id) => {
        const wrong = wrongComputeId(id, SubnetForm);
        const place = computePath(id, SubnetForm)?.get("<region>");
        return (
            wrong ??
            (region === undefined || place === region
                ? undefined
                : `lies in ${place} ${given(id)}, but the endpoint would be made in ${region}. Give a subnet of that region.`)
        );
    });
    for (const key of section.givenOf("subnetCidr", "subnetName")) {
        if (section.has("existingSubnetId")) {
            section.refuse(
                key,
                "has no effect next to `gcp.clickHouse.existingSubnetId`: no subnet is made. Leave out the one or the other.",
            );
        }
    }
    section.check("subnetCidr", (range) => wrongSubnetRange(range, SmallestSubnet));
    for (const key of ["subnetName", "addressName", "endpointName", "zoneName"] as const) {
        section.check(key, wrongComputeName);
    }
}
