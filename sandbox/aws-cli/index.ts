/** Puts a stand-in for the AWS CLI where the programs of a sandbox instance find it. */
import { join } from "node:path";
import { installProgram } from "../compiled";

/** The folder to put first on PATH. */
export function commandFolder(dir: string): string {
    return join(dir, "bin");
}

/** Writes the executable `aws`. Can be repeated, also while another one runs. */
export function installAwsCli(dir: string): void {
    installProgram({
        entry: join(__dirname, "main.ts"),
        file: join(commandFolder(dir), "aws"),
        dir,
        comment: "Stands in for the AWS CLI in a sandbox; written by sandbox/aws-cli.",
    });
}
