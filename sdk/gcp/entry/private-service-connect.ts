import { ServiceAttachment, Subnetwork } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpPrivateServiceConnectArgs } from "../args/entry";
import { DefaultNatCidr } from "../args/entry-defaults";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { findForwardingRule, type LoadBalancerSearch } from "./load-balancer";
import { networkProject } from "./proxy-subnet";
import { successorFirst } from "../../successor-first";

export interface PrivateServiceConnectArgs {
    readonly args: GcpPrivateServiceConnectArgs;
    readonly network: Pick<NetworkFacts, "networkId">;
    /** The internal load balancer of the Ingress. */
    readonly behind: LoadBalancerSearch;
    readonly apis: Apis;
}

/** What consumers ask for. */
export interface PrivateServiceConnectOutputs {
    /** `projects/<project>/regions/<region>/serviceAttachments/<name>` */
    readonly attachmentId: pulumi.Output<string>;
}

/** Offers W&B to other projects. */
export function publishPrivateServiceConnect(
    scope: GcpDeploymentScope,
    args: PrivateServiceConnectArgs,
): PrivateServiceConnectOutputs {
    const { attachmentId } = new PrivateServiceConnect(scope, args);
    return { attachmentId };
}

/** Endpoints that a project may have when nobody says a number. */
const DefaultConnectionLimit = 10;

/**
 * A service attachment of the load balancer that GKE has made of the Ingress, so that connections stay in Google's network. Only it waits for W&B; it
 * depends on the custom resource, so at destroy it goes first: Google deletes no forwarding rule that is published.
 */
class PrivateServiceConnect extends pulumi.ComponentResource {
    readonly attachmentId: pulumi.Output<string>;

    constructor(scope: GcpDeploymentScope, { args, network, behind, apis }: PrivateServiceConnectArgs) {
        super("wandb:gcp:PrivateServiceConnect", `${scope.name}-private-service-connect`, {}, { parent: scope.parent });
        const { name, project, region } = scope;
        const dependsOn = apis.need("compute");
        const subnet = new Subnetwork(
            `${name}-psc-subnet`,
            {
                name: args.subnetName,
                project: networkProject(network),
                region,
                network: network.networkId,
                ipCidrRange: args.natCidr ?? DefaultNatCidr,
                purpose: "PRIVATE_SERVICE_CONNECT",
            },
            { parent: this, dependsOn, ...successorFirst(args.subnetName) },
        );
        const attachment = new ServiceAttachment(
            `${name}-psc-attachment`,
            {
                name: args.attachmentName,
                project,
                region,
                description: "Weights & Biases",
                connectionPreference: args.acceptAll === true ? "ACCEPT_AUTOMATIC" : "ACCEPT_MANUAL",
                consumerAcceptLists: args.consumers?.map((consumer) => ({
                    projectIdOrNum: consumer.project,
                    connectionLimit: consumer.connectionLimit ?? DefaultConnectionLimit,
                })),
                // A project that is taken off the list is cut off, too.
                reconcileConnections: true,
                // The load balancer speaks HTTP and does not understand it.
                enableProxyProtocol: false,
                natSubnets: [subnet.id],
                targetService: findForwardingRule(this, scope, behind, "gcp.privateServiceConnect"),
                domainNames: args.domainName === undefined ? undefined : [args.domainName],
            },
            // Neither load balancer nor subnet can be published twice.
            { parent: this, dependsOn, deleteBeforeReplace: true },
        );
        this.attachmentId = attachment.id;
        this.registerOutputs({ attachmentId: this.attachmentId });
    }
}
