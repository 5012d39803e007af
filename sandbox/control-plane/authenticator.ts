/**
 * Who a token of a simulated EKS cluster belongs to, and what EKS lets him do: the part of
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html that the API server asks about. Pure.
 */
import { accountOf } from "../clouds/aws/account";
import type { InventoryView } from "../clouds/model";
import { isMap, textOf } from "../clouds/values";
import { readToken, type TokenClaims } from "../aws-cli/token";

const clusterType = "aws:eks/cluster:Cluster";
const entryType = "aws:eks/accessEntry:AccessEntry";
const associationType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
/** The one access policy that is simulated; the others give their holder nothing here. */
const administratorPolicy = /:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/;
const administrators = "system:masters";
/** The CLI's, when a role was assumed for the token. */
const sessionName = "EKSGetTokenAuth";

/** A user as Kubernetes knows one. */
export interface AuthenticatedUser {
    readonly username: string;
    readonly groups: readonly string[];
}

/** The user behind the token; undefined when the cluster is not there or has no entry for him. */
export function authenticate(
    key: string,
    token: string,
    inventory: InventoryView,
    now = new Date(),
): AuthenticatedUser | undefined {
    const clusters = inventory.rows(clusterType).filter(({ state }) => state === "active");
    const names = clusters.map(({ inputs }) => textOf(inputs["name"]));
    const claims = readToken(key, token, names, now);
    return claims === undefined ? undefined : userOf(claims, inventory);
}

function userOf(
    { clusterName, principalArn, region }: TokenClaims,
    inventory: InventoryView,
): AuthenticatedUser | undefined {
    const cluster = inventory.find(clusterType, ({ inputs }) => inputs["name"] === clusterName);
    const entry = inventory.find(
        entryType,
        ({ inputs }) => inputs["clusterName"] === clusterName && inputs["principalArn"] === principalArn,
    );
    const settings = cluster?.inputs["accessConfig"];
    const creatorIsAdministrator = !isMap(settings) || settings["bootstrapClusterCreatorAdminPermissions"] !== false;
    // The inventory does not say who made a cluster: it is the sandbox's user, as with a provider that assumes no role.
    const isCreator = principalArn === accountOf({ region }).callerArn;
    const isAdministrator =
        (creatorIsAdministrator && isCreator) ||
        (entry !== undefined && hasAdministratorPolicy(clusterName, principalArn, inventory));
    if (entry === undefined && !isAdministrator) {
        return undefined;
    }
    const given = entry?.inputs["kubernetesGroups"];
    const groups = Array.isArray(given) ? given.map((group) => textOf(group)) : [];
    const username = textOf(entry?.inputs["userName"]) || defaultName(principalArn);
    return {
        username: username.replace(/\{\{SessionName(Raw)?\}\}/, sessionName),
        groups: isAdministrator ? [...groups, administrators] : groups,
    };
}

function hasAdministratorPolicy(clusterName: string, principalArn: string, inventory: InventoryView): boolean {
    return inventory.rows(associationType).some(({ inputs }) => {
        const scope = inputs["accessScope"];
        return (
            inputs["clusterName"] === clusterName &&
            inputs["principalArn"] === principalArn &&
            administratorPolicy.test(textOf(inputs["policyArn"])) &&
            isMap(scope) &&
            scope["type"] === "cluster"
        );
    });
}

/** https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function defaultName(principalArn: string): string {
    const [, partition, , , account, resource] = principalArn.split(":");
    const role = /^role\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
    return role === undefined ? principalArn : `arn:${partition}:sts::${account}:assumed-role/${role}/{{SessionName}}`;
}
