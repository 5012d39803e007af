/** What only faults on the simulated AWS need: it installs controllers by Helm beside the operator. */
import { secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import type { AwsProgram } from "./aws-faults";
import { up } from "./faults-cases";
import { KilledRun } from "./killed-run";

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
