/** A program with one AwsSecureStorageConnector, run by the real engine against the simulated AWS. */
import { join } from "node:path";
import type { AwsSecureStorageConnectorArgs } from "../../sdk/index";
import { ConnectorRun } from "./connector-run";
import { LaterPrefix } from "./deployment";
import { ScratchProgram } from "./scratch-program";

/** In front of a text that is given as an Output, whose value previews know. */
export const OutputPrefix = "output:";

/** Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { AwsSecureStorageConnector } = require("pulumi-wandb");
let other;
const later = (value) => {
    other ??= new (require("@pulumi/random/randomPet").RandomPet)("other");
    return other.id.apply(() => value);
};
const mark = (value) =>
    typeof value === "string" && value.startsWith("${LaterPrefix}") ? later(value.slice(${LaterPrefix.length}))
    : typeof value === "string" && value.startsWith("${OutputPrefix}") ? pulumi.output(value.slice(${OutputPrefix.length}))
    : Array.isArray(value) ? value.map(mark)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
    : value;
const { takeBack, ...args } = JSON.parse(fs.readFileSync(path.join(__dirname, "args.json"), "utf8"));
const take = ({ type, props, opts }) => {
    const id = type.startsWith("aws:s3/") ? takeBack.bucket : takeBack[type];
    return id ? { props, opts: { ...opts, import: id } } : undefined;
};
const region = process.env.PROVIDER_REGION;
const own = () => new (require("@pulumi/aws/provider").Provider)("own", { region, defaultTags: { tags: { team: "ml" } } });
const connector = new AwsSecureStorageConnector("files", mark(args), {
    ...(region ? { providers: [own()] } : {}),
    ...(takeBack ? { transforms: [take] } : {}),
});
const { bucketName, bucketArn, bucketRegion, prefix, kmsKeyArn, principalPolicy, kmsKeyPolicyStatements } = connector;
Object.assign(exports, { bucketName, bucketArn, bucketRegion, prefix, kmsKeyArn, principalPolicy, kmsKeyPolicyStatements });
`;

/** What the instance's side is in these tests. */
export const WandbRole = "arn:aws:iam::210987654321:role/wandb";

/** The least that is needed. */
export const LeastArgs: AwsSecureStorageConnectorArgs = { principalArns: [WandbRole], hosts: ["wandb.example.com"] };

interface JsonArgs extends AwsSecureStorageConnectorArgs {
    /** Imports this bucket with its settings, and what is given by its type, as docs/aws.md tells. */
    takeBack?: { readonly bucket: string; readonly [type: string]: string };
}

export class ConnectorProgram extends ConnectorRun<JsonArgs> {
    private constructor(program: ScratchProgram) {
        super(program, "aws");
    }

    /** @param ownRegion makes a provider of the program's own for this region, the only one that may be used */
    static async create(args: AwsSecureStorageConnectorArgs, ownRegion?: string): Promise<ConnectorProgram> {
        const program = await ScratchProgram.create(
            { "Pulumi.yaml": "name: connector\nruntime: nodejs\nmain: index.js\n", "index.js": programText },
            ownRegion === undefined ? {} : { PROVIDER_REGION: ownRegion },
        );
        const config =
            ownRegion === undefined ? ["aws:region", "eu-west-1"] : ["pulumi:disable-default-providers", '["aws"]'];
        await program.succeed("config", "set", ...config);
        const created = new ConnectorProgram(program);
        created.change(args);
        return created;
    }

    /** A copy of an example, without its config. */
    static async example(name: string): Promise<ConnectorProgram> {
        const folder = join(__dirname, "..", "..", "examples", name);
        const program = await ScratchProgram.copy(folder, ["Pulumi.yaml", "index.ts", "tsconfig.json"]);
        await program.succeed("config", "set", "aws:region", "eu-west-1");
        return new ConnectorProgram(program);
    }
}
