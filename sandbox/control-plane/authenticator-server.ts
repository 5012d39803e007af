/** Answers the API server's TokenReviews, as the authenticator in an EKS control plane does. Started by index.ts. */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { signingKey } from "../aws-cli/token";
import { Inventory } from "../clouds/inventory";
import { authenticate } from "./authenticator";

const { values: options } = parseArgs({ options: { dir: { type: "string" }, port: { type: "string" } } });
const dir = options.dir ?? "";
const inventory = new Inventory(dir, "aws");

function statusOf(body: string): object {
    const { spec } = JSON.parse(body) as { spec?: { token?: string } };
    const key = signingKey(dir);
    const user = key === undefined ? undefined : authenticate(key, spec?.token ?? "", inventory.view());
    return user === undefined ? { authenticated: false } : { authenticated: true, user };
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
