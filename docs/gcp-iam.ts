/**
 * Writes docs/gcp-iam.md from the grants that recorded deployments make, so that it cannot go stale.
 *
 * `npm run docs:iam` writes it; a component test compares, and looks for grants without a reason.
 */
import { join } from "node:path";
import type { WandbDeploymentArgs } from "../sdk/args";
import { deployedAlone } from "../tests/support/aws-recording";
import { GcpDeployments } from "../tests/support/gcp-args";
import { startOnGcp } from "../tests/support/gcp-graph";
import { customRolesOf, type Grant, grantsOf } from "../tests/support/gcp-iam-evaluation";
import { GcpGrantReasons, type GrantReason } from "./gcp-iam-reasons";
import { tableRow } from "./markdown";

/** The committed page. */
export const GcpIamFile = join(__dirname, "gcp-iam.md");

const { minimal } = GcpDeployments;

/** Everything that makes a grant. */
export const GrantingDeployments: readonly WandbDeploymentArgs[] = [
    {
        ...minimal,
        gcp: {
            ...minimal.gcp,
            cluster: { nodeAccount: { artifactRegistryReader: true } },
            bucket: { location: "EU", events: true, prefix: "team/wandb" },
            events: {},
            bigtable: {},
            identity: { roles: { logs: "roles/logging.logWriter" } },
            monitoring: { stackdriverExporter: true },
        },
    },
];

/** A grant of a deployment, with the logical name of its resource without that of the deployment. */
export interface MadeGrant extends Grant {
    readonly name: string;
    /** Of the role, when it is a custom one. */
    readonly permissions: readonly string[];
}

/** What Google Cloud adds, so that grants name custom roles. */
const CustomRoles = {
    "gcp:projects/iAMCustomRole:IAMCustomRole": ({ roleId }: Readonly<Record<string, unknown>>) => ({
        name: `projects/example-project/roles/${String(roleId)}`,
    }),
};

export async function grantsMade(): Promise<MadeGrant[]> {
    const made: MadeGrant[] = [];
    for (const args of GrantingDeployments) {
        const { resources } = await startOnGcp(CustomRoles);
        await deployedAlone(args);
        const roles = customRolesOf(resources);
        for (const resource of resources) {
            const name = resource.name.replace(/^demo-/, "");
            made.push(
                ...grantsOf([resource]).map((grant) => ({ ...grant, name, permissions: roles[grant.role] ?? [] })),
            );
        }
    }
    return made;
}

const Introduction = `# IAM on Google Cloud

Every role that a deployment on Google Cloud grants, with what each is for. The page is written from the grants that the component
registers.

- Every grant names one member and one role on one thing; other members that somebody adds stay. No role on buckets, keys, queues or
  tables holds for a whole project.
- Names are logical names without that of the deployment: \`app-sign\` of the deployment \`wandb\` is the Pulumi resource
  \`wandb-app-sign\`. \`*\` stands for one word or more.
- **Pods** act as a service account of Google Cloud by Workload Identity Federation for GKE.

What owners of a bucket or a key of yours must grant: [docs/gcp.md](gcp.md#parts-of-your-own). What the connector for buckets of
others grants: [docs/gcp.md](gcp.md#roles).
`;

/** The page: a row for each reason, with the roles of the grants that have it. */
export function gcpIamPage(made: readonly MadeGrant[]): string {
    const head = ["Where", "Member", "Role", "On", "If", "What for"];
    const rows = GcpGrantReasons.map((reason) =>
        grantRow(
            reason,
            made.filter(({ name }) => reason.where.test(name)),
        ),
    );
    return [Introduction, tableRow(head), tableRow(head.map(() => "---")), ...rows, ""].join("\n");
}

function grantRow({ names, member, on, when, why }: GrantReason, made: readonly MadeGrant[]): string {
    const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();
    return tableRow([
        `\`${names}\`${when === undefined ? "" : `, ${when}`}`,
        member.words,
        distinct(made.map(roleWords)).join("; "),
        on,
        distinct(made.flatMap(({ condition }) => condition ?? []))
            .map((condition) => `\`${withoutNames(condition)}\``)
            .join("; "),
        why,
    ]);
}

/** What differs from deployment to deployment. */
function withoutNames(condition: string): string {
    return condition
        .replace(/demo-bucket-[0-9a-f]+/, "<bucket>")
        .replace(/demo-[0-9a-f]+/, "<secretPrefix>")
        .replace(/projects\/\d+/, "projects/<number>");
}

function roleWords({ role, permissions }: MadeGrant): string {
    return permissions.length === 0
        ? `\`${role}\``
        : `a custom role with ${permissions.map((permission) => `\`${permission}\``).join(", ")}`;
}
