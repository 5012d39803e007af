import type { Reason } from "./makespan-reasons";

const learn = "https://learn.microsoft.com/azure";

/** Children of one parent that are written one after the other, and who says so. */
const oneAtATime: readonly (readonly [siblings: RegExp, reason: string])[] = [
    [
        /^(gateway|nodes|api-server|endpoints|database|private-link)-subnet$/,
        "a network takes one write of a subnet at a time: https://github.com/pulumi/pulumi-azure-native/issues/1024",
    ],
    [
        /^(cluster|database|storage)-key$/,
        "a vault takes one change at a time (ConflictError): https://github.com/pulumi/pulumi-azure-native/issues/1013",
    ],
    [
        /^database-[a-z-]+$/,
        "a server does one thing at a time, as its sister for PostgreSQL: https://github.com/Azure/ResourceModules/issues/3324",
    ],
    [
        /^maintenance-[a-z-]+$/,
        "a cluster takes one request at a time (OperationNotAllowed): https://aka.ms/aks-pending-operation",
    ],
    [
        /^app-as-[a-z0-9-]+$/,
        "one write at a time for each identity: https://learn.microsoft.com/entra/workload-id/" +
            "workload-identity-federation-considerations#concurrent-updates-arent-supported-user-assigned-managed-identities",
    ],
];

/** Edges of the deployment on Azure that carry no data, and who demands them. */
export const azureReasons: readonly Reason[] = [
    {
        resource: /^database$/,
        after: /^database-subnet-zone-link$/,
        reason: `the zone must be linked to the network: ${learn}/mysql/flexible-server/concepts-networking-vnet`,
    },
    ...oneAtATime.map(([siblings, reason]) => ({ resource: siblings, after: siblings, reason })),
    {
        resource: /^bucket$/,
        after: /^bucket-service$/,
        reason: "the settings of the blob service hold for what is made in it",
    },
    {
        resource: /^bucket-lock$/,
        after: /^(bucket|bucket-service|bucket-lifecycle)$/,
        reason: `under the lock nothing of the account can be deleted: ${learn}/azure-resource-manager/management/lock-resources`,
    },
    {
        resource: /^cluster$/,
        after: /^control-plane-(nodes|api-server)$/,
        reason: `the control plane joins the subnets: ${learn}/aks/concepts-identity#additional-cluster-permissions`,
    },
    {
        resource: /^(cluster|nodes)$/,
        after: /^nat$/,
        reason: `nodes must reach the registries: ${learn}/aks/outbound-rules-control-egress`,
    },
    {
        resource: /^(operator|cert-manager-release)$/,
        after: /^nodes$/,
        reason: "its pods need a place, and must still have one when it is uninstalled",
    },
    {
        resource: /^namespace$/,
        after: /^(gateway|cert-manager-(credential|zone|release))$/,
        reason: "what stands in it is not gone until the controllers have given back gateway and certificate",
    },
    {
        resource: /^issuer$/,
        after: /^cert-manager-(credential|zone|release)$/,
        reason: "cert-manager brings its definition and checks it, and answers the challenge with these rights",
    },
    {
        resource: /^approval-(account|job)$/,
        after: /^approval-(credential|gateway|account)$/,
        reason: "it runs as the identity, with its rights",
    },
    {
        resource: /^instance$/,
        after: /^(nodes|nodes-subnet|nat|storage-class|(vault|blob|managed-cache|cache)-(endpoint-zone|zone-link))$/,
        reason: "pods need them to start, and to stop in order",
    },
    {
        resource: /^instance$/,
        after: /^(gateway-controller-[a-z-]+|issuer|cert-manager-(credential|zone|release)|approval-(account|job))$/,
        reason: "the load balancer and its certificate are made as soon as there is an Ingress, and removed with it",
    },
    {
        resource: /^instance$/,
        after: /^database-(?!schema$)[a-z-]+$/,
        reason:
            "W&B asks for these parameters, and migrates the database at its first start: " +
            "https://docs.wandb.ai/platform/hosting/self-managed/requirements",
    },
    {
        resource: /^instance$/,
        after: /^(app-[a-z0-9-]+|metrics-[a-z-]+|database-schema|cache-database|secret [a-z-]+)$/,
        reason: "the application uses it from its first start on, and until its end",
    },
];
