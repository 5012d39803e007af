/**
 * `kubelogin`, which kubeconfigs of AKS clusters without local accounts need. As the real one it asks nobody whether the cluster exists: it prints an
 * access token of Microsoft Entra ID, and the cluster's API server decides. Whoever is logged in to the Azure CLI is the sandbox's user.
 *
 * https://azure.github.io/kubelogin/cli/get-token.html
 */
import { parseArgs } from "node:util";
import { Inventory } from "../clouds/inventory";
import { objectIdOf, sandboxUser } from "./identity";
import { entraKey, mintToken } from "./token";

/** What a run prints and how it ends. */
export interface CommandResult {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

const version = "kubelogin version\ngit hash: v0.2.10/sandbox\nplatform: sandbox";

const text = { type: "string" } as const;
const flags = {
    "client-certificate": text,
    "client-id": text,
    "client-secret": text,
    environment: { ...text, short: "e" },
    "federated-token-file": text,
    "identity-resource-id": text,
    login: { ...text, short: "l" },
    "server-id": text,
    "tenant-id": text,
    version: { type: "boolean" },
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs `kubelogin` with these arguments. `dir` is the sandbox instance. */
export function runCommand(
    args: readonly string[],
    dir: string,
    environment: Environment = {},
    now = new Date(),
): CommandResult {
    if (args[0] === "--version") {
        return { code: 0, stdout: `${version}\n`, stderr: "" };
    }
    try {
        const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
        if (positionals[0] !== "get-token") {
            return refusal(`unknown command "${positionals[0] ?? ""}" for "kubelogin"`);
        }
        const audience = values["server-id"];
        if (audience === undefined) {
            return refusal("server-id is required");
        }
        const key = entraKey(dir);
        if (key === undefined) {
            return refusal("failed to get token: AzureCLICredential: ERROR: Please run 'az login' to setup account.");
        }
        const objectId = identityBehind(values, environment, dir);
        const { token, expires } = mintToken(key, { objectId, audience }, now);
        const expirationTimestamp = new Date(expires).toISOString().replace(/\.\d+Z$/, "Z");
        const credential = {
            kind: "ExecCredential",
            apiVersion: "client.authentication.k8s.io/v1beta1",
            spec: { interactive: false },
            status: { expirationTimestamp, token },
        };
        return { code: 0, stdout: `${JSON.stringify(credential)}\n`, stderr: "" };
    } catch (error) {
        return refusal(error instanceof Error ? error.message : String(error));
    }
}

type Values = Readonly<Partial<Record<string, string | boolean>>>;

/** @throws kubelogin's complaint where the login lacks something */
function identityBehind(values: Values, environment: Environment, dir: string): string {
    const said = (flag: string, variable: string): string | undefined => {
        const value = values[flag] ?? environment[variable];
        return typeof value === "string" && value !== "" ? value : undefined;
    };
    const login = said("login", "AAD_LOGIN_METHOD") ?? "devicecode";
    const clientId = said("client-id", "AZURE_CLIENT_ID");
    switch (login) {
        case "azurecli":
            return sandboxUser;
        case "spn":
            demand(clientId, "client-id is required");
            demand(
                said("client-secret", "AZURE_CLIENT_SECRET") ??
                    said("client-certificate", "AZURE_CLIENT_CERTIFICATE_PATH"),
                "client-secret or client-certificate is required",
            );
            break;
        case "workloadidentity":
            demand(clientId, "client-id is required");
            demand(said("federated-token-file", "AZURE_FEDERATED_TOKEN_FILE"), "federated-token-file is required");
            break;
        case "msi":
            // The one of the machine, where several are not told apart.
            demand(
                clientId,
                "ManagedIdentityCredential authentication failed: the requested identity isn't assigned to this resource",
            );
            break;
        default:
            throw new Error(`failed to get token: ${login} needs somebody in front of it`);
    }
    return objectIdOf(clientId ?? "", new Inventory(dir, "azure-native").view());
}

function demand(value: string | undefined, complaint: string): void {
    if (value === undefined) {
        throw new Error(complaint);
    }
}

function refusal(message: string): CommandResult {
    return { code: 1, stdout: "", stderr: `Error: ${message}\n` };
}
