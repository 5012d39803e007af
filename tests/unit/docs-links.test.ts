/** Links between our own pages: the file is there, and so is the heading. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..", "..");
const passedOver = new Set(["node_modules", "bin", ".git", ".sandbox", "api"]);

/** All pages below a folder. */
function pages(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            return passedOver.has(entry.name) ? [] : pages(path);
        }
        return entry.name.endsWith(".md") ? [path] : [];
    });
}

/** A page without its code, in which nothing is a heading or a link. */
function prose(text: string): string {
    return text.replace(/^( *)```[\s\S]*?^\1```$/gm, "");
}

/** Anchors as GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
    const headings = [...prose(readFileSync(page, "utf8")).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
    return new Set(
        headings.map((text) =>
            text
                .toLowerCase()
                .replace(/[^\w\s-]/g, "")
                .replace(/\s/g, "-"),
        ),
    );
}

interface Link {
    readonly file: string;
    readonly anchor: string;
    readonly written: string;
}

/** Links of a page to files of ours. Inside of code nothing is a link. */
function linksOf(page: string): Link[] {
    const text = prose(readFileSync(page, "utf8")).replace(/`[^`]*`/g, "code");
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, written]) => written)
        .filter((written) => !/^[a-z]+:/.test(written))
        .map((written) => {
            const [path, anchor = ""] = written.split("#");
            return { file: path === "" ? page : join(dirname(page), path), anchor, written };
        });
}

function problemOf({ file, anchor }: Link): string | undefined {
    if (!existsSync(file)) {
        return "there is no such file";
    }
    return anchor !== "" && !anchorsOf(file).has(anchor) ? "there is no such heading" : undefined;
}

describe("the pages of the documentation", () => {
    for (const page of pages(root)) {
        const links = linksOf(page);
        if (links.length > 0) {
            it(`${relative(root, page)}: every link leads somewhere`, () => {
                const broken = links.map((link) => ({ written: link.written, problem: problemOf(link) }));
                assert.deepEqual(
                    broken.filter(({ problem }) => problem !== undefined),
                    [],
                );
            });
        }
    }

    it("link to each other", () => {
        assert.ok(pages(root).flatMap(linksOf).length > 100);
    });
});
