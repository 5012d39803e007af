/** Two deployments in one cluster leave each other alone. */
import assert from "node:assert/strict";
import { resourcePath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { cluster, DeploymentProgram, type JsonArgs, sandboxArgs } from "../support/deployment";
import { fixedCounts, Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

interface Neighbours {
    readonly title: string;
    /** The one that stays. Its operator serves both when it is shared. */
    readonly staying: Partial<JsonArgs> & { namespace: string };
    /** The one that is changed and destroyed. */
    readonly leaving: Partial<JsonArgs> & { namespace: string };
}

const isolated = (nameOverride: string): JsonArgs["operator"] => ({
    namespace: `${nameOverride}-operator`,
    nameOverride,
    namespaceIsolation: { enabled: true },
});

const table: readonly Neighbours[] = [
    {
        title: "with one operator",
        staying: { namespace: "shared-one", operator: { namespace: "shared-operator" } },
        leaving: {
            namespace: "shared-two",
            name: "second",
            operator: { install: false, namespace: "shared-operator", chart: undefined, channelUrl: undefined },
        },
    },
    {
        title: "with an isolated operator each, and the same name",
        staying: { namespace: "one", operator: isolated("one") },
        leaving: { namespace: "two", operator: isolated("two") },
    },
];

const argsOf = (changes: Partial<JsonArgs>) => sandboxArgs({ values: fixedCounts, ...changes });

for (const { title, staying, leaving } of table) {
    describe(`two deployments ${title}`, function () {
        this.timeout(engineTimeoutMs);
        let client: KubeClient;
        let stays: DeploymentProgram;
        let leaves: DeploymentProgram;
        let neighbour: Live;
        let guest: Live;
        let untouched: string[];

        before(async function () {
            this.timeout(toolchainTimeoutMs);
            client = await cluster();
            neighbour = new Live(client, staying.namespace, staying.name);
            guest = new Live(client, leaving.namespace, leaving.name);
            [stays, leaves] = await Promise.all(
                [staying, leaving].map(async (args) => DeploymentProgram.create({ wandb: await argsOf(args) })),
            );
            await stays.up();
            untouched = await neighbour.fingerprint();
        });
        after(async () => {
            await leaves.remove();
            await stays.remove();
        });

        async function assertUntouched(): Promise<void> {
            assert.deepEqual(await neighbour.fingerprint(), untouched);
            assert.deepEqual(await neighbour.unavailable(), []);
            assert.equal(await neighbour.phase(), "Completed");
        }

        it("both come up", async () => {
            await leaves.up();
            assert.equal(await guest.phase(), "Completed");
            assert.deepEqual(await guest.unavailable(), []);
            assert.ok((await guest.deployments()).length > 0);
            await assertUntouched();
        });

        it("a change of one does not concern the other", async () => {
            leaves.change({ wandb: await argsOf({ ...leaving, size: "medium", extraEnv: { ADDED: "yes" } }) });
            await leaves.up();
            assert.deepEqual(await guest.unavailable(), []);
            await assertUntouched();
        });

        it("the other stays when one is destroyed, and still obeys its operator", async () => {
            await leaves.program.succeed("destroy", "--yes", "--skip-preview");
            assert.deepEqual(await client.list(resourcePath(leaving.namespace)), []);
            await assertUntouched();
            await stays.program.succeed("preview", "--expect-no-changes");
            stays.change({ wandb: await argsOf({ ...staying, extraEnv: { ADDED: "yes" } }) });
            await stays.up();
            assert.notDeepEqual(await neighbour.fingerprint(), untouched);
            assert.deepEqual(await neighbour.unavailable(), []);
        });
    });
}
