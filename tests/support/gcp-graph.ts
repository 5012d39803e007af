import { type Given, GraphRecorder } from "./graph";

type Inputs = Readonly<Record<string, unknown>>;

const project = "example-project";
const region = "europe-west4";
const compute = "https://www.googleapis.com/compute/v1";

const textOf = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);

/** What Google Cloud answers to functions in component tests. */
const Answers: Readonly<Record<string, Given>> = {
    "gcp:organizations/getClientConfig:getClientConfig": { project, region, zone: "", accessToken: "ya29.secret" },
    "gcp:organizations/getProject:getProject": { projectId: project, number: "123456789012" },
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
        emailAddress: "service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
        member: "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
    },
    "gcp:dns/getManagedZone:getManagedZone": ({ name }: Inputs) => ({
        name,
        dnsName: "example.com.",
        visibility: "public",
    }),
    "gcp:compute/getNetwork:getNetwork": ({ name, project: owner }: Inputs) => ({
        name,
        selfLink: `${compute}/projects/${String(owner)}/global/networks/${String(name)}`,
    }),
    "gcp:compute/getSubnetwork:getSubnetwork": ({ name, project: owner }: Inputs) => ({
        name,
        region,
        selfLink: `${compute}/projects/${String(owner)}/regions/${region}/subnetworks/${String(name)}`,
        network: `${compute}/projects/${String(owner)}/global/networks/shared`,
        ipCidrRange: "10.0.0.0/20",
        privateIpGoogleAccess: true,
        stackType: "IPV4_ONLY",
        secondaryIpRanges: [
            { rangeName: "pods", ipCidrRange: "10.4.0.0/14" },
            { rangeName: "services", ipCidrRange: "10.8.0.0/20" },
        ],
    }),
    "gcp:compute/getNetworkPeering:getNetworkPeering": { state: "ACTIVE", stateDetails: "Connected." },
    "gcp:container/getCluster:getCluster": ({ name, location }: Inputs) => ({
        name,
        location,
        network: "projects/host-project/global/networks/shared",
        endpoint: "192.0.2.10",
        masterAuths: [{ clusterCaCertificate: "Y2E=" }],
        workloadIdentityConfigs: [{ workloadPool: `${project}.svc.id.goog` }],
        ipAllocationPolicies: [{ clusterIpv4CidrBlock: "10.4.0.0/14" }],
    }),
};

/** What it answers to one question. */
export function answerOf(token: string, inputs: Inputs): Record<string, unknown> {
    const given = Answers[token];
    return typeof given === "function" ? given(inputs) : (given ?? {});
}

const email = ({ accountId }: Inputs) => `${String(accountId)}@${project}.iam.gserviceaccount.com`;

/** What it adds to resources. */
const Outputs: Readonly<Record<string, Given>> = {
    "gcp:container/cluster:Cluster": (inputs: Inputs) => ({
        name: inputs["name"] ?? "demo-1a2b3c4d",
        project,
        location: inputs["location"] ?? region,
        endpoint: "192.0.2.10",
        masterAuth: { clusterCaCertificate: "Y2E=" },
    }),
    "gcp:serviceaccount/account:Account": (inputs: Inputs) => ({
        email: email(inputs),
        member: `serviceAccount:${email(inputs)}`,
        name: `projects/${project}/serviceAccounts/${email(inputs)}`,
    }),
    "gcp:projects/serviceIdentity:ServiceIdentity": ({ service }: Inputs) => ({
        email: `service-123456789012@${String(service)}.iam.gserviceaccount.com`,
        member: `serviceAccount:service-123456789012@${String(service)}.iam.gserviceaccount.com`,
    }),
    "gcp:sql/databaseInstance:DatabaseInstance": {
        name: "demo-database-1a2b3c4",
        connectionName: `${project}:${region}:demo-database-1a2b3c4`,
        privateIpAddress: "10.64.0.3",
        serverCaCerts: [{ cert: "database-ca" }],
    },
    "gcp:redis/instance:Instance": {
        host: "10.64.1.3",
        port: 6378,
        authString: "generated-auth",
        serverCaCerts: [{ cert: "cache-ca" }],
    },
    "gcp:storage/bucket:Bucket": (inputs: Inputs) => ({
        name: inputs["name"] ?? "demo-bucket-1a2b3c4",
        url: `gs://${textOf(inputs["name"], "demo-bucket-1a2b3c4")}`,
        location: inputs["location"],
    }),
    "gcp:compute/globalAddress:GlobalAddress": { name: "demo-address-1a2b3c4", address: "198.51.100.7" },
    "gcp:compute/address:Address": { name: "demo-internal-address-1a2b3c4", address: "10.64.0.9" },
    "gcp:compute/forwardingRule:ForwardingRule": { pscConnectionId: "1234567890" },
    "gcp:pubsub/subscription:Subscription": (inputs: Inputs) => ({
        name: inputs["name"] ?? "demo-bucket-events-subscription-1a2b3c4",
    }),
    "random:index/randomId:RandomId": ({ prefix }: Inputs) => ({ hex: `${textOf(prefix)}1a2b3c4d` }),
    "random:index/randomPassword:RandomPassword": { result: "generated" },
};

/**
 * Records a program on Google Cloud.
 *
 * @param more what Google Cloud adds to further types, for tests that read what is made of it
 */
export function startOnGcp(more: Readonly<Record<string, Given>> = {}): Promise<GraphRecorder> {
    return GraphRecorder.start({ answers: Answers, outputs: { ...Outputs, ...more } });
}
