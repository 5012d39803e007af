import { getForwardingRules } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { notKnown } from "../../unknown";
import type { Apis } from "../apis";
import type { GcpLoadBalancerArgs } from "../args/entry";
import type { EntryPlan } from "../entry-plan";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { type AddressFacts, createAddress } from "./address";
import { createArmor } from "./armor";
import { createTlsPolicy } from "./frontend";
import { createProxySubnet } from "./proxy-subnet";

export interface LoadBalancerArgs {
    readonly args: GcpLoadBalancerArgs;
    readonly plan: Pick<EntryPlan, "internal" | "frontendConfig">;
    readonly network: Pick<NetworkFacts, "networkId" | "subnetworkId">;
    readonly apis: Apis;
}

/** What must be there for GKE to make the load balancer of the Ingress. */
export interface LoadBalancerFacts {
    readonly address: AddressFacts;
    /** Name of the Cloud Armor policy. */
    readonly securityPolicy?: pulumi.Output<string>;
    /** Name of the SSL policy. */
    readonly tlsPolicy?: pulumi.Output<string>;
    /** What else must be there before the Ingress, and must outlive it. */
    readonly ready: readonly pulumi.Resource[];
    /** All that is made here: Google deletes none of it while GKE's load balancer uses it. */
    readonly held: readonly pulumi.Resource[];
}

/** Makes it, without waiting for anything but the API and the network. */
export function createLoadBalancer(scope: GcpDeploymentScope, settings: LoadBalancerArgs): LoadBalancerFacts {
    return new LoadBalancer(scope, settings).facts;
}

class LoadBalancer extends pulumi.ComponentResource {
    readonly facts: LoadBalancerFacts;

    constructor(scope: GcpDeploymentScope, { args, plan, network, apis }: LoadBalancerArgs) {
        super("wandb:gcp:LoadBalancer", `${scope.name}-load-balancer`, {}, { parent: scope.parent });
        const inner = { ...scope, parent: this };
        const { internal, frontendConfig } = plan;
        const address = createAddress(inner, { args, internal, network, apis });
        // GKE's controller refuses one on the backends of an internal load balancer.
        const armor = internal ? undefined : createArmor(inner, args, apis);
        const tlsPolicy = frontendConfig ? createTlsPolicy(inner, args.tlsPolicy ?? {}, apis) : undefined;
        const ready = internal ? createProxySubnet(inner, args.proxySubnet ?? {}, network, apis) : [];
        const made = [address.made, armor?.made, tlsPolicy?.made].filter((one) => one !== undefined);
        this.facts = {
            address,
            securityPolicy: armor?.name,
            tlsPolicy: tlsPolicy?.name,
            ready,
            held: [...made, ...ready],
        };
        this.registerOutputs({ address: address.address });
    }
}

/** What the load balancer is found by. */
export interface LoadBalancerSearch {
    /** Its address, which is reserved for it alone. */
    readonly address: pulumi.Output<string>;
    /** Address of the Ingress, known after W&B is ready; without value where nothing was read. */
    readonly served: pulumi.Output<string | undefined>;
    /** It ends TLS. */
    readonly tls: boolean;
}

/**
 * URL of the forwarding rule that GKE has made of the Ingress. Its name is GKE's secret, so it is found by address and port.
 *
 * @param wanted what needs it, for the message
 */
export function findForwardingRule(
    parent: pulumi.Resource,
    { project, region }: Pick<GcpDeploymentScope, "project" | "region">,
    { address, served, tls }: LoadBalancerSearch,
    wanted: string,
): pulumi.Output<string> {
    return pulumi.all([project, region, address, served]).apply(async ([project, region, ipAddress, known]) => {
        // Before the Ingress has its address there is no load balancer. A preview that could not read it knows no more.
        const { rules } =
            known === undefined ? { rules: [] } : await getForwardingRules({ project, region }, { parent });
        const port = tls ? "443-443" : "80-80";
        const rule = rules.find((one) => one.ipAddress === ipAddress && one.portRange === port);
        if (rule !== undefined) {
            return rule.selfLink;
        }
        if (pulumi.runtime.isDryRun()) {
            return notKnown<string>();
        }
        throw resourceError(
            `${wanted}: GKE has made no load balancer of the Ingress of W&B at ${ipAddress}, port ${tls ? 443 : 80}. See what \`kubectl describe ingress\` says of it, then run \`pulumi up\` again.`,
            parent,
        );
    });
}
