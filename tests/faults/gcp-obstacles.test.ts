/** What stands in the way of a deployment on Google Cloud: names, quotas, and what Google has not ready yet or does not let go. */
import assert from "node:assert/strict";
import { serviceType } from "../../sandbox/clouds/gcp/apis";
import { globalAddressType, networkType } from "../../sandbox/clouds/gcp/compute/shared";
import { cpuQuota } from "../../sandbox/clouds/gcp/container/machines";
import { clusterType } from "../../sandbox/clouds/gcp/container/pool";
import { cryptoKeyMemberType, keyRingType } from "../../sandbox/clouds/gcp/kms";
import { accountMemberType } from "../../sandbox/clouds/gcp/iam";
import { accountType } from "../../sandbox/clouds/gcp/iam-principals";
import { instanceType } from "../../sandbox/clouds/gcp/sql/shared";
import { bucketType } from "../../sandbox/clouds/gcp/storage";
import type { Row } from "../../sandbox/clouds/inventory";
import { type Quotas, setQuotas } from "../../sandbox/clouds/quotas";
import { assertConverged, assertGone, assertReadable } from "../support/faults-cases";
import { plantKey, project, region } from "../support/gcp-account";
import { GcpProgram } from "../support/gcp-faults";
import { deletePeering, grantKey, plantProducer, removeProducers, withdrawKey } from "../support/gcp-faults-cases";
import { Least } from "../support/gcp-faults-sets";
import { toolchainTimeoutMs } from "../support/scratch-program";

interface Obstacle {
    /** What others have; it stands in the way until it is gone. */
    readonly rows?: readonly { readonly type: string; readonly id: string; readonly inputs: Row["inputs"] }[];
    /** What the project may have, until it is granted more. */
    readonly quotas?: Quotas;
    /** What the user reads, under the name of the resource. */
    readonly error: RegExp;
}

const root = `projects/${project.projectId}`;
const accountId = "taken-pods";

const Obstacles: readonly Obstacle[] = [
    {
        rows: Array.from({ length: 15 }, (_, index) => ({
            type: networkType,
            id: `${root}/global/networks/other-${index}`,
            inputs: { name: `other-${index}`, autoCreateSubnetworks: false },
        })),
        error: /gcp:compute:Network \(demo-vpc\):\s+error: .*Error 403: Quota 'NETWORKS' exceeded\. Limit: 15\.0 globally\./,
    },
    {
        quotas: { [cpuQuota]: 8 },
        error: /gcp:container:NodePool \(demo-nodes\):\s+error: .*Insufficient regional quota to satisfy request: resource "CPUS"/,
    },
    {
        rows: [{ type: bucketType, id: "taken-files", inputs: { name: "taken-files" } }],
        error: /gcp:storage:Bucket \(demo-bucket\):\s+error: .*Error 409: The requested bucket name is not available/,
    },
    {
        rows: [{ type: keyRingType, id: `${root}/locations/${region}/keyRings/taken`, inputs: { name: "taken" } }],
        error: /gcp:kms:KeyRing \(demo-key-ring\):\s+error: .*KeyRing \S+\/keyRings\/taken already exists/,
    },
    {
        rows: [{ type: clusterType, id: `${root}/locations/${region}/clusters/taken`, inputs: { name: "taken" } }],
        error: /gcp:container:Cluster \(demo-cluster\):\s+error: .*Error 409: Already exists: \S+\/clusters\/taken\./,
    },
    {
        rows: [{ type: globalAddressType, id: `${root}/global/addresses/taken`, inputs: { name: "taken" } }],
        error: /gcp:compute:GlobalAddress \(demo-address\):\s+error: .*The resource '\S+\/addresses\/taken' already exists/,
    },
    {
        rows: [{ type: accountType, id: `${root}/serviceAccounts/${accountId}`, inputs: { accountId } }],
        error: /gcp:serviceaccount:Account \(demo-app-account\):\s+error: .*Service account taken-pods already exists/,
    },
];

const identifier = "taken-database";

describe("obstacles on Google Cloud", function () {
    this.timeout(8 * 60_000);
    let gcp: GcpProgram;
    let ownKey: string;

    /** Destroys, and meets the connection that Google still holds on to. */
    const destroyHeld = async () => {
        await plantProducer(gcp.inventory);
        const { code, output } = await gcp.run("destroy");
        assert.notEqual(code, 0, "the connection was in nobody's way");
        assert.match(
            output,
            /gcp:compute:Network \(demo-vpc\):\s+error: .*already being used by '\S+\/servicenetworking-googleapis-com'/,
        );
        assertReadable(output);
        assert.deepEqual(gcp.discrepancies(), []);
        // The connection is in nobody's state any more, and APIs, which are asked for first, go last.
        const left = gcp.types().filter((type) => type.startsWith("gcp:"));
        assert.deepEqual(left, [networkType, serviceType]);
    };

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        gcp = await GcpProgram.create(0, {
            ...Least,
            plant: async (inventory) => {
                await Least.plant(inventory);
                ownKey = await plantKey(inventory, region);
            },
        });
    });

    after(() => gcp.remove());

    it("names the resource when a name is taken or a quota reached, takes nothing over, and goes on once there is room", async () => {
        gcp.change({
            gcp: {
                bucket: { name: "taken-files" },
                key: { keyRingName: "taken" },
                cluster: { name: "taken" },
                identity: { accountId },
                loadBalancer: { addressName: "taken" },
                database: { identifier },
            },
        });
        for (const row of Obstacles.flatMap(({ rows = [] }) => rows)) {
            const email = `${accountId}@${project.projectId}.iam.gserviceaccount.com`;
            await gcp.inventory.plant({ ...row, outputs: { name: row.id, email } });
        }
        const limit = (left: readonly Obstacle[]) =>
            setQuotas(gcp.program.dir, Object.assign({}, ...left.map(({ quotas }) => quotas)) as Quotas);
        let left = Obstacles;
        while (left.length > 0) {
            limit(left);
            const { code, output } = await gcp.run("up");
            assert.notEqual(code, 0, `nothing was in the way of: ${left.map(({ error }) => error).join("\n")}`);
            const met = left.filter(({ error }) => error.test(output));
            assert.notEqual(met.length, 0, `none of what is left is named:\n${output}`);
            assertReadable(output);
            assert.deepEqual(gcp.discrepancies(), []);
            left = left.filter((obstacle) => !met.includes(obstacle));
            await gcp.inventory.change((change) => {
                for (const { type, id, inputs } of met.flatMap(({ rows = [] }) => rows)) {
                    assert.deepEqual(change.get(type, id)?.inputs, inputs);
                    change.remove(type, id);
                }
            });
        }
        limit([]);
        await gcp.up();
        await assertConverged(gcp);
    });

    it("is destroyed but for the network while Google holds on to its connection, and wholly when that is over", async () => {
        await destroyHeld();
        await removeProducers(gcp.inventory);
        await gcp.destroy();
        assertGone(gcp);
    });

    it("says that the name of a database is taken for a week after it was deleted, and goes on with another", async () => {
        gcp.change({ gcp: { database: { identifier } } });
        const output = await gcp.failedUp();
        assert.match(
            output,
            /gcp:sql:DatabaseInstance \(demo-database\):\s+error: .*you can't reuse the name of the deleted instance until one week/,
        );
        assertReadable(output);
        gcp.change({ gcp: { database: { identifier: "other-database" } } });
        await gcp.up();
        await assertConverged(gcp);
        assert.deepEqual(
            gcp.inventory.rows().flatMap(({ type, id }) => (type === instanceType ? [id] : [])),
            ["other-database"],
        );
    });

    it("is wholly destroyed once the peering that Google holds on to is deleted as docs/gcp.md says", async () => {
        await destroyHeld();
        await deletePeering(gcp.inventory);
        await gcp.destroy();
        await removeProducers(gcp.inventory);
        assertGone(gcp);
    });

    it("goes on after a service agent and a pool of identities that IAM does not know yet, and nodes that did not register", async () => {
        gcp.change();
        const agent = `service-${project.number}@container-engine-robot.iam.gserviceaccount.com`;
        const pool = `${project.projectId}.svc.id.goog`;
        await gcp.faults([
            {
                type: cryptoKeyMemberType,
                operation: "create",
                kind: "fail",
                message: `Error setting IAM policy: googleapi: Error 400: Service account ${agent} does not exist., badRequest`,
            },
            {
                type: accountMemberType,
                operation: "create",
                kind: "fail",
                message: `Error setting IAM policy: googleapi: Error 400: Identity Pool does not exist (${pool})., badRequest`,
            },
            {
                type: "gcp:container/nodePool:NodePool",
                operation: "create",
                kind: "partial",
                message:
                    "error waiting for creating GKE NodePool: All cluster resources were brought up, but: only 0 nodes out of 3 have registered; cluster may be unhealthy.",
            },
        ]);
        const errors = [
            /gcp:kms:CryptoKeyIAMMember \(demo-\S+\):\s+error: .*Service account \S+ does not exist/,
            /gcp:serviceaccount:IAMMember \(demo-\S+\):\s+error: .*Identity Pool does not exist/,
            /gcp:container:NodePool \(demo-nodes\):\s+error: .*only 0 nodes out of 3 have registered/s,
        ];
        let said = "";
        for (let runs = 0; errors.some((error) => !error.test(said)); runs++) {
            assert.ok(runs < errors.length, `not all of it is said:\n${said}`);
            const output = await gcp.failedUp();
            assertReadable(output);
            assert.deepEqual(
                gcp.discrepancies(),
                [],
                "what is made is known to the state, so that nobody makes it twice",
            );
            said += output;
        }
        await gcp.up();
        await assertConverged(gcp);
        await gcp.destroy();
        assertGone(gcp);
    });

    it("says which agents may not use a key of one's own, and goes on once its owner has made and admitted them", async () => {
        gcp.change({ gcp: { key: { id: ownKey } } });
        const output = await gcp.failedUp();
        assert.match(
            output,
            /gcp:\S+ \(demo-(database|cache|cluster|bucket)\):\s+error: .*(kmsKeyAccessDenied|Permission|CMEK)/,
        );
        assertReadable(output);
        assert.deepEqual(gcp.discrepancies(), []);
        const domains = [
            "container-engine-robot",
            "compute-system",
            "gcp-sa-cloud-sql",
            "cloud-redis",
            "gs-project-accounts",
        ];
        await grantKey(gcp.inventory, ownKey, domains);
        await gcp.up();
        await assertConverged(gcp);
        await gcp.destroy();
        await withdrawKey(gcp.inventory, ownKey);
        assertGone(gcp);
    });
});
