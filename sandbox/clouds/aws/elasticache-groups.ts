/** Subnet groups and parameter groups of ElastiCache, as of @pulumi/aws 7.47. */
import type { Row } from "../inventory";
import type { InventoryView, ModelContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { interfaceIn, shortWait, textsIn, vpcOfSubnet } from "./ec2/shared";
import { families } from "./elasticache-versions";

export const replicationGroupType = "aws:elasticache/replicationGroup:ReplicationGroup";
export const cacheSubnetGroupType = "aws:elasticache/subnetGroup:SubnetGroup";
export const cacheParameterGroupType = "aws:elasticache/parameterGroup:ParameterGroup";

const text = { type: "string" } as const;

export function cacheArn(kind: string, name: string, inputs: PropertyMap, config: PropertyMap): string {
    const { partition, accountId } = accountOf(config);
    return `arn:${partition}:elasticache:${regionOf(inputs, config)}:${accountId}:${kind}:${name}`;
}

export type Place = Pick<ModelContext, "config" | "inventory">;

/** The row of a name in the account and region of a request. */
export function namedCache(
    type: string,
    kind: string,
    name: string,
    inputs: PropertyMap,
    { config, inventory }: Place,
): Row | undefined {
    const arn = cacheArn(kind, name, inputs, config);
    return inventory.find(type, ({ outputs }) => outputs["arn"] === arn);
}

const subnetGroup: ResourceModel = {
    token: cacheSubnetGroupType,
    inputs: {
        description: { ...text, default: "Managed by Pulumi" },
        name: text,
        region,
        subnetIds: { type: "array", required: true },
        tags,
    },
    outputs: { arn: text, vpcId: text, tagsAll },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html
    name: {
        property: "name",
        auto: { maxLength: 255 },
        pattern: /^(?!default$)[A-Za-z0-9-]{1,255}$/i,
        rule: "must be 1 to 255 alphanumeric characters and hyphens, and not default",
    },
    references: [
        {
            // The nodes have their interfaces there.
            ...interfaceIn("subnetIds[*]"),
            message: (id) => `InvalidSubnet: The subnet ID '${id}' does not exist`,
        },
    ],
    replaceOn: ["name", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, context) => {
        const name = textOf(inputs["name"]).toLowerCase();
        const ids = textsIn(inputs["subnetIds"]);
        if (context.previous === undefined && namedCache(cacheSubnetGroupType, "subnetgroup", name, inputs, context)) {
            return `CacheSubnetGroupAlreadyExists: Cache subnet group ${name} already exists.`;
        }
        if (new Set(ids.map((id) => vpcOfSubnet(id, context.inventory))).size !== 1) {
            return "InvalidSubnet: The subnets must be at least one, and all of one VPC.";
        }
        return refusedTags(inputs, context.config);
    },
    id: ({ name }) => textOf(name).toLowerCase(),
    computed: (inputs, { config, inventory, id }) => ({
        arn: cacheArn("subnetgroup", id, inputs, config),
        name: id,
        vpcId: vpcOfSubnet(textsIn(inputs["subnetIds"])[0], inventory),
        tagsAll: allTags(inputs, config),
    }),
    blocksDeletion: (row, inventory) =>
        userOf(row, "subnetGroupName", inventory) &&
        `CacheSubnetGroupInUse: Cache subnet group ${row.id} is currently in use by a cache cluster.`,
};

const parameterGroup: ResourceModel = {
    token: cacheParameterGroupType,
    inputs: {
        description: { ...text, default: "Managed by Pulumi" },
        family: { ...text, required: true },
        name: text,
        parameters: {
            type: "array",
            items: {
                type: "object",
                properties: { name: { ...text, required: true }, value: { ...text, required: true } },
            },
        },
        region,
        tags,
    },
    outputs: { arn: text, tagsAll },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Creating.html
    name: {
        property: "name",
        auto: { maxLength: 255, lowercase: true },
        pattern: /^[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/,
        rule: "must be 1 to 255 lowercase alphanumeric characters and hyphens, a letter first, no hyphen last and no two in a row",
    },
    replaceOn: ["description", "family", "name", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, context) => {
        const name = textOf(inputs["name"]);
        if (
            context.previous === undefined &&
            namedCache(cacheParameterGroupType, "parametergroup", name, inputs, context)
        ) {
            return `CacheParameterGroupAlreadyExists: A cache parameter group named ${name} already exists.`;
        }
        const family = textOf(inputs["family"]);
        return families.includes(family)
            ? refusedTags(inputs, context.config)
            : `InvalidParameterValue: CacheParameterGroupFamily ${family} is not a valid parameter group family.`;
    },
    id: ({ name }) => textOf(name),
    computed: (inputs, { config, id }) => ({
        arn: cacheArn("parametergroup", id, inputs, config),
        tagsAll: allTags(inputs, config),
    }),
    blocksDeletion: (row, inventory) =>
        userOf(row, "parameterGroupName", inventory) &&
        `InvalidCacheParameterGroupState: One or more cache clusters are still members of this parameter group ${row.id}, so the group cannot be deleted.`,
};

function userOf(group: Row, property: string, inventory: InventoryView): Row | undefined {
    const place = ({ outputs }: Row) => textOf(outputs["arn"]).split(":").slice(3, 5).join(":");
    return inventory.find(
        replicationGroupType,
        (row) => row.inputs[property] === group.id && place(row) === place(group),
    );
}

export const cacheGroups: readonly ResourceModel[] = [subnetGroup, parameterGroup];
