/**
 * Writes docs/aws-iam.md from the functions that make the policies, so that it cannot go stale.
 *
 * `npm run docs:iam` writes it; a component test compares, and looks for what it leaves out.
 */
import { join } from "node:path";
import { podIdentityTrust } from "../sdk/aws/iam/policies-trust";
import type { Statement } from "../sdk/aws/iam/policies";
import type { Grant, Holder } from "./iam-holder";
import { tableRow } from "./markdown";

/** The committed page. */
export const IamFile = join(__dirname, "aws-iam.md");

const Introduction = `# IAM on AWS

Every role and every policy that a deployment on AWS makes, statement by statement, with what each is for. The page is written from
the functions that make the policies.

- All roles have the path \`aws.identity.path\` and the permissions boundary \`aws.identity.permissionsBoundary\`, where these are
  given. ARNs begin with the partition that the provider works in: \`aws\`, \`aws-us-gov\` or \`aws-cn\`.
- **Pods** become a role by the cluster's OIDC issuer (IRSA). With \`aws.identity.mode: "pod-identity"\` the trust of every role that
  pods have is \`POD_TRUST\` instead, and an association in EKS names the service account.
- \`*\` as a resource stands where AWS knows no resource for an action, and in policies of keys, where it is the key itself.
- Names are logical names without that of the deployment: \`app-role\` of the deployment \`wandb\` is the Pulumi resource
  \`wandb-app-role\`.

What the connector for buckets of others makes: [docs/aws.md](aws.md#iam-statements).
`;

/** The page: a table for each role and each resource with a policy. */
export function iamPage(holders: readonly Holder[]): string {
    const [pods] = podIdentityTrust.Statement;
    const trust = `${pods.Action.join("`, `")}\` by \`${principalOf(pods)}`;
    return [Introduction.replace("POD_TRUST", trust), ...holders.map(section)].join("\n");
}

function section({ title, about, role, managed = {}, grants }: Holder): string {
    const head = ["Where", "Statement", "Actions", "On", "If", "What for"];
    const rows = grants.flatMap((grant) =>
        grant.document.Statement.map((statement, index) => statementRow(grant, statement, index === 0)),
    );
    const attached = Object.entries(managed).map(([name, why]) =>
        tableRow([role === undefined ? "" : `\`${role}-${name}\``, "AWS's policy", `\`${name}\``, "", "", why]),
    );
    const table = [tableRow(head), tableRow(head.map(() => "---")), ...rows, ...attached];
    return [`## ${title}`, "", about, "", ...table, ""].join("\n");
}

function statementRow({ resource, when, reasons }: Grant, statement: Statement, first: boolean): string {
    const { Sid, Effect, Action, Resource = [] } = statement;
    const where = first ? `\`${resource}\`${when === undefined ? "" : `, ${when}`}` : "";
    const effect = Effect === "Deny" ? " (refuses)" : "";
    const principal = statement.Principal === undefined ? [] : [`by ${code(principalOf(statement))}`];
    return tableRow([
        where,
        `\`${Sid}\`${effect}`,
        Action.map(code).join(", "),
        [...Resource.map(code), ...principal].join(", "),
        conditions(statement).join("; "),
        reasons[Sid] ?? "",
    ]);
}

function principalOf({ Principal }: Statement): string {
    return typeof Principal === "object" ? Object.values(Principal).flat().join(", ") : (Principal ?? "");
}

function conditions({ Condition = {} }: Statement): string[] {
    return Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, value]) => `${operator} ${code(key)}: ${[value].flat().map(code).join(", ")}`),
    );
}

function code(text: string): string {
    return `\`${text}\``;
}
