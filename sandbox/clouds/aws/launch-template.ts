/** Launch templates of Amazon EC2, as of @pulumi/aws 7.47. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-templates.html */
import type { Problem, PropertyModels, ResourceModel } from "../model";
import { isMap, sameValue, textOf, type PropertyMap, type PropertyValue } from "../values";
import { allTags, refusedTags, region, tags, tagsAll } from "./account";
import { ec2Arn, ec2Id, shortWait, textsIn } from "./ec2/shared";

const text = { type: "string" } as const;
/** The provider takes these as texts. */
const textFlag = { type: "string", values: ["true", "false"] } as const;

const inputs: PropertyModels = {
    blockDeviceMappings: {
        type: "array",
        items: {
            type: "object",
            properties: {
                deviceName: text,
                ebs: {
                    type: "object",
                    properties: {
                        deleteOnTermination: textFlag,
                        encrypted: textFlag,
                        iops: { type: "integer" },
                        kmsKeyId: text,
                        throughput: { type: "integer" },
                        volumeSize: { type: "integer" },
                        volumeType: {
                            type: "string",
                            values: ["standard", "gp2", "gp3", "io1", "io2", "sc1", "st1"],
                        },
                    },
                },
            },
        },
    },
    defaultVersion: { type: "integer" },
    description: text,
    ebsOptimized: textFlag,
    imageId: text,
    instanceType: text,
    keyName: text,
    metadataOptions: {
        type: "object",
        properties: {
            httpEndpoint: { type: "string", values: ["enabled", "disabled"] },
            httpPutResponseHopLimit: { type: "integer" },
            httpTokens: { type: "string", values: ["optional", "required"] },
            instanceMetadataTags: { type: "string", values: ["enabled", "disabled"] },
        },
    },
    monitoring: { type: "object", properties: { enabled: { type: "boolean" } } },
    name: text,
    region,
    tagSpecifications: {
        type: "array",
        items: {
            type: "object",
            properties: {
                resourceType: {
                    type: "string",
                    values: ["instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu"],
                },
                tags: { type: "map" },
            },
        },
    },
    tags,
    updateDefaultVersion: { type: "boolean" },
    userData: text,
    vpcSecurityGroupIds: { type: "array" },
};

/** These are of the template, not of one of its versions. */
const ofTemplate = ["tags", "updateDefaultVersion", "defaultVersion", "name", "region"];

export const launchTemplate: ResourceModel = {
    token: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs,
    outputs: {
        arn: { type: "string" },
        defaultVersion: { type: "integer" },
        latestVersion: { type: "integer" },
        tagsAll,
    },
    name: {
        property: "name",
        auto: { maxLength: 128 },
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
        pattern: /^[a-zA-Z0-9().\-/_]{3,128}$/,
        rule: "must be 3 to 128 letters, digits and ( ) . - / _",
        clash: (name) =>
            `InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use. (${name})`,
    },
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template and its schema
    replaceOn: ["name", "region"],
    volatile: ["defaultVersion", "latestVersion", "tagsAll"],
    unread: ["updateDefaultVersion"],
    durationKey: shortWait,
    validate: (given) => [
        ...wrongUserData(given["userData"]),
        ...wrongHops(given["metadataOptions"]),
        ...wrongVolumes(given["blockDeviceMappings"]),
        ...(given["defaultVersion"] !== undefined && given["updateDefaultVersion"] !== undefined
            ? [{ property: "defaultVersion", reason: "conflicts with updateDefaultVersion. Leave one out." }]
            : []),
    ],
    refuse: (given, { config }) => refusedTags(given, config) ?? refusedSpecifications(given["tagSpecifications"]),
    id: () => ec2Id("lt"),
    computed: (given, { id, config, previous }) => {
        const changed = Object.keys(inputs)
            .filter((name) => !ofTemplate.includes(name))
            .some((name) => !sameValue(given[name], previous?.[name]));
        const before = Number(previous?.["latestVersion"] ?? 0);
        const latestVersion = previous === undefined || changed ? before + 1 : before;
        const fixed = given["defaultVersion"] ?? previous?.["defaultVersion"] ?? 1;
        return {
            arn: ec2Arn("launch-template", id, given, config),
            defaultVersion: given["updateDefaultVersion"] === true ? latestVersion : fixed,
            latestVersion,
            tagsAll: allTags(given, config),
        };
    },
};

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const mostUserDataBytes = 16 * 1024;

function wrongUserData(value: PropertyValue | undefined): Problem[] {
    const property = "userData";
    if (typeof value !== "string") {
        return [];
    }
    const raw = Buffer.from(value, "base64");
    if (raw.toString("base64") !== value) {
        return [{ property, reason: "InvalidUserData.Malformed: Invalid BASE64 encoding of user data. Encode it." }];
    }
    return raw.length > mostUserDataBytes
        ? [{ property, reason: `InvalidUserData: User data is limited to 16384 bytes (${raw.length} given)` }]
        : [];
}

function wrongHops(value: PropertyValue | undefined): Problem[] {
    const hops = isMap(value) ? value["httpPutResponseHopLimit"] : undefined;
    return typeof hops === "number" && (hops < 1 || hops > 64)
        ? [
              {
                  property: "metadataOptions.httpPutResponseHopLimit",
                  reason: `must be in the range (1 - 64) (value given: ${hops})`,
              },
          ]
        : [];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateEbsBlockDeviceRequest.html */
function wrongVolumes(value: PropertyValue | undefined): Problem[] {
    const property = "blockDeviceMappings";
    const volumes = (Array.isArray(value) ? value : [])
        .map((mapping) => (isMap(mapping) ? mapping["ebs"] : undefined))
        .filter(isMap);
    return volumes.flatMap(({ kmsKeyId, encrypted, volumeSize, volumeType }: PropertyMap) => [
        ...(kmsKeyId !== undefined && encrypted !== "true"
            ? [
                  {
                      property,
                      reason: "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted",
                  },
              ]
            : []),
        ...(typeof volumeSize === "number" && (volumeSize < 1 || volumeSize > largest(textOf(volumeType)))
            ? [{ property, reason: `InvalidParameterValue: Volume of ${volumeSize}GiB is out of range` }]
            : []),
    ]);
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
function largest(volumeType: string): number {
    return volumeType === "gp3" || volumeType === "io2" ? 65_536 : 16_384;
}

function refusedSpecifications(value: PropertyValue | undefined): string | undefined {
    const kinds = textsIn((Array.isArray(value) ? value : []).map((one) => (isMap(one) ? one["resourceType"] : "")));
    return new Set(kinds).size < kinds.length
        ? "InvalidParameterValue: The same resource type may not be specified more than once in tag specifications"
        : undefined;
}
