/** `npm run docs:iam`: writes the pages of roles and policies. */
import { writeFileSync } from "node:fs";
import { IamPages } from "./iam-pages";

async function main(): Promise<void> {
    for (const { file, text } of IamPages) {
        writeFileSync(file, await text());
        console.log(`wrote ${file}`);
    }
    // Readiness keeps a connection open that nobody answers.
    process.exit(0);
}

void main();
