import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkExtras } from "../../sdk/validation/azure/extras";
import { assertFinds, problemsOf } from "../support/aws-validation";

const serviceAlias =
    "production-westeurope-0-0.63c2972b-d338-4555-8a0a-3a0a5b6b6a56.westeurope.azure.privatelinkservice";
const subnetId =
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/ends";
const house = (given: object) => ({ azure: { clickHouse: { serviceAlias, ...given } } });

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { azure: {} }],
    ["an alias", house({})],
    ["an alias that is an Output", house({ serviceAlias: pulumi.output("later") })],
    [
        "everything",
        house({ region: "germanywestcentral", subnetId, endpointName: "click-house", interfaceName: "nic" }),
    ],
];

const refused: readonly (readonly [string, object, ...RegExp[]])[] = [
    ["no alias", { azure: { clickHouse: {} } }, /^azure\.clickHouse\.serviceAlias: is missing/],
    ["an id for an alias", house({ serviceAlias: subnetId }), /^azure\.clickHouse\.serviceAlias: is not the alias/],
    ["a region as people write it", house({ region: "West Europe" }), /^azure\.clickHouse\.region: is not a region/],
    ["a subnet by its name", house({ subnetId: "ends" }), /^azure\.clickHouse\.subnetId: is not the resource id/],
    ["a long name", house({ endpointName: "x".repeat(65) }), /^azure\.clickHouse\.endpointName: is not a name/],
    ["a name of nothing", house({ interfaceName: "-" }), /^azure\.clickHouse\.interfaceName: is not a name/],
];

describe("validation of ClickHouse Cloud on Azure", () => {
    for (const [what, args] of accepted) {
        it(`accepts ${what}`, () => assert.deepEqual(problemsOf(checkExtras, args), []));
    }
    for (const [what, args, ...expected] of refused) {
        it(`refuses ${what}`, () => assertFinds(checkExtras, args, expected));
    }
});
