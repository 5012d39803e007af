import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsDeployments } from "../support/aws-args";
import { recordedOnAws } from "../support/aws-recording";

const { minimal } = AwsDeployments;

/** Whether the key stays in AWS when the deployment goes. */
async function staysBehind(changes: Partial<WandbDeploymentArgs>): Promise<boolean> {
    const resources = await recordedOnAws({ ...minimal, deletionProtection: false, ...changes });
    return resources.find(({ name }) => name === "demo-key")?.retainOnDelete === true;
}

describe("the key of a database on AWS that leaves a last snapshot", () => {
    const database = { host: "mysql.example.com", password: "secret" };
    const rows: [what: string, changes: Partial<WandbDeploymentArgs>, stays: boolean][] = [
        ["goes with everything else when nothing is left", {}, false],
        [
            "stays with a snapshot that is asked for",
            { aws: { ...minimal.aws, database: { finalSnapshot: true } } },
            true,
        ],
        [
            "stays with the one of a restore",
            { aws: { ...minimal.aws, database: { snapshotIdentifier: "before" } } },
            true,
        ],
        [
            "goes when a restore shall leave none",
            { aws: { ...minimal.aws, database: { snapshotIdentifier: "before", finalSnapshot: false } } },
            false,
        ],
        ["goes when the database is another one", { database }, false],
    ];
    for (const [what, changes, stays] of rows) {
        it(what, async () => assert.equal(await staysBehind(changes), stays));
    }
});
