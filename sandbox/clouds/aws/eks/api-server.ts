/** Where a simulated cluster is reached: the sandbox's own API server, when there is one. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { credentialPaths } from "../../../control-plane/credentials";

/** What EKS tells of an API server. */
export interface ApiServer {
    readonly endpoint: string;
    /** Base64. */
    readonly certificateAuthority: string;
}

interface Kubeconfig {
    readonly clusters: readonly {
        readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
    }[];
}

/** The API server of the instance in `dir`; without one an address that leads nowhere, in the form of the real ones. */
export function apiServer(dir: string, region: string, dnsSuffix: string): ApiServer {
    const file = credentialPaths(dir).kubeconfig;
    if (existsSync(file)) {
        const [{ cluster }] = (JSON.parse(readFileSync(file, "utf8")) as Kubeconfig).clusters;
        return { endpoint: cluster.server, certificateAuthority: cluster["certificate-authority-data"] };
    }
    const name = randomBytes(16).toString("hex").toUpperCase();
    return {
        endpoint: `https://${name}.gr7.${region}.eks.${dnsSuffix}`,
        certificateAuthority: Buffer.from("a certificate").toString("base64"),
    };
}
