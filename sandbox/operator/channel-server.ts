/**
 * The release channel on loopback (the vendor's deployer service). What it answers stands in `<dir>/channel.json`, read
 * for each request, and each request leaves a line in `<dir>/channel-requests.jsonl`.
 */
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ChannelDocument, ChannelRequestRecord } from "./channel-document";

const { values: options } = parseArgs({ options: { dir: { type: "string" }, port: { type: "string" } } });
const dir = options.dir ?? "";

/** The user name, and a digest in the place of the license, which a test can compare and nobody can use. */
function identify(request: IncomingMessage): Pick<ChannelRequestRecord, "user" | "licenseDigest"> {
    const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (encoded === undefined) {
        return {};
    }
    const [user, ...license] = Buffer.from(encoded, "base64").toString("utf8").split(":");
    return { user, licenseDigest: createHash("sha256").update(license.join(":")).digest("hex") };
}

function answer(path: string): { status: number; body: unknown } {
    const document = JSON.parse(readFileSync(join(dir, "channel.json"), "utf8")) as ChannelDocument;
    if (document.status !== undefined && document.status !== 200) {
        return { status: document.status, body: { error: "switched on by a test" } };
    }
    const release = /^\/api\/v1\/operator\/channel\/release\/([^/]+)$/.exec(path)?.[1];
    if (release !== undefined) {
        const pinned = document.releases?.[release];
        return pinned === undefined
            ? { status: 404, body: { error: "no such release" } }
            : { status: 200, body: pinned };
    }
    if (path !== "/api/v1/operator/channel") {
        return { status: 404, body: { error: "not found" } };
    }
    const { chart, values, metadata } = document;
    return { status: 200, body: { chart, values, metadata } };
}

const server = createServer((request, response) => {
    // Tells whoever starts it that this is no stranger on the same port.
    response.setHeader("x-sandbox", dir);
    const path = new URL(request.url ?? "/", "http://loopback").pathname;
    const { status, body } = request.method === "GET" ? answer(path) : { status: 405, body: { error: "GET only" } };
    if (path.startsWith("/api/")) {
        const record: ChannelRequestRecord = { at: new Date().toISOString(), path, status, ...identify(request) };
        appendFileSync(join(dir, "channel-requests.jsonl"), JSON.stringify(record) + "\n", { mode: 0o600 });
    }
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
});
server.listen(Number(options.port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
