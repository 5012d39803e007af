import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { GcpNetworkPolicy } from "../../sdk/gcp/args/cluster";
import { GcpSizes } from "../../sdk/sizes";
import { dnsName, key, makeCluster, type MadeCluster, network } from "../support/gke";
import { promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const inputsOf = ({ graph }: MadeCluster, name: string) => graph.byName(name).inputs;
const lastPart = (urn: string) => urn.split("::")[3] ?? "";
const after = ({ graph }: MadeCluster, name: string) => graph.byName(name).dependencies.map(lastPart);
const namesOf = ({ graph }: MadeCluster, type: RegExp) =>
    graph.resources.filter((resource) => type.test(resource.type)).map(({ name }) => name);
const controlPlane = (made: MadeCluster) => inputsOf(made, "w-cluster");
const nodeConfig = (made: MadeCluster, name = "w-nodes") =>
    inputsOf(made, name)["nodeConfig"] as Record<string, unknown>;
const readyNames = async ({ facts }: MadeCluster) =>
    (await Promise.all(facts.ready.map(({ urn }: pulumi.Resource) => promiseOf(urn)))).map(lastPart);

const account = "w-nodes-0a1b2c3d@p.iam.gserviceaccount.com";
/** What all machines of a cluster have. */
const machine = {
    imageType: "COS_CONTAINERD",
    serviceAccount: account,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    bootDiskKmsKey: key,
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
};

describe("a GKE cluster that is made", () => {
    it("registers the graph that the snapshot shows", async () => {
        assertSnapshot("gcp-cluster", (await makeCluster({}, { tags: { team: "ml" } })).graph.lines());
    });

    it("is regional and private but for the stated ranges, encrypted, watched and protected", async () => {
        const made = await makeCluster({ access: { cidrs: ["203.0.113.0/24", "198.51.100.7/32"] } });
        assert.deepEqual(controlPlane(made), {
            name: "w-0a1b2c3d",
            project: "p",
            location: "europe-west4",
            releaseChannel: { channel: "REGULAR" },
            network,
            subnetwork: "projects/p/regions/europe-west4/subnetworks/w",
            networkingMode: "VPC_NATIVE",
            ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
            privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
            masterAuthorizedNetworksConfig: {
                cidrBlocks: [{ cidrBlock: "198.51.100.7/32" }, { cidrBlock: "203.0.113.0/24" }],
                gcpPublicCidrsAccessEnabled: false,
            },
            controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false } },
            datapathProvider: "ADVANCED_DATAPATH",
            enableIntranodeVisibility: true,
            workloadIdentityConfig: { workloadPool: "p.svc.id.goog" },
            databaseEncryption: { state: "ENCRYPTED", keyName: key },
            enableShieldedNodes: true,
            binaryAuthorization: { evaluationMode: "DISABLED" },
            addonsConfig: {
                httpLoadBalancing: { disabled: false },
                horizontalPodAutoscaling: { disabled: false },
                gcePersistentDiskCsiDriverConfig: { enabled: true },
                gcsFuseCsiDriverConfig: { enabled: false },
                networkPolicyConfig: { disabled: true },
            },
            loggingConfig: {
                enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"],
            },
            monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
            maintenancePolicy: {
                recurringWindow: {
                    startTime: "2025-01-04T00:00:00Z",
                    endTime: "2025-01-04T08:00:00Z",
                    recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
                },
            },
            initialNodeCount: 1,
            removeDefaultNodePool: true,
            nodeConfig: { ...machine, diskSizeGb: 30, diskType: "pd-balanced" },
            deletionProtection: true,
        });
        assert.equal(made.graph.byName("w-cluster").protect, true, "pools would go before the provider refuses");
    });

    for (const access of [{ private: true }, { cidrs: [] }]) {
        it(`has a private endpoint for the network with ${JSON.stringify(access)}`, async () => {
            const inputs = controlPlane(await makeCluster({ access }));
            assert.deepEqual(inputs["privateClusterConfig"], { enablePrivateNodes: true, enablePrivateEndpoint: true });
            assert.deepEqual(inputs["masterAuthorizedNetworksConfig"], {
                cidrBlocks: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidrBlock) => ({ cidrBlock })),
                gcpPublicCidrsAccessEnabled: false,
                privateEndpointEnforcementEnabled: true,
            });
        });
    }

    it("passes on what shapes it", async () => {
        const made = await makeCluster(
            {
                access: { private: true },
                cluster: {
                    name: "own",
                    description: "W&B",
                    location: "europe-west4-a",
                    nodeZones: ["europe-west4-a", "europe-west4-b"],
                    releaseChannel: "EXTENDED",
                    minVersion: "1.34",
                    privateNodes: false,
                    controlPlaneCidr: "172.16.0.0/28",
                    privateAccessCidrs: ["10.1.0.0/16"],
                    dnsEndpoint: true,
                    intranodeVisibility: false,
                    binaryAuthorization: true,
                    maxPodsPerNode: 64,
                    loggingComponents: [],
                    monitoringComponents: ["POD", "SYSTEM_COMPONENTS"],
                    managedPrometheus: false,
                    gcsFuse: true,
                    labels: { team: "other" },
                },
            },
            { tags: { team: "ml", stage: "a" }, deletionProtection: false },
        );
        const inputs = controlPlane(made);
        assert.equal(inputs["name"], "own");
        assert.equal(inputs["description"], "W&B");
        assert.equal(inputs["location"], "europe-west4-a");
        assert.deepEqual(inputs["nodeLocations"], ["europe-west4-a", "europe-west4-b"]);
        assert.deepEqual(inputs["releaseChannel"], { channel: "EXTENDED" });
        assert.equal(inputs["minMasterVersion"], "1.34");
        assert.deepEqual(inputs["privateClusterConfig"], {
            enablePrivateNodes: false,
            enablePrivateEndpoint: true,
            masterIpv4CidrBlock: "172.16.0.0/28",
        });
        const { cidrBlocks } = inputs["masterAuthorizedNetworksConfig"] as { cidrBlocks: object[] };
        assert.deepEqual(cidrBlocks, [{ cidrBlock: "10.1.0.0/16" }]);
        assert.deepEqual(inputs["controlPlaneEndpointsConfig"], { dnsEndpointConfig: { allowExternalTraffic: true } });
        assert.equal(inputs["enableIntranodeVisibility"], false);
        assert.deepEqual(inputs["binaryAuthorization"], { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" });
        assert.equal(inputs["defaultMaxPodsPerNode"], 64);
        assert.deepEqual(inputs["loggingConfig"], { enableComponents: [] });
        assert.deepEqual(inputs["monitoringConfig"], {
            enableComponents: ["SYSTEM_COMPONENTS", "POD"],
            managedPrometheus: { enabled: false },
        });
        const { gcsFuseCsiDriverConfig } = inputs["addonsConfig"] as Record<string, unknown>;
        assert.deepEqual(gcsFuseCsiDriverConfig, { enabled: true });
        assert.deepEqual(inputs["resourceLabels"], { team: "other", stage: "a" });
        assert.deepEqual(nodeConfig(made)["resourceLabels"], { team: "other", stage: "a" });
        assert.equal(inputs["deletionProtection"], false);
        assert.equal(made.graph.byName("w-cluster").protect, undefined, "the user's own protection counts");
    });

    for (const [policy, datapath, calico] of [
        [GcpNetworkPolicy.Calico, "LEGACY_DATAPATH", true],
        [GcpNetworkPolicy.None, "LEGACY_DATAPATH", false],
        [GcpNetworkPolicy.DataplaneV2, "ADVANCED_DATAPATH", false],
    ] as const) {
        it(`enforces network policies by ${policy}`, async () => {
            const inputs = controlPlane(await makeCluster({ cluster: { networkPolicy: policy } }));
            assert.equal(inputs["datapathProvider"], datapath);
            assert.deepEqual(inputs["networkPolicy"], calico ? { enabled: true, provider: "CALICO" } : undefined);
            const { networkPolicyConfig } = inputs["addonsConfig"] as Record<string, unknown>;
            assert.deepEqual(networkPolicyConfig, { disabled: !calico });
        });
    }

    it("waits for its APIs, unless they are on", async () => {
        const made = await makeCluster();
        assert.deepEqual(
            after(made, "w-cluster")
                .filter((name) => name.endsWith("-api"))
                .sort(),
            ["w-compute-api", "w-container-api"],
        );
        assert.ok(after(made, "w-nodes-account").includes("w-iam-api"));
        assert.ok(after(made, "w-nodes-account-use").includes("w-cloudresourcemanager-api"));
        assert.deepEqual(namesOf(await makeCluster({}, { enableApis: false }), /projects\/service/), []);
    });

    it("tells what others need, the kubeconfig as a secret, the CA as none", async () => {
        const { facts } = await makeCluster();
        assert.equal(await promiseOf(facts.name), "w-0a1b2c3d");
        assert.equal(await promiseOf(facts.location), "europe-west4");
        assert.equal(await promiseOf(facts.endpoint), "https://192.0.2.10");
        assert.equal(await promiseOf(facts.certificateAuthority), "Y2E=");
        assert.equal(await promiseOf(facts.workloadPool), "p.svc.id.goog");
        assert.equal(await promiseOf(facts.nodeServiceAccountEmail), account);
        assert.equal(await pulumi.isSecret(facts.kubeconfig), true);
        assert.equal(await pulumi.isSecret(facts.certificateAuthority), false);
        assert.match(await promiseOf(facts.kubeconfig), /"server":"https:\/\/192\.0\.2\.10".*gke-gcloud-auth-plugin/);
    });

    it("is reached by its DNS name when that is opened", async () => {
        const { facts } = await makeCluster({ cluster: { dnsEndpoint: true, kubeconfig: { credentials: "gcloud" } } });
        const kubeconfig = await promiseOf(facts.kubeconfig);
        assert.match(kubeconfig, new RegExp(`"cluster":{"server":"https://${dnsName}"}`));
        assert.match(kubeconfig, /"args":\[\]/);
        assert.equal(await promiseOf(facts.endpoint), "https://192.0.2.10");
    });
});

describe("nodes of a GKE cluster", () => {
    it("are those of the size, scaled per zone and renewed one after the other", async () => {
        const made = await makeCluster({ size: GcpSizes.large });
        assert.deepEqual(inputsOf(made, "w-nodes"), {
            name: "nodes-0a1b2c3d",
            project: "p",
            cluster: "w-0a1b2c3d",
            location: "europe-west4",
            initialNodeCount: 1,
            autoscaling: { minNodeCount: 1, maxNodeCount: 4 },
            management: { autoRepair: true, autoUpgrade: true },
            upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
            nodeConfig: {
                ...machine,
                machineType: "n2-highmem-16",
                diskSizeGb: 256,
                diskType: "pd-balanced",
                spot: false,
            },
        });
    });

    it("are what the arguments say, in further pools too", async () => {
        const made = await makeCluster({
            cluster: {
                nodes: {
                    name: "first",
                    machineType: "c3-highmem-8",
                    minPerZone: 2,
                    maxPerZone: 9,
                    diskSizeGb: 200,
                    diskType: "pd-ssd",
                    zones: ["europe-west4-a"],
                    labels: { pool: "first" },
                    networkTags: ["nodes"],
                    maxPodsPerNode: 32,
                    maxSurge: 0,
                    maxUnavailable: 1,
                },
                nodePools: {
                    batch: { spot: true, secureBoot: false, taints: [{ key: "only", effect: "NO_EXECUTE" }] },
                },
            },
        });
        const first = inputsOf(made, "w-nodes");
        assert.equal(first["name"], "first");
        assert.deepEqual(first["nodeLocations"], ["europe-west4-a"]);
        assert.equal(first["initialNodeCount"], 2);
        assert.deepEqual(first["autoscaling"], { minNodeCount: 2, maxNodeCount: 9 });
        assert.equal(first["maxPodsPerNode"], 32);
        assert.deepEqual(first["upgradeSettings"], { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 });
        const { machineType, diskSizeGb, diskType, labels, tags } = nodeConfig(made);
        assert.deepEqual(
            [machineType, diskSizeGb, diskType, labels, tags],
            ["c3-highmem-8", 200, "pd-ssd", { pool: "first" }, ["nodes"]],
        );
        const batch = nodeConfig(made, "w-nodes-batch");
        assert.equal(inputsOf(made, "w-nodes-batch")["name"], "nodes-batch-0a1b2c3d");
        assert.equal(batch["spot"], true);
        assert.deepEqual(batch["taints"], [{ key: "only", value: "", effect: "NO_EXECUTE" }]);
        assert.deepEqual(batch["shieldedInstanceConfig"], { enableSecureBoot: false, enableIntegrityMonitoring: true });
        assert.equal(made.facts.nodes.length, 2);
    });

    it("have an account with the rights of a node and no others", async () => {
        const roles = (made: MadeCluster) =>
            made.graph.resources
                .filter(({ type }) => type === "gcp:projects/iAMMember:IAMMember")
                .map(({ inputs }) => [inputs["role"], inputs["member"], inputs["project"]]);
        const member = `serviceAccount:${account}`;
        assert.deepEqual(roles(await makeCluster()), [["roles/container.defaultNodeServiceAccount", member, "p"]]);
        const reader = { cluster: { nodeAccount: { accountId: "own-nodes", artifactRegistryReader: true } } };
        const own = "serviceAccount:own-nodes@p.iam.gserviceaccount.com";
        assert.deepEqual(roles(await makeCluster(reader)), [
            ["roles/container.defaultNodeServiceAccount", own, "p"],
            ["roles/artifactregistry.reader", own, "p"],
        ]);
    });

    it("take an account of one's own as it is", async () => {
        const email = "theirs@p.iam.gserviceaccount.com";
        const made = await makeCluster({ cluster: { nodeAccount: { email } } });
        assert.deepEqual(namesOf(made, /serviceaccount|iAMMember/i), []);
        assert.equal(nodeConfig(made)["serviceAccount"], email);
        assert.equal(await promiseOf(made.facts.nodeServiceAccountEmail), email);
    });

    it("come after the way out and the rights of their account, for which the control plane does not wait", async () => {
        const made = await makeCluster();
        for (const before of ["w-way-out", "w-nodes-account-use", "w-cluster"]) {
            assert.ok(after(made, "w-nodes").includes(before), before);
        }
        for (const later of ["w-way-out", "w-nodes-account-use"]) {
            assert.ok(!after(made, "w-cluster").includes(later), later);
        }
    });

    it("have their number from the autoscaler, and their successors before them", async () => {
        const { options } = await makeCluster({ cluster: { nodes: { name: "first" } } });
        assert.deepEqual(options.get("NodePool w-nodes")?.ignoreChanges, ["initialNodeCount"]);
        assert.equal(options.get("NodePool w-nodes")?.deleteBeforeReplace, false);
        assert.equal(options.get("Account w-nodes-account")?.deleteBeforeReplace, false);
        assert.deepEqual(options.get("Cluster w-cluster")?.ignoreChanges, ["nodeConfig", "initialNodeCount"]);
        assert.equal(options.get("Cluster w-cluster")?.deleteBeforeReplace, true);
    });

    it("have another name whenever another pool must be made", async () => {
        const keepers = async (cluster: Parameters<typeof makeCluster>[0]) =>
            inputsOf(await makeCluster(cluster), "w-nodes-name")["keepers"];
        const before = await keepers({});
        assert.deepEqual(before, {
            serviceAccount: account,
            key,
            spot: "false",
            secureBoot: "true",
            maxPodsPerNode: "default",
        });
        for (const nodes of [{ spot: true }, { secureBoot: false }, { maxPodsPerNode: 32 }]) {
            assert.notDeepEqual(await keepers({ cluster: { nodes } }), before);
        }
        assert.deepEqual(await keepers({ cluster: { nodes: { machineType: "c3-highmem-8", maxPerZone: 9 } } }), before);
    });
});

describe("volumes of a GKE cluster", () => {
    it("have a default class with the key, which goes with the cluster", async () => {
        const made = await makeCluster({ cluster: { volumeType: "pd-ssd" } });
        const { provisioner, parameters, metadata, volumeBindingMode } = inputsOf(made, "w-storage-class");
        assert.equal(provisioner, "pd.csi.storage.gke.io");
        assert.deepEqual(parameters, {
            type: "pd-ssd",
            "disk-encryption-kms-key": key,
            "csi.storage.k8s.io/fstype": "ext4",
        });
        assert.equal(volumeBindingMode, "WaitForFirstConsumer");
        const { annotations } = metadata as { annotations: Record<string, string> };
        assert.equal(annotations["storageclass.kubernetes.io/is-default-class"], "true");
        const forgotten = [...made.options].filter(([, { deletedWith }]) => deletedWith !== undefined);
        assert.deepEqual(
            forgotten.map(([name]) => name),
            ["StorageClass w-storage-class"],
        );
        assert.deepEqual((await readyNames(made)).sort(), ["w-nodes-account-use", "w-storage-class"]);
    });
});
