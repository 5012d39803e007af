/** The published policy pack: what is in it, and that it runs with its declared dependencies and nothing else. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandbox } from "../support/deployment";
import { install, pack, type Packed, readPackage } from "../support/packed";
import { faultless, InClear } from "../support/policy-bad-stack";
import { policyPack, programOf, reported } from "../support/policy-run";
import { InstanceType } from "../support/policy-stack";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const root = join(__dirname, "..", "..");

/** Runs `npm pack` on a copy of the pack, beside the packed library. Returns the paths in it and its tarball. */
function packPolicies({ folder }: Packed): { files: string[]; tarball: string } {
    const copy = join(folder, "policy");
    cpSync(policyPack, copy, { recursive: true, filter: (source) => source !== join(policyPack, "bin") });
    const report = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
        cwd: copy,
        encoding: "utf8",
    });
    const [{ filename, files }] = JSON.parse(report) as [{ filename: string; files: { path: string }[] }];
    return { files: files.map(({ path }) => path).sort(), tarball: join(folder, filename) };
}

/** Unpacks the pack into a project that has the packed library, and links what else it declares. Returns its folder. */
function installPolicies(tarball: string, project: string): string {
    const target = join(project, "node_modules", "pulumi-wandb-policy");
    mkdirSync(target, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
    const linked = Object.keys(readPackage(target).dependencies).filter((name) => name !== "pulumi-wandb");
    for (const name of linked) {
        const link = join(project, "node_modules", name);
        mkdirSync(dirname(link), { recursive: true });
        rmSync(link, { force: true });
        symlinkSync(realpathSync(join(root, "node_modules", name)), link);
    }
    return target;
}

describe("the published policy pack", function () {
    this.timeout(engineTimeoutMs);
    let library: Packed;
    let project: string;
    let installed: string;
    let files: string[];

    before(() => {
        library = pack();
        // Outside of the checkout, whose packages it would find otherwise.
        project = mkdtempSync(join(tmpdir(), "policy-project-"));
        install(library, project);
        const packed = packPolicies(library);
        files = packed.files;
        installed = installPolicies(packed.tarball, project);
    });

    after(() => {
        rmSync(library.folder, { recursive: true, force: true });
        rmSync(project, { recursive: true, force: true });
    });

    it("holds what its sources compile to, and nothing else", () => {
        const sources = readdirSync(policyPack, { recursive: true, encoding: "utf8" }).filter(
            (file) => file.endsWith(".ts") && !/^(?:bin|node_modules)\//.test(file),
        );
        assert.ok(sources.includes("index.ts") && sources.includes("infrastructure/kubernetes.ts"));
        const compiled = sources.map((file) => `bin/${file.replace(/\.ts$/, ".js")}`);
        const others = ["LICENSE", "PulumiPolicy.yaml", "README.md", "package.json"];
        assert.deepEqual(files, [...compiled, ...others].sort());
        const license = (folder: string) => readFileSync(join(folder, "LICENSE"), "utf8");
        assert.equal(license(installed), license(root));
    });

    it("names every package that it needs among its dependencies", () => {
        const { dependencies } = readPackage(installed);
        for (const file of files.filter((name) => name.endsWith(".js"))) {
            const text = readFileSync(join(installed, file), "utf8");
            const needed = [...text.matchAll(/require\("([^".][^"]*)"\)/g)]
                .map(([, name]) => name)
                .filter((name) => !name.startsWith("node:") && !builtinModules.includes(name))
                .map((name) =>
                    name
                        .split("/")
                        .slice(0, name.startsWith("@") ? 2 : 1)
                        .join("/"),
                );
            needed.forEach((name) => assert.ok(name in dependencies, `${file} needs ${name}`));
        }
    });

    it("runs alone, with the published library", async function () {
        this.timeout(toolchainTimeoutMs);
        const { controlPlane } = await sandbox();
        const props = faultless({ values: { global: { license: InClear, size: "tiny" } } });
        const program = await ScratchProgram.create(
            {
                "Pulumi.yaml": "name: policies\nruntime: nodejs\nmain: index.js\n",
                "index.js": programOf([{ type: InstanceType, name: "by-hand", props }]),
            },
            { KUBECONFIG: controlPlane.kubeconfigPath },
        );
        try {
            const output = await program.fail("preview", "--policy-pack", installed);
            assert.deepEqual(
                reported(output)
                    .map(({ level, policy }) => `${level} ${policy}`)
                    .sort(),
                [
                    "advisory license-both",
                    "advisory license-jwt",
                    "advisory size-name",
                    "mandatory literal-credentials",
                ],
                output,
            );
        } finally {
            program.remove();
        }
    });
});
