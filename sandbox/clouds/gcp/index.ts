/** The `gcp` package: what programs of this repository use of it. */
import type { CloudModel, PropertyModels } from "../model";
import { loadBalancing, loadBalancingInvokes } from "./compute/load-balancing";
import { network, networkInvokes } from "./compute/network";
import { zoneInvokes } from "./dns/zone-lookup";
import { instanceMembers } from "./bigtable/access";
import { instances } from "./bigtable/instance";
import { tables } from "./bigtable/table";
import { container, containerInvokes } from "./container";
import { iam } from "./iam";
import { customRoles } from "./iam-custom-role";
import { serviceIdentities } from "./iam-service-identity";
import { kms } from "./kms";
import { kmsInvokes } from "./kms-lookups";
import { projectInvokes } from "./project";
import { pubsubMembers } from "./pubsub/access";
import { notifications } from "./pubsub/notification";
import { subscriptions } from "./pubsub/subscription";
import { topics } from "./pubsub/topic";
import { redis } from "./redis";
import { services } from "./services";
import { sql } from "./sql";
import { storage, storageInvokes } from "./storage";

/** The first of these variables that is set; the real provider looks into the environment too. */
function fromEnvironment(...names: readonly string[]): string | undefined {
    return names.map((name) => process.env[name]).find((value) => value !== undefined && value !== "");
}

/** https://www.pulumi.com/registry/packages/gcp/installation-configuration/ */
const config: PropertyModels = {
    accessToken: { type: "string", secret: true },
    addPulumiAttributionLabel: { type: "boolean", default: true },
    billingProject: { type: "string" },
    credentials: { type: "string", secret: true },
    defaultLabels: { type: "map" },
    disableGlobalProjectWarning: { type: "boolean" },
    disableGooglePartnerName: { type: "boolean" },
    googlePartnerName: { type: "string" },
    impersonateServiceAccount: { type: "string" },
    impersonateServiceAccountDelegates: { type: "array" },
    project: {
        type: "string",
        default: fromEnvironment("GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"),
    },
    pulumiAttributionLabelAdditionStrategy: { type: "string", values: ["CREATION_ONLY", "PROACTIVE"] },
    region: {
        type: "string",
        default: fromEnvironment("GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"),
    },
    requestReason: { type: "string" },
    requestTimeout: { type: "string" },
    scopes: { type: "array" },
    skipRegionValidation: { type: "boolean" },
    universeDomain: { type: "string" },
    userProjectOverride: { type: "boolean" },
    zone: { type: "string", default: fromEnvironment("GOOGLE_ZONE", "GCLOUD_ZONE", "CLOUDSDK_COMPUTE_ZONE") },
};

export const gcp: CloudModel = {
    name: "gcp",
    sdk: "@pulumi/gcp",
    config,
    resources: [
        ...services,
        ...iam,
        ...kms,
        ...storage,
        ...loadBalancing,
        ...customRoles,
        ...serviceIdentities,
        ...topics,
        ...subscriptions,
        ...pubsubMembers,
        ...notifications,
        ...instances,
        ...tables,
        ...instanceMembers,
        ...network,
        ...container,
        ...sql,
        ...redis,
    ],
    invokes: [
        ...projectInvokes,
        ...kmsInvokes,
        ...storageInvokes,
        ...loadBalancingInvokes,
        ...zoneInvokes,
        ...networkInvokes,
        ...containerInvokes,
    ],
};
