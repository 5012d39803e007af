/** A simulated cloud as a Pulumi plugin: `main.ts <cloud> [engine address]`, its instance in `SANDBOX_DIR`. */
import { cloudNamed, sdkVersion } from "./index";
import { timeScale } from "./durations";
import { CloudProvider } from "./provider";
import { serve } from "./server";

async function main(): Promise<void> {
    const dir = process.env["SANDBOX_DIR"];
    if (dir === undefined || dir === "") {
        throw new Error("SANDBOX_DIR: not set. Set it to the folder of the sandbox instance.");
    }
    const cloud = cloudNamed(process.argv[2] ?? "");
    const provider = new CloudProvider(cloud, {
        dir,
        version: sdkVersion(cloud.sdk),
        scale: timeScale(process.env),
        crash: () => process.exit(137),
    });
    await serve(provider);
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
