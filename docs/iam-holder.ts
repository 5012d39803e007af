/** What the page of roles and policies on AWS consists of, and the names that stand for an account's own. */
import type { PolicyDocument } from "../sdk/aws/iam/policies";
import { issuerTrust, serviceTrust } from "../sdk/aws/iam/policies-trust";

/** Sentences by the `Sid` of the statement that they are about. */
export type Reasons = Readonly<Record<string, string>>;

/** A document, and why each of its statements is there. */
export interface Grant {
    /** Logical name of the resource that holds it, without the name of the deployment; for an output its own name. */
    readonly resource: string;
    /** When it is there; absent when always. */
    readonly when?: string;
    readonly document: PolicyDocument;
    readonly reasons: Reasons;
}

/** A role with all its rights, or a resource with a policy of its own. */
export interface Holder {
    readonly title: string;
    readonly about: string;
    /** Logical name of the role, without the name of the deployment. */
    readonly role?: string;
    /** AWS's own policies, by name, with what for. */
    readonly managed?: Reasons;
    readonly grants: readonly Grant[];
}

export const partition = "aws";
export const region = "<region>";
export const accountId = "<account>";
const clusterName = "<cluster>";
export const place = { partition, region, accountId, clusterName };
export const keyArn = `arn:aws:kms:${region}:${accountId}:key/<key>`;
export const copyKeyArn = "arn:aws:kms:<region of the copies>:<account>:key/<key of the copies>";
export const bucketArn = "arn:aws:s3:::<bucket>";
export const copyBucketArn = "arn:aws:s3:::<bucket of the copies>";
export const queueArn = `arn:aws:sqs:${region}:${accountId}:<queue>`;
export const appRoleArn = `arn:aws:iam::${accountId}:role/<role of the pods>`;
const issuer = `oidc.eks.${region}.amazonaws.com/id/<id>`;
const issuerArn = `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;

/** The trust of a role that pods have: by the cluster's issuer, which is the default. */
export function podTrust(role: string, namespace: string, account: string, why: string): Grant {
    return {
        resource: role,
        document: issuerTrust(issuer, issuerArn, [{ namespace, name: account }]),
        reasons: { ServiceAccounts: why },
    };
}

/** The trust of a role that a service of AWS has. */
export function serviceGrant(role: string, service: string, why: string): Grant {
    return { resource: role, document: serviceTrust(service), reasons: { Service: why } };
}
