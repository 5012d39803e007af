import { getLoadBalancerOutput } from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { notKnown } from "../../unknown";

/** What the controller's load balancer is found by. */
export interface LoadBalancerSearch {
    /** Address of the Ingress, known after W&B is ready; without value where nothing was read. */
    readonly address: pulumi.Output<string | undefined>;
    readonly clusterName: pulumi.Input<string>;
    readonly namespace: pulumi.Input<string>;
    readonly ingressName: pulumi.Input<string>;
    /** Annotations of the Ingress: with a group, the load balancer belongs to that. */
    readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The address, once it must be there. In a preview that could not read it, it is unknown, as everything that does not exist yet.
 *
 * @param wanted what needs it, for the message
 */
export function knownAddress(
    parent: pulumi.Resource,
    address: pulumi.Output<string | undefined>,
    wanted: string,
): pulumi.Output<string> {
    return address.apply((known) => {
        if (known !== undefined) {
            return known;
        }
        if (pulumi.runtime.isDryRun()) {
            return notKnown<string>();
        }
        throw resourceError(
            `${wanted}: the Ingress of W&B has no address, so there is nothing to point to. See what \`kubectl describe ingress\` says of it and whether the AWS load balancer controller runs, then run \`pulumi up\` again.`,
            parent,
        );
    });
}

const GroupAnnotation = "alb.ingress.kubernetes.io/group.name";

/** What the controller calls the Ingress, or the group to which it belongs. */
export function ingressStack({
    namespace,
    ingressName,
    annotations = {},
}: Pick<LoadBalancerSearch, "namespace" | "ingressName" | "annotations">): pulumi.Output<string> {
    const group = annotations[GroupAnnotation];
    return group === undefined ? pulumi.interpolate`${namespace}/${ingressName}` : pulumi.output(group);
}

/**
 * ARN of the load balancer that the controller has made of the Ingress, found by the controller's own tags:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#resource-tags
 */
export function findLoadBalancer(
    parent: pulumi.Resource,
    search: LoadBalancerSearch,
    wanted: string,
): pulumi.Output<string> {
    // Before there is an address there is no load balancer.
    const address = knownAddress(parent, search.address, wanted);
    const stack = pulumi.all([ingressStack(search), address]).apply(([known]) => known);
    const found = getLoadBalancerOutput(
        {
            tags: {
                "elbv2.k8s.aws/cluster": search.clusterName,
                "ingress.k8s.aws/resource": "LoadBalancer",
                "ingress.k8s.aws/stack": stack,
            },
        },
        { parent },
    );
    return found.arn;
}
