/** A program with one GcpSecureStorageConnector, run by the real engine against the simulated Google Cloud. */
import { join } from "node:path";
import { apiType } from "../../sandbox/clouds/gcp/apis";
import { agentType } from "../../sandbox/clouds/gcp/iam-principals";
import type { GcpSecureStorageConnectorArgs } from "../../sdk/index";
import { ConnectorRun } from "./connector-run";
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

export class GcpConnectorProgram extends ConnectorRun<GcpSecureStorageConnectorArgs> {
    private constructor(program: ScratchProgram) {
        super(program, "gcp", [agentType, apiType]);
    }

    static async create(args: GcpSecureStorageConnectorArgs): Promise<GcpConnectorProgram> {
        const files = { "Pulumi.yaml": "name: connector\nruntime: nodejs\nmain: index.js\n", "index.js": programText };
        const created = await GcpConnectorProgram.configured(await ScratchProgram.create(files));
        created.change(args);
        return created;
    }

    /** A copy of the example, without the config that it asks for. */
    static async example(): Promise<GcpConnectorProgram> {
        const folder = join(__dirname, "..", "..", "examples", "gcp-storage-connector");
        const program = await ScratchProgram.copy(folder, ["Pulumi.yaml", "index.ts", "tsconfig.json"]);
        return GcpConnectorProgram.configured(program);
    }

    private static async configured(program: ScratchProgram): Promise<GcpConnectorProgram> {
        const config = [`gcp:project=${project.projectId}`, `gcp:region=${region}`];
        await program.succeed("config", "set-all", ...config.flatMap((setting) => ["--plaintext", setting]));
        return new GcpConnectorProgram(program);
    }
}
