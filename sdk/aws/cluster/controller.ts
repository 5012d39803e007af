// Not from the folder: its index loads every kind of Kubernetes object for the Chart of old.
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";
import { recoveredRelease } from "../../kubernetes/preflight";
import type { ClusterAccess } from "../../readiness/cluster-access";
import { mergeValues } from "../../values/merge";
import type { ClusterIdentity } from "../facts";
import { createRole, type IamSettings } from "../iam/iam";
import type { PolicyDocument } from "../iam/policies";
import type { AwsScope } from "../scope";
import { accountAnnotations, accountTrust, associateAccount } from "./identity";
import type { Toleration } from "./node-taints";
import type { ChartSource } from "./versions";

/** What all that we install in a cluster needs to know. */
export interface ControllerPlace {
    readonly identity: ClusterIdentity;
    readonly iam: IamSettings;
    readonly provider: pulumi.ProviderResource;
    readonly access: ClusterAccess;
    readonly tolerations: readonly Toleration[];
    /** On what the pods run, and what they need there. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Annotations that the chart has to put on its service account. */
type Annotations = Record<string, pulumi.Output<string>>;

export interface ControllerArgs {
    /** Last part of logical names. */
    readonly word: string;
    readonly description: string;
    readonly source: ChartSource;
    /** Another place, version and values for the chart. */
    readonly chart: AddonChartArgs | undefined;
    readonly policy: pulumi.Input<PolicyDocument>;
    /** Values of the chart, from the annotations of its service account, which is called like the chart. */
    readonly values: (annotations: Annotations) => Record<string, unknown>;
}

/** Where all of them run: pods of this priority may not run elsewhere, and it is there already. */
const Namespace = "kube-system";

/** Installs a controller with a role of its own. Gives all that must be there for it to work, and must stay until what it made is gone. */
export function createController(scope: AwsScope, place: ControllerPlace, args: ControllerArgs): pulumi.Resource[] {
    const { name, parent } = scope;
    const { identity, iam, provider, access, dependsOn } = place;
    const { word, source, chart = {} } = args;
    const account = { namespace: Namespace, name: source.chart };
    const role = createRole(scope, iam, {
        role: `${word}-role`,
        description: args.description,
        trust: accountTrust(identity, [account]),
        policies: { rights: args.policy },
    });
    const association = { word: `${word}-identity`, account, roleArn: role.arn };
    const before = [...role.ready, ...associateAccount(scope, identity, association)];
    const release = new Release(
        `${name}-${word}`,
        {
            ...chartOf(source, chart),
            name: recoveredRelease({ name, parent, provider, access }, Namespace, source.chart),
            namespace: Namespace,
            values: mergeValues(args.values(accountAnnotations(identity, role.arn) ?? {}), chart.values ?? {}),
            // Awaited: what comes next relies on it, and the API server calls the webhooks of the load balancer controller.
            skipAwait: false,
            timeout: 600,
            maxHistory: 10,
        },
        { parent, provider, dependsOn: [...dependsOn, ...before] },
    );
    return [...before, release];
}

function chartOf(source: ChartSource, { repository = source.repository, version = source.version }: AddonChartArgs) {
    return { ...placeOf(source.chart, repository), version };
}

/** A registry holds one chart under a name of its own, a repository many. Whether it is the one or the other may be known later only. */
function placeOf(chart: string, repository: pulumi.Input<string>) {
    const known = pulumi.output(repository);
    const isRegistry = known.apply((address) => address.startsWith("oci://"));
    return {
        chart: pulumi.all([known, isRegistry]).apply(([address, oci]) => (oci ? address : chart)),
        repositoryOpts: pulumi.all([known, isRegistry]).apply(([address, oci]) => (oci ? {} : { repo: address })),
    };
}
