/** The controller process: stand-in operators, Ingress addresses and volumes. Started by ../index.ts. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Inventory } from "../../clouds/inventory";
import { classOf, giveAddresses } from "./addresses";
import { controlAzureIngresses, isLeftToAks } from "./azure-ingress";
import { issueCertificates } from "./cert-manager";
import { provideEbsVolumes } from "./ebs-volumes";
import { controlGkeIngresses, isLeftToGke } from "./gke-ingress";
import { createClient, type KubeObject } from "./kube";
import { controlLoadBalancers } from "./load-balancers";
import { Managers } from "./managers";
import { provideVolumes } from "./volumes";

const { values: options } = parseArgs({
    options: {
        dir: { type: "string" },
        kubeconfig: { type: "string" },
        helm: { type: "string" },
        "channel-url": { type: "string" },
        "time-scale": { type: "string", default: "1" },
    },
});

function required(name: "dir" | "kubeconfig" | "helm" | "channel-url"): string {
    const value = options[name];
    if (value === undefined) {
        throw new Error(`--${name}: missing. This program is started by sandbox/operator/index.ts.`);
    }
    return value;
}

/** Faults that tests switch on while the process runs. */
interface Switches {
    ingressAddresses?: boolean;
}

function readSwitches(file: string): Switches {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Switches;
    } catch {
        // No file: no faults.
        return {};
    }
}

/**
 * In a simulated EKS cluster load balancers come from the controller that was installed there, in simulated GKE and AKS clusters from their own,
 * or not at all.
 */
function isLeftToController(ingress: KubeObject, dir: string): boolean {
    const onEks = (): boolean => new Inventory(dir, "aws").view().rows("aws:eks/cluster:Cluster").length > 0;
    return classOf(ingress) === "alb" ? onEks() : isLeftToGke(ingress, dir) || isLeftToAks(ingress, dir);
}

async function main(): Promise<void> {
    const dir = required("dir");
    const folder = join(dir, "operator");
    mkdirSync(folder, { recursive: true });
    const kubeconfigPath = required("kubeconfig");
    const client = createClient(kubeconfigPath);
    const scale = Number(options["time-scale"]);
    const report = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
    const surroundings = {
        kubeconfigPath,
        helmBinary: required("helm"),
        workDir: join(folder, "work"),
        channelUrl: required("channel-url"),
        scale: (milliseconds: number) => milliseconds * scale,
    };
    await provideVolumes(client, report);
    provideEbsVolumes(client, dir, report);
    const enabled = () => readSwitches(join(folder, "switches.json")).ingressAddresses !== false;
    giveAddresses(client, (ingress) => enabled() && !isLeftToController(ingress, dir), report);
    const balancing = { client, dir, enabled, scale: surroundings.scale, report };
    controlLoadBalancers(balancing);
    controlGkeIngresses(balancing);
    controlAzureIngresses(balancing);
    issueCertificates(balancing);
    const managers = new Managers(dir, client, surroundings, report);
    client.follow(
        "/api/v1/pods",
        {
            changed: (pod) => managers.podChanged(pod),
            gone: (pod) => managers.podGone(pod),
            problem: (error) => report(`watch of operator pods: ${String(error)}`),
        },
        "control-plane=controller-manager",
    );
    // The arguments tell this run from an earlier one with other arguments.
    writeFileSync(join(folder, "ready"), process.argv.slice(2).join("\n"));
}

// The processes it controls belong to pods; they are taken up again by the next start.
process.on("SIGTERM", () => process.exit(0));
main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
});
