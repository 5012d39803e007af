/**
 * Writes docs/aws-arguments.md, docs/gcp-arguments.md and docs/azure-arguments.md from the comments in the source, so that they cannot go stale.
 *
 * `npm run docs:arguments` writes them; a unit test compares.
 */
import { join } from "node:path";
import type { Argument } from "./declared-arguments";
import { tableRow } from "./markdown";

/** A committed page. */
export interface ArgumentsPage {
    readonly file: string;
    /** The argument, below which everything is told. */
    readonly argument: string;
    /** A setting in stack configuration. */
    readonly example: string;
}

function page(argument: string, example: string): ArgumentsPage {
    return { file: join(__dirname, `${argument}-arguments.md`), argument, example };
}

export const ArgumentsPages: readonly ArgumentsPage[] = [
    page("aws", "'aws.dns.zoneId' Z0123456789"),
    page("gcp", "'gcp.dns.managedZone' example-com"),
    page("azure", "'azure.location' westeurope"),
];

function introduction({ argument, example }: ArgumentsPage): string {
    return `# Arguments of \`${argument}\`

Every setting below the argument \`${argument}\` of \`WandbDeployment\`, as its source documents it. \`[]\` is an item of a list, \`*\` an entry
of a map. How the parts fit together: [docs/${argument}.md](${argument}.md). All other arguments: [docs/configuration.md](configuration.md).

In stack configuration: \`pulumi config set --path ${example}\`.
`;
}

/** The page: one row per argument, in the order of the source. */
export function argumentsPage(shown: ArgumentsPage, all: readonly Argument[]): string {
    const rows = all
        .filter(({ path }) => path.startsWith(`${shown.argument}.`))
        .map(({ path, type, required, defaultValue, meaning }) =>
            tableRow([`\`${path}\``, type, required ? "required" : (defaultValue ?? ""), meaning]),
        );
    const header = [tableRow(["Argument", "Type", "Default", "Meaning"]), tableRow(["---", "---", "---", "---"])];
    return [introduction(shown), ...header, ...rows, ""].join("\n");
}
