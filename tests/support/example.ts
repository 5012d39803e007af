/** The programs of `examples/`, run against the sandbox as their READMEs tell. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { sandbox } from "./deployment";
import { ScratchProgram } from "./scratch-program";

const root = join(__dirname, "..", "..");

/** Config by path; the second map is set with --secret. */
export interface ExampleConfig {
    readonly plain: Readonly<Record<string, string>>;
    readonly secret: Readonly<Record<string, string>>;
}

/** Plain settings of examples/existing, as its README lists them. */
export const ExistingSettings: Readonly<Record<string, string>> = {
    host: "wandb.example.com",
    databaseHost: "mysql.example.com",
    redisHost: "redis.example.com",
    bucketName: "example-wandb",
    bucketRegion: "eu-west-1",
    clusterIssuer: "letsencrypt",
    oidcClientId: "wandb",
    oidcIssuer: "https://login.example.com",
    smtpHost: "smtp.example.com",
    smtpUsername: "wandb",
    deletionProtection: "false",
};

/** Plain settings of examples/existing-gitops, as its README lists them; the chart's repository is the sandbox's. */
export const GitopsSettings: Readonly<Record<string, string>> = {
    host: "wandb.example.com",
    imageTag: "0.0.0",
    databaseHost: "mysql.example.com",
    redisHost: "redis.example.com",
    bucketName: "example-wandb",
    bucketRegion: "eu-west-1",
    roleArn: "arn:aws:iam::123456789012:role/wandb",
    "operator.install": "true",
};

/** Plain settings of examples/existing-yaml, as its README lists them. */
export const YamlSettings: Readonly<Record<string, string>> = {
    host: "wandb.example.com",
    databaseHost: "mysql.example.com",
    bucketName: "example-wandb",
    bucketRegion: "eu-west-1",
    deletionProtection: "false",
};

/** Makes a stack of the example with this config, and with the sandbox's cluster, charts and license. */
export async function createExample(name: string, config: ExampleConfig): Promise<ScratchProgram> {
    const { controlPlane, operator } = await sandbox();
    const folder = join(root, "examples", name);
    const program = await ScratchProgram.copy(folder, ["Pulumi.yaml", "index.ts", "tsconfig.json"], {
        KUBECONFIG: controlPlane.kubeconfigPath,
    });
    // The copy lies deeper than the original.
    const project = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
    program.write({ "Pulumi.yaml": project.replaceAll("../../sdk", relative(program.folder, join(root, "sdk"))) });
    await configure(program, {
        plain: {
            context: controlPlane.context,
            "operator.chart.repository": operator.repositoryUrl,
            "operator.channelUrl": operator.channelUrl,
            ...config.plain,
        },
        secret: { license: sandboxLicense(), ...config.secret },
    });
    return program;
}

/** `pulumi config set --path` for all of them. */
export function configure(program: ScratchProgram, { plain, secret }: ExampleConfig): Promise<string> {
    const flags = (flag: string, settings: Readonly<Record<string, string>>) =>
        Object.entries(settings).flatMap(([path, value]) => [flag, `${path}=${value}`]);
    return program.succeed("config", "set-all", "--path", ...flags("--plaintext", plain), ...flags("--secret", secret));
}
