/** Regions of Azure, as Azure Resource Manager names them. */
import { armError } from "./errors";

/** https://learn.microsoft.com/en-us/azure/reliability/regions-list; with those that have no availability zones marked. */
const regions: Readonly<Record<string, { readonly zones: boolean }>> = {
    australiacentral: { zones: false },
    australiaeast: { zones: true },
    australiasoutheast: { zones: false },
    austriaeast: { zones: true },
    belgiumcentral: { zones: true },
    brazilsouth: { zones: true },
    canadacentral: { zones: true },
    canadaeast: { zones: false },
    centralindia: { zones: true },
    centralus: { zones: true },
    chilecentral: { zones: true },
    denmarkeast: { zones: true },
    eastasia: { zones: true },
    eastus: { zones: true },
    eastus2: { zones: true },
    francecentral: { zones: true },
    francesouth: { zones: false },
    germanynorth: { zones: false },
    germanywestcentral: { zones: true },
    indonesiacentral: { zones: true },
    israelcentral: { zones: true },
    italynorth: { zones: true },
    japaneast: { zones: true },
    japanwest: { zones: true },
    koreacentral: { zones: true },
    koreasouth: { zones: false },
    malaysiawest: { zones: true },
    mexicocentral: { zones: true },
    newzealandnorth: { zones: true },
    northcentralus: { zones: false },
    northeurope: { zones: true },
    norwayeast: { zones: true },
    norwaywest: { zones: false },
    polandcentral: { zones: true },
    qatarcentral: { zones: true },
    southafricanorth: { zones: true },
    southafricawest: { zones: false },
    southcentralus: { zones: true },
    southeastasia: { zones: true },
    southindia: { zones: false },
    spaincentral: { zones: true },
    swedencentral: { zones: true },
    switzerlandnorth: { zones: true },
    switzerlandwest: { zones: false },
    uaecentral: { zones: false },
    uaenorth: { zones: true },
    uksouth: { zones: true },
    ukwest: { zones: false },
    westcentralus: { zones: false },
    westeurope: { zones: true },
    westindia: { zones: false },
    westus: { zones: false },
    westus2: { zones: true },
    westus3: { zones: true },
};

/** As Azure compares them: `West Europe` and `westeurope` are one. */
export function normalLocation(location: string): string {
    return location.toLowerCase().replace(/\s/g, "");
}

/** Why a thing of this type cannot be there; absent when it can. */
export function refusedLocation(location: string, type: string): string | undefined {
    if (regions[normalLocation(location)] !== undefined) {
        return undefined;
    }
    return type === "Microsoft.Resources/resourceGroups"
        ? armError(
              400,
              "LocationNotAvailableForResourceGroup",
              `The provided location '${location}' is not available for resource group.`,
          )
        : armError(
              400,
              "LocationNotAvailableForResourceType",
              `The provided location '${location}' is not available for resource type '${type}'.`,
          );
}

/** Zones of a region; none where it has none, or there is no such region. */
export function zonesOf(location: string): readonly string[] {
    return regions[normalLocation(location)]?.zones === true ? ["1", "2", "3"] : [];
}
