/** Rules for `gcp.cluster`: each with arguments that it takes, and with some that it refuses. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import type { GcpClusterMaintenanceArgs } from "../../sdk/gcp/args/cluster";
import { kubeconfigText } from "../../sdk/gcp/cluster/kubeconfig";
import { maintenanceWindow } from "../../sdk/gcp/cluster/maintenance";
import { checkGke, clusterShape } from "../../sdk/validation/gcp/cluster";
import { networkShape } from "../../sdk/validation/gcp/network";
import { type Known, readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { listOf, object, plainText } from "../../sdk/validation/shape";

const accessShape = object<{ cidrs: string[] }>("AccessArgs", { cidrs: listOf(plainText) });

interface Others {
    readonly network?: object;
    readonly region?: string;
    readonly cidrs?: string[];
    readonly size?: string;
}

/** What is wrong with `gcp.cluster`, and with what depends on it. */
function problems(cluster: object, { network, region, cidrs, size }: Others = {}): string[] {
    const found: Problem[] = [];
    const gcp = new Map<string, Known>([["cluster", readKinds(cluster, clusterShape, "gcp.cluster", found)]]);
    if (network !== undefined) {
        gcp.set("network", readKinds(network, networkShape, "gcp.network", found));
    }
    if (region !== undefined) {
        gcp.set("region", region);
    }
    const args = new Map<string, Known>([["gcp", gcp]]);
    if (cidrs !== undefined) {
        args.set("access", readKinds({ cidrs }, accessShape, "access", found));
    }
    if (size !== undefined) {
        args.set("size", size);
    }
    checkGke(new Section<WandbDeploymentArgs>("", args, found));
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const region = "europe-west4";
const subnet = `projects/example-project/regions/${region}/subnetworks/control-plane`;
const existingNetwork = {
    network: {
        existing: {
            networkId: "projects/example-project/global/networks/shared",
            subnetworkId: `projects/example-project/regions/${region}/subnetworks/nodes`,
            podRangeName: "pods",
            serviceRangeName: "services",
        },
    },
};
const nodes = (pool: object) => ({ nodes: pool });
const account = "nodes@example-project.iam.gserviceaccount.com";

const accepted: readonly (readonly [string, object, Others?])[] = [
    ["nothing", {}],
    ["a name", { name: "wandb-1" }],
    ["an Output for a name", { name: pulumi.output("Not looked at!") }],
    ["one zone of the region", { location: `${region}-a`, nodeZones: [`${region}-a`, `${region}-b`] }, { region }],
    ["another region while the deployment's is not known", { location: "us-east1", nodeZones: ["us-east1-b"] }],
    ["a minor version", { minVersion: "1.35", releaseChannel: "STABLE" }],
    ["a whole version", { minVersion: "1.35.8-gke.1036000" }],
    ["a range for the control plane", { controlPlaneCidr: "172.16.0.0/28" }],
    [
        "a range for the control plane between those of the network",
        { controlPlaneCidr: "10.10.0.0/28" },
        { network: { subnetCidrs: { nodes: "10.0.0.0/20", pods: "10.4.0.0/14", services: "10.1.0.0/20" } } },
    ],
    ["a range for the control plane in an own network", { controlPlaneCidr: "10.10.0.0/28" }, existingNetwork],
    ["a subnet for the control plane", { controlPlaneSubnetworkId: subnet }, { region }],
    ["ranges for the private endpoint", { privateAccessCidrs: ["10.0.0.0/8", "192.0.2.0/24"] }],
    ["words of its own", { networkPolicy: "calico", dnsEndpoint: true, binaryAuthorization: true, gcsFuse: true }],
    ["the fewest pods", { maxPodsPerNode: 8 }],
    ["one night a week", { maintenance: { days: ["SU"], startTime: "23:59", hours: 12 } }],
    ["short nights", { maintenance: { days: ["MO", "WE", "FR"], hours: 4 } }],
    ["no logs", { loggingComponents: [], monitoringComponents: [] }],
    ["some logs", { loggingComponents: ["SYSTEM_COMPONENTS", "APISERVER"] }],
    [
        "nodes",
        nodes({
            name: "first",
            machineType: "n2-custom-8-65536",
            minPerZone: 0,
            maxPerZone: 1000,
            diskSizeGb: 10,
            diskType: "pd-ssd",
            zones: [`${region}-a`],
            labels: { "example.com/pool": "" },
            taints: [{ key: "only", effect: "PREFER_NO_SCHEDULE" }],
            networkTags: ["nodes"],
            maxPodsPerNode: 256,
            maxSurge: 0,
            maxUnavailable: 20,
        }),
    ],
    [
        "machines that take Hyperdisk only",
        { nodes: { machineType: "n4-highmem-8", diskType: "hyperdisk-balanced" }, volumeType: "hyperdisk-balanced" },
    ],
    [
        "taints beside a pool without",
        {
            nodes: {
                taints: [
                    { key: "only", effect: "NO_SCHEDULE" },
                    { key: "only", effect: "NO_EXECUTE" },
                ],
            },
            nodePools: { system: {} },
        },
    ],
    ["further pools", { nodePools: { batch: { spot: true }, gpu: { machineType: "g2-standard-8" } } }],
    ["an Output for a machine", { ...nodes({ machineType: pulumi.output("n4-standard-8") }) }],
    ["an own account", { nodeAccount: { email: account } }],
    ["a name for the account", { nodeAccount: { accountId: "wandb-nodes", artifactRegistryReader: true } }],
    ["labels", { labels: { team: "ml", stage: "" } }],
    ["a kubeconfig of gcloud", { kubeconfig: { credentials: "gcloud", impersonateServiceAccount: account } }],
    [
        "an existing cluster",
        { existing: { name: "theirs", location: `${region}-b`, project: "other-project" }, kubeconfig: {} },
        { ...existingNetwork, region },
    ],
];

const existing = { existing: { name: "theirs" } };

const refused: readonly (readonly [string, object, RegExp, Others?])[] = [
    ["a name in capitals", { name: "W" }, /^gcp\.cluster\.name: is not a name that GKE accepts \("W" given\)/],
    ["a name that is too long", { name: "w".repeat(41) }, /^gcp\.cluster\.name: is not a name/],
    ["a continent", { location: "EU" }, /^gcp\.cluster\.location: is neither a region nor a zone \("EU" given\)/],
    [
        "another region than the stores",
        { location: "us-east1-b" },
        /^gcp\.cluster\.location: is in us-east1 \("us-east1-b" given\), but `gcp\.region` is europe-west4/,
        { region },
    ],
    ["a region for nodes", { nodeZones: [region] }, /^gcp\.cluster\.nodeZones\[0\]: is not the name of a zone/],
    ["no zone", { nodeZones: [] }, /^gcp\.cluster\.nodeZones: is empty, so there would be no nodes/],
    ["a zone twice", { nodeZones: [`${region}-a`, `${region}-a`] }, /nodeZones\[1\]: is there twice/],
    ["a zone elsewhere", { nodeZones: ["us-east1-b"] }, /nodeZones\[0\]: is not in region europe-west4/, { region }],
    [
        "a zone outside the cluster's own place",
        { location: `${region}-a`, nodeZones: ["us-east1-b"] },
        /nodeZones\[0\]: is not in region europe-west4 \("us-east1-b" given\)/,
    ],
    ["a channel in small letters", { releaseChannel: "regular" }, /releaseChannel: .*Did you mean REGULAR/],
    ["the newest version", { minVersion: "latest" }, /^gcp\.cluster\.minVersion: is not a version of GKE/],
    ["a control plane in a /24", { controlPlaneCidr: "172.16.0.0/24" }, /controlPlaneCidr: is not a private \/28/],
    ["a public control plane", { controlPlaneCidr: "8.8.8.0/28" }, /controlPlaneCidr: is not a private \/28/],
    [
        "a control plane in the network",
        { controlPlaneCidr: "10.10.255.240/28" },
        /controlPlaneCidr: overlaps a range of the network, 10\.10\.0\.0\/16/,
    ],
    [
        "a control plane among the pods",
        { controlPlaneCidr: "10.4.0.0/28" },
        /overlaps a range of the network, 10\.4\.0\.0\/14/,
        { network: { subnetCidrs: { nodes: "10.0.0.0/20", pods: "10.4.0.0/14", services: "10.1.0.0/20" } } },
    ],
    [
        "two places for the control plane",
        { controlPlaneCidr: "172.16.0.0/28", controlPlaneSubnetworkId: subnet },
        /controlPlaneSubnetworkId: is given together with `controlPlaneCidr`/,
    ],
    ["a subnet by its name", { controlPlaneSubnetworkId: "nodes" }, /controlPlaneSubnetworkId: is not of the form/],
    [
        "ranges of a private endpoint for a public one",
        { privateAccessCidrs: ["10.0.0.0/8"] },
        /privateAccessCidrs: has no effect with `access\.cidrs`/,
        { cidrs: ["203.0.113.0/24"] },
    ],
    ["no range", { privateAccessCidrs: [] }, /privateAccessCidrs: is empty/],
    ["a range that is none", { privateAccessCidrs: ["10.0.0.1/8"] }, /privateAccessCidrs\[0\]: /],
    ["few pods", { maxPodsPerNode: 7 }, /maxPodsPerNode: is not a whole number of 8 to 256 \(7 given\)/],
    ["an unknown policy", { networkPolicy: "cilium" }, /networkPolicy: /],
    ["one short night", { maintenance: { days: ["SA"] } }, /maintenance\.days: leaves GKE 32 hours in 4 weeks/],
    ["two short nights", { maintenance: { hours: 5 } }, /maintenance\.hours: leaves GKE 40 hours in 4 weeks/],
    ["no day", { maintenance: { days: [] } }, /maintenance\.days: leaves GKE 0 hours/],
    ["very short nights", { maintenance: { hours: 3 } }, /maintenance\.hours: is not a whole number of 4 to 24/],
    ["a day twice", { maintenance: { days: ["SA", "SA"] } }, /maintenance\.days\[1\]: is there twice/],
    ["a time of the clock", { maintenance: { startTime: "24:00" } }, /maintenance\.startTime: is not a time of day/],
    ["logs of pods alone", { loggingComponents: ["WORKLOADS"] }, /loggingComponents: lacks SYSTEM_COMPONENTS/],
    ["a metric twice", { monitoringComponents: ["SYSTEM_COMPONENTS", "SYSTEM_COMPONENTS"] }, /\[1\]: is there twice/],
    ["a machine of no series", nodes({ machineType: "large" }), /nodes\.machineType: is not a machine type/],
    ...["t2a-standard-8", "c4a-highmem-8", "n4a-standard-8"].map(
        (type) =>
            [type, nodes({ machineType: type, diskType: "pd-ssd" }), /machineType: is an ARM machine type/] as const,
    ),
    [
        "Persistent Disk on N4",
        { nodes: { machineType: "n4-highmem-8" }, volumeType: "hyperdisk-balanced" },
        /nodes\.diskType: is a type that n4-highmem-8 does not take \("pd-balanced" given\)\. Give hyperdisk-balanced/,
    ],
    [
        "volumes that N4 does not take",
        nodes({ machineType: "n4-highmem-8", diskType: "hyperdisk-balanced" }),
        /volumeType: is a type that n4-highmem-8 does not take/,
    ],
    [
        "Hyperdisk on the machines of the size",
        nodes({ diskType: "hyperdisk-balanced" }),
        /that n2-highmem-8 does not take/,
    ],
    ["less than no node", nodes({ minPerZone: -1 }), /minPerZone: is not a whole number of 0 to 1000/],
    ["no node at most", nodes({ maxPerZone: 0 }), /maxPerZone: is not a whole number of 1 to 1000/],
    ["more at least than at most", nodes({ minPerZone: 5 }), /minPerZone: makes the least .* 5, higher .*, 4/],
    ["a small disk", nodes({ diskSizeGb: 9 }), /diskSizeGb: is not a whole number of 10 to 65536/],
    ["an upgrade of nothing", nodes({ maxSurge: 0 }), /maxSurge: and the other .* make 0 together/],
    ["an upgrade of all", nodes({ maxUnavailable: 20 }), /maxUnavailable: and the other .* make 21 together/],
    ["a reserved label", nodes({ labels: { "cloud.google.com/a": "b" } }), /has a prefix that Kubernetes and GKE keep/],
    ["a label that is none", nodes({ labels: { a: "b c" } }), /labels\.a: is not a valid value of a label/],
    [
        "a taint as Kubernetes writes it",
        { nodePools: { batch: { taints: [{ key: "a", effect: "NoSchedule" }] } } },
        /taints\[0\]\.effect: .*NO_SCHEDULE/,
    ],
    [
        "a taint twice",
        {
            nodePools: {
                batch: {
                    taints: [
                        { key: "a", effect: "NO_SCHEDULE" },
                        { key: "a", value: "b", effect: "NO_SCHEDULE" },
                    ],
                },
            },
        },
        /taints\[1\]: has key and effect of another one/,
    ],
    [
        "a long taint",
        { nodePools: { batch: { taints: [{ key: "a".repeat(64), effect: "NO_EXECUTE" }] } } },
        /taints\[0\]\.key: is longer/,
    ],
    [
        "taints on all nodes",
        {
            nodes: { taints: [{ key: "only", effect: "NO_SCHEDULE" }] },
            nodePools: { batch: { taints: [{ key: "a", effect: "NO_EXECUTE" }] } },
        },
        /^gcp\.cluster\.nodes\.taints: are on all nodes/,
    ],
    ["a tag in capitals", nodes({ networkTags: ["A"] }), /networkTags\[0\]: is not a network tag \("A" given\)/],
    ["a key that is no name", { nodePools: { A_b: {} } }, /nodePools\.A_b: has a key that becomes part of a name/],
    ["a long key", { nodePools: { ["a".repeat(26)]: {} } }, /nodePools\.a+: has a key .* is too long \(26 characters/],
    [
        "a mistake in a further pool",
        { nodePools: { batch: { diskSizeGb: 1 } } },
        /nodePools\.batch\.diskSizeGb: is not/,
    ],
    [
        "two pools of one name",
        { nodes: { name: "a" }, nodePools: { batch: { name: "a" } } },
        /nodePools\.batch\.name: is there twice \("a" given\)\. Give each pool its own/,
    ],
    ["an account by its name", { nodeAccount: { email: "nodes" } }, /nodeAccount\.email: is not the email address/],
    [
        "a short id",
        { nodeAccount: { accountId: "nodes" } },
        /nodeAccount\.accountId: is not an id of a service account/,
    ],
    [
        "an id for an own account",
        { nodeAccount: { email: account, accountId: "wandb-nodes" } },
        /nodeAccount\.email: is an account of your own, so `accountId` would have no effect/,
    ],
    ["a label in capitals", { labels: { Team: "ml" } }, /labels\.Team: is not a valid key of a label/],
    [
        "what shapes a new cluster with an old one",
        { ...existing, location: region, nodes: {} },
        /^gcp\.cluster\.existing: is a cluster that is there, so `location` and `nodes` would have no effect\. Leave them out/,
        existingNetwork,
    ],
    [
        "a cluster without its network",
        existing,
        /^gcp\.network\.existing: is missing, but `gcp\.cluster\.existing` is given/,
    ],
    [
        "an existing cluster elsewhere",
        { existing: { name: "theirs", location: "us-east1" } },
        /existing\.location: is in us-east1/,
        { ...existingNetwork, region },
    ],
    [
        "the number of a project",
        { existing: { name: "theirs", project: "123456789012" } },
        /existing\.project: is the number of a project/,
        existingNetwork,
    ],
    ["nobody's name", { existing: {} }, /existing\.name: .*the name of the cluster/, existingNetwork],
    [
        "two kubeconfigs",
        { existing: { name: "theirs", kubeconfig: "x" }, kubeconfig: {} },
        /^gcp\.cluster\.kubeconfig: says how a kubeconfig is made/,
        existingNetwork,
    ],
    [
        "an account to act as by credentials that do not",
        { kubeconfig: { credentials: "application-default", impersonateServiceAccount: account } },
        /kubeconfig\.impersonateServiceAccount: has no effect with `credentials` application-default/,
    ],
    [
        "a user to act as",
        { kubeconfig: { impersonateServiceAccount: "me@example.com" } },
        /kubeconfig\.impersonateServiceAccount: is not the email address of a service account/,
    ],
];

describe("validation of gcp.cluster", () => {
    for (const [what, cluster, others] of accepted) {
        it(`takes ${what}`, () => {
            assert.deepEqual(problems(cluster, others), []);
        });
    }
    for (const [what, cluster, expected, others] of refused) {
        it(`refuses ${what}`, () => {
            const found = problems(cluster, others);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }
});

describe("kubeconfig of a GKE cluster", () => {
    const address = { name: "w", endpoint: "https://192.0.2.10", certificateAuthority: "Y2E=" };
    const read = (text: string) =>
        JSON.parse(text) as {
            clusters: [{ cluster: Record<string, string> }];
            users: [{ user: { exec: Record<string, unknown> } }];
        };

    it("holds no credential, but says how to get one", () => {
        const { clusters, users } = read(kubeconfigText(address));
        assert.deepEqual(clusters[0].cluster, {
            server: "https://192.0.2.10",
            "certificate-authority-data": "Y2E=",
        });
        const { installHint, ...exec } = users[0].user.exec;
        assert.match(String(installHint), /gke-gcloud-auth-plugin/);
        assert.deepEqual(exec, {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "gke-gcloud-auth-plugin",
            args: ["--use_application_default_credentials=true"],
            interactiveMode: "IfAvailable",
            provideClusterInfo: true,
        });
    });

    const impersonateServiceAccount = "a@b.iam.gserviceaccount.com";
    for (const [what, parts, args] of [
        ["gcloud's", { credentials: "gcloud" }, []],
        // The plugin takes no notice of it beside Application Default Credentials.
        [
            "another account's",
            { impersonateServiceAccount },
            [`--impersonate_service_account=${impersonateServiceAccount}`],
        ],
    ] as const) {
        it(`shows ${what} identity when asked`, () => {
            const { users } = read(kubeconfigText({ ...address, ...parts }));
            assert.deepEqual(users[0].user.exec["args"], args);
        });
    }
});

describe("maintenance window of a GKE cluster", () => {
    const windows: readonly (readonly [string, GcpClusterMaintenanceArgs, readonly string[]])[] = [
        ["the weekend", {}, ["2025-01-04T00:00:00Z", "2025-01-04T08:00:00Z", "FREQ=WEEKLY;BYDAY=SA,SU"]],
        [
            "days in whatever order",
            { days: ["SU", "MO"], startTime: "22:30", hours: 6 },
            ["2025-01-04T22:30:00Z", "2025-01-05T04:30:00Z", "FREQ=WEEKLY;BYDAY=MO,SU"],
        ],
    ];
    for (const [what, args, expected] of windows) {
        it(`is ${what}`, () => {
            const { startTime, endTime, recurrence } = maintenanceWindow(args);
            assert.deepEqual([startTime, endTime, recurrence], expected);
        });
    }
});
