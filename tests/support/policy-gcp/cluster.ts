/** Faults of the network, the cluster and its nodes, each with the nearest changes that are none. */
import type { Row } from "../policy-aws/stack";
import { UnknownText } from "../policy-stack";

const allowed = (protocol: string, ...ports: readonly string[]) => [
    ports.length === 0 ? { protocol } : { protocol, ports },
];

const network: readonly Row[] = [
    {
        policy: "guarded-port-public",
        on: "web",
        set: { allows: allowed("tcp", "443", "20-25") },
        at: "web: allows[0].ports[1]",
        says: /lets everybody to ports 20 to 25, where SSH would answer \(0\.0\.0\.0\/0 given\)/,
        passes: [
            { on: "web", set: { allows: allowed("tcp", "22"), sourceRanges: ["35.235.240.0/20"] } },
            { on: "web", set: { allows: allowed("tcp", "22"), sourceRanges: undefined, sourceTags: ["bastion"] } },
            { on: "web", set: { allows: allowed("tcp", "22"), disabled: true } },
            { on: "web", set: { allows: allowed("tcp", "22"), direction: "EGRESS" } },
            { on: "web", set: { allows: allowed("tcp", "22"), sourceRanges: UnknownText } },
        ],
    },
    {
        policy: "guarded-port-public",
        on: "web",
        set: { allows: allowed("all") },
        at: "web: allows[0]",
        says: /lets everybody to all ports, where SSH, MySQL, /,
        passes: [{ on: "web", set: { allows: allowed("icmp") } }],
    },
    {
        policy: "guarded-port-public",
        on: "inside",
        set: { sourceRanges: ["10.0.0.0/8", "::/0"], allows: allowed("6", "6378") },
        at: "inside: allows[0].ports[0]",
        says: /port 6378, where the cache would answer \(::\/0 given\)/,
    },
    {
        policy: "port-public",
        on: "web",
        set: { allows: allowed("udp", "8080") },
        at: "web: allows[0].ports[0]",
        says: /lets everybody to port 8080 /,
        passes: [
            { on: "web", set: { allows: allowed("tcp", "443") } },
            { on: "web", set: { allows: allowed("tcp", "8080"), sourceRanges: ["198.51.100.0/24"] } },
        ],
    },
];

const Authorized = "masterAuthorizedNetworksConfig";

const controlPlane: readonly Row[] = [
    {
        policy: "cluster-public",
        on: "cluster",
        set: { [Authorized]: undefined },
        says: /is not set, so the API server answers everybody/,
        passes: [
            { on: "cluster", set: { [Authorized]: undefined, "privateClusterConfig.enablePrivateEndpoint": true } },
            {
                on: "cluster",
                set: { [Authorized]: undefined, "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled": false },
            },
            { on: "cluster", set: { [Authorized]: {} } },
            { on: "cluster", set: { [Authorized]: UnknownText } },
        ],
    },
    {
        policy: "cluster-public",
        on: "cluster",
        set: { [`${Authorized}.cidrBlocks`]: [{ cidrBlock: "198.51.100.0/24" }, { cidrBlock: "0.0.0.0/0" }] },
        says: /has 0\.0\.0\.0\/0, so the API server answers everybody/,
        passes: [{ on: "cluster", set: { [`${Authorized}.cidrBlocks`]: [{ cidrBlock: UnknownText }] } }],
    },
    {
        policy: "cluster-public",
        on: "cluster",
        set: { [`${Authorized}.gcpPublicCidrsAccessEnabled`]: true },
        says: /every machine of Google Cloud/,
    },
    {
        policy: "node-public",
        on: "cluster",
        set: { privateClusterConfig: undefined },
        at: "cluster: privateClusterConfig.enablePrivateNodes",
        passes: [{ on: "cluster", set: { "privateClusterConfig.enablePrivateNodes": UnknownText } }],
    },
    {
        policy: "node-public",
        on: "nodes",
        set: { "networkConfig.enablePrivateNodes": false },
        passes: [{ on: "nodes", set: { networkConfig: { podRange: "pods" } } }],
    },
    {
        policy: "cluster-workload-identity",
        on: "cluster",
        set: { workloadIdentityConfig: undefined },
        at: "cluster: workloadIdentityConfig.workloadPool",
        passes: [
            { on: "cluster", set: { workloadIdentityConfig: undefined, enableAutopilot: true } },
            { on: "cluster", set: { "workloadIdentityConfig.workloadPool": UnknownText } },
        ],
    },
    {
        policy: "cluster-key",
        on: "cluster",
        set: { databaseEncryption: { state: "DECRYPTED" } },
        says: /has state DECRYPTED/,
        passes: [{ on: "cluster", set: { "databaseEncryption.state": UnknownText } }],
    },
    { policy: "cluster-key", on: "cluster", set: { databaseEncryption: undefined }, says: /is not set/ },
    {
        policy: "cluster-legacy-access",
        on: "cluster",
        set: { enableLegacyAbac: true },
        passes: [{ on: "cluster", set: { enableLegacyAbac: UnknownText } }],
    },
    {
        policy: "cluster-legacy-access",
        on: "cluster",
        set: { "masterAuth.clientCertificateConfig.issueClientCertificate": true },
    },
    {
        policy: "cluster-legacy-access",
        on: "cluster",
        set: { "masterAuth.username": "admin" },
        passes: [{ on: "cluster", set: { "masterAuth.username": "" } }],
    },
];

const nodes: readonly Row[] = [
    {
        policy: "node-account",
        on: "nodes",
        set: { "nodeConfig.serviceAccount": undefined },
        says: /is not set, so nodes run as Compute Engine's default account/,
        passes: [{ on: "nodes", set: { "nodeConfig.serviceAccount": UnknownText } }],
    },
    {
        policy: "node-account",
        on: "nodes",
        set: { "nodeConfig.serviceAccount": "123456789012-compute@developer.gserviceaccount.com" },
    },
    {
        policy: "node-account",
        on: "cluster",
        set: {
            removeDefaultNodePool: undefined,
            nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: true } },
        },
        at: "cluster: nodeConfig.serviceAccount",
        passes: [
            { on: "cluster", set: { removeDefaultNodePool: undefined, enableAutopilot: true } },
            { on: "cluster", set: { removeDefaultNodePool: undefined, nodePools: [{ name: "own" }] } },
        ],
    },
    {
        policy: "node-metadata",
        on: "nodes",
        set: { "nodeConfig.workloadMetadataConfig.mode": "GCE_METADATA" },
        passes: [
            { on: "nodes", set: { "nodeConfig.workloadMetadataConfig": undefined } },
            { on: "nodes", set: { "nodeConfig.workloadMetadataConfig.mode": UnknownText } },
        ],
    },
    {
        policy: "node-shielded",
        on: "nodes",
        set: { "nodeConfig.shieldedInstanceConfig.enableSecureBoot": undefined },
        passes: [{ on: "nodes", set: { "nodeConfig.shieldedInstanceConfig.enableSecureBoot": UnknownText } }],
    },
    {
        policy: "node-shielded",
        on: "nodes",
        set: { "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring": false },
        passes: [{ on: "nodes", set: { "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring": undefined } }],
    },
    {
        policy: "node-shielded",
        on: "cluster",
        set: { enableShieldedNodes: false },
        passes: [{ on: "cluster", set: { enableShieldedNodes: undefined } }],
    },
];

export const clusterRows: readonly Row[] = [...network, ...controlPlane, ...nodes];
