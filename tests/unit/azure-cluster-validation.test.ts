/** Rules for `azure.cluster`: each with arguments that it takes, and with some that it refuses. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { NetworkDefaults } from "../../sdk/azure/cluster/control-plane";
import type { Problem } from "../../sdk/errors";
import { checkAks, clusterShape } from "../../sdk/validation/azure/cluster";
import { keyShape } from "../../sdk/validation/azure/key";
import { networkShape } from "../../sdk/validation/azure/network";
import { type Known, readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { listOf, object, plainText } from "../../sdk/validation/shape";

const accessShape = object<{ cidrs: string[] }>("AccessArgs", { cidrs: listOf(plainText) });

interface Others {
    readonly network?: object;
    readonly key?: object;
    readonly cidrs?: string[];
    readonly size?: string;
}

/** What is wrong with `azure.cluster`, and with what depends on it. */
function problems(cluster: object, { network, key, cidrs, size }: Others = {}): string[] {
    const found: Problem[] = [];
    const azure = new Map<string, Known>([["cluster", readKinds(cluster, clusterShape, "azure.cluster", found)]]);
    if (network !== undefined) {
        azure.set("network", readKinds(network, networkShape, "azure.network", found));
    }
    if (key !== undefined) {
        azure.set("key", readKinds(key, keyShape, "azure.key", found));
    }
    const args = new Map<string, Known>([["azure", azure]]);
    if (cidrs !== undefined) {
        args.set("access", readKinds({ cidrs }, accessShape, "access", found));
    }
    if (size !== undefined) {
        args.set("size", size);
    }
    checkAks(new Section<WandbDeploymentArgs>("", args, found));
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const group = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/hub/providers";
const zone = (name: string) => `${group}/Microsoft.Network/privateDnsZones/${name}`;
const vnetId = `${group}/Microsoft.Network/virtualNetworks/net`;
const guid = "00000000-0000-4000-8000-000000000009";
const existing = { vnetId, nodeSubnetId: `${vnetId}/subnets/nodes` };
const withApiServer = { ...existing, apiServerSubnetId: `${vnetId}/subnets/api` };
const nodes = (pool: object) => ({ nodes: pool });

const accepted: readonly (readonly [string, object, Others?])[] = [
    ["nothing", {}],
    ["names", { name: "W-1_b", dnsPrefix: "w-1", nodeResourceGroup: "nodes_(1)", identityName: "control_plane" }],
    ["an Output for a name", { name: pulumi.output("Not looked at!") }],
    ["a minor version", { kubernetesVersion: "1.35" }],
    ["a whole version", { kubernetesVersion: "1.36.3", upgradeChannel: "none" }],
    ["an old version with long-term support", { kubernetesVersion: "1.33", tier: "Premium" }],
    ["channels that go together", { upgradeChannel: "node-image", nodeOsChannel: "NodeImage" }],
    [
        "a short window",
        { maintenance: { day: "Monday", startTime: "23:59", hours: 4, utcOffset: "-03:30", intervalWeeks: 4 } },
    ],
    ["Entra ID", { entraId: { adminGroupObjectIds: [guid], azureRbac: false } }],
    ["no local accounts", { entraId: {}, localAccounts: false, kubeconfig: { login: "spn", clientId: guid } }],
    [
        "ranges of its own",
        { network: { podCidr: "10.0.0.0/22", serviceCidr: "10.1.0.0/28", dnsServiceIp: "10.1.0.2" } },
    ],
    [
        "a range of pods that a larger network leaves free",
        { network: { podCidr: "192.168.0.0/16" } },
        { network: { cidr: "10.0.0.0/8", additionalCidrs: ["172.16.0.0/20"] } },
    ],
    [
        "pods in the subnet",
        { network: { pods: "node-subnet", policy: "none" } },
        { network: { cidr: "10.244.0.0/16" } },
    ],
    [
        "an API server outside of the network",
        { apiServer: { vnetIntegration: false } },
        { key: { publicAccess: true } },
    ],
    ["an own network with a subnet for the API server", {}, { network: { existing: withApiServer } }],
    ["an own network without, and an open vault", {}, { network: { existing }, key: { publicAccess: true } }],
    [
        "a zone in the network",
        { apiServer: { privateDnsZoneId: zone("w.private.westeurope.azmk8s.io"), publicName: true } },
    ],
    [
        "a zone of Private Link",
        { apiServer: { vnetIntegration: false, privateDnsZoneId: zone("privatelink.westeurope.azmk8s.io") } },
        { key: { publicAccess: true } },
    ],
    ["no zones", { zones: [], systemNodes: { zones: [] } }],
    [
        "nodes",
        nodes({
            name: "first",
            vmSize: "Standard_E16ds_v5",
            minPerZone: 0,
            maxPerZone: 1000,
            osDiskSizeGb: 30,
            osDiskType: "Ephemeral",
            os: "AzureLinux",
            maxPods: 250,
            zones: ["1"],
            labels: { "example.com/pool": "" },
            taints: [{ key: "only", effect: "PreferNoSchedule" }],
            maxSurge: "100%",
            drainTimeoutMinutes: 1440,
            encryptionAtHost: true,
            fips: true,
        }),
    ],
    ["an own disk of the storage series", nodes({ vmSize: "Standard_L8s_v3", osDiskType: "Ephemeral" })],
    [
        "taints beside a pool without",
        { nodes: { taints: [{ key: "a", effect: "NoSchedule" }] }, nodePools: { other: {} } },
    ],
    ["a second system pool", { nodePools: { second: { mode: "System", vmSize: "Standard_D4s_v5" } } }],
    ["images that stay", { imageCleanerHours: 0 }],
    [
        "a workspace",
        {
            containerInsights: {
                workspaceId: `${group}/Microsoft.OperationalInsights/workspaces/logs`,
                workspaceLocation: "northeurope",
            },
        },
    ],
    [
        "a cluster that is there",
        { existing: { name: "theirs", resourceGroupName: "platform" } },
        { network: { existing } },
    ],
    [
        "its kubeconfig by kubelogin",
        { existing: { name: "theirs" }, kubeconfig: { login: "azurecli" } },
        { network: { existing } },
    ],
];

describe("azure.cluster: accepted", () => {
    for (const [name, cluster, others] of accepted) {
        it(name, () => assert.deepEqual(problems(cluster, others), []));
    }
});

const refused: readonly (readonly [object, RegExp, Others?])[] = [
    [{ name: "-w" }, /^azure\.cluster\.name: is not a name that AKS accepts \("-w" given\)\. Use 1 to 63/],
    [{ dnsPrefix: "w_1" }, /^azure\.cluster\.dnsPrefix: cannot begin a host name of AKS \("w_1" given\)/],
    [{ nodeResourceGroup: "n".repeat(81) }, /^azure\.cluster\.nodeResourceGroup: has 81 characters/],
    [{ diskEncryptionSetId: "set" }, /^azure\.cluster\.diskEncryptionSetId: is not the resource id/],
    [{ tags: { "a b": "c" } }, /^azure\.cluster\.tags\["a b"\]: is not a valid key/],
    [
        { kubernetesVersion: "v1.36" },
        /^azure\.cluster\.kubernetesVersion: is not a version of Kubernetes \("v1\.36" given\)/,
    ],
    [
        { kubernetesVersion: "1.33" },
        /^azure\.cluster\.kubernetesVersion: is a version that AKS keeps with long-term support only/,
    ],
    [
        { upgradeChannel: "node-image", nodeOsChannel: "None" },
        /^azure\.cluster\.nodeOsChannel: does not go with `upgradeChannel` node-image/,
    ],
    [
        { maintenance: { startTime: "24:00" } },
        /^azure\.cluster\.maintenance\.startTime: is not a time of day \("24:00" given\)/,
    ],
    [{ maintenance: { utcOffset: "5:30" } }, /^azure\.cluster\.maintenance\.utcOffset: is not a distance from UTC/],
    [{ maintenance: { hours: 3 } }, /^azure\.cluster\.maintenance\.hours: .*4.*24/],
    [{ maintenance: { intervalWeeks: 5 } }, /^azure\.cluster\.maintenance\.intervalWeeks: /],
    [
        { entraId: { adminGroupObjectIds: ["admins"] } },
        /^azure\.cluster\.entraId\.adminGroupObjectIds\[0\]: is not the object id of a group/,
    ],
    [{ localAccounts: false }, /^azure\.cluster\.localAccounts: is false, so nobody would have access/],
    [{ kubeconfig: { login: "msi" } }, /^azure\.cluster\.kubeconfig: says how kubelogin is asked/],
    [
        { entraId: {}, localAccounts: false, kubeconfig: { clientId: guid } },
        /^azure\.cluster\.kubeconfig\.clientId: has no effect with `login` azurecli/,
    ],
    [
        { network: { podCidr: "10.10.0.0/16" } },
        /^azure\.cluster\.network\.podCidr: overlaps 10\.10\.0\.0\/16, .*Give a range apart/,
    ],
    [{ network: { podCidr: "10.0.0.0/24" } }, /^azure\.cluster\.network\.podCidr: is too small/],
    [{ network: { serviceCidr: "10.16.0.0/12" } }, /^azure\.cluster\.network\.serviceCidr: is too large/],
    [
        { network: { serviceCidr: "10.244.1.0/24" } },
        /^azure\.cluster\.network\.serviceCidr: overlaps 10\.244\.0\.0\/16/,
    ],
    [{}, /^azure\.cluster\.network\.serviceCidr: overlaps 172\.16\.0\.0\/12/, { network: { cidr: "172.16.0.0/12" } }],
    [
        { network: { pods: "node-subnet", podCidr: "10.0.0.0/16" } },
        /^azure\.cluster\.network\.podCidr: has no effect with `pods` node-subnet/,
    ],
    [
        { network: { dnsServiceIp: "172.21.0.1" } },
        /^azure\.cluster\.network\.dnsServiceIp: is no address that DNS can have in 172\.21\.0\.0\/16/,
    ],
    [
        { network: { dnsServiceIp: "10.0.0.10" } },
        /^azure\.cluster\.network\.dnsServiceIp: is no address that DNS can have/,
    ],
    [{ network: { dnsServiceIp: "dns" } }, /^azure\.cluster\.network\.dnsServiceIp: is not an IPv4 address/],
    [
        { apiServer: { vnetIntegration: false } },
        /^azure\.cluster\.apiServer\.vnetIntegration: is false, but the vault answers in the network only/,
    ],
    [
        {},
        /^azure\.network\.existing\.apiServerSubnetId: is missing, but the vault answers in the network only/,
        { network: { existing } },
    ],
    [
        { apiServer: { vnetIntegration: true } },
        /^azure\.cluster\.apiServer\.vnetIntegration: is on, but `azure\.network\.existing` has no subnet/,
        { network: { existing }, key: { publicAccess: true } },
    ],
    [
        { apiServer: { privateDnsZoneId: zone("privatelink.westeurope.azmk8s.io") } },
        /^azure\.cluster\.apiServer\.privateDnsZoneId: is a zone in which AKS writes no name .*since the API server is in the network/,
    ],
    [
        { apiServer: { privateDnsZoneId: "zone" } },
        /^azure\.cluster\.apiServer\.privateDnsZoneId: is not the resource id of a private DNS zone/,
    ],
    [
        { apiServer: { publicName: true } },
        /^azure\.cluster\.apiServer\.publicName: is for a private API server, but `access\.cidrs`/,
        { cidrs: ["192.0.2.0/24"] },
    ],
    [{ zones: ["westeurope-1"] }, /^azure\.cluster\.zones\[0\]: is not a zone \("westeurope-1" given\)/],
    [{ zones: ["1", "1"] }, /^azure\.cluster\.zones\[1\]: is there twice/],
    [nodes({ name: "Nodes" }), /^azure\.cluster\.nodes\.name: is not a name of a pool \("Nodes" given\)/],
    [nodes({ vmSize: "E8s_v5" }), /^azure\.cluster\.nodes\.vmSize: is not a size of a virtual machine/],
    [nodes({ vmSize: "Standard_E8ps_v5" }), /^azure\.cluster\.nodes\.vmSize: is a size with ARM processors/],
    [nodes({ vmSize: "Standard_D1_v2" }), /^azure\.cluster\.nodes\.vmSize: has 1 vCPUs, and nodes need at least 2/],
    [
        { systemNodes: { vmSize: "Standard_D2s_v5" } },
        /^azure\.cluster\.systemNodes\.vmSize: has 2 vCPUs, and nodes need at least 4/,
    ],
    [{ systemNodes: { minPerZone: 0 } }, /^azure\.cluster\.systemNodes\.minPerZone: /],
    [
        { systemNodes: { minPerZone: 3 } },
        /^azure\.cluster\.systemNodes\.minPerZone: makes the least number of nodes, 3, higher than the highest, 2/,
    ],
    [{ systemNodes: { maxPods: 29 } }, /^azure\.cluster\.systemNodes\.maxPods: /],
    [
        nodes({ minPerZone: 5 }),
        /^azure\.cluster\.nodes\.minPerZone: makes the least number of nodes, 5, higher than the highest, 4/,
    ],
    [nodes({ osDiskSizeGb: 29 }), /^azure\.cluster\.nodes\.osDiskSizeGb: /],
    [
        nodes({ osDiskType: "Ephemeral" }),
        /^azure\.cluster\.nodes\.osDiskType: is a disk that Standard_E16s_v5 does not have/,
        { size: "large" },
    ],
    [nodes({ maxPods: 9 }), /^azure\.cluster\.nodes\.maxPods: /],
    [nodes({ maxSurge: "101%" }), /^azure\.cluster\.nodes\.maxSurge: is neither a number of nodes nor a share/],
    [
        nodes({ labels: { "kubernetes.azure.com/mode": "user" } }),
        /^azure\.cluster\.nodes\.labels\[.*\]: has a prefix that Kubernetes and AKS keep/,
    ],
    [nodes({ taints: [{ key: "a", effect: "NoSchedule" }] }), /^azure\.cluster\.nodes\.taints: keeps pods away/],
    [nodes({ spot: true }), /^azure\.cluster\.nodes\.spot: keeps pods away/],
    [
        {
            nodePools: {
                a: {
                    taints: [
                        { key: "a", effect: "NoExecute" },
                        { key: "a", effect: "NoExecute", value: "b" },
                    ],
                },
            },
        },
        /^azure\.cluster\.nodePools\.a\.taints\[1\]: has key and effect of another one/,
    ],
    [
        { nodePools: { a: { mode: "System", spot: true } } },
        /^azure\.cluster\.nodePools\.a\.spot: is on, but AKS's own pods/,
    ],
    [{ nodePools: { "a-b": {} } }, /^azure\.cluster\.nodePools\.a-b: has a key that becomes part of a name/],
    [
        { nodePools: { a: { name: "system" } } },
        /^azure\.cluster\.nodePools\.a\.name: is there twice \("system" given\)\. Give each pool its own/,
    ],
    [{ imageCleanerHours: 23 }, /^azure\.cluster\.imageCleanerHours: /],
    [
        { containerInsights: { workspaceId: "logs" } },
        /^azure\.cluster\.containerInsights\.workspaceId: is not the resource id/,
    ],
    [
        { existing: { name: "theirs" }, tier: "Free", zones: [] },
        /^azure\.cluster\.existing: is a cluster that is there, so `tier` and `zones` would have no effect\. Leave them out/,
        { network: { existing } },
    ],
    [
        { existing: { name: "theirs" } },
        /^azure\.network\.existing: is missing, but `azure\.cluster\.existing` is given/,
    ],
    [
        { existing: { name: "a/b" } },
        /^azure\.cluster\.existing\.name: is not a name that AKS accepts/,
        { network: { existing } },
    ],
    [
        { existing: { name: "theirs", kubeconfig: "{}" }, kubeconfig: {} },
        /^azure\.cluster\.kubeconfig: says how a kubeconfig is made/,
        { network: { existing } },
    ],
];

describe("azure.cluster: refused", () => {
    for (const [cluster, expected, others] of refused) {
        it(`${JSON.stringify(cluster)}${others === undefined ? "" : ` with ${JSON.stringify(others)}`}`, () => {
            const found = problems(cluster, others);
            assert.equal(found.length, 1, found.join("\n") || "nothing is refused");
            assert.match(found[0], expected);
        });
    }
});

describe("defaults of the validation", () => {
    it("are those with which the cluster is made", () => {
        const { podCidr, serviceCidr } = NetworkDefaults;
        assert.match(problems({ network: { serviceCidr: podCidr } })[0], /overlaps 10\.244\.0\.0\/16/);
        assert.match(problems({ network: { podCidr: serviceCidr } })[0], /serviceCidr: overlaps 172\.21\.0\.0\/16/);
    });
});
