/** What all tests of faults on the simulated AWS prove, for few types or for all. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FaultRule } from "../../sandbox/clouds/faults";
import { secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import type { AwsProgram } from "./aws-faults";
import { KilledRun } from "./killed-run";

/** A deployment passes its dozen of layers one failure at a time. */
const mostRuns = 60;

/** Decides what is drawn; the same draws the same. */
export const seed = process.env["FAULTS_SEED"] ?? "1";

export const up = ["up", "--yes", "--skip-preview"];

/** The same order for the same seed: what a test draws, it can draw again. */
export function shuffled<T>(by: string, items: readonly T[]): T[] {
    const rank = (item: T) =>
        createHash("sha256")
            .update(`${by} ${JSON.stringify(item)}`)
            .digest("hex");
    return [...items].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

interface Failures {
    /** Types of which a call has failed, each once. */
    readonly types: readonly string[];
    /** All that the runs said. */
    readonly said: string;
}

/**
 * Lets the first call of each of these types fail, half of them after the cloud has done the work where that leaves nothing behind that
 * nobody knows; repeats the command until it ends well.
 */
export async function failEach(
    aws: AwsProgram,
    command: "up" | "destroy",
    operation: "create" | "update" | "delete",
    types: readonly string[],
): Promise<Failures> {
    const rules = types.map((type, index): FaultRule => {
        const at = operation !== "create" && index % 2 === 1 ? "after" : "before";
        return { type, operation, kind: "fail", at };
    });
    await aws.faults(rules);
    const said = (await aws.repeat(command, mostRuns)).join("\n");
    await aws.faults([]);
    assertReadable(said);
    const failed = [...said.matchAll(/InternalError: \w+ of (\S+) failed \(sandbox fault\)/g)].map(([, type]) => type);
    return { types: [...new Set(failed)].sort(), said };
}

/** Each cloud's error stands under the name of its resource, and none comes as a stack trace. */
export function assertReadable(output: string): void {
    // Pulumi's SDK for Node.js prints one of these of its own, when a failed run ends while the program still registers outputs.
    const isSdks =
        /resource monitor shut down while (sending resource outputs|waiting on output step's done channel)/.test(
            output,
        );
    assert.ok(isSdks || !/\n\s+at \S+ \(/.test(output), `a stack trace helps nobody here:\n${output}`);
    const unnamed = [...output.matchAll(/^(.*)\n\s+error: (InternalError|Throttling): .*$/gm)].filter(
        ([, head]) => !/^ {2}\S+ \(demo-\S+\):$/.test(head),
    );
    assert.deepEqual(
        unnamed.map(([text]) => text),
        [],
    );
}

/** All is made, once, and known; and another run has nothing to do. */
export async function assertConverged(aws: AwsProgram): Promise<void> {
    assert.deepEqual(aws.discrepancies(), []);
    await aws.up("--expect-no-changes");
}

/** Nothing is left but what was there before. */
export function assertGone(aws: AwsProgram): void {
    assert.deepEqual(aws.rows(), []);
    assert.deepEqual(aws.state().resources ?? [], []);
}

/** Kills a run in the middle of the installation of controllers, so that Helm has it as pending. */
export async function killInInstallation(
    aws: AwsProgram,
    client: KubeClient,
    controllers: readonly string[],
    status: "pending-install" | "pending-upgrade",
): Promise<void> {
    const { operator } = aws.instance;
    const namespace = "kube-system";
    for (const name of controllers) {
        await operator.holdDeployment(namespace, name);
    }
    const run = KilledRun.start(aws.program, ...up);
    const selector = encodeURIComponent(`owner=helm,status=${status}`);
    const pending = () => client.list(`${secretPath(namespace)}?labelSelector=${selector}`);
    const isPending = async () => (await pending()).length === controllers.length;
    await Promise.race([
        waitFor(`Helm to be in ${status}`, isPending, { timeoutMs: 120_000 }),
        run.said(/^ {4}pulumi:pulumi:Stack .*\*\*failed\*\*/m).then(async () => {
            throw new Error(`the run failed before Helm was in ${status}:\n${(await run.end()).output}`);
        }),
    ]);
    await run.kill();
    await aws.adopt(await aws.unlock());
    for (const name of controllers) {
        await operator.releaseDeployment(namespace, name);
    }
}
