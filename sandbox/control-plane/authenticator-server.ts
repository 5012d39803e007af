/** Answers the API server's TokenReviews, as the authenticators in control planes of EKS, GKE and AKS do. Started by index.ts. */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { signingKey } from "../aws-cli/token";
import { Inventory } from "../clouds/inventory";
import { authenticateGoogle } from "../gke-auth/authenticator";
import { googleKey } from "../gke-auth/token";
import { authenticateEntra } from "../kubelogin/authenticator";
import { entraKey } from "../kubelogin/token";
import { authenticate, type AuthenticatedUser } from "./authenticator";

const { values: options } = parseArgs({ options: { dir: { type: "string" }, port: { type: "string" } } });
const dir = options.dir ?? "";
const aws = new Inventory(dir, "aws");
const gcp = new Inventory(dir, "gcp");
const azure = new Inventory(dir, "azure-native");

function statusOf(body: string): object {
    const { spec } = JSON.parse(body) as { spec?: { token?: string } };
    const user = userOf(spec?.token ?? "");
    return user === undefined ? { authenticated: false } : { authenticated: true, user };
}

/** No token is one of two clouds. */
function userOf(token: string): AuthenticatedUser | undefined {
    const key = signingKey(dir);
    const google = googleKey(dir);
    const entra = entraKey(dir);
    return (
        (key === undefined ? undefined : authenticate(key, token, aws.view())) ??
        (google === undefined ? undefined : authenticateGoogle(google, token, gcp.view())) ??
        (entra === undefined ? undefined : authenticateEntra(entra, token, azure.view()))
    );
}

const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
    };
    if (request.method !== "POST") {
        return answer(200, { dir });
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
        try {
            const status = statusOf(Buffer.concat(chunks).toString("utf8"));
            answer(200, { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status });
        } catch (error) {
            answer(500, { error: String(error) });
        }
    });
});
server.listen(Number(options.port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
