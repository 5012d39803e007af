/** The sandbox's API server, taken away and brought back by tests of faults. */
import { startControlPlane } from "../../sandbox/control-plane";
import { signalProcess } from "../../sandbox/processes";
import { sandbox } from "./deployment";

/** What is stored stays: etcd runs on. */
export async function killApiServer(): Promise<void> {
    signalProcess((await sandbox()).dir, "kube-apiserver", "SIGKILL");
}

/** Starts it again under its old address. Nothing happens when it runs. */
export async function healApiServer(): Promise<void> {
    const { dir, toolchain } = await sandbox();
    await startControlPlane(dir, toolchain, () => undefined);
}
