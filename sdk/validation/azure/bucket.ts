import type { WandbDeploymentArgs } from "../../args";
import {
    AzureBucketAccess,
    type AzureBucketArgs,
    AzureBucketEncryption,
    type AzureBucketLifecycleArgs,
    AzureBucketRedundancy,
    AzureBucketTier,
} from "../../azure/args/bucket";
import { refuseRepetition } from "../lists";
import { wrongOriginHost } from "../origin";
import type { Section } from "../section";
import { choice, flag, listOf, number, object, text } from "../shape";
import { given } from "../wording";
import { wrongNetworkName } from "./rules";
import {
    checkOldVersions,
    checkOrigins,
    checkSoftDelete,
    checkStorageNetwork,
    wrongAccountName,
    wrongContainerName,
    wrongLockName,
    wrongPrefix,
    wrongQueueName,
} from "./storage-rules";

export const redundancy = choice(AzureBucketRedundancy, {
    standard_zrs: "Use ZRS.",
    standard_lrs: "Use LRS.",
    standard_grs: "Use GRS.",
    standard_gzrs: "Use GZRS.",
    standard_ragrs: "Use RAGRS.",
    standard_ragzrs: "Use RAGZRS.",
});
export const accessTier = choice(AzureBucketTier);
export const encryption = choice(AzureBucketEncryption, {
    kms: "Use vault.",
    cmk: "Use vault.",
    "microsoft.keyvault": "Use vault.",
    "microsoft.storage": "Use microsoft.",
});
export const access = choice(AzureBucketAccess, {
    workloadidentity: "Use identity.",
    accesskey: "Use key.",
});
export const lifecycle = object<AzureBucketLifecycleArgs>("AzureBucketLifecycleArgs", {
    noncurrentVersionDays: number,
});

export const bucketShape = object<AzureBucketArgs>("AzureBucketArgs", {
    accountName: text,
    containerName: text,
    prefix: text,
    redundancy,
    accessTier,
    encryption,
    infrastructureEncryption: flag,
    access,
    versioning: flag,
    lifecycle,
    softDeleteDays: number,
    corsHosts: listOf(text),
    allowedCidrs: listOf(text),
    allowedSubnetIds: listOf(text),
    privateEndpoint: flag,
    privateEndpointName: text,
    lockName: text,
    events: flag,
    eventQueueName: text,
    eventTopicName: text,
    eventSubscriptionName: text,
});

/** `azure.bucket` */
export function checkStorage(args: Section<WandbDeploymentArgs>): void {
    const azure = args.section("azure");
    const bucket = azure?.section("bucket");
    if (azure === undefined || bucket === undefined) {
        return;
    }
    if (args.has("bucket")) {
        azure.refuse(
            "bucket",
            "shapes a storage account that is made, but `bucket` names one that is there already. Leave one of the two out.",
        );
    }
    bucket.check("accountName", wrongAccountName);
    bucket.check("containerName", wrongContainerName);
    bucket.check("prefix", wrongPrefix);
    bucket.check("lockName", wrongLockName);
    checkOldVersions(bucket.section("lifecycle"));
    checkSoftDelete(bucket);
    checkCors(args, bucket);
    checkStorageNetwork(bucket);
    checkEndpoint(bucket);
    checkEventNames(bucket);
    checkAccess(args, bucket);
}

function checkCors(args: Section<WandbDeploymentArgs>, bucket: Section<AzureBucketArgs>): void {
    const hosts = bucket.texts("corsHosts");
    hosts.forEach((entry) => bucket.checkEntry(entry, wrongOriginHost));
    refuseRepetition(bucket, hosts);
    const own = [
        args.text("host"),
        ...(args.section("ingress")?.texts("additionalHosts") ?? []).map(({ value }) => value),
    ];
    checkOrigins(bucket, "corsHosts", own);
}

/** `privateEndpoint`, `privateEndpointName`: pods must have some way to the account. */
function checkEndpoint(bucket: Section<AzureBucketArgs>): void {
    bucket.check("privateEndpointName", (name) => wrongNetworkName(name, 2, 64));
    if (bucket.flag("privateEndpoint") !== false) {
        return;
    }
    if (bucket.has("privateEndpointName")) {
        bucket.refuse(
            "privateEndpointName",
            "has no effect, because `azure.bucket.privateEndpoint` is false. Leave one of the two out.",
        );
    }
    const closed = bucket.has("allowedCidrs") && !bucket.pending("allowedCidrs");
    if (closed && bucket.texts("allowedCidrs").length === 0 && !bucket.has("allowedSubnetIds")) {
        bucket.refuse(
            "privateEndpoint",
            "is false (false given), and `azure.bucket.allowedCidrs` is empty, so that nobody could reach the account. Leave one of the two out.",
        );
    }
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsofteventgrid */
function wrongEventGridName(longest: number): (name: string) => string | undefined {
    return (name) =>
        /^[A-Za-z0-9-]+$/.test(name) && name.length >= 3 && name.length <= longest
            ? undefined
            : `is not a name of Event Grid ${given(name)}. It has 3 to ${longest} letters, digits and hyphens.`;
}

function checkEventNames(bucket: Section<AzureBucketArgs>): void {
    bucket.check("eventQueueName", wrongQueueName);
    bucket.check("eventTopicName", wrongEventGridName(128));
    bucket.check("eventSubscriptionName", wrongEventGridName(64));
    for (const name of bucket.givenOf("eventQueueName", "eventTopicName", "eventSubscriptionName")) {
        if (bucket.flag("events") !== true && !bucket.pending("events")) {
            bucket.refuse(
                name,
                "has no effect, because `azure.bucket.events` is not true. Set that, or leave this out.",
            );
        }
    }
}

/** The chart reads `global.azureStorageIdentity` from this version on: https://github.com/wandb/helm-charts/pull/606 */
const FirstKeyless = [0, 44];

function checkAccess(args: Section<WandbDeploymentArgs>, bucket: Section<AzureBucketArgs>): void {
    const version = args.section("chart")?.text("version");
    const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version ?? "") ?? [];
    if (bucket.text("access") !== AzureBucketAccess.Identity || version === undefined || minor === undefined) {
        return;
    }
    if (Number(major) < FirstKeyless[0] || (Number(major) === FirstKeyless[0] && Number(minor) < FirstKeyless[1])) {
        bucket.refuse(
            "access",
            `is identity, which W&B's chart knows from 0.44.0 on, but \`chart.version\` is older ${given(version)}. Use key, or a newer chart.`,
        );
    }
}
