/**
 * The Helm repository on loopback, and the same charts as an OCI registry (read-only, plain HTTP) under the name
 * `charts/<chart>`. Started by index.ts; a fault test stops the process.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { folder: { type: "string" }, port: { type: "string" } } });
const folder = options.folder ?? "";

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const configType = "application/vnd.cncf.helm.config.v1+json";
const layerType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

function send(response: ServerResponse, status: number, type: string, body: Buffer | string, digest?: string): void {
    const headers = { "content-type": type, "content-length": Buffer.byteLength(body) };
    response.writeHead(status, digest === undefined ? headers : { ...headers, "docker-content-digest": digest });
    response.end(body);
}

function digestOf(content: Buffer | string): string {
    return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** The three parts of a chart in a registry. */
function artifact(name: string, archive: string): { manifest: string; config: string; layer: Buffer } {
    const layer = readFileSync(join(folder, archive));
    const version = archive.slice(name.length + 1, -".tgz".length);
    const config = JSON.stringify({ apiVersion: "v2", name, version });
    const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        config: { mediaType: configType, digest: digestOf(config), size: Buffer.byteLength(config) },
        layers: [{ mediaType: layerType, digest: digestOf(layer), size: layer.length }],
    });
    return { manifest, config, layer };
}

function archivesOf(name: string): string[] {
    return readdirSync(folder).filter((file) => new RegExp(`^${name}-\\d.*\\.tgz$`).test(file));
}

function answerRegistry(path: string, response: ServerResponse): void {
    const match = /^\/v2\/charts\/([a-z0-9-]+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(path);
    if (path === "/v2/") {
        return send(response, 200, "application/json", "{}");
    }
    const [, name, kind, reference] = match ?? ["", "", "", ""];
    if (kind === "tags") {
        const tags = archivesOf(name).map((file) => file.slice(name.length + 1, -".tgz".length));
        return send(response, 200, "application/json", JSON.stringify({ name: `charts/${name}`, tags }));
    }
    for (const archive of archivesOf(name)) {
        const { manifest, config, layer } = artifact(name, archive);
        const digest = digestOf(manifest);
        if (kind === "manifests" && (archive === `${name}-${reference}.tgz` || reference === digest)) {
            return send(response, 200, manifestType, manifest, digest);
        }
        const blob = [config, layer].find((part) => kind === "blobs" && digestOf(part) === reference);
        if (blob !== undefined) {
            return send(response, 200, "application/octet-stream", blob, reference);
        }
    }
    send(response, 404, "application/json", JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN" }] }));
}

const server = createServer((request, response) => {
    // Tells whoever starts it that this is no stranger on the same port.
    response.setHeader("x-sandbox", folder);
    const path = new URL(request.url ?? "/", "http://loopback").pathname;
    if (path.startsWith("/v2/")) {
        return answerRegistry(path, response);
    }
    const file = join(folder, basename(path));
    if (!/\.(tgz|yaml)$/.test(file) || !existsSync(file) || !statSync(file).isFile()) {
        return send(response, 404, "text/plain", "not found\n");
    }
    send(response, 200, "application/octet-stream", readFileSync(file));
});
server.listen(Number(options.port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
