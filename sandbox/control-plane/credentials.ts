/** Keys, token, certificate and kubeconfig of one sandbox control plane. All stay below its directory. */
import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Name of the context, the cluster and the user in the kubeconfig. */
export const contextName = "pulumi-wandb-sandbox";

const oneDayMs = 24 * 60 * 60 * 1000;

/** Where the credentials of the control plane in `dir` lie. */
export interface CredentialPaths {
    folder: string;
    tokenFile: string;
    /** Signs the tokens of simulated AWS callers. */
    awsSigningKey: string;
    /** Tells the API server where it asks about tokens it does not know. */
    authenticatorConfig: string;
    serviceAccountKey: string;
    serviceAccountPublicKey: string;
    certificate: string;
    certificateKey: string;
    kubeconfig: string;
}

export function credentialPaths(dir: string): CredentialPaths {
    const folder = join(dir, "pki");
    return {
        folder,
        tokenFile: join(folder, "tokens.csv"),
        awsSigningKey: join(folder, "aws-signing.key"),
        authenticatorConfig: join(folder, "authenticator.json"),
        serviceAccountKey: join(folder, "service-account.key"),
        serviceAccountPublicKey: join(folder, "service-account.pub"),
        // The API server makes this pair itself when it is missing (its --cert-dir and pair name).
        certificate: join(folder, "apiserver.crt"),
        certificateKey: join(folder, "apiserver.key"),
        kubeconfig: join(dir, "kubeconfig"),
    };
}

/** Makes what is missing and returns the administrator's token. A certificate near its end is thrown away. */
export function ensureCredentials(dir: string): string {
    const paths = credentialPaths(dir);
    mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
    if (!existsSync(paths.tokenFile)) {
        writePrivate(
            paths.tokenFile,
            `${randomBytes(24).toString("hex")},sandbox-admin,sandbox-admin,"system:masters"\n`,
        );
    }
    if (!existsSync(paths.awsSigningKey)) {
        writePrivate(paths.awsSigningKey, randomBytes(32).toString("hex"));
    }
    if (!existsSync(paths.serviceAccountKey) || !existsSync(paths.serviceAccountPublicKey)) {
        const { privateKey, publicKey } = generateKeyPairSync("rsa", {
            modulusLength: 2048,
            privateKeyEncoding: { type: "pkcs1", format: "pem" },
            publicKeyEncoding: { type: "spki", format: "pem" },
        });
        writePrivate(paths.serviceAccountPublicKey, publicKey);
        writePrivate(paths.serviceAccountKey, privateKey);
    }
    if (existsSync(paths.certificate)) {
        const validTo = new X509Certificate(readFileSync(paths.certificate)).validTo;
        if (Date.parse(validTo) - Date.now() < oneDayMs) {
            rmSync(paths.certificate);
            rmSync(paths.certificateKey, { force: true });
        }
    }
    return readFileSync(paths.tokenFile, "utf8").split(",")[0];
}

/** Writes the kubeconfig (readable by its owner only) and returns its text. */
export function writeKubeconfig(dir: string, server: string, token: string): string {
    const paths = credentialPaths(dir);
    const certificateAuthority = readFileSync(paths.certificate).toString("base64");
    // JSON is YAML, so every kubeconfig reader takes it, and no library is needed to write it.
    const text =
        JSON.stringify(
            {
                apiVersion: "v1",
                kind: "Config",
                "current-context": contextName,
                clusters: [
                    { name: contextName, cluster: { server, "certificate-authority-data": certificateAuthority } },
                ],
                users: [{ name: contextName, user: { token } }],
                contexts: [{ name: contextName, context: { cluster: contextName, user: contextName } }],
            },
            undefined,
            4,
        ) + "\n";
    if (!existsSync(paths.kubeconfig) || readFileSync(paths.kubeconfig, "utf8") !== text) {
        writePrivate(paths.kubeconfig, text);
    }
    return text;
}

/** Writes the file by which the API server finds the authenticator of simulated EKS clusters. */
export function writeAuthenticatorConfig(dir: string, port: number): void {
    const name = "eks-authenticator";
    const config = {
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        clusters: [{ name, cluster: { server: `http://127.0.0.1:${port}/authenticate` } }],
        users: [{ name, user: {} }],
        contexts: [{ name, context: { cluster: name, user: name } }],
    };
    writePrivate(credentialPaths(dir).authenticatorConfig, JSON.stringify(config));
}

function writePrivate(path: string, text: string): void {
    const partial = `${path}.partial`;
    writeFileSync(partial, text, { mode: 0o600 });
    chmodSync(partial, 0o600);
    renameSync(partial, path);
}

/** The certificate all components show; it holds its own authority. Throws until the API server has made it. */
export function readCertificate(dir: string): string {
    return readFileSync(credentialPaths(dir).certificate, "utf8");
}
