import assert from "node:assert/strict";
import { AzureOutbound } from "../../sdk/azure/args/network";
import { wrongNetwork } from "../../sdk/azure/network/existing-checks";
import { idIn, location } from "../support/azure-platform";

describe("Azure network of the user's own", () => {
    const hub = idIn("Microsoft.Network/virtualNetworks/hub");
    const nodes = { id: `${hub}/subnets/n`, addressPrefix: "10.0.0.0/24", natGateway: { id: "nat" } };
    const fit = {
        network: { id: hub, location: "West Europe" },
        subnets: { nodeSubnetId: nodes },
        location,
        outbound: AzureOutbound.NatGateway,
        overlay: true,
    };
    const cases: readonly (readonly [string, Parameters<typeof wrongNetwork>[0], RegExp | undefined])[] = [
        ["is fit", fit, undefined],
        ["is fit in capitals", { ...fit, network: { ...fit.network, id: hub.toUpperCase() } }, undefined],
        [
            "is in another region",
            { ...fit, network: { id: hub, location: "uksouth" } },
            /^vnetId: is in uksouth .*deployment is in westeurope/,
        ],
        [
            "has no way out",
            { ...fit, subnets: { nodeSubnetId: { ...nodes, natGateway: undefined } } },
            /^nodeSubnetId: has no NAT gateway/,
        ],
        [
            "has small subnets",
            {
                ...fit,
                subnets: { nodeSubnetId: { ...nodes, addressPrefix: undefined, addressPrefixes: ["10.0.0.0/27"] } },
            },
            /^nodeSubnetId: is too small .*Give one of \/26 or larger/,
        ],
        [
            "has subnets of another network",
            { ...fit, subnets: { nodeSubnetId: { ...nodes, id: `${hub}2/subnets/n` } } },
            /^nodeSubnetId: is in another network/,
        ],
        [
            "has a gateway's subnet that reaches no overlay",
            { ...fit, subnets: { gatewaySubnetId: { id: `${hub}/subnets/g`, addressPrefix: "10.0.1.0/24" } } },
            /^gatewaySubnetId: is delegated to nothing .*Give one delegated to Microsoft\.Network\/applicationGateways/,
        ],
        [
            "has the same for pods in the nodes' subnet",
            {
                ...fit,
                overlay: false,
                subnets: { gatewaySubnetId: { id: `${hub}/subnets/g`, addressPrefix: "10.0.1.0/23" } },
            },
            undefined,
        ],
        [
            "has a gateway's subnet that is too large for an overlay",
            {
                ...fit,
                subnets: {
                    gatewaySubnetId: {
                        id: `${hub}/subnets/g`,
                        addressPrefix: "10.0.2.0/23",
                        delegations: [{ serviceName: "Microsoft.Network/applicationGateways" }],
                    },
                },
            },
            /^gatewaySubnetId: is too large/,
        ],
        [
            "keeps Private Link out",
            {
                ...fit,
                subnets: {
                    privateLinkSubnetId: { id: `${hub}/subnets/p`, privateLinkServiceNetworkPolicies: "Enabled" },
                },
            },
            /^privateLinkSubnetId: has network policies/,
        ],
    ];
    for (const [name, found, problem] of cases) {
        it(name, () => {
            const problems = wrongNetwork(found);
            assert.equal(problems.length, problem === undefined ? 0 : 1, problems.join("\n"));
            assert.match(problems.join(), problem ?? /^$/);
        });
    }
});
