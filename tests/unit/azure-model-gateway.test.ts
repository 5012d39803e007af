/** What the simulated Application Gateway and Azure DNS refuse. */
import assert from "node:assert/strict";
import { refusedRecord } from "../../sandbox/clouds/azure/dns";
import { gatewayType, refusedGateway } from "../../sandbox/clouds/azure/network/gateway-rules";
import { publicAddressType, securityGroupType, subnetType } from "../../sandbox/clouds/azure/network/shared";
import type { Row } from "../../sandbox/clouds/inventory";
import type { InventoryView } from "../../sandbox/clouds/model";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { refusedProof } from "../../sandbox/operator/controller/cert-manager/rights";
import { planGateway } from "../../sandbox/operator/controller/azure-ingress/gateway";
import { idIn, subscriptionId } from "../support/azure-platform";

const id = idIn("Microsoft.Network/applicationGateways/wandb");
const subnetId = idIn("Microsoft.Network/virtualNetworks/hub/subnets/gateway");
const linkSubnetId = idIn("Microsoft.Network/virtualNetworks/hub/subnets/link");
const addressId = idIn("Microsoft.Network/publicIPAddresses/wandb");
const groupId = idIn("Microsoft.Network/networkSecurityGroups/gateway");

const row = (type: string, rowId: string, inputs: object, outputs: object = {}): Row =>
    ({ type, id: rowId, state: "active", inputs, outputs }) as Row;
const viewOf = (all: readonly Row[]): InventoryView => {
    const rows = (type: string): Row[] => all.filter((one) => one.type === type);
    return { rows, find: (type, matches) => rows(type).find(matches) };
};
const address = row(
    publicAddressType,
    addressId,
    { sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
    { ipAddress: "203.0.113.9" },
);
const subnet = row(subnetType, subnetId, { addressPrefix: "10.10.0.0/24" });
const link = row(subnetType, linkSubnetId, { privateLinkServiceNetworkPolicies: "Disabled" });
const surroundings = [address, subnet, link];

const ref = (kind: string, name: string) => ({ id: `${id}/${kind}/${name}` });
const valid = (): PropertyMap => ({
    sku: { name: "Standard_v2", tier: "Standard_v2" },
    gatewayIPConfigurations: [{ name: "g", subnet: { id: subnetId } }],
    frontendIPConfigurations: [
        { name: "public", publicIPAddress: { id: addressId } },
        {
            name: "private",
            privateIPAddress: "10.10.0.253",
            privateIPAllocationMethod: "Static",
            subnet: { id: subnetId },
        },
    ],
    frontendPorts: [{ name: "p", port: 80 }],
    backendAddressPools: [{ name: "b" }],
    backendHttpSettingsCollection: [{ name: "s", port: 80, protocol: "Http" }],
    httpListeners: [
        {
            name: "l",
            frontendIPConfiguration: ref("frontendIPConfigurations", "public"),
            frontendPort: ref("frontendPorts", "p"),
            protocol: "Http",
        },
    ],
    requestRoutingRules: [
        {
            name: "r",
            priority: 1,
            httpListener: ref("httpListeners", "l"),
            backendAddressPool: ref("backendAddressPools", "b"),
            backendHttpSettings: ref("backendHttpSettingsCollection", "s"),
        },
    ],
});
const privateFrontend = (given: object): PropertyMap => {
    const inputs = valid();
    const [open, closed] = inputs["frontendIPConfigurations"] as PropertyMap[];
    return { ...inputs, frontendIPConfigurations: [open, { ...closed, ...given }] };
};
const linked = (name: string, ...ipConfigurations: PropertyMap[]): PropertyMap => ({
    ...valid(),
    privateLinkConfigurations: [{ name, ipConfigurations }],
});
const linkAddress = { name: "a", privateIPAllocationMethod: "Dynamic", subnet: { id: linkSubnetId } };

const refused: readonly (readonly [string, PropertyMap, RegExp, (readonly Row[])?])[] = [
    ["a gateway of version 1", { ...valid(), sku: { name: "WAF_Medium", tier: "WAF" } }, /InvalidSkuNameAndTier/],
    ["a firewall policy without its kind", { ...valid(), firewallPolicy: { id: "p" } }, /FirewallCannotBeEnabled/],
    ["capacity", { ...valid(), autoscaleConfiguration: { minCapacity: 5, maxCapacity: 2 } }, /AutoscaleConfiguration/],
    ["no rule", { ...valid(), requestRoutingRules: [] }, /MissingJsonProperty.*requestRoutingRules/],
    [
        "a part that is not there",
        { ...valid(), frontendPorts: [{ name: "other", port: 80 }] },
        /InvalidResourceReference/,
    ],
    ["no public address", { ...valid(), frontendIPConfigurations: [{ name: "public" }] }, /without Public IP/],
    ["a dynamic private address", privateFrontend({ privateIPAllocationMethod: "Dynamic" }), /MustBeStatic/],
    ["an address of another subnet", privateFrontend({ privateIPAddress: "10.11.0.9" }), /NotInSubnet/],
    ["an address that Azure keeps", privateFrontend({ privateIPAddress: "10.10.0.3" }), /NotInSubnet/],
    ["a long name of a link", linked("x".repeat(66), linkAddress), /must not exceed 70 characters/],
    ["a link without an address", linked("x"), /1 to 8 IP configurations/],
    ["a static link", linked("x", { ...linkAddress, privateIPAllocationMethod: "Static" }), /StaticIpNotSupported/],
    [
        "a link in the gateway's subnet",
        linked("x", { ...linkAddress, subnet: { id: subnetId } }),
        /CannotBeGatewaySubnet/,
    ],
    [
        "a link in a subnet with policies",
        linked("x", linkAddress),
        /PrivateLinkServiceNetworkPolicies/,
        [address, subnet, row(subnetType, linkSubnetId, {})],
    ],
    [
        "an address of another gateway",
        valid(),
        /PublicIPAddressInUse/,
        [
            ...surroundings,
            row(gatewayType, `${id}-2`, { frontendIPConfigurations: [{ publicIPAddress: { id: addressId } }] }),
        ],
    ],
    [
        "a security group that shuts its manager out",
        valid(),
        /InboundTrafficBlockedByNetworkSecurityGroup/,
        [
            address,
            row(subnetType, subnetId, { addressPrefix: "10.10.0.0/24", networkSecurityGroup: { id: groupId } }),
            row(securityGroupType, groupId, { securityRules: [] }),
        ],
    ],
];

describe("simulated Application Gateway", () => {
    it("takes one that is right, with Private Link or without", () => {
        assert.equal(refusedGateway(id, valid(), viewOf(surroundings)), undefined);
        assert.equal(refusedGateway(id, linked("x", linkAddress), viewOf(surroundings)), undefined);
    });
    for (const [what, inputs, expected, rows = surroundings] of refused) {
        it(`refuses ${what}`, () => assert.match(refusedGateway(id, inputs, viewOf(rows)) ?? "", expected));
    }
});

describe("simulated Azure DNS", () => {
    it("asks for a time to live, and for addresses that are such", () => {
        const record = (more: object) => refusedRecord({ recordType: "A", ttl: 300, ...more });
        assert.equal(record({ aRecords: [{ ipv4Address: "203.0.113.1" }] }), undefined);
        assert.match(record({ ttl: 0, aRecords: [{ ipv4Address: "203.0.113.1" }] }) ?? "", /TTL/);
        assert.match(record({ aRecords: [] }) ?? "", /1 to 20 records/);
        assert.match(record({ aRecords: [{ ipv4Address: "wandb.example.com" }] }) ?? "", /valid IPv4/);
    });
});

describe("stand-in controllers on AKS", () => {
    const addon = { clusterId: "c", gatewayId: id, principalId: "44444444-4444-4444-8444-444444444444" };
    const ingress = {
        metadata: { annotations: { "kubernetes.io/ingress.class": "azure/application-gateway" } },
        spec: {},
    };
    const gateway = row(gatewayType, id, valid());
    const role = (guid: string, scope: string) =>
        row("azure-native:authorization:RoleAssignment", `${scope}/${guid}`, {
            principalId: addon.principalId,
            scope,
            roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
        });
    const contributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
    const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const rights = [
        ...[id, subnetId, addressId].map((scope) => role(contributor, scope)),
        role(reader, id.split("/").slice(0, 5).join("/")),
    ];
    const plan = (rows: readonly Row[], annotations: object = {}) => {
        const all = { ...ingress, metadata: { annotations: { ...ingress.metadata.annotations, ...annotations } } };
        return planGateway(all, [], addon, viewOf([...surroundings, gateway, ...rows]));
    };

    it("gives an Ingress the address of the frontend that it asks for", () => {
        assert.equal(plan(rights).address, "203.0.113.9");
        assert.equal(plan(rights, { "appgw.ingress.kubernetes.io/use-private-ip": "true" }).address, "10.10.0.253");
    });

    it("needs each of the rights on gateway, subnet, address and group", () => {
        rights.forEach((missing) => {
            assert.throws(() => plan(rights.filter((one) => one !== missing)), /ErrorApplicationGatewayForbidden/);
        });
    });

    it("proves nothing in a zone that is not there", () => {
        const dns = { subscriptionID: subscriptionId, resourceGroupName: "g", hostedZoneName: "example.com" };
        assert.match(refusedProof(viewOf([]), dns, "system:serviceaccount:a:b") ?? "", /Zone example\.com not found/);
    });
});
