import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkExtras } from "../../sdk/validation/aws/extras";
import { assertFinds, problemsOf } from "../support/aws-validation";

const endpointServiceName = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0";
const keyPrincipalArn = "arn:aws:iam::576599896960:role/prod-kms-request-role";
const later = pulumi.output("not looked at, whatever it is");
const clickHouse = (given: object) => ({ aws: { clickHouse: given } });
const exporter = { monitoring: { cloudWatchExporter: true } };
const database = { host: "db.example.com" };

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { aws: {} }],
    ["an endpoint", clickHouse({ endpointServiceName })],
    ["an endpoint in China", clickHouse({ endpointServiceName: `cn.${endpointServiceName}` })],
    ["an endpoint that is an Output", clickHouse({ endpointServiceName: later })],
    ["a key", clickHouse({ key: true, keyPrincipalArn, keyAlias: "alias/click-house" })],
    ["a key for whom is an Output", clickHouse({ key: true, keyPrincipalArn: later })],
    ["metrics", { aws: exporter }],
    ["metrics of the cache alone", { aws: exporter, database }],
    ["no metrics of other stores", { aws: { monitoring: {} }, database, redis: { host: "r.example.com" } }],
];

const refused: readonly (readonly [string, object, RegExp])[] = [
    ["nothing of ClickHouse", clickHouse({}), /^aws\.clickHouse\.endpointServiceName: is missing, and so is/],
    ["no key and no endpoint", clickHouse({ key: false }), /^aws\.clickHouse\.endpointServiceName: is missing/],
    [
        "a service's id",
        clickHouse({ endpointServiceName: "vpce-svc-0123456789abcdef0" }),
        /^aws\.clickHouse\.endpointServiceName: is not the name of an endpoint service/,
    ],
    ["a key for nobody", clickHouse({ key: true }), /^aws\.clickHouse\.keyPrincipalArn: is missing/],
    [
        "a key for everybody",
        clickHouse({ key: true, keyPrincipalArn: "*" }),
        /^aws\.clickHouse\.keyPrincipalArn: is everybody \("\*" given\), so anybody could use the key/,
    ],
    [
        "a key for an account's number",
        clickHouse({ key: true, keyPrincipalArn: "576599896960" }),
        /^aws\.clickHouse\.keyPrincipalArn: is an account's number/,
    ],
    [
        "a principal without key",
        clickHouse({ endpointServiceName, keyPrincipalArn }),
        /^aws\.clickHouse\.keyPrincipalArn: has no effect, because `aws\.clickHouse\.key` is not true/,
    ],
    ["an alias without key", clickHouse({ keyAlias: "alias/a" }), /^aws\.clickHouse\.keyAlias: has no effect/],
    [
        "an alias of AWS",
        clickHouse({ key: true, keyPrincipalArn, keyAlias: "alias/aws/a" }),
        /^aws\.clickHouse\.keyAlias: begins with alias\/aws\//,
    ],
    [
        "metrics of nothing",
        { aws: exporter, database, redis: { host: "r.example.com" } },
        /^aws\.monitoring\.cloudWatchExporter: is true, but `database` and `redis` name others/,
    ],
];

describe("aws.clickHouse and aws.monitoring", () => {
    for (const [what, args] of accepted) {
        it(`take ${what}`, () => assert.deepEqual(problemsOf(checkExtras, args), []));
    }
    for (const [what, args, expected] of refused) {
        it(`refuse ${what}`, () => assertFinds(checkExtras, args, [expected]));
    }
});
