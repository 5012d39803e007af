/** What the parity with the outputs of each Terraform module has to prove. */
import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeployment } from "../../sdk/index";
import { leavesOf, promiseOf } from "../support/resolve";

export interface OutputRow {
    /** Output of the module. */
    readonly output: string;
    /** Ours. */
    readonly read?: (deployment: WandbDeployment) => pulumi.Output<unknown> | undefined;
    /** What it is in this deployment; absent where only a cluster can tell. */
    readonly value?: unknown;
    readonly secret?: true;
    /** Why there is none. */
    readonly reason?: string;
}

export interface OutputParity {
    /** What is compared. */
    readonly title: string;
    readonly rows: readonly OutputRow[];
    /** All outputs of the module. */
    readonly outputs: readonly string[];
    readonly deploy: () => Promise<WandbDeployment>;
}

/** Each output has a row, and each row is true. */
export function describeOutputParity({ title, rows, outputs, deploy }: OutputParity): void {
    describe(title, function () {
        this.timeout(60_000);
        let deployment: WandbDeployment;
        before(async () => {
            deployment = await deploy();
        });

        it("has a row for each of the outputs, and for nothing else", () => {
            assert.deepEqual(rows.map(({ output }) => output).sort(), [...outputs].sort());
        });

        for (const { output, read, value, secret, reason } of rows) {
            it(output, async () => {
                if (read === undefined) {
                    assert.match(reason ?? "", /^.{20,}\.$/);
                    return;
                }
                const ours = read(deployment);
                assert.ok(ours);
                const [{ known, secret: marked }] = await leavesOf(ours);
                assert.equal(marked, secret ?? false, "secret");
                if (value === undefined) {
                    // A preview cannot know when W&B is there.
                    assert.equal(known, false);
                    return;
                }
                const actual = await promiseOf(ours);
                if (value instanceof RegExp) {
                    assert.match(String(actual), value);
                } else {
                    assert.deepEqual(actual, value);
                }
            });
        }
    });
}
