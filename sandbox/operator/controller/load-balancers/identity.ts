/** Whether AWS knows the controller: it has the rights of the role of its service account, and no others. Pure. */
import type { Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { textOf } from "../../../clouds/values";
import type { ControllerSettings } from "./settings";

/** The annotation of https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const roleAnnotation = "eks.amazonaws.com/role-arn";

const noRole = "no EC2 IMDS role found, operation error ec2imds: GetMetadata, canceled, context deadline exceeded";

/**
 * AWS's refusal of the controller's first call; undefined when it may work. What exactly its policies allow is not looked
 * at, and credentials end with what they came from, where real ones last for up to an hour more.
 */
export function refusedIdentity(
    settings: ControllerSettings,
    annotations: Readonly<Record<string, string>>,
    inventory: InventoryView,
): string | undefined {
    const { cluster, namespace, serviceAccount } = settings;
    const association = inventory.find(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        ({ inputs }) =>
            inputs["clusterName"] === cluster &&
            inputs["namespace"] === namespace &&
            inputs["serviceAccount"] === serviceAccount,
    );
    const arn = association === undefined ? annotations[roleAnnotation] : textOf(association.inputs["roleArn"]);
    if (!arn || (association !== undefined && !hasAgent(cluster, inventory))) {
        return credentials(noRole);
    }
    const role = inventory.find("aws:iam/role:Role", ({ outputs }) => outputs["arn"] === arn);
    if (association === undefined) {
        const subject = `system:serviceaccount:${namespace}:${serviceAccount}`;
        const refusal = refusedWebIdentity(role, subject, inventory);
        if (refusal !== undefined) {
            return refusal;
        }
    }
    return role === undefined || !hasPolicy(role, inventory) ? refusedCall(arn) : undefined;
}

function credentials(cause: string): string {
    return `operation error EC2: DescribeSubnets, get identity: get credentials: failed to refresh cached credentials, ${cause}`;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
function hasAgent(cluster: string, inventory: InventoryView): boolean {
    const agent = inventory.find(
        "aws:eks/addon:Addon",
        ({ inputs }) => inputs["clusterName"] === cluster && inputs["addonName"] === "eks-pod-identity-agent",
    );
    return agent !== undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
function refusedWebIdentity(role: Row | undefined, subject: string, inventory: InventoryView): string | undefined {
    const refused = (code: number, error: string) =>
        credentials(
            "failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, https response error " +
                `StatusCode: ${code}, api error ${error}`,
        );
    const statement = role && trustIn(role, subject);
    if (statement === undefined) {
        return refused(403, "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
    const issuers = [statement.Principal?.Federated ?? []].flat();
    const provider = inventory.find("aws:iam/openIdConnectProvider:OpenIdConnectProvider", ({ outputs }) =>
        issuers.includes(textOf(outputs["arn"])),
    );
    return provider === undefined
        ? refused(400, "InvalidIdentityToken: No OpenIDConnect provider found in your account for the cluster's issuer")
        : undefined;
}

function refusedCall(roleArn: string): string {
    const [, partition, , , account] = roleArn.split(":");
    const name = roleArn.split("/").at(-1);
    return (
        "operation error Elastic Load Balancing v2: DescribeLoadBalancers, https response error StatusCode: 403, " +
        `api error AccessDenied: User: arn:${partition}:sts::${account}:assumed-role/${name}/controller is not ` +
        "authorized to perform: elasticloadbalancing:DescribeLoadBalancers because no identity-based policy " +
        "allows the elasticloadbalancing:DescribeLoadBalancers action"
    );
}

interface TrustStatement {
    readonly Effect?: string;
    readonly Principal?: { readonly Federated?: string | string[] };
    readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** The statement that lets the subject in. Without a condition on it every pod of the cluster is trusted. */
function trustIn({ inputs }: Row, subject: string): TrustStatement | undefined {
    const { Statement: given = [] } = JSON.parse(textOf(inputs["assumeRolePolicy"], "{}")) as {
        Statement?: TrustStatement | TrustStatement[];
    };
    return [given].flat().find(({ Effect: effect, Condition: condition = {} }) => {
        const wanted = Object.values(condition).flatMap((keys) =>
            Object.entries(keys).flatMap(([key, values]) => (key.endsWith(":sub") ? [[values].flat()] : [])),
        );
        return effect === "Allow" && wanted.every((values) => values.some((value) => isLike(subject, value)));
    });
}

function isLike(text: string, pattern: string): boolean {
    const escaped = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`).test(text);
}

function hasPolicy(role: Row, inventory: InventoryView): boolean {
    const own = ["inlinePolicies", "managedPolicyArns"].some((name) => {
        const given = role.inputs[name];
        return Array.isArray(given) && given.length > 0;
    });
    return (
        own ||
        ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"].some(
            (type) => inventory.find(type, ({ inputs }) => inputs["role"] === role.id) !== undefined,
        )
    );
}
