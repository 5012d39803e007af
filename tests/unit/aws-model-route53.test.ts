/** The rules of the simulated Route 53: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const recordType = "aws:route53/record:Record";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const target = "web-1234567890.eu-west-1.elb.amazonaws.com";
/** Of application load balancers in eu-west-1: https://docs.aws.amazon.com/general/latest/gr/elb.html */
const balancerZone = "Z32O12XQLNTSW2";

describe("simulated Route 53", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        const { inventory } = cloud.provider;
        await inventory.plant({
            type: "aws:route53/zone:Zone",
            id: "Z1",
            inputs: { name: "example.com" },
            outputs: {},
        });
        await inventory.plant({ type: balancerType, id: "alb", inputs: {}, outputs: { dnsName: target } });
    });
    afterEach(() => cloud.remove());

    const cname = { zoneId: "Z1", name: "www.example.com", type: "CNAME", ttl: 300, records: ["a.example.org"] };
    const alias = (changes: PropertyMap = {}, of: PropertyMap = {}) => ({
        zoneId: "Z1",
        name: "example.com",
        type: "A",
        aliases: [{ name: target, zoneId: balancerZone, evaluateTargetHealth: true, ...of }],
        ...changes,
    });
    const put = (inputs: PropertyMap, name = "one") => cloud.create(recordType, inputs, name);

    it("wants either an alias, or values with a time to live", async () => {
        assert.deepEqual(await cloud.problems(recordType, cname), []);
        assert.deepEqual(await cloud.problems(recordType, alias()), []);
        const bad: [PropertyMap, RegExp][] = [
            [alias({ records: ["10.0.0.1"] }), /^records: conflicts/],
            [alias({ ttl: 60 }), /^ttl: conflicts/],
            [{ ...cname, records: null }, /^records: or aliases/],
            [{ ...cname, ttl: null }, /^ttl: is required/],
            [alias({ aliases: [] }), /^aliases: must have one/],
            [{ ...cname, name: `${"a".repeat(64)}.example.com` }, /^name: must have labels/],
            [{ ...cname, type: "ALIAS" }, /^type: must be one of/],
        ];
        for (const [inputs, reason] of bad) {
            assert.match((await cloud.problems(recordType, inputs)).join(), reason);
        }
    });

    it("appends the zone's name where it is missing, as the provider does", async () => {
        const fqdn = async (name: string) => (await put({ ...cname, name }, name)).outputs.values["fqdn"];
        assert.equal(await fqdn("WWW.example.com."), "www.example.com");
        assert.equal(await fqdn("api"), "api.example.com");
        assert.equal(await fqdn("w.other.org"), "w.other.org.example.com");
    });

    it("knows the zone", async () => {
        await assert.rejects(put({ ...cname, zoneId: "Z2" }), /NoSuchHostedZone: .*Z2/);
    });

    it("has no alias name at the top of a zone, but an alias record", async () => {
        await assert.rejects(put({ ...cname, name: "example.com" }), /CNAME .* not permitted at apex/);
        await put(alias());
    });

    it("has one record of a name and type, unless told to take over", async () => {
        await put(cname);
        await assert.rejects(put(cname, "two"), /Tried to create resource record set .* but it already exists/);
        await put({ ...cname, allowOverwrite: true }, "three");
    });

    it("loses a record that two believe to have with the first deletion", async () => {
        const first = await put(cname);
        const second = await put({ ...cname, allowOverwrite: true }, "two");
        await cloud.delete(recordType, first.id);
        assert.deepEqual(
            cloud.provider.inventory.rows().filter(({ type }) => type === recordType),
            [],
        );
        await cloud.delete(recordType, second.id, "two");
    });

    it("has nothing beside a CNAME", async () => {
        await put(cname);
        await assert.rejects(put(alias({ name: "www.example.com" }), "two"), /a conflicting RRSet of type CNAME/);
        await put(alias({ name: "api.example.com" }), "two");
        await assert.rejects(put({ ...cname, name: "api.example.com" }, "three"), /conflicts with other records/);
    });

    it("finds the load balancer that an alias means, in the zone of load balancers", async () => {
        await put(alias({}, { name: `dualstack.${target.toUpperCase()}` }));
        const other = alias({ name: "a.example.com" }, { name: "gone-1.eu-west-1.elb.amazonaws.com" });
        await assert.rejects(put(other, "two"), /but that target was not found/);
        const elsewhere = alias({ name: "a.example.com" }, { zoneId: "Z1" });
        await assert.rejects(put(elsewhere, "two"), /does not lie within the target zone/);
    });

    it("replaces a record for its name and zone, and changes its target in place", async () => {
        const replaced = async (news: PropertyMap) =>
            (
                await cloud.provider.diff({
                    urn: urnOf(recordType),
                    id: "any",
                    oldInputs: properties(cname),
                    news: properties(news),
                })
            ).changes.some(({ replaces }) => replaces);
        assert.equal(await replaced({ ...cname, name: "b.example.com" }), true);
        assert.equal(await replaced({ ...cname, zoneId: "Z2" }), true);
        assert.equal(await replaced({ ...cname, records: ["b.example.org"] }), false);
    });

    it("tells what a zone is", async () => {
        const ask = (args: PropertyMap) => cloud.provider.invoke("aws:route53/getZone:getZone", properties(args));
        const { values } = await ask({ zoneId: "Z1" });
        assert.deepEqual(values, {
            arn: "arn:aws:route53:::hostedzone/Z1",
            id: "Z1",
            name: "example.com",
            privateZone: false,
            zoneId: "Z1",
        });
        await assert.rejects(ask({ zoneId: "Z2" }), /NoSuchHostedZone/);
    });
});
