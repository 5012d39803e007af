import type { WandbDeploymentArgs } from "../../args";
import {
    type GcpExistingNetworkArgs,
    type GcpFlowLogArgs,
    GcpFlowLogInterval,
    GcpGoogleApisMode,
    GcpNatLogging,
    GcpNatMode,
    type GcpNetworkArgs,
    type GcpPrivateServicesArgs,
    GcpRoutingMode,
    type GcpSubnetCidrsArgs,
} from "../../gcp/args/network";
import { DefaultRangeNames } from "../../gcp/args/network-defaults";
import type { Section } from "../section";
import { anyText, choice, flag, listOf, needed, number, object, plainNumber, plainText, text } from "../shape";
import { wholeNumber } from "../syntax";
import { given } from "../wording";
import { AddressForm, computePath, NetworkForm, SubnetForm, wrongComputeId, wrongComputeName } from "./compute-names";
import { checkRanges } from "./network-ranges";

export const networkShape = object<GcpNetworkArgs>("GcpNetworkArgs", {
    existing: object<GcpExistingNetworkArgs>("GcpExistingNetworkArgs", {
        networkId: needed(text, `the id of your network, ${NetworkForm}`),
        subnetworkId: needed(text, `the id of the nodes' subnet, ${SubnetForm}`),
        podRangeName: needed(text, "the name of the subnet's secondary range of the pods"),
        serviceRangeName: needed(text, "the name of the subnet's secondary range of Kubernetes Services"),
        privateServicesRangeName: text,
    }),
    cidr: plainText,
    subnetCidrs: object<GcpSubnetCidrsArgs>("GcpSubnetCidrsArgs", {
        nodes: needed(plainText, "a range for the nodes"),
        pods: needed(plainText, "a range for the pods"),
        services: needed(plainText, "a range for Kubernetes Services"),
        privateServices: plainText,
    }),
    networkName: text,
    networkDescription: anyText,
    subnetName: text,
    subnetDescription: anyText,
    podRangeName: plainText,
    serviceRangeName: plainText,
    routingMode: choice(GcpRoutingMode, { regional: "Use REGIONAL.", global: "Use GLOBAL." }),
    mtu: number,
    nat: choice(GcpNatMode, { single: "Use gateway.", "per-zone": "Use gateway." }),
    natAddressCount: plainNumber,
    natAddressNames: listOf(text),
    natAddressIds: listOf(text),
    natLogging: choice(GcpNatLogging, { errors: "Use ERRORS_ONLY.", all: "Use ALL." }),
    routerName: text,
    natName: text,
    googleApis: choice(GcpGoogleApisMode, {
        "private.googleapis.com": "Use private.",
        "restricted.googleapis.com": "Use restricted.",
        none: "Use public.",
    }),
    googleApiDomains: listOf(plainText),
    privateServices: object<GcpPrivateServicesArgs>("GcpPrivateServicesArgs", {
        rangeName: text,
        prefixLength: plainNumber,
    }),
    flowLogs: object<GcpFlowLogArgs>("GcpFlowLogArgs", {
        interval: choice(GcpFlowLogInterval),
        sampling: plainNumber,
        metadata: flag,
        filter: anyText,
    }),
});

/** `gcp.network` */
export function checkNetwork(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const network = gcp?.section("network");
    if (network === undefined) {
        return;
    }
    const region = gcp?.text("region");
    if (network.has("existing")) {
        checkExisting(network, region);
        return;
    }
    checkRanges(network);
    checkNames(network);
    checkNat(network, region);
    checkGoogleApis(network);
    checkNumbers(network);
}

/** `gcp.network.existing`, and what it excludes: everything. */
function checkExisting(network: Section<GcpNetworkArgs>, region: string | undefined): void {
    for (const key of network.givenKeys() as (keyof GcpNetworkArgs)[]) {
        if (key !== "existing") {
            network.refuse(key, "has no effect with `gcp.network.existing`, where no network is made. Leave it out.");
        }
    }
    const existing = network.section("existing");
    if (existing === undefined) {
        return;
    }
    existing.check("networkId", (id) => wrongComputeId(id, NetworkForm));
    existing.check("subnetworkId", (id) => wrongComputeId(id, SubnetForm, region) ?? wrongProject(id, existing));
    for (const key of ["podRangeName", "serviceRangeName", "privateServicesRangeName"] as const) {
        existing.check(key, wrongComputeName);
    }
    checkApart(existing, "podRangeName", existing.text("podRangeName"), existing.text("serviceRangeName"));
}

/** A subnet lies in the project of its network. */
function wrongProject(subnetworkId: string, existing: Section<GcpExistingNetworkArgs>): string | undefined {
    const own = computePath(subnetworkId, SubnetForm)?.get("<project>");
    const host = computePath(existing.text("networkId") ?? "", NetworkForm)?.get("<project>");
    return host === undefined || own === host
        ? undefined
        : `is in another project than the network ${given(subnetworkId)}, which is in ${host}. Give a subnet of that network.`;
}

function checkApart<T>(
    section: Section<T>,
    key: keyof T & string,
    pods: string | undefined,
    services: string | undefined,
): void {
    if (pods !== undefined && pods === services) {
        section.refuse(key, `is the name of the Services' range, too ${given(pods)}. Give each a range of its own.`);
    }
}

function checkNames(network: Section<GcpNetworkArgs>): void {
    for (const key of ["networkName", "subnetName", "podRangeName", "serviceRangeName", "routerName"] as const) {
        network.check(key, (name) => wrongComputeName(name));
    }
    network.check("natName", (name) => wrongComputeName(name, 2));
    network.section("privateServices")?.check("rangeName", (name) => wrongComputeName(name));
    if (network.givenOf("podRangeName", "serviceRangeName").length > 0) {
        const { pods, services } = DefaultRangeNames;
        checkApart(
            network,
            network.has("podRangeName") ? "podRangeName" : "serviceRangeName",
            network.text("podRangeName") ?? pods,
            network.text("serviceRangeName") ?? services,
        );
    }
}

const OfNat = ["natAddressCount", "natAddressNames", "natAddressIds", "natLogging", "routerName", "natName"] as const;
const MostAddresses = 16;

function checkNat(network: Section<GcpNetworkArgs>, region: string | undefined): void {
    if (network.text("nat") === GcpNatMode.None) {
        for (const key of network.givenOf(...OfNat)) {
            network.refuse(key, "has no effect without Cloud NAT, and `nat` is none. Leave it out.");
        }
        return;
    }
    const count = network.number("natAddressCount");
    const wrongCount = count === undefined ? undefined : wholeNumber(count, 1, MostAddresses);
    if (wrongCount !== undefined) {
        network.refuse("natAddressCount", wrongCount);
    }
    if (network.has("natAddressIds")) {
        for (const key of network.givenOf("natAddressCount", "natAddressNames")) {
            network.refuse(key, "is for addresses that are made, but `natAddressIds` names your own. Leave one out.");
        }
        checkOwnAddresses(network, region);
        return;
    }
    checkAddressNames(network, count);
}

function checkOwnAddresses(network: Section<GcpNetworkArgs>, region: string | undefined): void {
    const entries = network.texts("natAddressIds");
    if (!network.pending("natAddressIds") && (entries.length < 1 || entries.length > MostAddresses)) {
        network.refuse("natAddressIds", `has ${entries.length} entries. Give 1 to ${MostAddresses} addresses.`);
    }
    checkDistinct(network, entries, (id) => wrongComputeId(id, AddressForm, region));
}

function checkAddressNames(network: Section<GcpNetworkArgs>, count: number | undefined): void {
    if (!network.has("natAddressNames")) {
        return;
    }
    const entries = network.texts("natAddressNames");
    checkDistinct(network, entries, (name) => wrongComputeName(name));
    if (!network.has("natAddressCount")) {
        network.refuse("natAddressNames", "has no effect without `natAddressCount`. Give that, or leave it out.");
    } else if (count !== undefined && !network.pending("natAddressNames") && entries.length !== count) {
        network.refuse(
            "natAddressNames",
            `has ${entries.length} entries, but \`natAddressCount\` is ${count}. Give one name for each address.`,
        );
    }
}

function checkDistinct(
    network: Section<GcpNetworkArgs>,
    entries: { readonly path: string; readonly value: string | undefined }[],
    wrong: (value: string) => string | undefined,
    key: (value: string) => string = (value) => value,
): void {
    const keys = entries.map(({ value }) => (value === undefined ? undefined : key(value)));
    entries.forEach((entry, index) =>
        network.checkEntry(entry, (value) =>
            keys.indexOf(key(value)) < index ? `is there twice ${given(value)}. Leave one out.` : wrong(value),
        ),
    );
}

function checkGoogleApis(network: Section<GcpNetworkArgs>): void {
    const domains = network.texts("googleApiDomains");
    if (network.text("googleApis") === GcpGoogleApisMode.Public && network.has("googleApiDomains")) {
        network.refuse(
            "googleApiDomains",
            "has no effect with `googleApis` public, where no zone is made. Leave it out, or use private.",
        );
        return;
    }
    // As the zones are named.
    checkDistinct(network, domains, wrongDomain, (domain) => domain.replace(/\.com$/, "").replaceAll(".", "-"));
}

function wrongDomain(domain: string): string | undefined {
    if (!/^(?=.{1,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(domain)) {
        return `is not a domain ${given(domain)}. Give for example pkg.dev, in lower case and without a dot at the end.`;
    }
    return /(^|\.)googleapis\.com$/.test(domain) ? `has a zone in any case ${given(domain)}. Leave it out.` : undefined;
}

function checkNumbers(network: Section<GcpNetworkArgs>): void {
    const mtu = network.number("mtu");
    const wrongMtu = mtu === undefined ? undefined : wholeNumber(mtu, 1300, 8896);
    if (wrongMtu !== undefined) {
        network.refuse("mtu", wrongMtu);
    }
    const flowLogs = network.section("flowLogs");
    const sampling = flowLogs?.number("sampling");
    if (sampling !== undefined && !(sampling > 0 && sampling <= 1)) {
        flowLogs?.refuse("sampling", `is not a share ${given(sampling)}. Give a number above 0, 1 at most.`);
    }
}
