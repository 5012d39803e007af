/** A program with one AzureSecureStorageConnector, run by the real engine against the simulated Azure. */
import { join } from "node:path";
import { deletedContainerType } from "../../sandbox/clouds/azure/storage/shared";
import type { AzureSecureStorageConnectorArgs } from "../../sdk/index";
import { ConnectorRun } from "./connector-run";
import { location } from "./azure-platform";
import { LaterPrefix } from "./deployment";
import { ScratchProgram } from "./scratch-program";

/** Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const { AzureSecureStorageConnector } = require("pulumi-wandb");
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
const { accountName, containerName, tenantId, clientId, accessKey, keyUri } = new AzureSecureStorageConnector("files", mark(args));
Object.assign(exports, { accountName, containerName, tenantId, clientId, accessKey, keyUri });
`;

export class AzureConnectorProgram extends ConnectorRun<AzureSecureStorageConnectorArgs> {
    private constructor(program: ScratchProgram) {
        super(program, "azure-native", [deletedContainerType]);
    }

    static async create(args: AzureSecureStorageConnectorArgs): Promise<AzureConnectorProgram> {
        const files = { "Pulumi.yaml": "name: connector\nruntime: nodejs\nmain: index.js\n", "index.js": programText };
        const created = await AzureConnectorProgram.configured(await ScratchProgram.create(files));
        created.change(args);
        return created;
    }

    /** A copy of the example, without the config that it asks for. */
    static async example(): Promise<AzureConnectorProgram> {
        const folder = join(__dirname, "..", "..", "examples", "azure-storage-connector");
        const program = await ScratchProgram.copy(folder, ["Pulumi.yaml", "index.ts", "tsconfig.json"]);
        return AzureConnectorProgram.configured(program);
    }

    private static async configured(program: ScratchProgram): Promise<AzureConnectorProgram> {
        await program.succeed("config", "set", "azure-native:location", location);
        return new AzureConnectorProgram(program);
    }
}
