/** What the rows of Amazon RDS share: tokens, names, keys. */
import { randomBytes } from "node:crypto";
import type { Row } from "../../inventory";
import type { InventoryView, ModelContext, Problem } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, regionOf } from "../account";

export const clusterType = "aws:rds/cluster:Cluster";
export const instanceType = "aws:rds/clusterInstance:ClusterInstance";
export const subnetGroupType = "aws:rds/subnetGroup:SubnetGroup";
export const clusterGroupType = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const instanceGroupType = "aws:rds/parameterGroup:ParameterGroup";
/** No program makes them here: tests plant them, and a last snapshot is one. */
export const snapshotType = "aws:rds/clusterSnapshot:ClusterSnapshot";

export function rdsArn(kind: string, name: string, inputs: PropertyMap, config: PropertyMap): string {
    const { partition, accountId } = accountOf(config);
    return `arn:${partition}:rds:${regionOf(inputs, config)}:${accountId}:${kind}:${name}`;
}

/** The row of a name in the account and region of a request. Names are unique there only. */
export function named(
    type: string,
    kind: string,
    name: string,
    inputs: PropertyMap,
    { config, inventory }: Pick<ModelContext, "config" | "inventory">,
): Row | undefined {
    const arn = rdsArn(kind, name, inputs, config);
    return inventory.find(type, ({ outputs }) => outputs["arn"] === arn);
}

/** Whether two rows lie in one account and region: their ARNs tell. */
export function beside(one: Row, other: Row): boolean {
    const place = ({ outputs }: Row) => textOf(outputs["arn"]).split(":").slice(3, 5).join(":");
    return place(one) === place(other);
}

/**
 * What the provider says of identifiers and the beginnings of those that it makes, to which it adds 26 characters (internal/service/rds/validate.go).
 */
export function wrongIdentifiers(inputs: PropertyMap, name: string, prefix: string): Problem[] {
    const problems: Problem[] = [];
    if (inputs[name] !== undefined && inputs[prefix] !== undefined) {
        problems.push({ property: prefix, reason: `conflicts with ${name}. Leave out one of them.` });
    }
    for (const property of [name, prefix]) {
        const value = inputs[property];
        const last = property === name ? "(?<!-)" : "";
        if (typeof value === "string" && !new RegExp(`^[a-z](?!.*--)[a-z0-9-]*${last}$`).test(value)) {
            const reason = `must have lowercase alphanumeric characters and hyphens only, a letter first, no hyphen last and no two in a row (value given: ${value}). Rename it.`;
            problems.push({ property, reason });
        }
    }
    return problems;
}

/** The identifier that was given, or one as the provider makes it. */
export function identifierOf(inputs: PropertyMap, name: string, prefix: string): string {
    return textOf(inputs[name] ?? `${textOf(inputs[prefix], "tf-")}${randomBytes(13).toString("hex")}`);
}

export const longestIdentifier = 63;

/** Length of the identifier that an order will have. */
export function identifierLength(inputs: PropertyMap, name: string, prefix: string): number {
    const given = inputs[name];
    return typeof given === "string" ? given.length : textOf(inputs[prefix], "tf-").length + 26;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html */
export function refusedKey(arn: string, inventory: InventoryView): string | undefined {
    const key = inventory.find("aws:kms/key:Key", ({ id, outputs }) => outputs["arn"] === arn || id === arn);
    return key !== undefined && key.inputs["isEnabled"] !== false
        ? undefined
        : `KMSKeyNotAccessibleFault: The specified KMS key [${arn}] does not exist, is not enabled or you do not have permissions to access it.`;
}

/** A parameter group of an engine version must be of its family; AWS has a default one of each. */
export function refusedGroup(
    type: string,
    name: string,
    family: string,
    inputs: PropertyMap,
    context: Pick<ModelContext, "config" | "inventory">,
): string | undefined {
    const ofCluster = type === clusterGroupType;
    const group = named(type, ofCluster ? "cluster-pg" : "pg", name, inputs, context);
    const own = name.startsWith("default.") ? name.slice("default.".length) : textOf(group?.inputs["family"]);
    if (own === "") {
        return ofCluster
            ? `DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: ${name}`
            : `DBParameterGroupNotFound: DBParameterGroup not found: ${name}`;
    }
    return own === family
        ? undefined
        : `InvalidParameterCombination: The Parameter Group ${name} with DBParameterGroupFamily ${own} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family}`;
}
