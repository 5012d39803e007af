/** docs/operations.md explains the messages that faults end with: those that the engine tests provoke. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const guide = readFileSync(join(__dirname, "..", "..", "docs", "operations.md"), "utf8");

/** Messages of Helm, Pulumi, the API server and ourselves, in the words that somebody would search for. */
const messages = [
    "nothing was created",
    "configured Kubernetes cluster is unreachable",
    "Kubernetes cluster unreachable",
    "what is in the cluster was not looked at beforehand",
    "is not a valid chart repository or cannot be reached",
    "not found in ... repository",
    "cannot re-use a name that is still in use",
    "the stack is currently locked",
    "Invalid Config",
    "finalizers might be preventing deletion",
    "timed out waiting for the condition",
    "cannot be deleted because it is protected",
];

interface Row {
    readonly sign: string;
    readonly cause: string;
    readonly remedy: string;
}

/** The table under "Troubleshooting", without its head. */
function troubleshooting(): Row[] {
    const [, section = ""] = guide.split("\n## Troubleshooting\n");
    const lines = section.split("\n").filter((line) => line.startsWith("| "));
    return lines.slice(2).map((line) => {
        const [sign, cause, remedy] = line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.trim());
        return { sign, cause, remedy };
    });
}

/** `#the-operator-is-gone-already` of each heading. */
function anchors(): string[] {
    const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
    return headings.map(
        (text) =>
            `#${text
                .toLowerCase()
                .replace(/[^\w\s-]/g, "")
                .replace(/\s/g, "-")}`,
    );
}

describe("docs/operations.md", () => {
    for (const message of messages) {
        it(`explains "${message}"`, () => {
            const rows = troubleshooting().filter(({ sign }) => sign.includes(message));
            assert.notEqual(rows.length, 0, "no row under Troubleshooting has it");
            for (const { sign, cause, remedy } of rows) {
                assert.match(cause, /\S{3,}/, sign);
                assert.match(remedy, /\S{3,}/, sign);
            }
        });
    }

    it("points to sections that exist", () => {
        const links = [...guide.matchAll(/\]\((#[^)]*)\)/g)].map(([, target]) => target);
        assert.ok(links.length > 10, `only ${links.length} links`);
        assert.deepEqual(
            links.filter((link) => !anchors().includes(link)),
            [],
        );
    });
});
