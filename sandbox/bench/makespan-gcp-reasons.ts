import type { Reason } from "./makespan-reasons";

const gke = "https://cloud.google.com/kubernetes-engine/docs";

/** APIs, and whose calls go through them. */
const callers: Readonly<Record<string, RegExp>> = {
    compute:
        /^(compute-agent|vpc|cluster|address|internal-address|nat-address-\d+|security-policy|tls-policy|certificate-[0-9a-f]+|proxy-subnet|proxy-firewall|psc-subnet|psc-attachment)$/,
    cloudkms: /^key-ring$/,
    container: /^(container-agent|cluster)$/,
    sqladmin: /^(sqladmin-agent|database)$/,
    redis: /^(redis-agent|cache)$/,
    storage: /^bucket$/,
    dns: /^googleapis-zone$/,
    iam: /^([a-z]+-account|secret-creator|secret-keeper)$/,
    servicenetworking: /^private-services$/,
};

/** APIs that the application calls with a right that it is given, and those rights. */
const usedWith: Readonly<Record<string, RegExp>> = {
    iamcredentials: /^app-sign$/,
    secretmanager: /^app-secret-(creator|keeper)$/,
    monitoring: /^monitoring-view$/,
};

/** Edges of the deployment on Google Cloud that carry no data, and who demands them. */
export const gcpReasons: readonly Reason[] = [
    ...Object.entries(callers).map(([api, resource]) => ({
        resource,
        after: new RegExp(`^${api}-api$`),
        reason: "calls fail until the API is enabled: https://cloud.google.com/service-usage/docs/enable-disable",
    })),
    ...Object.entries(usedWith).map(([api, resource]) => ({
        resource,
        after: new RegExp(`^${api}-api$`),
        reason: "the application waits for the right alone, and calls the API at once",
    })),
    {
        resource: /^(nodes-account-use|monitoring-view|app-secret-(creator|keeper))$/,
        after: /^cloudresourcemanager-api$/,
        reason: "holds the policy of the project: https://cloud.google.com/resource-manager/reference/rest/v1/projects/setIamPolicy",
    },
    {
        resource: /^private-services$/,
        after: /^cloudresourcemanager-api$/,
        reason: "the provider asks it for the number of the network's project",
    },
    {
        resource: /^database$/,
        after: /^private-services$/,
        reason: "the network must have private services access: https://cloud.google.com/sql/docs/mysql/configure-private-services-access",
    },
    {
        resource: /^cache$/,
        after: /^private-services$/,
        reason: "the network must have private services access: https://cloud.google.com/memorystore/docs/redis/networking",
    },
    {
        resource: /^nodes$/,
        after: /^nodes-account-use$/,
        reason: `the least role of an account of nodes: ${gke}/how-to/service-accounts`,
    },
    {
        resource: /^nodes$/,
        after: /^(nat|googleapis-host|googleapis-names)$/,
        reason: `private nodes must reach the registries: ${gke}/concepts/network-isolation`,
    },
    {
        resource: /^operator$/,
        after: /^nodes$/,
        reason: "its pods need a place, and must still have one when it is uninstalled",
    },
    {
        resource: /^namespace$/,
        after: /^(address|internal-address|security-policy|tls-policy|certificate-[0-9a-f]+|proxy-subnet|proxy-firewall)$/,
        reason: `in use, and not to be deleted, until GKE has removed the load balancer of the Ingress in it: ${gke}/concepts/ingress`,
    },
    {
        resource: /^instance$/,
        after: /^(nodes|nodes-account-use|storage-class)$/,
        reason: "pods need them to start, and to stop in order",
    },
    {
        resource: /^instance$/,
        after: /^(nat|googleapis-host|googleapis-names|frontend-config|proxy-subnet|proxy-firewall)$/,
        reason: "pods and load balancer need the way from their start on, and until their end",
    },
    {
        resource: /^instance$/,
        after: /^(app-[a-z0-9-]+|monitoring-(view|as-exporter)|database-(schema|user)|secret [a-z-]+)$/,
        reason: "the application uses it from its first start on, and until its end",
    },
];
