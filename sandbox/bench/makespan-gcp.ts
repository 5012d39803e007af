/**
 * The work of a fresh `terraform apply` of wandb/wandb/google at 146d49a (after 10.8.2): its resources in groups that run together, and
 * the order that its edges enforce. With its defaults. What our simulated cloud makes at once lasts no longer here.
 */
import { gcpReasons } from "./makespan-gcp-reasons";
import { ModuleApplied, ModuleReady, type CloudMakespan, type Known, type Row } from "./makespan-rows";

const small = "gcp:vpc, subnet, address, policy";
const name = "gcp:dns zone or record";
const queue = "gcp:pubsub topic or subscription";
const loadBalancer: Known = {
    seconds: 300,
    source:
        "load balancer of an Ingress: estimate: no public log found; documented as a few minutes: " +
        "https://cloud.google.com/kubernetes-engine/docs/how-to/load-balance-ingress",
};

const rows: readonly Row[] = [
    ["apis", "gcp:project service (api enablement)", 12, ""],
    ["checks", "", 1, ""],
    ["random values", "", 8, ""],
    // modules/kms for the topic, which waits for no API
    ["key", "", 2, "random values"],
    ["service agents", "gcp:service agent", 3, ""],
    ["key grants", "", 4, "key, service agents"],
    // modules/service_accounts
    ["node account", "", 1, "apis, random values"],
    ["node account rights", "", 5, "node account"],
    ["weave token", "", 2, "apis, random values"],
    ["weave secret", "kubernetes:object created", 1, "cluster, weave token"],
    // modules/networking
    ["vpc", small, 1, "apis"],
    ["subnet", small, 1, "vpc"],
    ["private services range", small, 1, "vpc"],
    ["private services", "gcp:service networking connection", 1, "private services range"],
    ["google apis address", small, 1, "vpc"],
    ["google apis endpoint", small, 1, "google apis address"],
    ["google apis zone", name, 1, "vpc"],
    ["google apis record", name, 1, "google apis zone, google apis address"],
    // modules/app_gke
    ["cluster", "gcp:gke cluster, default pool removed", 1, "vpc, subnet"],
    ["node pool", "gcp:gke node pool", 1, "cluster, node account, random values"],
    // modules/app_lb: all of it waits for all of app_gke
    ["address and armor", small, 2, "node pool"],
    ["armor rules", small, 3, "address and armor"],
    ["certificate", small, 1, "node pool"],
    // modules/database, modules/redis, modules/storage
    ["database", "gcp:cloud sql mysql, regional", 1, "private services, random values"],
    ["schema and user", "gcp:cloud sql database, user", 2, "database"],
    ["cache", "gcp:memorystore redis, high availability", 1, "vpc"],
    ["bucket", "", 1, "apis, random values"],
    ["bucket grant", "", 1, "bucket, node account"],
    ["topic", queue, 1, "apis, key"],
    ["subscription", queue, 1, "topic"],
    ["queue grants", "", 3, "subscription, node account"],
    ["notification", "", 1, "bucket, queue grants"],
    // wandb/wandb/kubernetes: waits for all of app_gke, the database, the cache and the bucket; the operator waits for it
    ["legacy objects", "kubernetes:object created", 7, "node pool, schema and user, cache, bucket grant, notification"],
    // wandb/wandb/helm
    ["operator", "kubernetes:helm release of a controller, awaited", 1, "legacy objects"],
    [ModuleApplied, "kubernetes:custom resource applied", 1, "operator, armor rules, certificate, node account"],
    // Seen by nobody in Terraform
    ["operator installs the application", "kubernetes:operator reconcile to helm release applied", 0, ModuleApplied],
    ["application pods", "kubernetes:application pods start", 0, "operator installs the application"],
    ["load balancer", loadBalancer, 0, "operator installs the application"],
    [ModuleReady, "", 0, "application pods, load balancer"],
];

export const gcpMakespan: CloudMakespan = {
    name: "Google Cloud",
    module: { name: "wandb/wandb/google 10.8.2", rows, target: 0.9 },
    reasons: gcpReasons,
    loadBalancer,
    notes: [
        "Not counted on either side: the managed certificate, which may take up to 60 minutes once load balancer and DNS record stand",
        "(https://docs.cloud.google.com/certificate-manager/docs/troubleshooting). The record is ours; the module leaves it to the user.",
    ],
};
