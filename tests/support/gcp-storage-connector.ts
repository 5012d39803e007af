/** A program with one GcpSecureStorageConnector, run by the real engine against the simulated Google Cloud. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiType } from "../../sandbox/clouds/gcp/apis";
import { agentType } from "../../sandbox/clouds/gcp/iam-principals";
import { Inventory } from "../../sandbox/clouds/inventory";
import type { GcpSecureStorageConnectorArgs } from "../../sdk/index";
import { LaterPrefix } from "./deployment";
import { project, region } from "./gcp-account";
import { ScratchProgram } from "./scratch-program";

/** What the instance's side is in these tests. */
export const WandbAccount = "wandb@instance-project.iam.gserviceaccount.com";

/** The least that is needed. */
export const LeastGcpArgs: GcpSecureStorageConnectorArgs = {
    serviceAccountEmails: [WandbAccount],
    hosts: ["wandb.example.com"],
};

/** Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const { GcpSecureStorageConnector } = require("pulumi-wandb");
let other;
const later = (value) => {
    other ??= new (require("@pulumi/random/randomPet").RandomPet)("other");
    return other.id.apply(() => value);
};
const mark = (value) =>
    typeof value === "string" && value.startsWith("${LaterPrefix}") ? later(value.slice(${LaterPrefix.length}))
    : Array.isArray(value) ? value.map(mark)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
    : value;
const args = JSON.parse(fs.readFileSync(path.join(__dirname, "args.json"), "utf8"));
const { bucketName, bucketUrl, bucketLocation, prefix, kmsKeyId } = new GcpSecureStorageConnector("files", mark(args));
Object.assign(exports, { bucketName, bucketUrl, bucketLocation, prefix, kmsKeyId });
`;

export class GcpConnectorProgram {
    private constructor(readonly program: ScratchProgram) {}

    static async create(args: GcpSecureStorageConnectorArgs): Promise<GcpConnectorProgram> {
        const files = { "Pulumi.yaml": "name: connector\nruntime: nodejs\nmain: index.js\n", "index.js": programText };
        const created = await GcpConnectorProgram.configured(await ScratchProgram.create(files));
        created.change(args);
        return created;
    }

    /** A copy of the example, without the config that it asks for. */
    static async example(): Promise<GcpConnectorProgram> {
        const folder = join(__dirname, "..", "..", "examples", "gcp-storage-connector");
        const names = ["Pulumi.yaml", "index.ts", "tsconfig.json"];
        const files = names.map((file) => [file, readFileSync(join(folder, file), "utf8")]);
        // Types are checked with all others.
        const program = await ScratchProgram.create(Object.fromEntries(files) as Record<string, string>, {
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            TS_NODE_TRANSPILE_ONLY: "true",
        });
        return GcpConnectorProgram.configured(program);
    }

    private static async configured(program: ScratchProgram): Promise<GcpConnectorProgram> {
        const config = [`gcp:project=${project.projectId}`, `gcp:region=${region}`];
        await program.succeed("config", "set-all", ...config.flatMap((setting) => ["--plaintext", setting]));
        return new GcpConnectorProgram(program);
    }

    /** Replaces the arguments for the next run. Strings that begin with `later:` are known only once another resource is made. */
    change(args: GcpSecureStorageConnectorArgs): void {
        this.program.write({ "args.json": JSON.stringify(args) });
    }

    up(...args: string[]): Promise<string> {
        return this.program.succeed("up", "--yes", "--skip-preview", ...args);
    }

    get inventory(): Inventory {
        return new Inventory(this.program.dir, "gcp");
    }

    /** Names of the types in the simulated project, without their modules and without what Google keeps there. */
    existing(): string[] {
        return this.inventory
            .rows()
            .filter(({ type }) => type !== agentType && type !== apiType)
            .map(({ type }) => type.split(":").at(-1) ?? type)
            .sort();
    }
}
