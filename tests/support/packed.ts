/** The npm package as a user gets it: packed, and installed into a folder that holds its declared dependencies and nothing else. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const root = join(__dirname, "..", "..");
const sdk = join(root, "sdk");

/** The parts of package.json that the tests look at. */
export interface PackageJson {
    readonly name: string;
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly peerDependencies: Readonly<Record<string, string>>;
}

export interface Packed {
    /** Parent of everything here; the caller removes it. */
    readonly folder: string;
    readonly tarball: string;
    /** Paths in the package, sorted. */
    readonly files: readonly string[];
}

/** A copy of the package as in a fresh checkout: what others have compiled is not there. The caller removes the folder. */
export function copySources(): { folder: string; copy: string } {
    const parent = join(root, ".sandbox", "tests");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "package-"));
    const copy = join(folder, "sdk");
    const made = [join(sdk, "bin"), join(sdk, "node_modules")];
    cpSync(sdk, copy, { recursive: true, filter: (source) => !made.includes(source) });
    return { folder, copy };
}

/** Runs `npm pack` on a copy of the package. */
export function pack(): Packed {
    const { folder, copy } = copySources();
    const report = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
        cwd: copy,
        encoding: "utf8",
    });
    const [{ filename, files }] = JSON.parse(report) as [{ filename: string; files: { path: string }[] }];
    return { folder, tarball: join(folder, basename(filename)), files: files.map(({ path }) => path).sort() };
}

/** Unpacks the package into `node_modules` of a project and links what it declares as dependencies. Returns its folder. */
export function install(packed: Packed, project: string): string {
    const target = join(project, "node_modules", "pulumi-wandb");
    mkdirSync(target, { recursive: true });
    execFileSync("tar", ["-xzf", packed.tarball, "--strip-components=1", "-C", target]);
    const { dependencies } = readPackage(target);
    Object.keys(dependencies).forEach((name) => addPackage(project, name));
    return target;
}

/** Puts one of the checkout's packages into `node_modules` of a project. */
export function addPackage(project: string, name: string): void {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(root, "node_modules", name)), link);
}

export function readPackage(folder: string): PackageJson {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
}

/** The package's TypeScript sources in the checkout, and the data that they import, relative to it. */
export function sourceFiles(): string[] {
    return readdirSync(sdk, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.ts$|\/.*\.json$/.test(file) && !/^(?:bin|node_modules)\//.test(file))
        .sort();
}
