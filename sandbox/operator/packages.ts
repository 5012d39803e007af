/** Packs the stand-in charts, each in the versions that tests need, with the helm binary. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** The charts by name: folder and the versions we serve, the newest first. */
export const charts = {
    operator: { folder: "operator-1.4.8", versions: ["1.4.8", "1.4.7"] },
    "operator-wandb": { folder: "operator-wandb", versions: ["0.43.8", "0.43.7"] },
    // The versions that sdk/aws/versions.ts pins.
    "aws-load-balancer-controller": { folder: "aws-load-balancer-controller", versions: ["1.17.1"] },
    "cluster-autoscaler": { folder: "cluster-autoscaler", versions: ["9.59.1"] },
    "external-dns": { folder: "external-dns", versions: ["1.20.0"] },
    // The version that sdk/azure/entry/addon-chart.ts pins.
    "cert-manager": { folder: "cert-manager", versions: ["v1.21.2"] },
} as const;

export type ChartName = keyof typeof charts;

/** Charts of other parts of the sandbox, served from the same repository. */
export interface ExtraChart {
    /** Folder of the chart. */
    path: string;
    /** Versions to serve; the one in Chart.yaml when absent. */
    versions?: readonly string[];
}

const run = promisify(execFile);
const chartsFolder = join(__dirname, "charts");

/** Packs one version of a stand-in chart into `target` and gives the path of the archive, for path and air-gap use. */
export async function packageChart(helm: string, name: ChartName, version: string, target: string): Promise<string> {
    await pack(helm, join(chartsFolder, charts[name].folder), [version], target);
    return join(target, `${name}-${version}.tgz`);
}

/** Fills `<dir>/repository` with all archives and their index. Does nothing when it is filled from the same sources. */
export async function buildRepository(
    dir: string,
    options: { helm: string; url: string; extraCharts?: ExtraChart[] },
): Promise<string> {
    const own = Object.values(charts).map(({ folder, versions }) => ({ path: join(chartsFolder, folder), versions }));
    const all: ExtraChart[] = [...own, ...(options.extraCharts ?? [])];
    const target = join(dir, "repository");
    const stamp = join(target, ".sources");
    const sources = hashOf(
        [options.url, ...all.map(({ versions }) => String(versions))],
        all.map(({ path }) => path),
    );
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) {
        return target;
    }
    mkdirSync(dir, { recursive: true });
    const fresh = mkdtempSync(join(dir, "repository-"));
    try {
        await Promise.all(all.map(({ path, versions }) => pack(options.helm, path, versions, fresh)));
        await run(options.helm, ["repo", "index", fresh, "--url", options.url]);
        writeFileSync(join(fresh, ".sources"), sources);
        rmSync(target, { recursive: true, force: true });
        renameSync(fresh, target);
    } finally {
        rmSync(fresh, { recursive: true, force: true });
    }
    return target;
}

/** The version is written into a copy: --version alone would leave the sources and the archive at odds. */
async function pack(
    helm: string,
    folder: string,
    versions: readonly string[] | undefined,
    target: string,
): Promise<void> {
    mkdirSync(target, { recursive: true });
    if (versions === undefined) {
        await run(helm, ["package", folder, "--destination", target]);
        return;
    }
    const work = mkdtempSync(join(target, ".pack-"));
    try {
        for (const version of versions) {
            const copy = join(work, version);
            cpSync(folder, copy, { recursive: true });
            const manifest = readFileSync(join(copy, "Chart.yaml"), "utf8");
            writeFileSync(join(copy, "Chart.yaml"), manifest.replace(/^version: .*$/m, `version: ${version}`));
            await run(helm, ["package", copy, "--destination", target]);
        }
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

function hashOf(facts: string[], folders: string[]): string {
    const hash = createHash("sha256").update(JSON.stringify(facts));
    for (const folder of folders) {
        const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
            hash.update(`${path.slice(folder.length)}\0`).update(readFileSync(path));
        }
    }
    return hash.digest("hex");
}
