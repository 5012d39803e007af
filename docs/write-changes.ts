/** `npm run docs:changes`: writes the pages of what changes do, all of them or those of the clouds that are named. */
import { writeFileSync } from "node:fs";
import { changedArguments, changesPage } from "./changes";
import { ChangesPages } from "./changes-pages";

async function main(named: readonly string[]): Promise<void> {
    for (const page of ChangesPages.filter(({ argument }) => named.length === 0 || named.includes(argument))) {
        writeFileSync(page.file, changesPage(page, await changedArguments(page, page.rows)));
        console.log(`wrote ${page.file}`);
    }
    // Readiness keeps a connection open that nobody answers.
    process.exit(0);
}

void main(process.argv.slice(2));
