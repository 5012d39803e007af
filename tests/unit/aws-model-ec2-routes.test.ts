/** The rules of the simulated gateways, addresses and routes. */
import assert from "node:assert/strict";
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2, NetworkCloud } from "../support/modelled-network";

describe("simulated gateways and routes", () => {
    let cloud: NetworkCloud;
    let vpcId: string;
    let subnetId: string;
    beforeEach(async () => {
        cloud = new NetworkCloud();
        vpcId = await cloud.vpc();
        subnetId = await cloud.subnet(vpcId, "10.0.0.0/24");
    });
    afterEach(() => cloud.remove());

    const nat = async (more: PropertyMap = {}) =>
        cloud.make(Ec2.natGateway, { subnetId, allocationId: await cloud.make(Ec2.address), ...more });

    describe("internet gateways", () => {
        it("are one per VPC", async () => {
            await cloud.make(Ec2.internetGateway, { vpcId });
            await assert.rejects(cloud.make(Ec2.internetGateway, { vpcId }), {
                message: `InvalidParameterValue: Network ${vpcId} already has an internet gateway attached`,
            });
        });

        it("move to another VPC in place, unless that has one", async () => {
            const id = await cloud.make(Ec2.internetGateway, { vpcId });
            const other = await cloud.vpc();
            assert.deepEqual(await cloud.changes(Ec2.internetGateway, { vpcId }, { vpcId: other }), ["vpcId"]);
            await cloud.update(Ec2.internetGateway, id, { vpcId: other }, { vpcId });
            const third = await cloud.vpc();
            const second = await cloud.make(Ec2.internetGateway, { vpcId: third });
            await assert.rejects(
                cloud.update(Ec2.internetGateway, second, { vpcId: other }, { vpcId: third }),
                /already has an internet gateway/,
            );
        });

        it("are five in a region", async () => {
            for (let count = 0; count < 5; count++) {
                await cloud.make(Ec2.internetGateway);
            }
            await assert.rejects(cloud.make(Ec2.internetGateway), /InternetGatewayLimitExceeded/);
        });

        it("stay while an address of the VPC is mapped", async () => {
            const id = await cloud.make(Ec2.internetGateway, { vpcId });
            const natId = await nat();
            const refusal = {
                message: `DependencyViolation: Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
            };
            await assert.rejects(cloud.delete(Ec2.internetGateway, id), refusal);
            await cloud.delete(Ec2.natGateway, natId);
            const balancer = { type: "aws:lb/loadBalancer:LoadBalancer", outputs: {} };
            await cloud.provider.inventory.plant({
                ...balancer,
                id: "in",
                inputs: { internal: true, subnets: [subnetId] },
            });
            await cloud.provider.inventory.plant({ ...balancer, id: "out", inputs: { subnets: [subnetId] } });
            await assert.rejects(cloud.delete(Ec2.internetGateway, id), refusal);
            await cloud.provider.inventory.change((inventory) => inventory.remove(balancer.type, "out"));
            await cloud.delete(Ec2.internetGateway, id);
        });
    });

    describe("Elastic IP addresses", () => {
        it("are five in a region", async () => {
            for (let count = 0; count < 5; count++) {
                await cloud.make(Ec2.address, { domain: "vpc" });
            }
            await assert.rejects(cloud.make(Ec2.address), {
                message: "AddressLimitExceeded: The maximum number of addresses has been reached.",
            });
            await cloud.make(Ec2.address, { region: "eu-west-2" });
        });

        it("stay while a NAT gateway uses them", async () => {
            await cloud.make(Ec2.internetGateway, { vpcId });
            const { id, outputs } = await cloud.made(Ec2.address);
            assert.equal(outputs["allocationId"], id);
            const natId = await cloud.make(Ec2.natGateway, { subnetId, allocationId: id });
            await assert.rejects(
                cloud.delete(Ec2.address, id),
                /^Error: InvalidIPAddress\.InUse: Address 203\.0\.113\./,
            );
            await cloud.delete(Ec2.natGateway, natId);
            await cloud.delete(Ec2.address, id);
        });

        it("belong to a VPC", async () => {
            assert.match((await cloud.problems(Ec2.address, { domain: "standard" })).join(), /must be one of vpc/);
        });
    });

    describe("NAT gateways", () => {
        it("need an internet gateway, unless they are private", async () => {
            await assert.rejects(nat(), {
                message: `Gateway.NotAttached: Network ${vpcId} has no Internet gateway attached`,
            });
            await cloud.make(Ec2.natGateway, { subnetId, connectivityType: "private" });
            await cloud.make(Ec2.internetGateway, { vpcId });
            await nat();
        });

        it("need an address of their own, unless they are private", async () => {
            await cloud.make(Ec2.internetGateway, { vpcId });
            await assert.rejects(cloud.make(Ec2.natGateway, { subnetId }), /MissingParameter: .* AllocationId/);
            await assert.rejects(nat({ connectivityType: "private" }), /allocation ID for a private NAT gateway/);
            const allocationId = await cloud.make(Ec2.address);
            const { outputs } = await cloud.made(Ec2.natGateway, { subnetId, allocationId });
            assert.match(textOf(outputs["publicIp"]), /^203\.0\.113\.\d+$/);
            await assert.rejects(nat({ allocationId }), /Resource\.AlreadyAssociated/);
            await assert.rejects(nat({ allocationId: "eipalloc-0" }), /InvalidAllocationID\.NotFound/);
            await assert.rejects(nat({ subnetId: "subnet-0" }), /InvalidSubnetID\.NotFound/);
        });

        it("are five in a zone", async () => {
            const privately = { connectivityType: "private" };
            for (let count = 0; count < 5; count++) {
                await cloud.make(Ec2.natGateway, { subnetId, ...privately });
            }
            await assert.rejects(cloud.make(Ec2.natGateway, { subnetId, ...privately }), /NatGatewayLimitExceeded/);
            const other = await cloud.subnet(vpcId, "10.0.1.0/24", "eu-west-1b");
            await cloud.make(Ec2.natGateway, { subnetId: other, ...privately });
        });

        it("are replaced for subnet and address", async () => {
            const news = { subnetId: "b", allocationId: "b", tags: { a: "1" } };
            assert.deepEqual(await cloud.changes(Ec2.natGateway, { subnetId: "a", allocationId: "a" }, news), [
                "!subnetId",
                "!allocationId",
                "tags",
            ]);
        });
    });

    describe("route tables", () => {
        it("stay while subnets are associated, and take routes along", async () => {
            const routeTableId = await cloud.make(Ec2.routeTable, { vpcId });
            const gatewayId = await cloud.make(Ec2.internetGateway, { vpcId });
            await cloud.make(Ec2.route, { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
            const association = await cloud.make(Ec2.association, { routeTableId, subnetId });
            await assert.rejects(cloud.delete(Ec2.routeTable, routeTableId), {
                message: `DependencyViolation: The routeTable '${routeTableId}' has dependencies and cannot be deleted.`,
            });
            await cloud.delete(Ec2.association, association);
            await cloud.delete(Ec2.routeTable, routeTableId);
            assert.deepEqual(cloud.left(Ec2.route), []);
        });

        it("are 200 in a VPC", async () => {
            for (let count = 0; count < 200; count++) {
                await cloud.provider.inventory.plant({
                    type: Ec2.routeTable,
                    id: `rtb-${count}`,
                    inputs: { vpcId },
                    outputs: {},
                });
            }
            await assert.rejects(cloud.make(Ec2.routeTable, { vpcId }), /RouteTableLimitExceeded/);
        }).timeout(30_000);

        it("are associated with a subnet of their VPC, once", async () => {
            const routeTableId = await cloud.make(Ec2.routeTable, { vpcId });
            const foreign = await cloud.make(Ec2.routeTable, { vpcId: await cloud.vpc() });
            await assert.rejects(
                cloud.make(Ec2.association, { routeTableId: foreign, subnetId }),
                /belong to different networks/,
            );
            const id = await cloud.make(Ec2.association, { routeTableId, subnetId });
            await assert.rejects(
                cloud.make(Ec2.association, { routeTableId, subnetId }),
                /Resource\.AlreadyAssociated: the specified association for route table rtb-.* conflicts with an existing/,
            );
            const other = await cloud.make(Ec2.routeTable, { vpcId });
            const changed = { routeTableId: other, subnetId };
            assert.deepEqual(await cloud.changes(Ec2.association, { routeTableId, subnetId }, changed), [
                "routeTableId",
            ]);
            await cloud.update(Ec2.association, id, changed, { routeTableId, subnetId });
            assert.deepEqual(await cloud.changes(Ec2.association, changed, { ...changed, subnetId: "b" }), [
                "!subnetId",
            ]);
            await assert.rejects(
                cloud.make(Ec2.association, { routeTableId: "rtb-0", subnetId }),
                /InvalidRouteTableID/,
            );
        });
    });

    describe("routes", () => {
        let routeTableId: string;
        let gatewayId: string;
        beforeEach(async () => {
            routeTableId = await cloud.make(Ec2.routeTable, { vpcId });
            gatewayId = await cloud.make(Ec2.internetGateway, { vpcId });
        });
        const route = (more: PropertyMap) =>
            cloud.make(Ec2.route, { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId, ...more });

        it("have one destination in a table", async () => {
            await route({});
            await assert.rejects(route({}), {
                message: "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
            });
            await assert.rejects(route({ destinationCidrBlock: "10.0.0.0/16" }), /RouteAlreadyExists/);
            await route({ destinationCidrBlock: "192.0.2.0/24" });
        });

        it("have one target, in their VPC", async () => {
            const natGatewayId = await nat();
            await assert.rejects(route({ natGatewayId }), /exactly one target/);
            await assert.rejects(
                cloud.make(Ec2.route, { routeTableId, destinationCidrBlock: "0.0.0.0/0" }),
                /exactly one target/,
            );
            await assert.rejects(route({ gatewayId: "igw-0" }), /InvalidGatewayID\.NotFound/);
            const other = await cloud.make(Ec2.routeTable, { vpcId: await cloud.vpc() });
            await assert.rejects(route({ routeTableId: other }), /network gateway igw-.* belong to different networks/);
            const throughNat = { destinationCidrBlock: "0.0.0.0/0", natGatewayId };
            await assert.rejects(
                cloud.make(Ec2.route, { routeTableId: other, ...throughNat }),
                /NAT gateway nat-.* belong to different/,
            );
            await cloud.make(Ec2.route, { routeTableId, ...throughNat });
        });

        it("are 500 in a table", async () => {
            for (let count = 0; count < 500; count++) {
                const inputs = { routeTableId, destinationCidrBlock: `192.0.2.${count}/32` };
                await cloud.provider.inventory.plant({ type: Ec2.route, id: `r-${count}`, inputs, outputs: {} });
            }
            await assert.rejects(route({}), /RouteLimitExceeded/);
        }).timeout(60_000);

        it("change their target in place", async () => {
            const olds = { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId };
            const news = { routeTableId: "b", destinationCidrBlock: "192.0.2.0/24", gatewayId: "b" };
            assert.deepEqual(await cloud.changes(Ec2.route, olds, news), [
                "!routeTableId",
                "!destinationCidrBlock",
                "gatewayId",
            ]);
            const id = await cloud.make(Ec2.route, olds);
            await cloud.update(
                Ec2.route,
                id,
                { routeTableId, destinationCidrBlock: "0.0.0.0/0", natGatewayId: await nat() },
                olds,
            );
        });

        it("have a destination that is a range", async () => {
            const inputs = { routeTableId, destinationCidrBlock: "10.0.0.1/8", gatewayId };
            assert.match((await cloud.problems(Ec2.route, inputs)).join(), /did you mean "10\.0\.0\.0\/8"/);
        });
    });
});
