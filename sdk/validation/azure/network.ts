import type { WandbDeploymentArgs } from "../../args";
import { AzurePodNetwork } from "../../azure/args/cluster-network";
import {
    type AzureExistingNetworkArgs,
    type AzureNetworkArgs,
    AzureOutbound,
    type AzurePrivateDnsZonesArgs,
    type AzureSubnetCidrsArgs,
    type AzureSubnetNamesArgs,
} from "../../azure/args/network";
import { PrivateZoneNames } from "../../azure/args/network-defaults";
import type { Entry, Section } from "../section";
import { choice, listOf, needed, object, plainNumber, plainText, text } from "../shape";
import { wholeNumber } from "../syntax";
import { given } from "../wording";
import { checkRanges } from "./network-ranges";
import { isSameId, resourceIdParts, wrongNetworkName, wrongResourceId, wrongZone } from "./rules";

const NetworkType = "Microsoft.Network/virtualNetworks";
const SubnetType = `${NetworkType}/subnets`;
const ZoneType = "Microsoft.Network/privateDnsZones";

const subnetNames = { nodes: text, gateway: text, endpoints: text, database: text, apiServer: text, privateLink: text };
const subnetCidrs = {
    nodes: plainText,
    gateway: plainText,
    endpoints: plainText,
    database: plainText,
    apiServer: plainText,
    privateLink: plainText,
};

export const networkShape = object<AzureNetworkArgs>("AzureNetworkArgs", {
    existing: object<AzureExistingNetworkArgs>("AzureExistingNetworkArgs", {
        vnetId: needed(text, "the resource id of your virtual network"),
        nodeSubnetId: needed(text, "the resource id of the nodes' subnet"),
        endpointSubnetId: text,
        gatewaySubnetId: text,
        databaseSubnetId: text,
        apiServerSubnetId: text,
        privateLinkSubnetId: text,
    }),
    cidr: plainText,
    additionalCidrs: listOf(plainText),
    subnetCidrs: object<AzureSubnetCidrsArgs>("AzureSubnetCidrsArgs", subnetCidrs),
    vnetName: text,
    subnetNames: object<AzureSubnetNamesArgs>("AzureSubnetNamesArgs", subnetNames),
    dnsServers: listOf(text),
    outbound: choice(AzureOutbound, {
        userassignednatgateway: "Use nat-gateway.",
        userdefinedrouting: "Use routes.",
        loadbalancer: "Use load-balancer.",
        none: "Use routes, and lead them where you want.",
    }),
    routeTableId: text,
    natGatewayName: text,
    natAddressCount: plainNumber,
    natAddressNames: listOf(text),
    natAddressIds: listOf(text),
    natIdleTimeout: plainNumber,
    natZone: plainText,
    gatewaySecurityGroupName: text,
    privateDnsZones: object<AzurePrivateDnsZonesArgs>("AzurePrivateDnsZonesArgs", {
        blob: text,
        queue: text,
        vault: text,
        cache: text,
        managedCache: text,
        database: text,
        databaseSubnet: text,
    }),
    databaseZoneName: text,
});

/** `azure.network` */
export function checkNetwork(args: Section<WandbDeploymentArgs>): void {
    const network = args.section("azure")?.section("network");
    if (network === undefined) {
        return;
    }
    checkZones(network);
    if (network.has("existing")) {
        checkExisting(network);
        return;
    }
    const cluster = args.section("azure")?.section("cluster");
    const pods = cluster?.section("network");
    const nodeSubnet = pods?.text("pods") === AzurePodNetwork.NodeSubnet || pods?.pending("pods") === true;
    checkRanges(network, !nodeSubnet && cluster?.has("existing") !== true);
    checkNames(network);
    checkDnsServers(network);
    checkRoutes(network);
    checkNat(network);
}

const WithExisting: readonly string[] = ["existing", "outbound", "privateDnsZones", "databaseZoneName"];

/** `azure.network.existing`, and what it excludes: everything that is made. */
function checkExisting(network: Section<AzureNetworkArgs>): void {
    for (const key of network.givenKeys() as (keyof AzureNetworkArgs)[]) {
        if (!WithExisting.includes(key)) {
            network.refuse(key, "has no effect with `azure.network.existing`, where no network is made. Leave it out.");
        }
    }
    const existing = network.section("existing");
    if (existing === undefined) {
        return;
    }
    existing.check("vnetId", (id) => wrongResourceId(id, NetworkType));
    const whole = existing.text("vnetId");
    const subnets = existing.givenKeys().filter((key) => key !== "vnetId") as SubnetKey[];
    for (const key of subnets) {
        existing.check(key, (id) => wrongResourceId(id, SubnetType) ?? elsewhere(id, whole) ?? shared(existing, key));
    }
}

type SubnetKey = Exclude<keyof AzureExistingNetworkArgs, "vnetId">;

function elsewhere(subnetId: string, networkId: string | undefined): string | undefined {
    return networkId === undefined ||
        wrongResourceId(networkId, NetworkType) !== undefined ||
        isSameId(subnetId.replace(/\/subnets\/[^/]+$/i, ""), networkId)
        ? undefined
        : `is in another network ${given(subnetId)}. Give a subnet of ${networkId}.`;
}

/** Gateway, database and API server want a subnet for themselves; endpoints may be among the nodes. */
const Alone: readonly SubnetKey[] = ["gatewaySubnetId", "databaseSubnetId", "apiServerSubnetId"];
const Keys: readonly SubnetKey[] = [
    "nodeSubnetId",
    "endpointSubnetId",
    "gatewaySubnetId",
    "databaseSubnetId",
    "apiServerSubnetId",
    "privateLinkSubnetId",
];

function shared(existing: Section<AzureExistingNetworkArgs>, key: SubnetKey): string | undefined {
    const own = existing.text(key) ?? "";
    const other = Keys.slice(0, Keys.indexOf(key)).find((earlier) => isSameId(existing.text(earlier) ?? "-", own));
    return other === undefined || (!Alone.includes(key) && !Alone.includes(other))
        ? undefined
        : `is that of \`${existing.at(other)}\`, too ${given(own)}. Give each a subnet of its own.`;
}

function checkNames(network: Section<AzureNetworkArgs>): void {
    network.check("vnetName", (name) => wrongNetworkName(name, 2, 64));
    network.check("natGatewayName", (name) => wrongNetworkName(name));
    network.check("gatewaySecurityGroupName", (name) => wrongNetworkName(name));
    const names = network.section("subnetNames");
    const seen = new Map<string, string>();
    for (const key of (names?.givenKeys() ?? []) as (keyof AzureSubnetNamesArgs)[]) {
        names?.check(key, (name) => {
            const earlier = seen.get(name.toLowerCase());
            seen.set(name.toLowerCase(), names.at(key));
            return earlier === undefined
                ? wrongNetworkName(name)
                : `is the name of \`${earlier}\`, too ${given(name)}. Give each subnet a name of its own.`;
        });
    }
}

function checkDnsServers(network: Section<AzureNetworkArgs>): void {
    checkDistinct(network, network.texts("dnsServers"), (server) =>
        /^(\d{1,3}\.){3}\d{1,3}$/.test(server) && server.split(".").every((octet) => Number(octet) <= 255)
            ? undefined
            : `is not an IPv4 address ${given(server)}. Give for example 10.0.0.4.`,
    );
}

function checkRoutes(network: Section<AzureNetworkArgs>): void {
    const routes = network.text("outbound") === AzureOutbound.Routes;
    if (routes && !network.has("routeTableId")) {
        network.refuse(
            "routeTableId",
            "is missing, but `outbound` is routes. Give the resource id of a route table with a default route.",
        );
    }
    if (!routes && !network.pending("outbound") && network.has("routeTableId")) {
        network.refuse("routeTableId", "has no effect unless `outbound` is routes. Set that, or leave it out.");
    }
    network.check("routeTableId", (id) => wrongResourceId(id, "Microsoft.Network/routeTables"));
}

const OfNat = [
    "natGatewayName",
    "natAddressCount",
    "natAddressNames",
    "natAddressIds",
    "natIdleTimeout",
    "natZone",
] as const;
const MostAddresses = 16;

function checkNat(network: Section<AzureNetworkArgs>): void {
    const outbound = network.text("outbound") ?? AzureOutbound.NatGateway;
    if (outbound !== AzureOutbound.NatGateway) {
        for (const key of network.givenOf(...OfNat)) {
            network.refuse(key, `has no effect without a NAT gateway, and \`outbound\` is ${outbound}. Leave it out.`);
        }
        return;
    }
    network.check("natZone", wrongZone);
    checkNumber(network, "natIdleTimeout", 4, 120);
    checkNumber(network, "natAddressCount", 1, MostAddresses);
    if (network.has("natAddressIds")) {
        for (const key of network.givenOf("natAddressCount", "natAddressNames")) {
            network.refuse(key, "is for addresses that are made, but `natAddressIds` names your own. Leave one out.");
        }
        const entries = network.texts("natAddressIds");
        if (!network.pending("natAddressIds") && (entries.length < 1 || entries.length > MostAddresses)) {
            network.refuse("natAddressIds", `has ${entries.length} entries. Give 1 to ${MostAddresses} addresses.`);
        }
        checkDistinct(network, entries, (id) => wrongResourceId(id, "Microsoft.Network/publicIPAddresses"));
        return;
    }
    const names = network.texts("natAddressNames");
    checkDistinct(network, names, (name) => wrongNetworkName(name));
    const count = network.number("natAddressCount") ?? 1;
    const known = !network.pending("natAddressNames") && !network.pending("natAddressCount");
    if (network.has("natAddressNames") && known && names.length !== count) {
        network.refuse(
            "natAddressNames",
            `has ${names.length} entries, but \`natAddressCount\` is ${count}. Give one name for each address.`,
        );
    }
}

function checkNumber(
    network: Section<AzureNetworkArgs>,
    key: "natIdleTimeout" | "natAddressCount",
    least: number,
    most: number,
): void {
    const value = network.number(key);
    const wrong = value === undefined ? undefined : wholeNumber(value, least, most);
    if (wrong !== undefined) {
        network.refuse(key, wrong);
    }
}

function checkDistinct(
    network: Section<AzureNetworkArgs>,
    entries: readonly Entry<string>[],
    wrong: (value: string) => string | undefined,
): void {
    const keys = entries.map(({ value }) => value?.toLowerCase());
    entries.forEach((entry, index) =>
        network.checkEntry(entry, (value) =>
            keys.indexOf(value.toLowerCase()) < index ? `is there twice ${given(value)}. Leave one out.` : wrong(value),
        ),
    );
}

/** Names of the zones by argument; that of a database's subnet is free before its end. */
const ZoneNames: Readonly<Record<Exclude<keyof AzurePrivateDnsZonesArgs, "databaseSubnet">, string>> = {
    blob: PrivateZoneNames.blob,
    queue: PrivateZoneNames.queue,
    vault: PrivateZoneNames.vault,
    cache: PrivateZoneNames.cache,
    managedCache: PrivateZoneNames["managed-cache"],
    database: PrivateZoneNames.database,
};

function checkZones(network: Section<AzureNetworkArgs>): void {
    const zones = network.section("privateDnsZones");
    for (const key of (zones?.givenKeys() ?? []) as (keyof AzurePrivateDnsZonesArgs)[]) {
        zones?.check(key, (id) => {
            const name = resourceIdParts(id)?.names[0].toLowerCase() ?? "";
            const wrong = wrongResourceId(id, ZoneType);
            if (wrong !== undefined) {
                return wrong;
            }
            if (key === "databaseSubnet") {
                return wrongDatabaseZone(name, id);
            }
            return name === ZoneNames[key]
                ? undefined
                : `is another zone ${given(id)}, which nobody asks for this service. Give that of ${ZoneNames[key]}.`;
        });
    }
    network.check("databaseZoneName", (name) => wrongDatabaseZone(name, name));
    if (network.has("databaseZoneName") && zones?.has("databaseSubnet") === true) {
        network.refuse(
            "databaseZoneName",
            "is for a zone that is made, but `privateDnsZones.databaseSubnet` names your own. Leave one out.",
        );
    }
}

/** https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-networking-vnet#using-private-dns-zone */
function wrongDatabaseZone(name: string, shown: string): string | undefined {
    const labels = name.split(".");
    const formed = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
    if (formed && labels.length > 4 && /\.mysql\.database\.azure\.com$/i.test(name) && labels[0] !== "privatelink") {
        return undefined;
    }
    return `is not a zone for MySQL servers in a subnet ${given(shown)}. Its name ends with .mysql.database.azure.com and has something else than privatelink before it, for example wandb.private.mysql.database.azure.com.`;
}
