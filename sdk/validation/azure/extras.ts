import type { WandbDeploymentArgs } from "../../args";
import type { AzureClickHouseArgs } from "../../azure/args/extras";
import type { Section } from "../section";
import { needed, object, text } from "../shape";
import { given } from "../wording";
import { wrongLocation, wrongNetworkName, wrongResourceId } from "./rules";

export const clickHouseShape = object<AzureClickHouseArgs>("AzureClickHouseArgs", {
    serviceAlias: needed(text, "the alias of the Private Link service that ClickHouse Cloud shows"),
    region: text,
    subnetId: text,
    endpointName: text,
    interfaceName: text,
});

/** https://learn.microsoft.com/azure/private-link/private-link-service-overview#properties */
const Alias = /^[\w.-]+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]+\.azure\.privatelinkservice$/i;

/** `azure.clickHouse` */
export function checkExtras(args: Section<WandbDeploymentArgs>): void {
    const section = args.section("azure")?.section("clickHouse");
    section?.check("serviceAlias", (alias) =>
        Alias.test(alias)
            ? undefined
            : `is not the alias of a Private Link service ${given(alias)}. ClickHouse Cloud shows it: <name>.<guid>.<region>.azure.privatelinkservice.`,
    );
    section?.check("region", wrongLocation);
    section?.check("subnetId", (id) => wrongResourceId(id, "Microsoft.Network/virtualNetworks/subnets"));
    section?.check("endpointName", (name) => wrongNetworkName(name, 2, 64));
    section?.check("interfaceName", (name) => wrongNetworkName(name));
}
