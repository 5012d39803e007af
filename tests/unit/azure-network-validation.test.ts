import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { SubnetWords } from "../../sdk/azure/args/network-defaults";
import { planSubnets } from "../../sdk/azure/args/subnet-plan";
import type { Problem } from "../../sdk/errors";
import { checkNetwork, networkShape } from "../../sdk/validation/azure/network";
import {
    resourceIdParts,
    wrongLocation,
    wrongResourceGroupName,
    wrongTag,
    wrongTagKey,
} from "../../sdk/validation/azure/rules";
import { checkDeploymentTags } from "../../sdk/validation/azure/tags";
import { contains, parseIpv4Range } from "../../sdk/validation/cidr";
import { type Known, readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";

/** Problems of `azure.network`. */
function problems(network: object): string[] {
    const found: Problem[] = [];
    const known = readKinds(network, networkShape, "azure.network", found);
    const azure = new Map<string, Known>([["network", known]]);
    checkNetwork(new Section<WandbDeploymentArgs>("", new Map([["azure", azure]]), found));
    return found.map(({ propertyPath, reason }) => `${propertyPath.replace("azure.network.", "")}: ${reason}`);
}

const later = pulumi.output("not looked at, whatever it is");
const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub";
const id = (path: string) => `${group}/providers/Microsoft.Network/${path}`;
const hub = id("virtualNetworks/hub");
const existing = { vnetId: hub, nodeSubnetId: `${hub}/subnets/nodes` };
const zone = (name: string) => id(`privateDnsZones/${name}`);
const addresses = (count: number) => Array.from({ length: count }, (_, index) => id(`publicIPAddresses/out-${index}`));

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", {}],
    ["the largest network", { cidr: "10.0.0.0/8" }],
    ["the smallest network", { cidr: "192.168.16.0/23" }],
    ["a range of one's own for one subnet", { subnetCidrs: { gateway: "10.10.200.0/24" } }],
    [
        "all ranges of one's own, as small as they may be",
        {
            cidr: "10.0.0.0/23",
            subnetCidrs: {
                nodes: "10.0.0.0/26",
                gateway: "10.0.0.64/27",
                endpoints: "10.0.0.96/28",
                apiServer: "10.0.0.112/28",
                privateLink: "10.0.0.128/28",
                database: "10.0.0.144/29",
            },
        },
    ],
    ["a further range", { additionalCidrs: ["100.64.0.0/16"], subnetCidrs: { nodes: "100.64.0.0/18" } }],
    [
        "names of everything",
        {
            vnetName: "w1",
            subnetNames: {
                nodes: "n",
                gateway: "g_",
                endpoints: "e.1",
                database: "d",
                apiServer: "a",
                privateLink: later,
            },
            natGatewayName: "w-nat",
            natAddressCount: 2,
            natAddressNames: ["w-1", later],
            gatewaySecurityGroupName: "w-nsg",
            databaseZoneName: "w.private.mysql.database.azure.com",
        },
    ],
    ["DNS servers", { dnsServers: ["10.0.0.4", later] }],
    ["a NAT gateway in a zone", { natZone: "2", natIdleTimeout: 120 }],
    ["addresses of one's own", { natAddressIds: addresses(16) }],
    ["routes", { outbound: "routes", routeTableId: id("routeTables/firewall") }],
    ["AKS's load balancer", { outbound: "load-balancer" }],
    ["a network of one's own", { existing }],
    [
        "all of a network of one's own",
        {
            existing: {
                ...existing,
                endpointSubnetId: existing.nodeSubnetId,
                gatewaySubnetId: `${hub}/subnets/gateway`,
                databaseSubnetId: `${hub}/subnets/database`,
                apiServerSubnetId: `${hub}/subnets/api`,
                privateLinkSubnetId: `${hub}/subnets/link`,
            },
            outbound: "routes",
            databaseZoneName: "w.mysql.database.azure.com",
            privateDnsZones: { blob: zone("privatelink.blob.core.windows.net") },
        },
    ],
    [
        "a network of one's own in capitals",
        { existing: { ...existing, nodeSubnetId: `${hub.toUpperCase()}/subnets/n` } },
    ],
    ["a network that is not known", { existing: { vnetId: later, nodeSubnetId: later } }],
    [
        "zones of one's own",
        {
            privateDnsZones: {
                blob: zone("privatelink.blob.core.windows.net"),
                queue: zone("privatelink.queue.core.windows.net"),
                vault: zone("privatelink.vaultcore.azure.net"),
                cache: zone("privatelink.redis.cache.windows.net"),
                managedCache: zone("privatelink.redis.azure.net"),
                database: zone("privatelink.mysql.database.azure.com"),
                databaseSubnet: zone("w.private.mysql.database.azure.com"),
            },
        },
    ],
];

const refused: readonly (readonly [string, object, string])[] = [
    [
        "no range",
        { cidr: "10.10.0.0" },
        'cidr: is not an IPv4 range in CIDR notation ("10.10.0.0" given). For this address alone write 10.10.0.0/32.',
    ],
    [
        "bits beyond the prefix",
        { cidr: "10.10.1.0/16" },
        'cidr: has bits beyond its prefix ("10.10.1.0/16" given). Did you mean "10.10.0.0/16"?',
    ],
    [
        "public addresses",
        { cidr: "20.0.0.0/16" },
        'cidr: is not private ("20.0.0.0/16" given). Give a range within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.',
    ],
    ["too small a network", { cidr: "10.0.0.0/24" }, 'cidr: is too small ("10.0.0.0/24" given). Give /8 to /23.'],
    [
        "addresses of AKS",
        { cidr: "172.16.0.0/12" },
        'cidr: overlaps with 172.30.0.0/16 ("172.16.0.0/12" given), which AKS keeps for itself. Give another range.',
    ],
    [
        "a further range that is there already",
        { additionalCidrs: ["10.10.128.0/17"] },
        'additionalCidrs[0]: overlaps with `azure.network.cidr` ("10.10.128.0/17" given), which is 10.10.0.0/16. Give another range.',
    ],
    [
        "a subnet outside",
        { subnetCidrs: { nodes: "10.11.0.0/20" } },
        'subnetCidrs.nodes: is outside of the network ("10.11.0.0/20" given), which has 10.10.0.0/16. Give a range within, or one more in `azure.network.additionalCidrs`.',
    ],
    [
        "too small a subnet",
        { subnetCidrs: { gateway: "10.10.200.0/28" } },
        'subnetCidrs.gateway: is too small ("10.10.200.0/28" given): each unit of the gateway takes an address, and five are Azure\'s. Give /27 or larger.',
    ],
    [
        "two subnets in one place",
        { subnetCidrs: { database: "10.10.200.0/24", apiServer: "10.10.200.0/28" } },
        'subnetCidrs.apiServer: overlaps with `azure.network.subnetCidrs.database` ("10.10.200.0/28" given), which is 10.10.200.0/24. Give another range.',
    ],
    [
        "a subnet in the place of another's plan",
        { subnetCidrs: { database: "10.10.16.0/24" } },
        'subnetCidrs.database: overlaps with `azure.network.subnetCidrs.nodes of the plan` ("10.10.16.0/24" given), which is 10.10.16.0/20. Give another range.',
    ],
    [
        "too short a name",
        { vnetName: "w" },
        'vnetName: is not a name of Microsoft.Network ("w" given). It has 2 to 64 letters, digits, underscores, periods and hyphens, begins with a letter or digit and ends with one or an underscore.',
    ],
    [
        "a name with a hyphen at its end",
        { natGatewayName: "nat-" },
        'natGatewayName: is not a name of Microsoft.Network ("nat-" given). It has 1 to 80 letters, digits, underscores, periods and hyphens, begins with a letter or digit and ends with one or an underscore.',
    ],
    [
        "one name for two subnets",
        { subnetNames: { nodes: "a", gateway: "A" } },
        'subnetNames.gateway: is the name of `azure.network.subnetNames.nodes`, too ("A" given). Give each subnet a name of its own.',
    ],
    [
        "a DNS server by its name",
        { dnsServers: ["dns.example.com"] },
        'dnsServers[0]: is not an IPv4 address ("dns.example.com" given). Give for example 10.0.0.4.',
    ],
    [
        "routes without a table",
        { outbound: "routes" },
        "routeTableId: is missing, but `outbound` is routes. Give the resource id of a route table with a default route.",
    ],
    [
        "a table without routes",
        { routeTableId: id("routeTables/t") },
        "routeTableId: has no effect unless `outbound` is routes. Set that, or leave it out.",
    ],
    [
        "a NAT gateway that is not there",
        { outbound: "load-balancer", natAddressCount: 2 },
        "natAddressCount: has no effect without a NAT gateway, and `outbound` is load-balancer. Leave it out.",
    ],
    [
        "a zone with its region",
        { natZone: "westeurope-1" },
        'natZone: is not a zone ("westeurope-1" given). Give "1", "2" or "3", without the region.',
    ],
    [
        "too many addresses",
        { natAddressCount: 17 },
        "natAddressCount: is not a whole number of 1 to 16 (17 given). Give one, without unit or quotes.",
    ],
    [
        "too short a timeout",
        { natIdleTimeout: 3 },
        "natIdleTimeout: is not a whole number of 4 to 120 (3 given). Give one, without unit or quotes.",
    ],
    [
        "names for other addresses",
        { natAddressNames: ["a", "b"] },
        "natAddressNames: has 2 entries, but `natAddressCount` is 1. Give one name for each address.",
    ],
    [
        "an address twice",
        { natAddressIds: [...addresses(1), ...addresses(1)] },
        `natAddressIds[1]: is there twice ("${addresses(1)[0].slice(0, 80)}..." given). Leave one out.`,
    ],
    [
        "addresses of both kinds",
        { natAddressIds: addresses(1), natAddressCount: 1 },
        "natAddressCount: is for addresses that are made, but `natAddressIds` names your own. Leave one out.",
    ],
    ["no address", { natAddressIds: [] }, "natAddressIds: has 0 entries. Give 1 to 16 addresses."],
    [
        "an own network and a range",
        { existing, cidr: "10.0.0.0/16" },
        "cidr: has no effect with `azure.network.existing`, where no network is made. Leave it out.",
    ],
    [
        "a name for an id",
        { existing: { ...existing, vnetId: "hub" } },
        'existing.vnetId: is not the resource id of a Microsoft.Network/virtualNetworks ("hub" given). Give /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>.',
    ],
    [
        "a subnet of another network",
        { existing: { ...existing, databaseSubnetId: `${hub}2/subnets/d` } },
        `existing.databaseSubnetId: is in another network ("${`${hub}2/subnets/d`.slice(0, 80)}..." given). Give a subnet of ${hub}.`,
    ],
    [
        "the gateway among the nodes",
        { existing: { ...existing, gatewaySubnetId: existing.nodeSubnetId } },
        `existing.gatewaySubnetId: is that of \`azure.network.existing.nodeSubnetId\`, too ("${existing.nodeSubnetId.slice(0, 80)}..." given). Give each a subnet of its own.`,
    ],
    [
        "the zone of another service",
        { privateDnsZones: { blob: zone("privatelink.vaultcore.azure.net") } },
        `privateDnsZones.blob: is another zone ("${zone("x").slice(0, 80)}..." given), which nobody asks for this service. Give that of privatelink.blob.core.windows.net.`,
    ],
    [
        "the zone of private endpoints for a subnet",
        { databaseZoneName: "privatelink.mysql.database.azure.com" },
        'databaseZoneName: is not a zone for MySQL servers in a subnet ("privatelink.mysql.database.azure.com" given). Its name ends with .mysql.database.azure.com and has something else than privatelink before it, for example wandb.private.mysql.database.azure.com.',
    ],
    [
        "a zone of both kinds",
        {
            databaseZoneName: "w.mysql.database.azure.com",
            privateDnsZones: { databaseSubnet: zone("w.mysql.database.azure.com") },
        },
        "databaseZoneName: is for a zone that is made, but `privateDnsZones.databaseSubnet` names your own. Leave one out.",
    ],
    [
        "AKS's word for the way out",
        { outbound: "userDefinedRouting" },
        'outbound: is not one of the accepted values ("userDefinedRouting" given). Use one of nat-gateway, routes, load-balancer. Use routes.',
    ],
];

describe("azure.network", () => {
    for (const [name, network] of accepted) {
        it(`takes ${name}`, () => assert.deepEqual(problems(network), []));
    }
    for (const [name, network, problem] of refused) {
        it(`refuses ${name}`, () => assert.deepEqual(problems(network), [problem]));
    }

    it("has a plan whose subnets lie apart, within the network, and are accepted", () => {
        fc.assert(
            fc.property(fc.integer({ min: 8, max: 23 }), fc.nat(2 ** 16), (prefix, draw) => {
                const size = 2 ** (32 - prefix);
                const first = (draw * size) % 2 ** 24;
                const cidr = `10.${[16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${prefix}`;
                const plan = planSubnets(cidr);
                const ranges = SubnetWords.map((word) => parseIpv4Range(plan[word]));
                ranges.forEach((range, index) => {
                    assert.ok(contains(parseIpv4Range(cidr), range), `${cidr}: ${plan[SubnetWords[index]]}`);
                    const others = ranges.slice(index + 1);
                    assert.ok(!others.some((other) => contains(range, other) || contains(other, range)), cidr);
                });
                assert.deepEqual(problems({ cidr, subnetCidrs: { ...plan } }), []);
            }),
        );
    });

    it("divides the default network as W&B's Terraform module does", () => {
        const { gateway, database, nodes } = planSubnets("10.10.0.0/16");
        assert.deepEqual([gateway, database, nodes], ["10.10.0.0/24", "10.10.3.0/24", "10.10.16.0/20"]);
    });
});

describe("rules of Azure", () => {
    const cases: readonly (readonly [
        string,
        (value: string) => string | undefined,
        readonly string[],
        readonly string[],
    ])[] = [
        [
            "names of resource groups",
            wrongResourceGroupName,
            ["g", "My_group-1.(a)", "grüppe", "a".repeat(90)],
            ["", "a.", "a/b", "/subscriptions/x", "a".repeat(91), "a b"],
        ],
        [
            "regions",
            wrongLocation,
            ["westeurope", "eastus2", "usgovvirginia"],
            ["West Europe", "westeurope-1", "", "eu-west-1"],
        ],
        [
            "keys of tags",
            wrongTagKey,
            ["team", "cost-center", "a.b_c", "a".repeat(128)],
            ["", "1team", "cost center", "a/b", "microsoft-x", "AzureTeam", "a".repeat(129), "käse"],
        ],
        ["values of tags", wrongTag, ["", "a b/c", "x".repeat(256)], ["x".repeat(257)]],
    ];
    for (const [name, wrong, good, bad] of cases) {
        it(`${name}: what is right, and what is wrong`, () => {
            assert.deepEqual(
                good.filter((value) => wrong(value) !== undefined),
                [],
            );
            assert.deepEqual(
                bad.filter((value) => wrong(value) === undefined),
                [],
            );
        });
    }

    it("says how a region is written", () => {
        assert.match(wrongLocation("West Europe") ?? "", /Write westeurope\.$/);
    });

    it("takes resource ids apart, nested ones too", () => {
        assert.deepEqual(resourceIdParts(`${hub}/subnets/nodes`), {
            subscriptionId: "00000000-0000-0000-0000-000000000001",
            resourceGroupName: "hub",
            type: "Microsoft.Network/virtualNetworks/subnets",
            names: ["hub", "nodes"],
        });
        for (const text of ["", group, `${group}/providers/Microsoft.Network/virtualNetworks`, `${hub}/subnets/`]) {
            assert.equal(resourceIdParts(text), undefined, text);
        }
    });

    it("counts tags as private DNS zones do, and tells no case apart", () => {
        const problemsOf = (tags: Record<string, string>): string[] => {
            const found: Problem[] = [];
            checkDeploymentTags(
                new Section<WandbDeploymentArgs>("", new Map([["tags", new Map(Object.entries(tags))]]), found),
            );
            return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
        };
        const many = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
        assert.deepEqual(problemsOf(many(15)), []);
        assert.match(problemsOf(many(16)).join(), /^tags: has 16 entries, but private DNS zones/);
        assert.match(problemsOf({ team: "a", Team: "b" }).join(), /^tags\.Team: differs from another key in case only/);
    });
});
