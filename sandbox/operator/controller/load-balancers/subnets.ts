/**
 * The subnets of a load balancer: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 *
 * Not looked at: how many addresses a subnet has left.
 */
import type { Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { isMap, textOf, valuesAt } from "../../../clouds/values";
import type { ControllerSettings } from "./settings";

const leastSubnets = 2;
const clusterTag = "kubernetes.io/cluster/";

/** The named subnets, by id or by their tag `Name`. @throws in the controller's words */
export function namedSubnets(
    names: readonly string[],
    { vpcId }: ControllerSettings,
    inventory: InventoryView,
): string[] {
    const found = subnetsOf(vpcId, inventory).filter(
        ({ id, inputs }) => names.includes(id) || names.includes(tagOf(inputs["tags"], "Name") ?? ""),
    );
    if (found.length !== names.length) {
        throw new Error(
            `couldn't find all subnets, nameOrIDs: [${names.join(" ")}], found: [${found.map(({ id }) => id).join(" ")}]`,
        );
    }
    const zones = found.map(zoneOf);
    const twice = zones.find((zone, index) => zones.indexOf(zone) !== index);
    if (twice !== undefined) {
        const ids = found.filter((subnet) => zoneOf(subnet) === twice).map(({ id }) => id);
        throw new Error(`multiple subnets in same Availability Zone ${twice}: [${ids.join(" ")}]`);
    }
    return enough(found);
}

/** The subnets with the role of this scheme, else those that reach as far; one for each zone. @throws in the controller's words */
export function discoveredSubnets(
    internal: boolean,
    { vpcId, cluster }: ControllerSettings,
    inventory: InventoryView,
): string[] {
    const role = internal ? "kubernetes.io/role/internal-elb" : "kubernetes.io/role/elb";
    const all = subnetsOf(vpcId, inventory);
    const tagged = all.filter(({ inputs }) => ["", "1"].includes(tagOf(inputs["tags"], role) ?? "none"));
    const candidates = tagged.length > 0 ? tagged : all.filter((subnet) => isPublic(subnet, inventory) !== internal);
    const usable = candidates.filter((subnet) => !belongsToOthers(subnet, cluster));
    if (usable.length === 0) {
        throw new Error(
            "couldn't auto-discover subnets: unable to resolve at least one subnet. " +
                `Evaluated ${candidates.length} subnets: ${candidates.length - usable.length} are tagged for other ` +
                "clusters, and 0 have insufficient available IP addresses",
        );
    }
    const firstOfZone = [...usable]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .filter((subnet, index, sorted) => sorted.findIndex((other) => zoneOf(other) === zoneOf(subnet)) === index);
    try {
        return enough(firstOfZone);
    } catch (error) {
        throw new Error(`couldn't auto-discover subnets: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
        });
    }
}

function enough(subnets: readonly Row[]): string[] {
    if (subnets.length < leastSubnets) {
        throw new Error(`subnets count less than minimal required count: ${subnets.length} < ${leastSubnets}`);
    }
    return subnets.map(({ id }) => id).sort();
}

function subnetsOf(vpcId: string, inventory: InventoryView): Row[] {
    return inventory.rows("aws:ec2/subnet:Subnet").filter(({ inputs }) => inputs["vpcId"] === vpcId);
}

function zoneOf({ inputs, outputs }: Row): string {
    return textOf(inputs["availabilityZone"] ?? outputs["availabilityZone"]);
}

function tagOf(tags: unknown, name: string): string | undefined {
    const value = isMap(tags) ? tags[name] : undefined;
    return value === undefined ? undefined : textOf(value);
}

/** A subnet that names clusters and not this one is theirs. */
function belongsToOthers({ inputs }: Row, cluster: string): boolean {
    const tags = isMap(inputs["tags"]) ? Object.keys(inputs["tags"]) : [];
    const owners = tags.filter((name) => name.startsWith(clusterTag));
    return owners.length > 0 && !owners.includes(clusterTag + cluster);
}

/** Whether its route table leads to an internet gateway. */
function isPublic(subnet: Row, inventory: InventoryView): boolean {
    const association = inventory.find(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        ({ inputs }) => inputs["subnetId"] === subnet.id,
    );
    const vpc = inventory.find("aws:ec2/vpc:Vpc", ({ id }) => id === subnet.inputs["vpcId"]);
    const tableId = association?.inputs["routeTableId"] ?? vpc?.outputs["mainRouteTableId"];
    const table = inventory.find("aws:ec2/routeTable:RouteTable", ({ id }) => id === tableId);
    const inline = table === undefined ? [] : valuesAt(table.inputs, "routes[*].gatewayId");
    const single = inventory.rows("aws:ec2/route:Route").filter(({ inputs }) => inputs["routeTableId"] === tableId);
    return [...inline, ...single.map(({ inputs }) => inputs["gatewayId"])].some((gateway) =>
        textOf(gateway).startsWith("igw-"),
    );
}
