/**
 * `gke-gcloud-auth-plugin`, which kubeconfigs of GKE need. As the real one it asks nobody whether the cluster exists: it prints an access token of a
 * Google identity, and the cluster's API server decides. Whoever is logged in to gcloud is the sandbox's user, and so are the default credentials.
 *
 * https://github.com/kubernetes/cloud-provider-gcp/blob/master/cmd/gke-gcloud-auth-plugin/cred.go
 */
import { parseArgs } from "node:util";
import { Inventory } from "../clouds/inventory";
import { mayImpersonate } from "./identity";
import { googleKey, mintToken, sandboxUser } from "./token";

/** What a run prints and how it ends. */
export interface CommandResult {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

const version = "Kubernetes v1.36.0+sandbox";

const failed = 1;
const wrongUsage = 2;

/** Runs `gke-gcloud-auth-plugin` with these arguments. `dir` is the sandbox instance. */
export function runCommand(args: readonly string[], dir: string, now = new Date()): CommandResult {
    let options: Options;
    try {
        options = readOptions(args);
    } catch (error) {
        return refusal(wrongUsage, error instanceof Error ? error.message : String(error));
    }
    if (options.version === "true") {
        return { code: 0, stdout: `${version}\n`, stderr: "" };
    }
    const key = googleKey(dir);
    if (key === undefined) {
        return failure(
            "getting google default token failed after multiple retries: cannot construct google default token source: google: could not find default credentials. " +
                "See https://cloud.google.com/docs/authentication/external/set-up-adc for more information",
        );
    }
    // Beside Application Default Credentials the plugin takes no notice of it.
    const byGcloud = options.use_application_default_credentials !== "true";
    const account = byGcloud ? options.impersonate_service_account : undefined;
    if (account !== undefined && !mayImpersonate(sandboxUser, account, new Inventory(dir, "gcp").view())) {
        return failure(
            `failure while executing gcloud, with args [config config-helper --format=json --impersonate-service-account=${account}]: exit status 1 ` +
                `(err: ERROR: (gcloud.config.config-helper) PERMISSION_DENIED: Failed to impersonate [${account}]. Make sure the account that's trying to impersonate it has access to the service account itself and the "roles/iam.serviceAccountTokenCreator" role.)`,
        );
    }
    const { token, expires } = mintToken(key, account ?? sandboxUser, now);
    const expirationTimestamp = new Date(expires).toISOString().replace(/\.\d+Z$/, "Z");
    const credential = {
        kind: "ExecCredential",
        // Whatever the client asks for.
        apiVersion: "client.authentication.k8s.io/v1beta1",
        spec: { interactive: false },
        status: { expirationTimestamp, token },
    };
    return { code: 0, stdout: JSON.stringify(credential, undefined, 4), stderr: "" };
}

const switches = ["use_application_default_credentials", "use_edge_cloud", "version"] as const;
const texts = ["account", "cluster", "configuration", "impersonate_service_account", "location", "project"] as const;
type Options = Partial<Record<(typeof switches)[number] | (typeof texts)[number], string>>;

/** @throws the parser's complaint about an unknown flag or a missing value */
function readOptions(args: readonly string[]): Options {
    // A switch takes its value after an equals sign only.
    const spelled = args.map((arg) => (switches.some((name) => arg === `--${name}`) ? `${arg}=true` : arg));
    const text = { type: "string" } as const;
    const options = Object.fromEntries([...switches, ...texts].map((name) => [name, text]));
    return parseArgs({ args: spelled, options, allowPositionals: true }).values;
}

function failure(message: string): CommandResult {
    return refusal(
        failed,
        `F0101 00:00:00.000000 cred.go] print credential failed with error: Failed to retrieve access token:: ${message}`,
    );
}

function refusal(code: number, message: string): CommandResult {
    return { code, stdout: "", stderr: `${message}\n` };
}
