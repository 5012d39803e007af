import type { WandbDeploymentArgs } from "../../args";
import type { AzureClusterArgs } from "../../azure/args/cluster";
import type { Section } from "../section";
import { wrongApiServerZone } from "./cluster-rules";

type Args = Section<WandbDeploymentArgs>;

/** Whether the network has no subnet for the API server; an own one only if it names one. */
function lacksSubnet(args: Args): boolean {
    const existing = args.section("azure")?.section("network")?.section("existing");
    return existing !== undefined && !existing.has("apiServerSubnetId");
}

/** `azure.cluster.apiServer` */
export function checkApiServer(args: Args, cluster: Section<AzureClusterArgs>): void {
    const server = cluster.section("apiServer");
    if (server === undefined) {
        return;
    }
    const isIntegrated = server.flag("vnetIntegration") ?? !lacksSubnet(args);
    if (server.flag("vnetIntegration") === true && lacksSubnet(args)) {
        server.refuse(
            "vnetIntegration",
            "is on, but `azure.network.existing` has no subnet for the API server. Give its apiServerSubnetId, or leave this out.",
        );
    }
    server.check("privateDnsZoneId", (id) => wrongApiServerZone(id, isIntegrated));
    const isPublic = !args.pending("access") && args.section("access")?.has("cidrs") === true;
    for (const key of isPublic ? server.givenOf("privateDnsZoneId", "publicName") : []) {
        server.refuse(
            key,
            "is for a private API server, but `access.cidrs` makes a public one. Leave out one of them.",
        );
    }
}

/** AKS reads its key by itself, and gets to a vault in the network from there only. */
export function checkItsVault(args: Args, cluster: Section<AzureClusterArgs> | undefined): void {
    const azure = args.section("azure");
    const key = azure?.section("key");
    if (azure === undefined || azure.pending("key") || azure.pending("network") || key?.flag("publicAccess") === true) {
        return;
    }
    const remedy = "Or let the vault answer everywhere (`azure.key.publicAccess`).";
    const reason = "the vault answers in the network only, where AKS has to read the key of its Secrets";
    if (cluster?.section("apiServer")?.flag("vnetIntegration") === false) {
        args.report("azure.cluster.apiServer.vnetIntegration", `is false, but ${reason}. Leave it out. ${remedy}`);
    } else if (lacksSubnet(args)) {
        args.report(
            "azure.network.existing.apiServerSubnetId",
            `is missing, but ${reason}. Give a subnet that is delegated to Microsoft.ContainerService/managedClusters, /28 or larger. ${remedy}`,
        );
    }
}
