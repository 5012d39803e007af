/** Puts a stand-in for `gke-gcloud-auth-plugin` where the programs of a sandbox instance find it. */
import { join } from "node:path";
import { commandFolder } from "../aws-cli";
import { installProgram } from "../compiled";

/** Writes the executable. Can be repeated, also while another one runs. */
export function installGkeAuthPlugin(dir: string): void {
    installProgram({
        entry: join(__dirname, "main.ts"),
        file: join(commandFolder(dir), "gke-gcloud-auth-plugin"),
        dir,
        comment: "Stands in for gke-gcloud-auth-plugin in a sandbox; written by sandbox/gke-auth.",
    });
}
