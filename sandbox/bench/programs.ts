/** The programs that are measured: TypeScript as `pulumi new typescript` makes it, run through ts-node with type checks, and YAML. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { askEngine, type EngineOptions } from "../engine";
import type { SandboxInstance } from "../instance";
import { awsStack } from "../stacks/aws";
import { sandboxLicense } from "../stacks/local";

/** The template's compiler options. */
const tsconfig = {
    compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "nodenext",
        moduleResolution: "nodenext",
        sourceMap: true,
        experimentalDecorators: true,
        pretty: true,
        noFallthroughCasesInSwitch: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
};

/** What `pulumi new typescript` writes, and every program begins with: reading these types is the most of what it costs. */
export const EmptyProgram = 'import * as pulumi from "@pulumi/pulumi";\n';

/** Less than a program: nothing but what makes the file a module. */
export const BareProgram = "export {};\n";

/** One deployment on the sandbox's cluster. */
export function deploymentProgram({ operator }: SandboxInstance): string {
    return `import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, WandbDeployment } from "pulumi-wandb";

const wandb = new WandbDeployment("wandb", {
    existing: { kubeconfig: readFileSync(process.env.KUBECONFIG ?? "", "utf8") },
    host: "wandb.sandbox.example",
    license: pulumi.secret("${sandboxLicense()}"),
    deletionProtection: false,
    operator: { chart: { repository: "${operator.repositoryUrl}" }, channelUrl: "${operator.channelUrl}" },
    database: { host: "mysql.sandbox.example", password: pulumi.secret("example-password") },
    bucket: {
        provider: BucketProvider.S3,
        name: "wandb",
        endpoint: "minio.sandbox.example:9000",
        accessKey: pulumi.secret("example-access-key"),
        secretKey: pulumi.secret("example-secret-key"),
    },
    ingress: { className: "nginx", tls: { enabled: false } },
});

export const url = wandb.url;
export const consolePasswordCommand = wandb.consolePasswordCommand;
`;
}

/** The least deployment on AWS. */
export function awsProgram(instance: SandboxInstance): string {
    return `import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "pulumi-wandb";

const { license, ...args } = ${JSON.stringify(awsArguments(instance), undefined, 4)};
const wandb = new WandbDeployment("wandb", { ...args, license: pulumi.secret(license) });

export const url = wandb.url;
`;
}

/** The same in YAML, by the plugin of the package in a folder. */
export function awsYaml(instance: SandboxInstance, program: string, packageFolder: string): string {
    const args = awsArguments(instance);
    const properties = { ...args, license: { "fn::secret": args.license } };
    // JSON is YAML.
    return JSON.stringify({
        name: "wandb-aws-yaml",
        runtime: "yaml",
        packages: { wandb: relative(program, packageFolder) },
        resources: { wandb: { type: "wandb:WandbDeployment", properties } },
        outputs: { url: "${wandb.url}" },
    });
}

/** What `pulumi new yaml` writes. */
export const EmptyYaml = "name: empty-yaml\nruntime: yaml\n";

function awsArguments({ operator }: SandboxInstance) {
    const chart = { repository: operator.repositoryUrl };
    const zone = awsStack.firstSettings.find(({ path }) => path === "aws.dns.zoneId");
    return {
        aws: { dns: { zoneId: zone?.value } },
        access: { cidrs: ["203.0.113.0/24"] },
        host: "wandb.sandbox.example",
        license: sandboxLicense(),
        deletionProtection: false,
        operator: { chart, channelUrl: operator.channelUrl },
        charts: { awsLoadBalancerController: chart, clusterAutoscaler: chart },
    };
}

/** Files of a program in TypeScript: `index.ts`, and what it reads. */
export function typescriptFiles(name: string, files: Readonly<Record<string, string>>): Record<string, string> {
    return {
        "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
        "package.json": JSON.stringify({ name, private: true, main: "index.ts" }),
        "tsconfig.json": JSON.stringify(tsconfig),
        ...files,
    };
}

/** Writes a program and makes its stack. */
export function prepareProgram(
    cwd: string,
    files: Readonly<Record<string, string>>,
    instance: SandboxInstance,
): EngineOptions {
    mkdirSync(cwd, { recursive: true });
    for (const [file, content] of Object.entries(files)) {
        writeFileSync(join(cwd, file), content);
    }
    const engine = { program: instance.toolchain.path("pulumi"), cwd, env: instance.env };
    askEngine(["stack", "init", "dev"], engine);
    askEngine(["config", "set", "aws:region", "us-east-1"], engine);
    return engine;
}

/**
 * Puts the library where programs below `parent` find it, as npm would unpack it: from the archive that is published. For other
 * languages it is put into `parent/package` too: TypeScript below `node_modules`, such as the plugin's entry, is run by nobody.
 */
export function installLibrary(parent: string, sdk: string): { readonly packageFolder: string } {
    const target = join(parent, "node_modules", "pulumi-wandb");
    mkdirSync(target, { recursive: true });
    // The library is compiled already: `prepack` would only do it again.
    const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", parent], {
        cwd: sdk,
        encoding: "utf8",
    }).trim();
    const archive = join(parent, packed);
    execFileSync("tar", ["--extract", "--file", archive, "--strip-components", "1", "--directory", target]);
    rmSync(archive);
    const packageFolder = join(parent, "package");
    cpSync(target, packageFolder, { recursive: true });
    return { packageFolder };
}
