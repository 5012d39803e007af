/** Who may act as a role, as pure functions. */
import { policy, type Conditions, type PolicyDocument } from "./policies";

/** Trust in a service of AWS, for example `eks.amazonaws.com`. */
export function serviceTrust(service: string, actions: readonly string[] = ["sts:AssumeRole"]): PolicyDocument {
    return policy({ Sid: "Service", Effect: "Allow", Principal: { Service: [service] }, Action: actions });
}

/** Trust in EKS Pod Identity; which service accounts are meant is said by the association. */
export const podIdentityTrust = serviceTrust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);

/** A service account of Kubernetes. */
export interface ServiceAccount {
    readonly namespace: string;
    readonly name: string;
}

/** Characters of a trust policy that AWS takes unless an account had this raised: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const LongestTrust = 2048;

/**
 * Trust in service accounts of one cluster by its OIDC issuer (IRSA). The audience is checked too, so that only tokens made for AWS count.
 *
 * Each account is named, as long as AWS takes a text of that length. W&B has so many components that long names of namespace and custom
 * resource go beyond it; then `prefix` stands for the accounts whose names begin with it. That gives nothing away: whoever may start a pod in
 * the namespace may start it with any of its service accounts.
 */
export function issuerTrust(
    issuer: string,
    providerArn: string,
    accounts: readonly ServiceAccount[],
    prefix?: ServiceAccount,
): PolicyDocument {
    const bare = issuer.replace(/^https:\/\//, "");
    const audience = { [`${bare}:aud`]: "sts.amazonaws.com" };
    const exact = trust(providerArn, { StringEquals: { ...audience, [`${bare}:sub`]: accounts.map(subject) } });
    if (prefix === undefined || JSON.stringify(exact).length <= LongestTrust) {
        return exact;
    }
    const others = accounts.filter(
        ({ namespace, name }) => namespace !== prefix.namespace || !name.startsWith(prefix.name),
    );
    const subjects = [`${subject(prefix)}*`, ...others.map(subject)];
    return trust(providerArn, { StringEquals: audience, StringLike: { [`${bare}:sub`]: subjects } });
}

function trust(providerArn: string, condition: Conditions): PolicyDocument {
    return policy({
        Sid: "ServiceAccounts",
        Effect: "Allow",
        Principal: { Federated: [providerArn] },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: condition,
    });
}

function subject({ namespace, name }: ServiceAccount): string {
    return `system:serviceaccount:${namespace}:${name}`;
}
