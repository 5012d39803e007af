/** The deployments under faults, which have every type of the simulated Google Cloud among them. */
import { ownRegionCertificateType } from "../../sandbox/clouds/gcp/compute/certificates";
import type { Inventory } from "../../sandbox/clouds/inventory";
import { GcpLoadBalancerScheme, GcpTlsProfile } from "../../sdk/index";
import type { Changes, FaultSet } from "./faults";
import { plantProject, project, region } from "./gcp-account";
import { plantZone } from "./gcp-zone";

const tags = { team: "ml" };

/** The least that there is. */
export const Least: FaultSet = {
    args: {},
    plant: async (inventory) => {
        await plantProject(inventory, project, ["dns"]);
        await plantZone(inventory);
    },
    changes: {
        tags,
        gcp: {
            network: {
                routingMode: "GLOBAL",
                flowLogs: {},
                natLogging: "ALL",
            },
            key: { rotationDays: 30 },
            cluster: { nodes: { maxPerZone: 5 } },
            database: { passwordRotation: "2026-12" },
            bucket: { softDeleteDays: 14 },
            loadBalancer: {
                // Another address, to which the record then points.
                addressName: "other-address",
                inboundCidrs: ["198.51.100.0/24"],
                tlsPolicy: { profile: GcpTlsProfile.Restricted },
            },
        },
    },
};

export const Connection = "gcp:servicenetworking/connection:Connection";

/** Another range for Google's networks, of which the connection must be told: nothing else changes it. The cache moves there. */
export const OtherRange: Changes = {
    gcp: { network: { privateServices: { rangeName: "other-services", prefixLength: 20 } } },
};

const consumer = { projectId: "consumer-project", number: "310987654321" };
const certificate = "wandb-example-com";

/** With all that makes types of resources which the least has not. */
export const Everything: FaultSet = {
    args: {
        gcp: {
            dns: { certificateNames: [certificate] },
            loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
            privateServiceConnect: { consumers: [{ project: consumer.projectId }] },
            clickHouse: {
                serviceAttachment: `projects/click-house/regions/${region}/serviceAttachments/weave`,
                region,
            },
            bucket: { events: true },
            events: {},
            bigtable: {},
        },
    },
    plant: async (inventory) => {
        await plantProject(inventory, project, ["compute", "dns"]);
        await plantProject(inventory, consumer);
        await plantZone(inventory);
        await plantCertificate(inventory);
    },
    changes: {
        tags,
        gcp: {
            network: { flowLogs: {} },
            loadBalancer: { proxySubnet: { ports: ["8080-8083", "8722"] } },
            privateServiceConnect: { consumers: [{ project: consumer.projectId, connectionLimit: 4 }] },
            events: { retentionDays: 14 },
            bigtable: { maxNodes: 4, backupDays: 14 },
        },
    },
};

/** Types that `Everything` has and `Least` has not. */
export const ExtraTypes: readonly string[] = [
    "gcp:bigtable/gCPolicy:GCPolicy",
    "gcp:bigtable/instance:Instance",
    "gcp:bigtable/instanceIamMember:InstanceIamMember",
    "gcp:bigtable/table:Table",
    "gcp:compute/address:Address",
    "gcp:compute/firewall:Firewall",
    "gcp:compute/forwardingRule:ForwardingRule",
    "gcp:compute/serviceAttachment:ServiceAttachment",
    "gcp:pubsub/subscription:Subscription",
    "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
    "gcp:pubsub/topic:Topic",
    "gcp:pubsub/topicIAMMember:TopicIAMMember",
    "gcp:storage/notification:Notification",
];

/** Types that no deployment makes. */
export const UnmadeTypes: readonly string[] = [
    // Of `GcpSecureStorageConnector`, which is no deployment.
    "gcp:storage/bucketIAMBinding:BucketIAMBinding",
];

/** Types that could change in place, but that no argument changes, and why. Others are replaced whatever changes, by the table of the model. */
export const NeverUpdated: Readonly<Record<string, string>> = {
    "gcp:bigtable/gCPolicy:GCPolicy": "every family of columns keeps one version",
    "gcp:compute/router:Router": "it has nothing but its name and place",
    "gcp:projects/iAMCustomRole:IAMCustomRole": "the same permissions for everybody",
    "gcp:projects/service:Service": "it is turned on, and stays on",
    "gcp:serviceaccount/account:Account": "its display name is always the same",
    "gcp:sql/database:Database": "only its name can be given, which replaces it",
};

/** Types whose deletion is asked of nobody, and why. */
export const NeverDeleted: Readonly<Record<string, string>> = {
    "gcp:sql/user:User": "it goes with its instance",
};

/** A certificate of the project's own, for the internal load balancer. */
async function plantCertificate(inventory: Inventory): Promise<void> {
    const id = `projects/${project.projectId}/regions/${region}/sslCertificates/${certificate}`;
    const outputs = { name: certificate };
    await inventory.plant({ type: ownRegionCertificateType, id, inputs: { name: certificate, region }, outputs });
}
