/** What AKS refuses of a cluster. */
import type { RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { anyRow, placeOf } from "../arm";
import { armError } from "../errors";
import { groupIdIn } from "../ids";
import { refusedCpus, refusedMachine } from "./machines";
import { refusedKms } from "./kms";
import { refusedNetwork } from "./network-rules";
import { refusedPoolChange, refusedPoolSettings, refusedSkew } from "./pool-rules";
import { principalOf } from "./rights";
import { bad, changed, changeRefused, clusterType, part, partsIn, poolName, textsIn } from "./shared";
import { isBelow, minorOf, resolvedVersion } from "./versions";

export function refusedCluster(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const [identityId = ""] = textsIn(part(inputs["identity"])["userAssignedIdentities"]);
    const principalId = principalOf(identityId, inventory);
    if (principalId === undefined) {
        return armError(
            404,
            "NotFound",
            `Resource '${identityId}' of the identity of the managed cluster was not found. Only clusters with a user-assigned identity are simulated.`,
        );
    }
    return (
        refusedNames(inputs) ??
        refusedSupport(inputs) ??
        refusedAuthentication(inputs, previous) ??
        refusedSecurity(inputs, previous) ??
        refusedAddons(inputs, context) ??
        refusedPools(inputs, context) ??
        refusedNetwork(inputs, principalId, context) ??
        refusedKms(inputs, principalId, context) ??
        (previous === undefined ? refusedCreation(inputs, context) : refusedUpgrade(inputs, previous))
    );
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice */
function refusedNames({ dnsPrefix, fqdnSubdomain, nodeResourceGroup }: PropertyMap): string | undefined {
    if (dnsPrefix === undefined && fqdnSubdomain === undefined) {
        return bad("Required parameter dnsPrefix is missing (null).", "InvalidParameter");
    }
    if (dnsPrefix !== undefined && !/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/.test(textOf(dnsPrefix))) {
        return bad(
            `The value of parameter dnsPrefix is invalid: it must be 1 to 54 letters, digits and hyphens, with a letter or digit at both ends (${textOf(dnsPrefix)} given).`,
            "InvalidParameter",
        );
    }
    return textOf(nodeResourceGroup).length > 80
        ? bad("The length of the node resource group name is too long. The maximum length is 80.", "InvalidParameter")
        : undefined;
}

/** https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers and auto-upgrade-node-os-image */
function refusedSupport({ sku, supportPlan, autoUpgradeProfile }: PropertyMap): string | undefined {
    const isLongTerm = supportPlan === "AKSLongTermSupport";
    const isPremium = part(sku)["tier"] === "Premium";
    if (isLongTerm !== isPremium) {
        return bad(
            `Support plan ${textOf(supportPlan, "KubernetesOfficial")} is not allowed with tier ${textOf(part(sku)["tier"], "Free")}: AKSLongTermSupport and Premium go together.`,
            "InvalidSupportPlan",
        );
    }
    const { upgradeChannel, nodeOSUpgradeChannel } = part(autoUpgradeProfile);
    return upgradeChannel === "node-image" && nodeOSUpgradeChannel !== undefined && nodeOSUpgradeChannel !== "NodeImage"
        ? bad(
              `NodeOSUpgradeChannel ${textOf(nodeOSUpgradeChannel)} is not allowed when the upgrade channel is node-image.`,
              "InvalidParameter",
          )
        : undefined;
}

/** https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad */
function refusedAuthentication(inputs: PropertyMap, previous: PropertyMap | undefined): string | undefined {
    const { aadProfile, disableLocalAccounts } = inputs;
    if (aadProfile === undefined && previous?.["aadProfile"] !== undefined && previous["aadProfile"] !== null) {
        return changeRefused("aadProfile");
    }
    return disableLocalAccounts === true && aadProfile === undefined
        ? bad(
              "Disabling local accounts is only supported on Microsoft Entra ID integrated clusters.",
              "DisableLocalAccountsNotAllowed",
          )
        : undefined;
}

function refusedSecurity(inputs: PropertyMap, previous: PropertyMap | undefined): string | undefined {
    const security = part(inputs["securityProfile"]);
    const hasIssuer = part(inputs["oidcIssuerProfile"])["enabled"] === true;
    if (part(security["workloadIdentity"])["enabled"] === true && !hasIssuer) {
        return bad("Enabling workload identity requires the OIDC issuer to be enabled.");
    }
    // https://learn.microsoft.com/azure/aks/use-oidc-issuer: it cannot be turned off again
    if (part(previous?.["oidcIssuerProfile"])["enabled"] === true && !hasIssuer) {
        return bad("The OIDC issuer feature cannot be disabled.", "OIDCIssuerFeatureCannotBeDisabled");
    }
    const { enabled, intervalHours } = part(security["imageCleaner"]);
    const hours = Number(intervalHours ?? 0);
    return enabled === true && (hours < 24 || hours > 2_160)
        ? bad(`The interval of Image Cleaner must be 24 to 2160 hours (${hours} given).`, "InvalidParameter")
        : undefined;
}

function refusedAddons(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const { enabled, config } = part(part(inputs["addonProfiles"])["ingressApplicationGateway"]);
    if (enabled !== true) {
        return undefined;
    }
    const gateway = textOf(part(config)["applicationGatewayId"]);
    return anyRow(inventory, gateway) === undefined
        ? bad(
              `IngressApplicationGateway addon: the application gateway '${gateway}' was not found.`,
              "IngressAppGwAddonConfigInvalidApplicationGateway",
          )
        : undefined;
}

function refusedPools(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { previous } = context;
    const pools = partsIn(inputs["agentPoolProfiles"]);
    const location = placeOf(inputs, context);
    const before = partsIn(previous?.["agentPoolProfiles"]);
    if (previous === undefined && !pools.some(({ mode }) => mode === "System")) {
        return bad("There has to be at least one system agent pool.", "InvalidParameter");
    }
    for (const pool of pools) {
        const name = textOf(pool["name"]);
        const old = before.find((one) => one["name"] === name);
        if (!poolName.pattern.test(name)) {
            return bad(`The agent pool name ${name} ${poolName.rule}.`, "InvalidParameter");
        }
        if (previous !== undefined && old === undefined) {
            return bad(
                "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed through managed cluster operations. For agent pool specific change, please use per agent pool operations: https://aka.ms/agent-pool-rest-api",
            );
        }
        const refused =
            (old === undefined ? undefined : refusedPoolChange(pool, old, "agentPoolProfile")) ??
            refusedPoolSettings(pool, name, old !== undefined) ??
            refusedMachine({ pool, name, location });
        if (refused !== undefined) {
            return refused;
        }
    }
    return previous === undefined ? refusedCpus(pools, location, context) : undefined;
}

function longTerm({ supportPlan }: PropertyMap): boolean {
    return supportPlan === "AKSLongTermSupport";
}

function refusedCreation(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const wanted = inputs["kubernetesVersion"];
    const version = resolvedVersion(typeof wanted === "string" ? wanted : undefined, longTerm(inputs));
    if (version === undefined) {
        return bad(
            `Managed cluster ${textOf(inputs["resourceName"])} is on version ${textOf(wanted)}, which is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region.`,
            "K8sVersionNotSupported",
        );
    }
    const others = inventory.rows(clusterType);
    if (others.length > 0) {
        // All of them would share the sandbox's one API server, and the end of one would empty the other.
        return `the sandbox has one API server, so it can simulate one cluster at a time (${groupIdIn(others[0].id)} has one). Delete the other one first.`;
    }
    return partsIn(inputs["agentPoolProfiles"])
        .map(({ orchestratorVersion }) =>
            typeof orchestratorVersion === "string"
                ? refusedSkew(resolvedVersion(orchestratorVersion, longTerm(inputs)), version)
                : undefined,
        )
        .find((reason) => reason !== undefined);
}

/** https://learn.microsoft.com/azure/aks/upgrade-aks-cluster: one minor version at a time, and never back */
function refusedUpgrade(inputs: PropertyMap, previous: PropertyMap): string | undefined {
    const wanted = inputs["kubernetesVersion"];
    if (typeof wanted !== "string" || !changed("kubernetesVersion", inputs, previous)) {
        return undefined;
    }
    const runs = textOf(previous["currentKubernetesVersion"]);
    const next = resolvedVersion(wanted, longTerm(inputs));
    if (next === undefined) {
        return bad(`Version ${wanted} is not supported in this region.`, "K8sVersionNotSupported");
    }
    if (isBelow(next, runs)) {
        return bad(`Downgrading managed cluster from ${runs} to ${next} is not allowed.`, "OperationNotAllowed");
    }
    return minorOf(next) > minorOf(runs) + 1
        ? bad(
              `Upgrading Kubernetes version ${runs} to ${next} is not allowed. Available upgrades: the next minor version.`,
              "OperationNotAllowed",
          )
        : undefined;
}
