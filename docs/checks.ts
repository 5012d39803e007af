/**
 * Writes docs/checks.md from the table of checks, so that it cannot go stale.
 *
 * `npm run docs:checks` writes it; a unit test compares.
 */
import { join } from "node:path";
import type { Check } from "../sdk/checks";
import { tableRow } from "./markdown";

/** The committed page. */
export const ChecksFile = join(__dirname, "checks.md");

const Introduction = `# Static checks

The charts of W&B have no schema: a typo, a value of the wrong kind or a key that nobody reads passes without a message and
shows up as an outage. These checks find it before. They judge by operator-wandb VERSION and by the operator's source; a value
that is not known yet is not checked.

Where they run:

- **\`WandbDeployment\`** runs them before its first resource. Errors stop the deployment and list everything that is wrong;
  warnings are logged on the component. Where a spelling can be translated, it is, with a warning.
- **The policy pack** (\`policy/\`) runs them on every \`WeightsAndBiases\` custom resource and on the operator's Helm release, also
  of stacks that are not made with this package: \`pulumi preview --policy-pack policy\`.

A finding reads \`path: what is wrong. What to do. [id]\`. An **error** does not work; a **warning** works, with the consequence
that it names. Values of secrets are never shown.

To leave a check out, give its id and your reason:

\`\`\`ts
new WandbDeployment("wandb", {
    // ...
    checks: { silence: { "ingress.nginx-body": "the proxy in front limits uploads anyway" } },
});
\`\`\`

## Another version of the chart

Unknown keys, unread keys and wrong kinds are judged by a table of all values of operator-wandb VERSION
(\`sdk/checks/data/operator-wandb-VERSION.json\`). For another version give its own, a list of rows of the same form:

\`\`\`ts
checks: { reference: { version: "0.44.0", values: JSON.parse(readFileSync("operator-wandb-0.44.0.json", "utf8")) } },
\`\`\`

Each row has at least \`path\` (\`global.mysql.port\`) and \`type\` (\`string\`, \`integer\`, \`boolean\`, \`map\`,
\`map<string,scalar|valueFrom>\`, \`list<string>\`; several with \`|\` between them). Optional are \`default\`, \`allowed\` (a list),
\`since\` (a version), \`secret\` (boolean), \`read\` (\`yes\`, \`no\`, \`conditional\`, \`operator\`), \`meaning\` and \`note\`.

## All checks

\`<component>\` stands for a part of the chart, such as \`app\` or \`weave-trace\`.
`;

/** The page: one row per check, in the order of the table. */
export function checksPage(checks: readonly Check[], chartVersion: string): string {
    const rows = checks.map(({ id, level, wrong, why, source, remedy }) =>
        tableRow([`\`${id}\``, level, wrong, `${why} (${source})`, remedy]),
    );
    return [
        Introduction.replaceAll("VERSION", chartVersion),
        tableRow(["Check", "Level", "What is wrong", "Why (source)", "What to do"]),
        tableRow(["---", "---", "---", "---", "---"]),
        ...rows,
        "",
    ].join("\n");
}
