import { IAMMember } from "@pulumi/gcp/projects";
import { Account } from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpNodeAccountArgs } from "../args/nodes";
import type { AccountFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { physicalName } from "../name";

const LongestAccountId = 30;

/**
 * The account of the nodes: logs, metrics and, where told, images. It has no rights of W&B.
 * https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts
 */
export function createNodeAccount(
    scope: GcpDeploymentScope,
    apis: Apis,
    { email, accountId, artifactRegistryReader = false }: GcpNodeAccountArgs = {},
): AccountFacts {
    if (email !== undefined) {
        return { email: pulumi.output(email), ready: [] };
    }
    const { name, parent, project } = scope;
    const account = new Account(
        `${name}-nodes-account`,
        {
            accountId: physicalName(scope, accountId, {
                word: "nodes-account",
                beginning: `${name}-nodes`,
                longest: LongestAccountId,
            }),
            project,
            displayName: "Nodes of Weights & Biases",
        },
        // Its pools go on with it until the new ones are there.
        { parent, dependsOn: apis.need("iam"), deleteBeforeReplace: false },
    );
    const roles: Readonly<Record<string, string>> = {
        use: "roles/container.defaultNodeServiceAccount",
        ...(artifactRegistryReader ? { images: "roles/artifactregistry.reader" } : {}),
    };
    const ready = Object.entries(roles).map(
        ([word, role]) =>
            new IAMMember(
                `${name}-nodes-account-${word}`,
                { project, role, member: account.member },
                { parent, dependsOn: apis.need("cloudresourcemanager") },
            ),
    );
    return { email: account.email, ready };
}
