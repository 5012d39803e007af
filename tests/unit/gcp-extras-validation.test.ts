import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkExtras } from "../../sdk/validation/gcp/extras";
import { assertFinds, problemsOf } from "../support/aws-validation";

const later = pulumi.output("not looked at, whatever it is");
const serviceAttachment = "projects/clickhouse-project/regions/us-east1/serviceAttachments/production";
const subnet = "projects/example-project/regions/us-east1/subnetworks/mine";
const clickHouse = (given: object, gcp: object = {}) => ({
    gcp: { clickHouse: { serviceAttachment, ...given }, ...gcp },
});
const database = { host: "db", username: "u", password: "p" };

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { gcp: {} }],
    ["an endpoint", clickHouse({})],
    ["an endpoint that is an Output", clickHouse({ serviceAttachment: later, region: later })],
    [
        "an endpoint in another region",
        clickHouse({ region: "us-east1", subnetCidr: "10.60.0.0/29" }, { region: "europe-west4" }),
    ],
    ["a subnet that is there", clickHouse({ region: "us-east1", existingSubnetId: subnet })],
    ["names", clickHouse({ subnetName: "a", addressName: "b", endpointName: "c", zoneName: "d" })],
    ["the exporter", { gcp: { monitoring: { stackdriverExporter: true } }, database }],
];

const refused: readonly (readonly [string, object, ...RegExp[]])[] = [
    ["no service attachment", { gcp: { clickHouse: {} } }, /^gcp\.clickHouse\.serviceAttachment: /],
    [
        "a name",
        clickHouse({ serviceAttachment: "production" }),
        /serviceAttachment: is not the id of a service attachment/,
    ],
    [
        "another region than the deployment's",
        clickHouse({}, { region: "europe-west4" }),
        /serviceAttachment: lies in us-east1 .*Set `gcp\.clickHouse\.region` to us-east1/,
    ],
    ["a zone", clickHouse({ region: "us-east1-b", serviceAttachment: later }), /region: is not the name of a region/],
    [
        "a subnet elsewhere",
        clickHouse({ region: "us-east1", existingSubnetId: subnet.replace("us-east1", "us-west1") }),
        /existingSubnetId: lies in us-west1/,
    ],
    [
        "a subnet that is there, with settings",
        clickHouse({ existingSubnetId: subnet, subnetCidr: "10.60.0.0/24", subnetName: "a" }),
        /subnetCidr: has no effect next to/,
        /subnetName: has no effect next to/,
    ],
    ["a range without room", clickHouse({ subnetCidr: "10.60.0.0/30" }), /subnetCidr: is too small/],
    ["capitals", clickHouse({ endpointName: "Endpoint" }), /endpointName: is not a name that Google accepts/],
    [
        "the exporter with nothing to watch",
        { gcp: { monitoring: { stackdriverExporter: true } }, database, redis: { host: "cache" } },
        /^gcp\.monitoring\.stackdriverExporter: is true, but `database` and `redis` name others/,
    ],
];

describe("validation of the extras on Google Cloud", () => {
    for (const [what, args] of accepted) {
        it(`accepts ${what}`, () => assert.deepEqual(problemsOf(checkExtras, args), []));
    }
    for (const [what, args, ...expected] of refused) {
        it(`refuses ${what}`, () => assertFinds(checkExtras, args, expected));
    }
});
