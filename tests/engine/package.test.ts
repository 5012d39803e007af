/** The npm package: what is in it, that it type-checks and loads in an empty project, and that it previews. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { sandbox, sandboxArgs, SecretPrefix } from "../support/deployment";
import { addPackage, install, pack, type Packed, readPackage, sourceFiles } from "../support/packed";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const CloudSdkImport =
    /(?:from |import\(|require\()["']@pulumi\/(?:aws|awsx|aws-native|gcp|google-native|azure|azure-native|azuread)\b/;

const usage = `
import * as pulumi from "@pulumi/pulumi";
import {
    AwsBucketEncryption,
    AwsSecureStorageConnector,
    BucketProvider,
    GcpBucketEncryption,
    GcpSecureStorageConnector,
    Size,
    WandbDeployment,
    type AwsSecureStorageConnectorArgs,
    type BucketArgs,
    type GcpSecureStorageConnectorArgs,
    type OperatorArgs,
    type WandbDeploymentArgs,
} from "pulumi-wandb";

const operator: OperatorArgs = { namespace: "wandb-cr", values: { anything: [1] } };
const args: WandbDeploymentArgs = {
    existing: { kubeconfig: pulumi.secret("") },
    host: pulumi.interpolate\`wandb.\${"example.com"}\`,
    license: pulumi.secret("license"),
    size: Size.Medium,
    operator,
    database: { host: Promise.resolve("mysql.example.com"), port: 3306, password: pulumi.secret("password") },
    bucket: { provider: BucketProvider.S3, name: "files", region: "eu-west-1" },
    ingress: { className: "nginx", tls: { secretName: "wandb-tls" } },
};
export const make = (): WandbDeployment => new WandbDeployment("wandb", args, { protect: true });
export const address = (made: WandbDeployment): pulumi.Output<string | undefined> => made.address;
const files: AwsSecureStorageConnectorArgs = {
    principalArns: [pulumi.output("arn:aws:iam::123456789012:root")],
    hosts: ["wandb.example.com"],
    encryption: AwsBucketEncryption.Kms,
    kmsKey: { rotationDays: 90 },
};
/** The outputs fit the arguments of the other side. */
export const bucket = ({ bucketName, bucketRegion, kmsKeyArn, prefix }: AwsSecureStorageConnector): BucketArgs => ({
    provider: BucketProvider.S3,
    name: bucketName,
    region: bucketRegion,
    kmsKey: kmsKeyArn,
    prefix,
});
export const makeBucket = (): AwsSecureStorageConnector => new AwsSecureStorageConnector("files", files);
const gcpFiles: GcpSecureStorageConnectorArgs = {
    serviceAccountEmails: [pulumi.output("wandb@example-project.iam.gserviceaccount.com")],
    hosts: ["wandb.example.com"],
    encryption: GcpBucketEncryption.Kms,
    kmsKey: { rotationDays: 90 },
};
export const gcpBucket = ({ bucketName, prefix }: GcpSecureStorageConnector): BucketArgs => ({
    provider: BucketProvider.Gcs,
    name: bucketName,
    prefix,
});
export const makeGcpBucket = (): GcpSecureStorageConnector => new GcpSecureStorageConnector("files", gcpFiles);
// @ts-expect-error nobody gets access by default
export const nobody: AwsSecureStorageConnectorArgs = { hosts: ["*"] };
// @ts-expect-error a size that does not exist
export const size: WandbDeploymentArgs["size"] = "tiny";
// @ts-expect-error host is missing
export const incomplete: WandbDeploymentArgs = {};
// @ts-expect-error no such output
export const missing = (made: WandbDeployment) => made.cluster;
`;

const { ModuleKind, ModuleResolutionKind } = ts;
/** How projects are set up: the file's name decides between CommonJS and ES module where the resolution looks at it. */
const projects = [
    ["node10", "commonjs.ts", ModuleKind.CommonJS, ModuleResolutionKind.Node10],
    ["node16, CommonJS", "node16.cts", ModuleKind.Node16, ModuleResolutionKind.Node16],
    ["node16, ES module", "node16.mts", ModuleKind.Node16, ModuleResolutionKind.Node16],
    ["nodenext, CommonJS", "nodenext.cts", ModuleKind.NodeNext, ModuleResolutionKind.NodeNext],
    ["nodenext, ES module", "nodenext.mts", ModuleKind.NodeNext, ModuleResolutionKind.NodeNext],
    ["bundler", "bundler.ts", ModuleKind.ESNext, ModuleResolutionKind.Bundler],
] as const;

function problemsOf(files: string[], module: ts.ModuleKind, moduleResolution: ts.ModuleResolutionKind): string[] {
    const program = ts.createProgram(files, {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        module,
        moduleResolution,
        types: [],
    });
    return ts
        .getPreEmitDiagnostics(program)
        .map(
            ({ messageText, file: where }) =>
                `${where?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
        );
}

/** Names of packages that a compiled file asks for. */
function packagesIn(text: string): string[] {
    const specifiers = [...text.matchAll(/(?:require\(|from |import\()"([^".][^"]*)"/g)].map(
        ([, specifier]) => specifier,
    );
    return specifiers
        .filter((specifier) => !specifier.startsWith("node:") && !builtinModules.includes(specifier))
        .map((specifier) =>
            specifier
                .split("/")
                .slice(0, specifier.startsWith("@") ? 2 : 1)
                .join("/"),
        );
}

/** The files that one leads to by imports, of types too, itself included. */
function filesBehind(entry: string, end: string): string[] {
    const found = new Set<string>();
    const visit = (file: string): void => {
        if (found.has(file)) {
            return;
        }
        found.add(file);
        for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]*)"/g)) {
            const target = join(dirname(file), path);
            const candidates = [`${target}${end}`, join(target, `index${end}`)];
            // What is neither is data.
            candidates.filter((candidate) => existsSync(candidate)).forEach(visit);
        }
    };
    visit(entry);
    return [...found];
}

/** A program with a bucket for somebody else, what its cloud must be told, and what its preview shows. */
interface ConnectorCase {
    readonly component: string;
    readonly args: object;
    readonly config: readonly string[];
    readonly major: number;
    /** A version of another major. */
    readonly other: string;
    readonly shown: RegExp;
}

const connectors: Readonly<Record<string, ConnectorCase>> = {
    "@pulumi/aws": {
        component: "AwsSecureStorageConnector",
        args: { principalArns: ["arn:aws:iam::123456789012:root"], hosts: ["wandb.example.com"] },
        config: ["aws:region=eu-west-1"],
        major: 7,
        other: "6.83.0",
        shown: /aws:s3\/bucketPolicy:BucketPolicy: \(create\)/,
    },
    "@pulumi/gcp": {
        component: "GcpSecureStorageConnector",
        args: { serviceAccountEmails: ["wandb@a-project.iam.gserviceaccount.com"], hosts: ["wandb.example.com"] },
        config: ["gcp:project=example-project", "gcp:region=europe-west4"],
        major: 9,
        other: "8.41.1",
        shown: /gcp:storage\/bucketIAMBinding:BucketIAMBinding: \(create\)/,
    },
    "@pulumi/azure-native": {
        component: "AzureSecureStorageConnector",
        args: {
            hosts: ["wandb.example.com"],
            location: "westeurope",
            oidcIssuerUrl: "https://issuer.example.com/",
        },
        config: ["azure-native:location=westeurope"],
        major: 3,
        other: "2.90.0",
        shown: /azure-native:storage:BlobContainer: \(create\)/,
    },
};

const connectorProgram = ({ component, args }: ConnectorCase) => ({
    "Pulumi.yaml": "name: owner\nruntime: nodejs\nmain: index.js\n",
    "index.js": `
const { ${component} } = require("pulumi-wandb");
new ${component}("files", ${JSON.stringify(args)});
`,
});

describe("the npm package", function () {
    this.timeout(engineTimeoutMs);
    let packed: Packed;
    let project: string;
    let installed: string;

    const node = (...args: string[]): string =>
        execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });

    before(() => {
        packed = pack();
        // Not below the checkout: there the cloud SDKs would be found that nobody has installed here.
        project = mkdtempSync(join(tmpdir(), "wandb-project-"));
        installed = install(packed, project);
        writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", private: true }));
    });
    after(() => [packed.folder, project].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

    it("holds the sources, what they compile to, and nothing else", () => {
        const sources = sourceFiles();
        assert.ok(sources.length > 50 && sources.includes("index.ts"), String(sources.length));
        const compiled = sources.flatMap((file) =>
            file.endsWith(".ts") ? [".js", ".d.ts"].map((end) => `bin/${file.replace(/\.ts$/, end)}`) : [`bin/${file}`],
        );
        const others = [
            "LICENSE",
            "PulumiPlugin.yaml",
            "README.md",
            "package.json",
            "tsconfig.build.json",
            "tsconfig.json",
        ];
        assert.deepEqual(packed.files, [...sources, ...compiled, ...others].sort());
        const license = (folder: string) => readFileSync(join(folder, "LICENSE"), "utf8");
        assert.equal(license(installed), license(join(__dirname, "..", "..")));
    });

    it("names every package that it needs among its dependencies, and cloud SDKs in the clouds' own folders only", () => {
        const { dependencies, peerDependencies } = readPackage(installed);
        const files = packed.files.filter((name) => /^bin\/.*\.(?:js|d\.ts)$/.test(name));
        for (const file of files) {
            const needed = packagesIn(readFileSync(join(installed, file), "utf8"));
            const known = /^bin\/(aws|gcp|azure)\//.test(file)
                ? { ...dependencies, ...peerDependencies }
                : dependencies;
            needed.forEach((name) => assert.ok(name in known, `${file} needs ${name}`));
        }
        const clouds = files.flatMap((file) => packagesIn(readFileSync(join(installed, file), "utf8")));
        for (const name of ["@pulumi/aws", "@pulumi/azure-native", "@pulumi/gcp", "@pulumi/pulumi"]) {
            assert.ok(clouds.includes(name), name);
        }
    });

    for (const [what, entry, end] of [
        ["public types", "bin/index.d.ts", ".d.ts"],
        // The plugin's process checks their types at each start.
        ["sources for other languages", "plugin.ts", ".ts"],
    ] as const) {
        it(`has ${what} that lead to no cloud SDK`, () => {
            const files = filesBehind(join(installed, entry), end);
            assert.ok(files.length > 10, String(files.length));
            for (const file of files) {
                assert.doesNotMatch(readFileSync(file, "utf8"), CloudSdkImport, relative(installed, file));
            }
        });
    }

    for (const [name, file, module, resolution] of projects) {
        it(`type-checks with strict settings, the example of its README too: ${name}`, () => {
            const [, example] = /```ts\n([^]*?)```/.exec(readFileSync(join(installed, "README.md"), "utf8")) ?? [];
            assert.ok(example?.includes("new WandbDeployment("));
            const files = [file, `readme-${file}`].map((name) => join(project, name));
            writeFileSync(files[0], usage);
            writeFileSync(files[1], example);
            assert.deepEqual(problemsOf(files, module, resolution), []);
        });
    }

    it("loads by require and by import", () => {
        const names = [
            ...["AwsBucketAccess", "AwsBucketEncryption", "AwsCacheEngine", "AwsClusterLogType", "AwsDatabaseLogType"],
            ...["AwsFlowLogTraffic", "AwsIdentityMode", "AwsLoadBalancerScheme", "AwsNatMode"],
            ...["AwsSecureStorageConnector", "AwsStorageClass", "AwsTaintEffect"],
            ...["AzureAcmeChallenge", "AzureBucketAccess", "AzureBucketEncryption", "AzureBucketRedundancy"],
            ...["AzureBucketTier", "AzureCacheClusteringPolicy", "AzureCacheEvictionPolicy", "AzureCacheKind"],
            ...["AzureCacheSnapshotPeriod", "AzureClusterTier", "AzureDatabaseHighAvailability", "AzureGatewaySku"],
            ...["AzureIngressController", "AzureKeyProtection", "AzureKubeconfigLogin", "AzureLoadBalancerScheme"],
            ...["AzureNetworkPolicy", "AzureNodeOs", "AzureNodeOsChannel", "AzureOsDiskType", "AzureOutbound"],
            ...["AzurePodNetwork", "AzurePoolMode", "AzureSecureStorageConnector", "AzureTaintEffect"],
            ...["AzureTlsPolicy", "AzureUpgradeChannel", "AzureVolumeType", "AzureWafMode", "AzureWafRuleSet"],
            ...["AzureWeekday"],
            "BucketProvider",
            ...["GcpBigtableStorage", "GcpBootDiskType", "GcpBucketAccess", "GcpBucketEncryption"],
            ...["GcpCacheConnectMode", "GcpCacheSnapshotPeriod", "GcpDatabaseDiskType"],
            ...["GcpDatabaseEdition", "GcpFlowLogInterval", "GcpGoogleApisMode"],
            ...["GcpKeyProtection", "GcpKubeconfigCredentials", "GcpLoadBalancerScheme"],
            ...["GcpLoggingComponent", "GcpMaintenanceTrack", "GcpMonitoringComponent"],
            ...["GcpNatLogging", "GcpNatMode", "GcpNetworkPolicy", "GcpReleaseChannel"],
            ...["GcpRoutingMode", "GcpSecureStorageConnector", "GcpStorageClass", "GcpTaintEffect"],
            ...["GcpTlsProfile", "GcpTlsVersion", "GcpVolumeType", "GcpWeekday"],
            ...["OidcAuthMethod", "Size", "WandbDeployment"],
        ];
        const exported = node("-p", 'JSON.stringify(Object.keys(require("pulumi-wandb")).sort())');
        assert.deepEqual(JSON.parse(exported), names);
        const esm =
            'import { BucketProvider, Size, WandbDeployment } from "pulumi-wandb"; console.log(Size.Small, BucketProvider.S3, WandbDeployment.name);';
        assert.equal(node("--input-type=module", "--eval", esm), "small s3 WandbDeployment\n");
    });

    it("loads no cloud SDK, no Kubernetes client, and no YAML reader or compiler beside those of Pulumi's own SDK", () => {
        const loadedBy = (first: string) => {
            const modules = node("-p", `require(${JSON.stringify(first)}); Object.keys(require.cache).join("\\n")`);
            return modules.trim().split("\n");
        };
        const own = new Set(loadedBy("@pulumi/pulumi"));
        const added = loadedBy("pulumi-wandb").filter((file) => !own.has(file));
        assert.ok(added.some((file) => file.startsWith(installed)));
        const strangers = added.filter((file) => !file.startsWith(installed) && !file.includes("/@pulumi/kubernetes/"));
        assert.deepEqual(strangers, []);
        const kubernetes = added.filter((file) => file.includes("/@pulumi/kubernetes/"));
        assert.ok(kubernetes.length < 20, `only the kinds that are used:\n${kubernetes.join("\n")}`);
    });

    it("previews from an empty project", async function () {
        this.timeout(toolchainTimeoutMs);
        const { controlPlane } = await sandbox();
        const program = await ScratchProgram.create(
            {
                "Pulumi.yaml": "name: consumer\nruntime: nodejs\nmain: index.mjs\n",
                "index.mjs": `
import { readFileSync } from "node:fs";
import { secret } from "@pulumi/pulumi";
import { WandbDeployment } from "pulumi-wandb";
const { license, ...args } = JSON.parse(readFileSync("args.json", "utf8"));
const existing = { kubeconfig: readFileSync(process.env.KUBECONFIG, "utf8") };
export const { url, manifest } = new WandbDeployment("wandb", { ...args, license: secret(license), existing });
`,
                "args.json": JSON.stringify(await sandboxArgs()).replaceAll(SecretPrefix, ""),
            },
            { KUBECONFIG: controlPlane.kubeconfigPath },
        );
        try {
            install(packed, program.folder);
            const output = await program.succeed("preview", "--diff");
            assert.match(output, /kubernetes:helm\.sh\/v3:Release: \(create\)/);
            assert.match(output, /kubernetes:apps\.wandb\.com\/v1:WeightsAndBiases: \(create\)/);
            assert.match(output, /spec *: \{[^]*host *: "https:\/\/wandb\.sandbox\.example"/);
        } finally {
            program.remove();
        }
    });

    for (const [sdk, connector] of Object.entries(connectors)) {
        const { component, major, other, config, shown } = connector;
        describe(`with ${component}, which needs ${sdk}`, () => {
            let program: ScratchProgram;

            before(async function () {
                this.timeout(toolchainTimeoutMs);
                program = await ScratchProgram.create(connectorProgram(connector));
                install(packed, program.folder);
                await program.succeed("config", "set-all", ...config.flatMap((setting) => ["--plaintext", setting]));
            });
            after(() => program.remove());

            const assertRefused = (output: string, expected: string) => {
                assert.ok(output.includes(expected), output);
                assert.ok(
                    output.includes(`Run \`npm install ${sdk}@${major}\` in the folder of your program.`),
                    output,
                );
                assert.doesNotMatch(output, /SecureStorageConnector files|\n\s+at /, "nothing registered, no stack");
            };

            it("asks for the SDK where it is not installed", async () => {
                for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.js"]) {
                    copyFileSync(join(program.folder, file), join(project, file));
                }
                const output = await program.fail("preview", "--cwd", project, "--stack", "dev");
                assertRefused(output, `files: the package ${sdk} is not installed, nothing was created`);
            });

            it("asks for another one where its major is not ours", async () => {
                const folder = join(program.folder, "node_modules", ...sdk.split("/"));
                mkdirSync(folder, { recursive: true });
                writeFileSync(join(folder, "package.json"), JSON.stringify({ name: sdk, version: other }));
                const output = await program.fail("preview");
                rmSync(folder, { recursive: true });
                assertRefused(
                    output,
                    `files: version ${major} of the package ${sdk} is needed, but ${other} is installed`,
                );
            });

            it("previews with the SDK", async () => {
                addPackage(program.folder, sdk);
                const output = await program.succeed("preview", "--diff");
                assert.match(output, shown);
            });
        });
    }
});
