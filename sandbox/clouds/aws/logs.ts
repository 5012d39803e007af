/** Amazon CloudWatch Logs, as of @pulumi/aws 7.47. */
import type { RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";

export const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0, the provider's word, means for good */
const retentionDays = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup: ResourceModel = {
    token: logGroupType,
    inputs: {
        kmsKeyId: { type: "string" },
        logGroupClass: { type: "string", values: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"], default: "STANDARD" },
        name: { type: "string" },
        retentionInDays: { type: "integer", values: retentionDays, default: 0 },
        region,
        tags,
    },
    outputs: { arn: { type: "string" }, tagsAll },
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    name: {
        property: "name",
        auto: { maxLength: 512 },
        pattern: /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
        rule: "must be 1 to 512 of a-z, A-Z, 0-9 and _ - / . #, and not begin with aws/",
        clash: () => "ResourceAlreadyExistsException: The specified log group already exists",
    },
    replaceOn: ["name", "logGroupClass", "region"],
    volatile: ["tagsAll"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    refuse: (inputs, context) => refusedKey(inputs, context) ?? refusedTags(inputs, context.config),
    id: ({ name }) => textOf(name),
    computed: (inputs, { id, config }) => {
        const { partition, accountId } = accountOf(config);
        return {
            arn: `arn:${partition}:logs:${regionOf(inputs, config)}:${accountId}:log-group:${id}`,
            tagsAll: allTags(inputs, config),
        };
    },
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html: by ARN, and the key must let the service in */
function refusedKey(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const { kmsKeyId } = inputs;
    if (kmsKeyId === undefined) {
        return undefined;
    }
    const arn = textOf(kmsKeyId);
    if (!/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(arn)) {
        return `InvalidParameterException: Value '${arn}' at 'kmsKeyId' is not the ARN of a KMS key`;
    }
    const key = inventory.find("aws:kms/key:Key", ({ outputs }) => outputs["arn"] === arn);
    const service = `logs.${regionOf(inputs, config)}.${accountOf(config).dnsSuffix}`;
    return textOf(key?.outputs["policy"]).includes(`"${service}"`)
        ? undefined
        : `AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`;
}

export const logs: readonly ResourceModel[] = [logGroup];
