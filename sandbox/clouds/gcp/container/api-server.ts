/** Where a simulated cluster is reached: the sandbox's own API server, when there is one. */
import { existsSync, readFileSync } from "node:fs";
import { credentialPaths } from "../../../control-plane/credentials";

/** What GKE tells of an API server. */
export interface ApiServer {
    /** Address without a scheme. */
    readonly endpoint: string;
    /** Base64. */
    readonly certificateAuthority: string;
}

interface Kubeconfig {
    readonly clusters: readonly {
        readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
    }[];
}

/** The API server of the instance in `dir`; without one an address that leads nowhere (RFC 5737). */
export function apiServer(dir: string): ApiServer {
    const file = credentialPaths(dir).kubeconfig;
    if (existsSync(file)) {
        const [{ cluster }] = (JSON.parse(readFileSync(file, "utf8")) as Kubeconfig).clusters;
        const endpoint = cluster.server.replace(/^https:\/\//, "");
        return { endpoint, certificateAuthority: cluster["certificate-authority-data"] };
    }
    return { endpoint: "192.0.2.10", certificateAuthority: Buffer.from("a certificate").toString("base64") };
}
