/** What becomes of the vendor's snippets renders by Helm, with the object store that they name and no credential in clear. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { after, before, describe, it } from "mocha";
import { ensureToolchain } from "../../sandbox/toolchain";
import { toolchainTimeoutMs } from "../support/scratch-program";
import { checkSnippet, snippets, valuesMade } from "../support/vendor-snippets";

interface Rendered {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>> | null;
    readonly spec: {
        readonly template: {
            readonly spec: {
                readonly containers: readonly [{ readonly env: readonly { name: string; value?: string }[] }];
            };
        };
    };
}

const run = promisify(execFile);
const charts = join(__dirname, "..", "..", "sandbox", "operator", "charts");

describe("snippets of the vendor's page, as rendered", () => {
    let helm: string;
    let dir: string;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        helm = (await ensureToolchain((line) => console.log(`    ${line}`))).path("helm");
        dir = mkdtempSync(join(tmpdir(), "vendor-snippets-"));
    });

    after(() => rmSync(dir, { recursive: true, force: true }));

    async function render(chart: string, values: object): Promise<Rendered[]> {
        const file = join(dir, "values.json");
        writeFileSync(file, JSON.stringify(values));
        const { stdout } = await run(helm, ["template", "wandb", join(charts, chart), "--values", file], {
            maxBuffer: 1 << 24,
        });
        return loadAll(stdout).filter((object) => object !== null) as Rendered[];
    }

    for (const snippet of snippets.filter(({ holds }) => holds !== undefined)) {
        it(snippet.title, async () => {
            const checked = checkSnippet(snippet);
            assert.deepEqual(
                checked.findings.filter(({ level }) => level === "error"),
                [],
            );
            const isOperators = snippet.operatorValues !== undefined;
            const values = await valuesMade(snippet, checked);
            const objects = await render(isOperators ? "operator-1.4.8" : "operator-wandb", values);
            const main = isOperators ? "wandb-controller-manager" : "wandb-app-bc";
            assert.ok(
                objects.some(({ kind, metadata }) => kind === "Deployment" && metadata.name === main),
                objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(", "),
            );
            // A key inside the variable BUCKET is what the finding warns of.
            const shown = [values, ...objects.map(decoded)].filter((object) =>
                JSON.stringify(object).includes("canary"),
            );
            assert.equal(shown.length > 0, snippet.findings.includes("bucket.env"), JSON.stringify(shown));
            if (snippet.stores !== undefined) {
                assert.deepEqual([storeOf(objects, "BUCKET"), storeOf(objects, "GORILLA_FILE_STORE")], snippet.stores);
            }
        });
    }
});

/** A Secret with its content in clear; other objects as they are. */
function decoded(object: Rendered): object {
    const { kind, metadata, data } = object;
    return kind === "Secret"
        ? { metadata, texts: Object.values(data ?? {}).map((text) => Buffer.from(text, "base64").toString()) }
        : object;
}

/** A variable of the application, as Kubernetes puts it together. */
function storeOf(objects: readonly Rendered[], name: string): string | undefined {
    const find = (kind: string, called: string): Rendered | undefined =>
        objects.find((object) => object.kind === kind && object.metadata.name === called);
    const [container] = find("Deployment", "wandb-app-bc")?.spec.template.spec.containers ?? [];
    const parts = find("ConfigMap", "wandb-bucket-configmap")?.data ?? {};
    const value = container?.env.find((variable) => variable.name === name)?.value;
    return value?.replace(/\$\((\w+)\)/g, (reference, part: string) => parts[part] ?? reference);
}
