/** Puts a stand-in for `kubelogin` where the programs of a sandbox instance find it. */
import { join } from "node:path";
import { commandFolder } from "../aws-cli";
import { installProgram } from "../compiled";

/** Writes the executable. Can be repeated, also while another one runs. */
export function installKubelogin(dir: string): void {
    installProgram({
        entry: join(__dirname, "main.ts"),
        file: join(commandFolder(dir), "kubelogin"),
        dir,
        comment: "Stands in for kubelogin in a sandbox; written by sandbox/kubelogin.",
    });
}
