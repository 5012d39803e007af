/** What late checks of Outputs cost, beside resolving the same Outputs without them. Each sample is a fresh Node.js process. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sandboxLicense } from "../stacks/local";
import { middle } from "./imports";

const run = promisify(execFile);

/** Milliseconds that the checks add for so many Outputs in one deployment. */
export interface LateCheckCost {
    readonly outputs: number;
    readonly time: number;
}

/** An ordinary program has a handful; the last is more than any argument list has been seen with. */
const counts = [1, 10, 100];

const program = (installed: string): string => `
const pulumi = require("@pulumi/pulumi");
const { validate } = require(${JSON.stringify(join(installed, "bin", "validate"))});
const { checkedLate } = require(${JSON.stringify(join(installed, "bin", "validation", "late"))});
const { DeploymentShape } = require(${JSON.stringify(join(installed, "bin", "validation", "shapes"))});
const now = () => Number(process.hrtime.bigint()) / 1e6;
const context = { hasKubernetesProvider: false };
const argsWith = (count) => ({
    aws: { dns: { zoneId: "Z0123456789ABCDEFGHIJ" } },
    access: { cidrs: ["203.0.113.0/24"] },
    host: "wandb.example.com",
    license: ${JSON.stringify(sandboxLicense())},
    extraEnv: Object.fromEntries(Array.from({ length: count }, (_, i) => ["KEY_" + i, pulumi.output(Promise.resolve("value"))])),
});
const checked = (given) => checkedLate(given, {
    given, shape: DeploymentShape, validate: (args) => validate("wandb", args, context), component: undefined,
});
const timed = async (count, prepare) => {
    const args = argsWith(count);
    const from = now();
    await pulumi.output(prepare(args).extraEnv).promise();
    return now() - from;
};
const main = async () => {
    // As in a deployment, which validates its arguments before it checks any Output.
    validate("wandb", argsWith(1), context);
    await timed(1, (args) => args);
    const found = [];
    for (const outputs of ${JSON.stringify(counts)}) {
        const bare = await timed(outputs, (args) => args);
        found.push({ outputs, time: (await timed(outputs, checked)) - bare });
    }
    console.log(JSON.stringify(found));
    process.exit(0);
};
main();
`;

/** Medians of several processes. */
export async function measureLateChecks(folder: string, count: number): Promise<LateCheckCost[]> {
    const installed = join(folder, "node_modules", "pulumi-wandb");
    const samples: LateCheckCost[][] = [];
    for (let round = 0; round < count; round++) {
        const { stdout } = await run(process.execPath, ["--eval", program(installed)], { cwd: folder });
        samples.push(JSON.parse(stdout) as LateCheckCost[]);
    }
    return counts.map((outputs, index) => ({ outputs, time: middle(samples.map((sample) => sample[index].time)) }));
}
