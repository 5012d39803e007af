/** The program behind the `kubelogin` that stands on PATH in a sandbox instance. */
import { runCommand } from "./command";

const { code, stdout, stderr } = runCommand(process.argv.slice(2), process.env["SANDBOX_DIR"] ?? "", process.env);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
