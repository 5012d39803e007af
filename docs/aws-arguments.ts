/**
 * Writes docs/aws-arguments.md from the comments in the source, so that it cannot go stale.
 *
 * `npm run docs:arguments` writes it; a unit test compares.
 */
import { join } from "node:path";
import type { Argument } from "./declared-arguments";
import { tableRow } from "./markdown";

/** The committed page. */
export const AwsArgumentsFile = join(__dirname, "aws-arguments.md");

const Introduction = `# Arguments of \`aws\`

Every setting below the argument \`aws\` of \`WandbDeployment\`, as its source documents it. \`[]\` is an item of a list, \`*\` an entry
of a map. How the parts fit together: [docs/aws.md](aws.md). All other arguments: [docs/configuration.md](configuration.md).

In stack configuration: \`pulumi config set --path 'aws.dns.zoneId' Z0123456789\`.
`;

/** The page: one row per argument, in the order of the source. */
export function awsArgumentsPage(all: readonly Argument[]): string {
    const rows = all
        .filter(({ path }) => path.startsWith("aws."))
        .map(({ path, type, required, defaultValue, meaning }) =>
            tableRow([`\`${path}\``, type, required ? "required" : (defaultValue ?? ""), meaning]),
        );
    const header = [tableRow(["Argument", "Type", "Default", "Meaning"]), tableRow(["---", "---", "---", "---"])];
    return [Introduction, ...header, ...rows, ""].join("\n");
}
