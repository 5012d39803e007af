import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import { awsInput } from "../cloud-input";
import { externalStores } from "../external";
import type { ValuesFacts } from "../values/types";

/** What is known of the infrastructure before anything is made: what it will have, not yet with which names. */
export function plannedFacts(args: WandbDeploymentArgs): ValuesFacts {
    return args.aws === undefined
        ? { cloud: "existing", ...externalStores(args), ingress: {}, identity: {} }
        : plannedOnAws(args);
}

function plannedOnAws(args: WandbDeploymentArgs): ValuesFacts {
    const later = pulumi.output("");
    const { stores, entry } = awsInput(args);
    const { database, cache, bucket } = stores;
    const made = { host: later, password: { literal: later } };
    return {
        cloud: "aws",
        database:
            database === "in-cluster" ? undefined : (database ?? { ...made, port: 3306, name: later, username: later }),
        cache: cache === "in-cluster" ? undefined : (cache ?? { ...made, port: 6379, tls: true }),
        bucket: bucket ?? { provider: "s3", name: later, region: later },
        ingress: entry.loadBalancer
            ? {
                  className: "alb",
                  annotations: entry.tls ? { "alb.ingress.kubernetes.io/certificate-arn": later } : {},
              }
            : {},
        identity: {
            serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": later },
            principal: later,
            tokenIssuer: later,
        },
    };
}
