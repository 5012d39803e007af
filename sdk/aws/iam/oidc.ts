import { OpenIdConnectProvider } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsScope } from "../scope";

/** Lets IAM trust the tokens of a cluster's service accounts (IRSA), and gives the ARN that roles name. */
export function createOidcProvider(scope: AwsScope, issuer: pulumi.Output<string>): pulumi.Output<string> {
    const { name, parent, tags } = scope;
    const provider = new OpenIdConnectProvider(
        `${name}-oidc`,
        // No thumbprint: IAM checks the issuer of EKS against its own list of authorities.
        { url: issuer, clientIdLists: ["sts.amazonaws.com"], tags },
        { parent },
    );
    return provider.arn;
}
