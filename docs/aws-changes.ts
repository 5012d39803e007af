/** The page of what changes do on AWS. */
import { join } from "node:path";
import { AwsDeployments } from "../tests/support/aws-args";
import { AwsAccount } from "./aws-account";
import { AwsChangeRows } from "./aws-change-rows";
import type { ChangesPage } from "./changes";

export const AwsChanges: ChangesPage = {
    file: join(__dirname, "aws-changes.md"),
    argument: "aws",
    cloud: "AWS",
    least: AwsDeployments.minimal,
    account: AwsAccount,
    rows: AwsChangeRows,
    // Ids are made by chance: only what kind of thing they name is shown.
    withoutChance: (answer) => answer.replace(/\b([a-z]+)-[0-9a-f]{17}\b/g, "$1-..."),
    short: (name) => name.replace(/-[a-f]$/, "-*"),
    several: "one in each zone",
};
