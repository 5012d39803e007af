import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import { AzureBucketAccess } from "../azure/args/bucket";
import { AzureIngressController } from "../azure/args/entry";
import { IngressClasses } from "../azure/entry-plan";
import { awsInput, azureInput, gcpInput } from "../cloud-input";
import type { GivenStores } from "../contract/cloud-input";
import type { BucketFacts } from "../contract/infrastructure";
import { externalStores } from "../external";
import { ingressClass } from "../gcp/entry-plan";
import type { ValuesFacts } from "../values/types";

/** What is known of the infrastructure before anything is made: what it will have, not yet with which names. */
export function plannedFacts(args: WandbDeploymentArgs): ValuesFacts {
    if (args.aws !== undefined) {
        return plannedOnAws(args);
    }
    if (args.gcp !== undefined) {
        return plannedOnGcp(args);
    }
    return args.azure === undefined
        ? { cloud: "existing", ...externalStores(args), ingress: {}, identity: {} }
        : plannedOnAzure(args);
}

/** What is not known before it is made. */
const later = pulumi.output("");

function plannedOnAws(args: WandbDeploymentArgs): ValuesFacts {
    const { stores, entry } = awsInput(args);
    return {
        cloud: "aws",
        ...plannedStores(stores, { provider: "s3", name: later, region: later }),
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

function plannedOnGcp(args: WandbDeploymentArgs): ValuesFacts {
    const { stores, entry, gcp } = gcpInput(args);
    const { internal, loadBalancer, tls } = entry;
    return {
        cloud: "gcp",
        ...plannedStores(stores, { provider: "gcs", name: later }),
        ingress: loadBalancer
            ? {
                  annotations: {
                      "kubernetes.io/ingress.class": ingressClass(internal),
                      ...(tls ? { "ingress.gcp.kubernetes.io/pre-shared-cert": later } : {}),
                  },
                  securityPolicy: later,
              }
            : {},
        identity: {
            serviceAccountAnnotations: { "iam.gke.io/gcp-service-account": later },
            principal: later,
            tokenIssuer: later,
            secretStore: later,
        },
        queues: gcp.events && {
            project: later,
            fileStreamTopic: later,
            fileStreamSubscription: later,
            runUpdatesTopic: later,
            runUpdatesSubscription: later,
        },
        historyStore: gcp.bigtable && { project: later, instance: later },
    };
}

function plannedOnAzure(args: WandbDeploymentArgs): ValuesFacts {
    const { stores, entry, azure } = azureInput(args);
    const { loadBalancer, controller, certificate } = entry;
    const keyless = azure.bucket?.access === AzureBucketAccess.Identity;
    const credentials = keyless ? undefined : { accessKey: later };
    const { annotation, field } = IngressClasses[controller];
    const issuer: Record<string, string> =
        certificate === undefined ? {} : { "cert-manager.io/issuer": "wandb-issuer" };
    const byClass: Partial<ValuesFacts["ingress"]> =
        controller === AzureIngressController.ApplicationGateway
            ? { annotations: { "kubernetes.io/ingress.class": annotation ?? "", ...issuer } }
            : { className: field, annotations: issuer };
    return {
        cloud: "azure",
        ...plannedStores(stores, {
            provider: "az",
            name: later,
            account: later,
            clientId: keyless ? later : undefined,
            credentials,
        }),
        ingress: loadBalancer ? { ...byClass, tlsSecretName: certificate && later } : {},
        identity: {
            serviceAccountAnnotations: { "azure.workload.identity/client-id": later },
            podLabels: { "azure.workload.identity/use": "true" },
            principal: later,
            tokenIssuer: later,
            secretStore: later,
        },
    };
}

/** Stores that are made stand for those that nobody names. */
function plannedStores(
    { database, cache, bucket }: GivenStores,
    madeBucket: BucketFacts,
): Pick<ValuesFacts, "database" | "cache" | "bucket"> {
    const made = { host: later, password: { literal: later } };
    return {
        database:
            database === "in-cluster" ? undefined : (database ?? { ...made, port: 3306, name: later, username: later }),
        cache: cache === "in-cluster" ? undefined : (cache ?? { ...made, port: 6379, tls: true }),
        bucket: bucket ?? madeBucket,
    };
}
