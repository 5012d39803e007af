/**
 * Which APIs are on in a project.
 *
 * An API that is on or off without a resource of Pulumi's is a row of type `gcp:serviceusage/api` (`PROJECT/SERVICE`, output `state`).
 */
import type { Row } from "../inventory";
import type { InventoryView } from "../model";

export const serviceType = "gcp:projects/service:Service";
export const apiType = "gcp:serviceusage/api";

/** On in every new project: https://docs.cloud.google.com/service-usage/docs/enabled-service#default */
const onByDefault: readonly string[] = [
    "analyticshub",
    "apptopology",
    "bigquery",
    "bigqueryconnection",
    "bigquerydatapolicy",
    "bigquerydatatransfer",
    "bigquerymigration",
    "bigqueryreservation",
    "bigquerystorage",
    "cloudapis",
    "cloudtrace",
    "dataform",
    "dataplex",
    "datastore",
    "logging",
    "monitoring",
    "servicemanagement",
    "serviceusage",
    "sql-component",
    "storage",
    "storage-api",
    "storage-component",
].map((name) => `${name}.googleapis.com`);

/** Names that error messages have for APIs. */
const titles: Readonly<Record<string, string>> = {
    "bigtableadmin.googleapis.com": "Cloud Bigtable Admin API",
    "cloudkms.googleapis.com": "Cloud Key Management Service (KMS) API",
    "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
    "compute.googleapis.com": "Compute Engine API",
    "container.googleapis.com": "Kubernetes Engine API",
    "dns.googleapis.com": "Cloud DNS API",
    "iam.googleapis.com": "Identity and Access Management (IAM) API",
    "iamcredentials.googleapis.com": "IAM Service Account Credentials API",
    "pubsub.googleapis.com": "Cloud Pub/Sub API",
    "redis.googleapis.com": "Google Cloud Memorystore for Redis API",
    "secretmanager.googleapis.com": "Secret Manager API",
    "servicenetworking.googleapis.com": "Service Networking API",
    "serviceusage.googleapis.com": "Service Usage API",
    "sqladmin.googleapis.com": "Cloud SQL Admin API",
    "storage.googleapis.com": "Cloud Storage API",
};

export function apiId(projectId: string, service: string): string {
    return `${projectId}/${service}`;
}

export function apiRow(id: string, state: "ENABLED" | "DISABLED"): Row {
    return { type: apiType, id, state: "active", inputs: {}, outputs: { state } };
}

function isOn(service: string, projectId: string, inventory: InventoryView): boolean {
    const id = apiId(projectId, service);
    if (inventory.find(serviceType, (row) => row.id === id) !== undefined) {
        return true;
    }
    const state = inventory.find(apiType, (row) => row.id === id)?.outputs["state"];
    return state === undefined ? onByDefault.includes(service) : state === "ENABLED";
}

/** Google's words for a call to an API that is off; absent when it is on. */
export function serviceDisabled(service: string, projectId: string, inventory: InventoryView): string | undefined {
    if (isOn(service, projectId, inventory)) {
        return undefined;
    }
    return (
        `googleapi: Error 403: ${titles[service] ?? service} has not been used in project ${projectId} before or it is disabled. ` +
        `Enable it by visiting https://console.developers.google.com/apis/api/${service}/overview?project=${projectId} then retry. ` +
        "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry. " +
        `Details: "reason": "SERVICE_DISABLED", "service": "${service}"`
    );
}
