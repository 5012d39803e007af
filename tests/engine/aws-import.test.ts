/** The procedure of docs/operations.md after a kill in the middle of a creation, followed to the letter. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../../sandbox/processes";
import { AwsProgram } from "../support/aws-faults";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

interface ImportFile {
    readonly nameTable: Readonly<Record<string, string>>;
    readonly resources: { type: string; name: string; id: string; parent: string }[];
}

const quick = ["--yes", "--skip-preview"];

const clusterType = "aws:eks/cluster:Cluster";

/** The program between `node --eval '` and `' > import.json`. */
function guidesProgram(): string {
    const guide = readFileSync(join(__dirname, "..", "..", "docs", "operations.md"), "utf8");
    const [, program] = /pulumi stack export \| node --eval '\n(.*?)\n' > import\.json/s.exec(guide) ?? [];
    assert.ok(program, "docs/operations.md has the program that writes import.json");
    return program;
}

describe("pulumi import after a kill in the middle of a creation", function () {
    this.timeout(5 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        // Minutes become a second or two, so that the kill comes between a cloud's first answer and its last.
        aws = await AwsProgram.create(0.005);
    });
    after(() => aws.remove());

    /** Kills `up` while the cloud makes a resource of this type. */
    async function killWhileMaking(type: string): Promise<void> {
        const run = KilledRun.start(aws.program, "up", ...quick);
        const isBegun = () => aws.inventory.rows().some((row) => row.type === type && row.urn !== undefined);
        await waitFor(`the cloud to make ${type}`, () => Promise.resolve(isBegun()), { timeoutMs: 60_000 });
        await run.kill();
        await aws.unlock();
        const begun = (aws.state().pending_operations ?? []).map(({ resource }) => resource.type);
        assert.ok(begun.includes(type), `${type} was finished before the kill: ${begun.join()}`);
    }

    async function importFile(): Promise<ImportFile> {
        const state = await aws.program.succeed("stack", "export");
        const written = execFileSync(process.execPath, ["--eval", guidesProgram()], { input: state, encoding: "utf8" });
        return JSON.parse(written) as ImportFile;
    }

    /** What a user does with the file: fills in what the cloud has, and takes out what it does not have. */
    function completed({ nameTable, resources }: ImportFile): ImportFile {
        const inCloud = (type: string, name: string) =>
            aws.inventory.rows().find((row) => row.type === type && row.urn?.endsWith(`::${name}`));
        return {
            nameTable,
            resources: resources.flatMap((resource) => {
                const row = inCloud(resource.type, resource.name);
                return row === undefined ? [] : [{ ...resource, id: resource.id || row.id }];
            }),
        };
    }

    it("takes in what the cloud was making, by the names that were asked for, and makes nothing twice", async () => {
        await killWhileMaking(clusterType);
        const written = await importFile();
        const file = completed(written);
        const given = written.resources.filter(
            ({ id, name }) => id !== "" && file.resources.some((one) => one.name === name),
        );
        assert.ok(given.some(({ type }) => type === clusterType));
        for (const { type, id } of given) {
            assert.ok(
                aws.inventory.rows().some((row) => row.type === type && row.id === id),
                `${type} ${id}`,
            );
        }
        aws.program.write({ "import.json": JSON.stringify(file) });
        const flags = ["--file", "import.json", "--protect=false", "--generate-code=false"];
        await aws.program.succeed("import", ...quick, ...flags);
        await aws.program.succeed("refresh", ...quick, "--clear-pending-creates");
        assert.deepEqual(aws.discrepancies(), []);
    });

    it("converges with the next up, on the very cluster that was being made", async () => {
        const clusters = () => aws.inventory.rows().filter(({ type }) => type === clusterType);
        const [before] = clusters();
        await aws.up();
        assert.deepEqual(aws.discrepancies(), []);
        assert.deepEqual(
            clusters().map(({ outputs }) => outputs["createdAt"]),
            [before.outputs["createdAt"]],
        );
        await aws.program.succeed("preview", "--expect-no-changes");
    });
});
