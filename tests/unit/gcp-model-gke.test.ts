/** The rules of the simulated GKE clusters: for each what GKE takes and what it refuses. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { networkType, subnetworkType } from "../../sandbox/clouds/gcp/compute/shared";
import { setQuotas } from "../../sandbox/clouds/quotas";
import { type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { plantKey, region } from "../support/gcp-account";
import { clusterIdOf, clusterType, diskAgent, GkeCloud, networkId, secretsAgent, subnetId } from "../support/gke-cloud";

const window = (startTime: string, endTime: string, recurrence: string) => ({
    maintenancePolicy: { recurringWindow: { startTime, endTime, recurrence } },
});
const saturday = (hour: string) => `2025-01-04T${hour}:00:00Z`;
const encrypted = (keyName: string) => ({ databaseEncryption: { state: "ENCRYPTED", keyName } });
const authorized = (...ranges: string[]) => ({
    masterAuthorizedNetworksConfig: { cidrBlocks: ranges.map((cidrBlock) => ({ cidrBlock })) },
});
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);
const privately = (changes: PropertyMap) => ({ privateClusterConfig: { enablePrivateNodes: true, ...changes } });

describe("simulated GKE clusters", () => {
    let cloud: GkeCloud;
    beforeEach(async () => {
        cloud = await GkeCloud.start();
        await cloud.surroundings();
    });
    afterEach(() => cloud.remove());

    const id = clusterIdOf("w");
    const accepted = async (changes: PropertyMap) => (await cloud.cluster(changes)).outputs.values;

    it("tell where they are reached, what they run and which addresses are theirs", async () => {
        const { outputs } = await cloud.cluster();
        const { values } = outputs;
        assert.equal(values["endpoint"], "192.0.2.10");
        assert.equal(values["masterVersion"], "1.35.8-gke.1036000");
        assert.deepEqual(values["nodeLocations"], [`${region}-a`, `${region}-b`, `${region}-c`]);
        assert.equal(values["clusterIpv4Cidr"], "10.20.0.0/16");
        assert.equal(values["servicesIpv4Cidr"], "10.30.0.0/20");
        assert.equal(values["datapathProvider"], "LEGACY_DATAPATH");
        assert.equal(values["selfLink"], `https://container.googleapis.com/v1/${id}`);
        const { dnsEndpointConfig } = values["controlPlaneEndpointsConfig"] as { dnsEndpointConfig: PropertyMap };
        assert.match(textOf(dnsEndpointConfig["endpoint"]), /^gke-[0-9a-f]{32}-210987654321\.europe-west4\.gke\.goog$/);
        assert.equal(dnsEndpointConfig["allowExternalTraffic"], false);
    });

    it("answer with the sandbox's own API server where there is one", async () => {
        const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": "Y2E=" };
        writeFileSync(join(cloud.dir, "kubeconfig"), JSON.stringify({ clusters: [{ cluster }] }));
        const values = await accepted({});
        assert.equal(values["endpoint"], "127.0.0.1:6443");
        assert.equal((values["masterAuth"] as PropertyMap)["clusterCaCertificate"], "Y2E=");
    });

    it("keep address and DNS name over updates", async () => {
        const before = (await cloud.cluster()).outputs.values;
        const { values } = await cloud.update(clusterType, id, cloud.clusterInputs({ resourceLabels: { team: "ml" } }));
        for (const name of ["endpoint", "controlPlaneEndpointsConfig", "masterVersion", "nodeLocations"]) {
            assert.deepEqual(values[name], before[name], name);
        }
        assert.deepEqual((values["effectiveLabels"] as PropertyMap)["team"], "ml");
    });

    it("need the APIs of Kubernetes Engine and Compute Engine", async () => {
        for (const [services, wanted] of [
            [["compute"], /Kubernetes Engine API has not been used in project example-project/],
            [["container"], /Compute Engine API has not been used in project example-project/],
        ] as const) {
            const other = await GkeCloud.start(services);
            await assert.rejects(other.cluster(), wanted);
            other.remove();
        }
    });

    for (const name of ["W", "1w", "w-", "w.w", "w".repeat(41)]) {
        it(`are not called ${name}`, () =>
            assert.rejects(cloud.cluster({ name }), /cannot be longer than 40 characters/));
    }

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a place that is none", { location: "europe" }, /Location "europe" does not exist/],
        [
            "another region than the subnet's",
            { location: "us-east1" },
            /Subnetwork ".*" does not exist in region "us-east1"/,
        ],
        [
            "zones of another region",
            { nodeLocations: ["us-east1-b"] },
            /nodes must be in zones of region "europe-west4"/,
        ],
        ["a network that is not there", { network: "gone" }, /Network ".*\/gone" does not exist/],
        ["a subnet that is not there", { subnetwork: "gone" }, /Subnetwork "gone" does not exist/],
        [
            "a range of pods that is not there",
            { ipAllocationPolicy: { clusterSecondaryRangeName: "gone" } },
            /Pod secondary range "gone" does not exist in subnetwork/,
        ],
        [
            "a range of Services that is not there",
            { ipAllocationPolicy: { servicesSecondaryRangeName: "gone" } },
            /Services secondary range "gone"/,
        ],
        [
            "names and ranges together",
            { ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesIpv4CidrBlock: "/20" } },
            /has both names of ranges and ranges/,
        ],
        [
            "a private endpoint for everybody",
            privately({ enablePrivateEndpoint: true }),
            /Master authorized networks must be enabled if private endpoint is enabled/,
        ],
        ["a control plane in a /27", privately({ masterIpv4CidrBlock: "172.16.0.0/27" }), /prefix of 28/],
        [
            "a control plane among the pods",
            privately({ masterIpv4CidrBlock: "10.20.1.0/28" }),
            /master_ipv4_cidr 10\.20\.1\.0\/28 overlaps with an existing network 10\.20\.0\.0\/16/,
        ],
        [
            "two places for the control plane",
            privately({ masterIpv4CidrBlock: "172.16.0.0/28", privateEndpointSubnetwork: "w" }),
            /Only one of master_ipv4_cidr_block and private_endpoint_subnetwork/,
        ],
        ["51 ranges", authorized(...addresses(51)), /51 given, at most 50/],
        [
            "a range that is none",
            authorized("203.0.113.7/24"),
            /not a valid IPv4 CIDR block, expected 203\.0\.113\.0\/24/,
        ],
        [
            "the pool of another project",
            { workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
            /only valid value for workload_pool is "example-project\.svc\.id\.goog"/,
        ],
        ["encryption without a key", { databaseEncryption: { state: "ENCRYPTED" } }, /key_name must be set/],
        [
            "a key that is not there",
            encrypted(`projects/x/locations/${region}/keyRings/r/cryptoKeys/k`),
            /useToEncrypt' denied/,
        ],
        ["a key that is none", encrypted("key"), /Invalid value for field "cluster.database_encryption.key_name"/],
        [
            "Calico on Dataplane V2",
            { datapathProvider: "ADVANCED_DATAPATH", networkPolicy: { enabled: true, provider: "CALICO" } },
            /Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed/,
        ],
        ["Calico without its add-on", { networkPolicy: { enabled: true } }, /Network policy addon must be enabled/],
        [
            "logs of pods alone",
            { loggingConfig: { enableComponents: ["WORKLOADS"] } },
            /SYSTEM_COMPONENTS must be enabled/,
        ],
        [
            "a log nobody writes",
            { loggingConfig: { enableComponents: ["KUBELET"] } },
            /must be one of SYSTEM_COMPONENTS/,
        ],
        ["no time for maintenance", window(saturday("00"), saturday("04"), "FREQ=WEEKLY;BYDAY=SA"), /48h maintenance/],
        ["short windows", window(saturday("00"), saturday("03"), "FREQ=DAILY"), /≥4h contiguous duration/],
        ["a window that ends before it begins", window(saturday("04"), saturday("00"), "FREQ=DAILY"), /in order/],
        ["a window nobody knows", window(saturday("00"), saturday("04"), "FREQ=YEARLY"), /Invalid RRULE/],
        ["no nodes", { initialNodeCount: 0 }, /initial_node_count must be greater than zero/],
        ["an unknown minor version", { minMasterVersion: "1.50" }, /No valid versions with the prefix "1\.50" found/],
        ["an unknown version", { minMasterVersion: "1.35.8-gke.1" }, /Master version "1\.35\.8-gke\.1" is unsupported/],
        [
            "a version of another channel",
            { minMasterVersion: "1.31", releaseChannel: { channel: "STABLE" } },
            /No valid versions with the prefix "1\.31"/,
        ],
        [
            "an account that is not there",
            { nodeConfig: { serviceAccount: "gone@example-project.iam.gserviceaccount.com" } },
            /does not have access|iam\.serviceAccountUser/,
        ],
        [
            "metadata of a pool that it does not use",
            { workloadIdentityConfig: null, nodeConfig: { workloadMetadataConfig: { mode: "GKE_METADATA" } } },
            /GKE_METADATA mode is only allowed for clusters that have workload identity/,
        ],
        ["a label in capitals", { resourceLabels: { Team: "ml" } }, /Invalid label key "Team"/],
        ["a setting nobody knows", { enableMagic: true }, /is not a property of/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => assert.rejects(cloud.cluster(changes), expected));
    }

    const taken: readonly (readonly [string, PropertyMap])[] = [
        ["one zone", { location: `${region}-b` }],
        ["weekends", window(saturday("00"), saturday("08"), "FREQ=WEEKLY;BYDAY=SA,SU")],
        ["four hours each day", window(saturday("00"), saturday("04"), "FREQ=DAILY")],
        [
            "100 ranges with private nodes",
            {
                ...privately({}),
                ...authorized(...addresses(100)),
            },
        ],
        ["a private endpoint", { ...privately({ enablePrivateEndpoint: true }), ...authorized() }],
        ["a control plane beside the network", privately({ masterIpv4CidrBlock: "172.16.0.0/28" })],
        ["URLs of the network", { network: `https://www.googleapis.com/compute/v1/${networkId}`, subnetwork: "w" }],
        ["an older minor version", { minMasterVersion: "1.34" }],
    ];
    for (const [what, changes] of taken) {
        it(`take ${what}`, () => accepted(changes));
    }

    it("encrypt Secrets with a key of their region that GKE's agent may use, and disks with one that Compute Engine's may", async () => {
        const both = cloud.key;
        const disk = { bootDiskKmsKey: both };
        await assert.rejects(
            cloud.cluster(encrypted(await plantKey(cloud.provider.inventory, "global", [secretsAgent]))),
            /is in location "global", but the cluster is in "europe-west4"/,
        );
        await assert.rejects(
            cloud.cluster({
                nodeConfig: { bootDiskKmsKey: await plantKey(cloud.provider.inventory, "us-east1", [diskAgent]) },
            }),
            /Cloud KMS region 'us-east1' is not available for disks in 'europe-west4'/,
        );
        await cloud.provider.inventory.change((change) => {
            for (const agent of [secretsAgent, diskAgent]) {
                change.remove(
                    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
                    `${both}/roles/cloudkms.cryptoKeyEncrypterDecrypter/${agent}`,
                );
            }
        });
        await assert.rejects(
            cloud.cluster(encrypted(both)),
            /Secrets cannot be encrypted: .* for service-\d+@container-engine-robot/,
        );
        await assert.rejects(
            cloud.cluster({ nodeConfig: disk }),
            /Compute Engine: Cloud KMS error .* for service-\d+@compute-system/,
        );
    });

    it("have one of a name, and one in the sandbox", async () => {
        await cloud.cluster();
        await assert.rejects(
            cloud.cluster(),
            /Error 409: Already exists: projects\/example-project\/locations\/europe-west4\/clusters\/w/,
        );
        await assert.rejects(cloud.cluster({ name: "x" }), /the sandbox has one API server/);
    });

    it("are as many as the quota says", async () => {
        setQuotas(cloud.dir, { [clusterType]: 0 });
        await assert.rejects(
            cloud.cluster(),
            /Insufficient quota to satisfy the request: regional clusters: 0 exist, limit 0/,
        );
        await assert.rejects(cloud.cluster({ location: `${region}-a` }), /zonal clusters/);
    });

    it("want Private Google Access in a subnet of another project", async () => {
        const shared = subnetId.replace("example-project", "host-project");
        const sharedNetwork = networkId.replace("example-project", "host-project");
        const ranges = [{ rangeName: "pods", ipCidrRange: "10.50.0.0/16" }];
        const inputs = { name: "w", network: sharedNetwork, ipCidrRange: "10.40.0.0/20", secondaryIpRanges: ranges };
        await cloud.plant(networkType, sharedNetwork, { name: "w" });
        await cloud.plant(subnetworkType, shared, inputs);
        const request = {
            network: sharedNetwork,
            subnetwork: shared,
            ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
            ...privately({}),
        };
        await assert.rejects(cloud.cluster(request), /only 0 nodes out of 3 have registered/);
        await cloud.provider.inventory.change((change) => {
            const row = change.get(subnetworkType, shared);
            Object.assign(row?.inputs ?? {}, { privateIpGoogleAccess: true });
        });
        await cloud.cluster(request);
    });

    for (const [to, expected] of [
        ["1.36", "1.36.0-gke.3302004"],
        ["1.35", "1.35.8-gke.1036000"],
        ["1.34", "1.35.8-gke.1036000"],
        ["1.30", "1.35.8-gke.1036000"],
    ] as const) {
        it(`run ${expected} when told ${to} at least`, async () => {
            await cloud.cluster();
            const { values } = await cloud.update(clusterType, id, cloud.clusterInputs({ minMasterVersion: to }));
            assert.equal(values["masterVersion"], expected);
        });
    }

    it("go up one minor version at a time", async () => {
        await cloud.cluster({ minMasterVersion: "1.34.8-gke.1000000" });
        await assert.rejects(
            cloud.update(clusterType, id, cloud.clusterInputs({ minMasterVersion: "1.36" })),
            /Master cannot be upgraded to "1\.36\.0-gke\.3302004": cannot upgrade the master more than a minor version at a time/,
        );
    });
});
