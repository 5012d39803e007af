/** The way in against the simulated Azure: it accepts what the components ask for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { gatewayType } from "../../sandbox/clouds/azure/network/gateway-rules";
import { AzureGatewaySku } from "../../sdk/azure/args/entry";
import { connectClickHouse } from "../../sdk/azure/entry/click-house";
import { publishDns } from "../../sdk/azure/entry/dns";
import { createGateway } from "../../sdk/azure/entry/gateway";
import { grantController } from "../../sdk/azure/entry/grants";
import { failureOf } from "../support/aws-part";
import {
    controllerPrincipalId,
    entryCloud,
    host,
    networkFor,
    privateZoneId,
    recordSetToken,
    zoneId,
} from "../support/azure-entry";
import { azureScope, azureThings, runAzurePart } from "../support/azure-platform";
import type { TestCloud } from "../support/cloud-frame";
import { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

const external = { createsGateway: true, internal: false };

describe("way in on the simulated Azure", () => {
    let cloud: TestCloud;
    let before: string[];
    beforeEach(async () => {
        cloud = await entryCloud();
        before = azureThings(cloud);
    });
    afterEach(() => cloud.remove());

    const rows = (type: string) => cloud.provider.inventory.rows().filter((row) => row.type === type);

    it("takes a gateway with firewall and Private Link, its controller's rights, and records in a zone", async () => {
        const { made, run } = await runAzurePart(cloud, (scope) => {
            const network = networkFor(scope, { privateLink: true });
            const gateway = createGateway(scope, {
                args: { gateway: { sku: AzureGatewaySku.Waf, dnsLabel: "wandb-here", maxCapacity: 10 } },
                plan: external,
                network,
                privateLink: { addresses: 2 },
            });
            const grants = grantController(scope, { gateway, principalId: controllerPrincipalId });
            const names = publishDns(scope, {
                dns: { zoneId },
                host,
                additionalHosts: ["example.com"],
                address: gateway.address,
            });
            return { gateway, grants, names };
        });
        const { gateway, grants, names } = made;
        assert.match(await promiseOf(gateway.id), /\/applicationGateways\/wandb-/);
        assert.match(await promiseOf(gateway.address), /^(\d+\.){3}\d+$/);
        assert.equal(await promiseOf(gateway.frontendName), "public");
        assert.equal(
            await promiseOf(gateway.fqdn ?? pulumi.output(undefined)),
            "wandb-here.westeurope.cloudapp.azure.com",
        );
        assert.equal(grants.length, 5);
        assert.deepEqual(await promiseOf(names), [host, "example.com"]);
        const records = rows(recordSetToken).map(({ inputs }) => [inputs["relativeRecordSetName"], inputs["aRecords"]]);
        const pointed = [{ ipv4Address: await promiseOf(gateway.address) }];
        assert.deepEqual(records.sort(), [
            ["@", pointed],
            ["wandb", pointed],
        ]);
        await run.destroy((candidates) => candidates[0]);
        assert.deepEqual(azureThings(cloud), before);
    });

    it("takes an internal gateway, whose private address is of its subnet, and records in a private zone", async () => {
        const { made, run } = await runAzurePart(cloud, (scope) => {
            const network = networkFor(scope, { internal: true });
            const gateway = createGateway(scope, { args: {}, plan: { ...external, internal: true }, network });
            const dns = { zoneId: privateZoneId, privateZone: true };
            return { gateway, names: publishDns(scope, { dns, host, additionalHosts: [], address: gateway.address }) };
        });
        await promiseOf(made.gateway.id);
        const [{ inputs }] = rows(gatewayType);
        const frontends = inputs["frontendIPConfigurations"] as { name: string; privateIPAddress?: string }[];
        assert.equal(await promiseOf(made.gateway.address), frontends[1].privateIPAddress);
        assert.equal(made.gateway.fqdn, undefined);
        assert.equal(await promiseOf(made.gateway.frontendName), "private");
        assert.deepEqual(await promiseOf(made.names), [host]);
        await run.destroy((candidates) => candidates.at(-1) ?? "");
        assert.deepEqual(azureThings(cloud), before);
    });

    it("takes a gateway that is there already, in place of one that is made", async () => {
        const first = await runAzurePart(cloud, (scope) =>
            createGateway(scope, { args: {}, plan: external, network: networkFor(scope, {}) }),
        );
        const id = await promiseOf(first.made.id);
        const { made } = await runAzurePart(cloud, (scope) =>
            createGateway(scope, { args: { gateway: { existingId: id } }, plan: external, network: {} }),
        );
        assert.equal(rows(gatewayType).length, 1);
        assert.match(await promiseOf(made.address), /^(\d+\.){3}\d+$/);
        assert.equal(await promiseOf(made.frontendName), "public");
        assert.match(await promiseOf(made.uses["subnet"]), /\/subnets\//);
        assert.match(await promiseOf(made.uses["address"]), /\/publicIPAddresses\//);
    });

    it("says of a gateway that is not there what to give", async () => {
        const id = zoneId.replace(/Microsoft.*/, "Microsoft.Network/applicationGateways/lost");
        await ModelledCloud.start(cloud);
        const args = { gateway: { existingId: id } };
        const made = createGateway(azureScope(), { args, plan: external, network: {} });
        const message = await failureOf(made.address);
        assert.match(message, /^azure\.loadBalancer\.gateway\.existingId: cannot be read \(".*lost" given\)/);
        assert.match(message, /Give the resource id of an Application Gateway v2/);
    });

    it("says of a zone that does not hold the host what to give", async () => {
        const { made } = await runAzurePart(cloud, (scope) => {
            const address = pulumi.output("203.0.113.1");
            return publishDns(scope, { dns: { zoneId }, host: "wandb.other.org", additionalHosts: [], address });
        });
        assert.match(
            await failureOf(made),
            /azure\.dns\.zoneId: is the zone example\.com, in which wandb\.other\.org does not lie/,
        );
    });

    it("connects ClickHouse Cloud by an endpoint and names that lead to its address", async () => {
        const { made, run } = await runAzurePart(cloud, (scope) =>
            connectClickHouse(scope, {
                args: {
                    serviceAlias:
                        "production-westeurope-0-0.63c2972b-d338-4555-8a0a-3a0a5b6b6a56.westeurope.azure.privatelinkservice",
                },
                network: networkFor(scope, {}),
            }),
        );
        assert.match(await promiseOf(made.endpointId), /\/privateEndpoints\//);
        const [record] = rows("azure-native:privatedns:PrivateRecordSet");
        assert.equal(record.inputs["privateZoneName"], "westeurope.privatelink.azure.clickhouse.cloud");
        assert.equal(record.inputs["relativeRecordSetName"], "*");
        const [{ ipv4Address }] = record.inputs["aRecords"] as { ipv4Address: string }[];
        assert.match(ipv4Address, /^10\.10\./);
        await run.destroy((candidates) => candidates[0]);
        assert.deepEqual(azureThings(cloud), before);
    });
});
