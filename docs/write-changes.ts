/** `npm run docs:changes`: writes the page of what changes do on AWS. */
import { writeFileSync } from "node:fs";
import { AwsChangesFile, awsChangesPage, changedArguments } from "./aws-changes";

async function main(): Promise<void> {
    writeFileSync(AwsChangesFile, awsChangesPage(await changedArguments()));
    console.log(`wrote ${AwsChangesFile}`);
    // Readiness keeps a connection open that nobody answers.
    process.exit(0);
}

void main();
