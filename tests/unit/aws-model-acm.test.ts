/** The rules of the simulated certificate manager: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";
const recordType = "aws:route53/record:Record";

describe("simulated certificate manager", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        await plantZone("ZPUBLIC");
    });
    afterEach(() => cloud.remove());

    const plantZone = (id: string, vpcs: string[] = []) =>
        cloud.provider.inventory.plant({
            type: "aws:route53/zone:Zone",
            id,
            inputs: { name: "example.com", vpcs },
            outputs: {},
        });
    const request = async (...names: string[]) => {
        const [domainName, ...subjectAlternativeNames] = names;
        const inputs = { domainName, subjectAlternativeNames, validationMethod: "DNS" };
        const { outputs } = await cloud.create(certificateType, inputs);
        const options = outputs.values["domainValidationOptions"] as PropertyMap[];
        return { arn: textOf(outputs.values["arn"]), options };
    };
    const prove = (option: PropertyMap, zoneId: string, value = option["resourceRecordValue"]) =>
        cloud.create(recordType, {
            zoneId,
            name: option["resourceRecordName"],
            type: "CNAME",
            ttl: 300,
            records: [value],
        });
    const validate = (certificateArn: string, validationRecordFqdns?: string[]) =>
        cloud.create(validationType, {
            certificateArn,
            ...(validationRecordFqdns === undefined ? {} : { validationRecordFqdns }),
        });

    it("takes a first name of 64 characters, and others of 253", async () => {
        const problems = (changes: PropertyMap) =>
            cloud.problems(certificateType, { domainName: "a.example.com", validationMethod: "DNS", ...changes });
        const long = `${"a".repeat(52)}.example.com`;
        assert.deepEqual(await problems({ domainName: long, subjectAlternativeNames: [`b.${long}`, "*.b.com"] }), []);
        for (const domainName of [`a${long}`, "example.com.", "*.*.example.com", "localhost", "-a.example.com"]) {
            assert.match((await problems({ domainName })).join(), /^domainName: must be a domain name/, domainName);
        }
        assert.match(
            (await problems({ subjectAlternativeNames: [`${"b".repeat(64)}.com`] })).join(),
            /^subjectAlternativeNames: must be/,
        );
    });

    it("takes ten names", async () => {
        const names = Array.from({ length: 10 }, (_, at) => `n${at}.example.com`);
        await request(...names);
        await assert.rejects(request(...names, "more.example.com"), /LimitExceededException/);
    });

    it("asks for one record of a domain and its wildcard, the same for every certificate", async () => {
        const first = await request("example.com", "*.example.com", "other.example.com");
        const again = await request("*.example.com");
        const byDomain = new Map(first.options.map((option) => [option["domainName"], option["resourceRecordName"]]));
        assert.equal(byDomain.size, 3);
        assert.equal(byDomain.get("example.com"), byDomain.get("*.example.com"));
        assert.notEqual(byDomain.get("example.com"), byDomain.get("other.example.com"));
        assert.equal(again.options[0]["resourceRecordName"], byDomain.get("example.com"));
    });

    it("issues a certificate once the public DNS has its records", async () => {
        const { arn, options } = await request("a.example.com", "b.example.com");
        await prove(options[0], "ZPUBLIC");
        await assert.rejects(validate(arn), /last state: 'PENDING_VALIDATION'/);
        await prove(options[1], "ZPUBLIC");
        const names = options.map((option) => textOf(option["resourceRecordName"]).replace(/\.$/, ""));
        await assert.rejects(validate(arn, names.slice(1)), /missing \S+ DNS validation record: _/);
        await validate(arn, names);
    });

    it("sees no proof in a private zone, and none in another value", async () => {
        await plantZone("ZPRIVATE", ["vpc-1"]);
        const { arn, options } = await request("a.example.com");
        await prove(options[0], "ZPRIVATE");
        await assert.rejects(validate(arn), /PENDING_VALIDATION/);
        await prove(options[0], "ZPUBLIC", "_other.acm-validations.aws.");
        await assert.rejects(validate(arn), /PENDING_VALIDATION/);
    });

    it("knows the certificate that it waits for", async () => {
        const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/none";
        await assert.rejects(validate(arn), /ResourceNotFoundException/);
    });

    it("keeps a certificate that a listener uses", async () => {
        const { arn } = await request("a.example.com");
        const listener = { type: "aws:lb/listener:Listener", id: "listener", outputs: {} };
        await cloud.provider.inventory.plant({ ...listener, inputs: { certificateArn: arn } });
        await assert.rejects(cloud.delete(certificateType, arn), /ResourceInUseException: .* is in use/);
        await cloud.provider.inventory.change((change) => change.remove(listener.type, listener.id));
        await cloud.delete(certificateType, arn);
    });

    it("replaces a certificate for its names, and changes tags in place", async () => {
        const olds = { domainName: "a.example.com", subjectAlternativeNames: ["b.example.com"], tags: { a: "1" } };
        const replaced = async (changes: PropertyMap) =>
            (
                await cloud.provider.diff({
                    urn: urnOf(certificateType),
                    id: "any",
                    oldInputs: properties(olds),
                    news: properties({ ...olds, ...changes }),
                })
            ).changes.some(({ replaces }) => replaces);
        assert.equal(await replaced({ domainName: "c.example.com" }), true);
        assert.equal(await replaced({ subjectAlternativeNames: ["c.example.com"] }), true);
        assert.equal(await replaced({ tags: { a: "2" } }), false);
    });
});
