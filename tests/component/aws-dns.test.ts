import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createCertificate, type CertificateArgs } from "../../sdk/aws/entry/certificate";
import { type DnsArgs, publishDns } from "../../sdk/aws/entry/dns";
import { HostedZone } from "../../sdk/aws/entry/hosted-zone";
import { knownAddress } from "../../sdk/aws/entry/load-balancer";
import { failureOf, type MadePart, makePart, type PartOptions } from "../support/aws-part";
import { promiseOf } from "../support/resolve";

const certificateArn = "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/made";
const address = "k8s-wandb-1.us-gov-west-1.elb.amazonaws.com";
const zone = { name: "example.com", privateZone: false };

const optionFor = (domainName: string) => ({
    domainName,
    resourceRecordName: `_proof.${domainName.replace(/^\*\./, "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_value-of-${domainName.replace(/^\*\./, "")}.acm-validations.aws.`,
});

/** As the provider gives them: in no order of anybody's. */
const options = ["zz.example.com", "*.example.com", "wandb.example.com", "example.com"].map(optionFor);

const answers = (zones: object = zone) => ({
    "aws:route53/getZone:getZone": { ...zones },
    "aws:lb/getHostedZoneId:getHostedZoneId": { id: "Z33AYJ8TM3BH4J" },
});

const outputs = {
    "aws:acm/certificate:Certificate": { arn: certificateArn, domainValidationOptions: options },
    "aws:route53/record:Record": { fqdn: "made.example.com" },
};

const ofType = ({ graph }: MadePart<unknown>, type: string) => graph.resources.filter((row) => row.type === type);
const recordsOf = (made: MadePart<unknown>) => ofType(made, "aws:route53/record:Record");

function certificate(
    args: Partial<CertificateArgs> = {},
    partOptions: PartOptions = {},
): Promise<MadePart<pulumi.Output<string> | undefined>> {
    return makePart(
        (scope) =>
            createCertificate(scope, {
                dns: { zoneId: "Z1" },
                host: "https://wandb.example.com",
                additionalHosts: [],
                creates: true,
                ...args,
            }),
        { outputs, answers: answers(), ...partOptions },
    );
}

function dns(
    known: string | null = address,
    args: Partial<DnsArgs> = {},
    partOptions: PartOptions = {},
): Promise<MadePart<pulumi.Output<string[]>>> {
    return makePart(
        (scope, read) =>
            publishDns(scope, {
                zoneId: "Z1",
                host: "https://wandb.example.com",
                additionalHosts: [],
                address: read(known ?? undefined),
                ...args,
            }),
        { outputs, answers: answers(), ...partOptions },
    );
}

describe("certificate on AWS", () => {
    it("is made for the host, not for the zone (trap 3), and proven by a record", async () => {
        const made = await certificate();
        const [row] = ofType(made, "aws:acm/certificate:Certificate");
        assert.deepEqual(row.inputs, {
            domainName: "wandb.example.com",
            validationMethod: "DNS",
            keyAlgorithm: "RSA_2048",
            tags: { team: "ml" },
        });
        assert.deepEqual(
            recordsOf(made).map(({ inputs }) => inputs),
            [
                {
                    zoneId: "Z1",
                    name: "_proof.wandb.example.com.",
                    type: "CNAME",
                    records: ["_value-of-wandb.example.com.acm-validations.aws."],
                    ttl: 300,
                    allowOverwrite: true,
                },
            ],
        );
    });

    it("is one for all names, each proven by its own record, a wildcard by that of its domain", async () => {
        const made = await certificate({ additionalHosts: ["*.example.com", "zz.example.com", "example.com"] });
        const [row] = ofType(made, "aws:acm/certificate:Certificate");
        assert.deepEqual(row.inputs["subjectAlternativeNames"], ["*.example.com", "zz.example.com", "example.com"]);
        assert.deepEqual(
            recordsOf(made).map(({ inputs }) => inputs["records"]),
            ["wandb.example.com", "example.com", "zz.example.com"].map((domain) => [
                `_value-of-${domain}.acm-validations.aws.`,
            ]),
        );
    });

    it("keeps the records of names that move in the list", async () => {
        const names = async (additionalHosts: string[]) =>
            recordsOf(await certificate({ additionalHosts }))
                .map(({ name, inputs }) => `${name} ${String(inputs["name"])}`)
                .sort();
        assert.deepEqual(
            await names(["zz.example.com", "example.com"]),
            await names(["example.com", "zz.example.com"]),
        );
    });

    it("is known once it is issued", async () => {
        const made = await certificate();
        const [validation] = ofType(made, "aws:acm/certificateValidation:CertificateValidation");
        assert.deepEqual(validation.inputs, {
            certificateArn,
            validationRecordFqdns: ["made.example.com"],
        });
        assert.equal(await promiseOf(made.made), certificateArn);
    });

    it("is made for a host that is an Output", async () => {
        const made = await certificate({ host: pulumi.output("wandb.example.com") });
        assert.equal(recordsOf(made)[0].name, "wandb-certificate-record-host");
        assert.equal(recordsOf(made)[0].inputs["name"], "_proof.wandb.example.com.");
    });

    it("is proven in another zone when told to", async () => {
        const made = await certificate({ dns: { zoneId: "Z1", privateZone: true, validationZoneId: "Z2" } });
        assert.equal(recordsOf(made)[0].inputs["zoneId"], "Z2");
    });

    it("is your own where one is given", async () => {
        const made = await certificate({ dns: { zoneId: "Z1", certificateArn }, creates: false });
        assert.equal(await promiseOf(made.made), certificateArn);
        assert.deepEqual(
            made.graph.resources.filter(({ type }) => type.startsWith("aws:")),
            [],
        );
    });

    it("is none where none is made or given", async () => {
        assert.equal((await certificate({ creates: false })).made, undefined);
    });

    it("is refused when it is of another region, where the load balancer could not use it", async () => {
        const own = "arn:aws:acm:us-east-1:123456789012:certificate/own";
        const { made } = await certificate({ dns: { certificateArn: own }, creates: false });
        assert.ok(made);
        assert.match(
            await failureOf(made),
            /^aws\.dns\.certificateArn: is a certificate in us-east-1 .* lies in us-gov-west-1/,
        );
    });

    it("may be a server certificate of IAM, which has no region", async () => {
        const own = "arn:aws:iam::123456789012:server-certificate/own";
        const { made } = await certificate({ dns: { certificateArn: own }, creates: false });
        assert.equal(await promiseOf(made), own);
    });
});

describe("DNS records on AWS", () => {
    it("point all names to the address of the Ingress, after W&B is there", async () => {
        const made = await dns(address, { additionalHosts: ["example.com"] });
        const records = recordsOf(made);
        assert.deepEqual(
            records.map(({ inputs }) => inputs),
            ["wandb.example.com", "example.com"].map((name) => ({
                zoneId: "Z1",
                name,
                type: "A",
                aliases: [{ name: address, zoneId: "Z33AYJ8TM3BH4J", evaluateTargetHealth: true }],
            })),
        );
        for (const { dependencies } of records) {
            assert.ok(
                dependencies.some((urn) => urn.endsWith("::wandb-instance")),
                dependencies.join(),
            );
        }
        assert.deepEqual(await promiseOf(made.made), ["made.example.com", "made.example.com"]);
    });

    it("are in lower case, as Route 53 answers, and one for names that differ in case only", async () => {
        const made = await dns(address, {
            host: "https://WANDB.Example.com",
            additionalHosts: ["wandb.EXAMPLE.com", "Example.COM"],
        });
        assert.deepEqual(
            recordsOf(made).map(({ inputs }) => inputs["name"]),
            ["wandb.example.com", "example.com"],
        );
    });

    it("are made in a private zone too, and in the zone of a domain above", async () => {
        const host = "https://wandb.ml.team.example.com";
        const made = await dns(address, { host }, { answers: answers({ name: "example.com.", privateZone: true }) });
        assert.deepEqual(
            recordsOf(made).map(({ inputs }) => [inputs["zoneId"], inputs["name"]]),
            [["Z1", "wandb.ml.team.example.com"]],
        );
    });

    it("shows them in a preview that cannot know the address", async () => {
        const [record] = recordsOf(await dns(null, {}, { preview: true }));
        assert.equal(record.inputs["name"], "wandb.example.com");
        assert.match(JSON.stringify(record.inputs["aliases"]), /04da6b54-80e4-46f7-96ec-b56ff0331ba9/);
    });

    it("need an address", async () => {
        const { made } = await makePart((scope, read) => knownAddress(scope.parent, read(undefined), "aws.dns.zoneId"));
        assert.match(
            await failureOf(made),
            /^aws\.dns\.zoneId: the Ingress of W&B has no address.*run `pulumi up` again/,
        );
    });
});

describe("hosted zone on AWS", () => {
    const holding = async (name: string, zones: object = zone) =>
        (
            await makePart(
                ({ parent }) => {
                    const hosted = new HostedZone(parent, "Z1", "aws.dns.zoneId");
                    const host = pulumi.output(name);
                    return { holds: hosted.holding(host), proves: hosted.proving(host, "or another") };
                },
                { answers: answers(zones) },
            )
        ).made;

    it("holds its own name and all below it", async () => {
        for (const name of ["example.com", "a.example.com", "*.example.com"]) {
            assert.equal(await promiseOf((await holding(name)).holds), name);
            assert.equal(await promiseOf((await holding(name, { ...zone, name: "example.com." })).proves), name);
        }
    });

    it("holds no other name, into which the provider would put its own", async () => {
        for (const name of ["wandb.other.org", "myexample.com", "com"]) {
            assert.match(
                await failureOf((await holding(name)).holds),
                /^aws\.dns\.zoneId: is the zone example\.com, in which \S+ does not lie/,
            );
        }
    });

    it("is asked for by its id alone, since there may be two of the same name, a public and a private one", async () => {
        const zones = ({ zoneId, ...others }: Record<string, unknown>) => {
            assert.deepEqual(others, {});
            return { ...zone, privateZone: zoneId === "Z2" };
        };
        const { made } = await makePart(
            ({ parent }) => {
                const host = pulumi.output("a.example.com");
                const [open, hidden] = ["Z1", "Z2"].map((id) => new HostedZone(parent, id, "aws.dns.zoneId"));
                return { proves: open.proving(host, "or another"), refuses: hidden.proving(host, "or another") };
            },
            { answers: { "aws:route53/getZone:getZone": zones } },
        );
        assert.equal(await promiseOf(made.proves), "a.example.com");
        assert.match(await failureOf(made.refuses), /is a private zone/);
    });

    it("proves nothing when it is private", async () => {
        const { holds, proves } = await holding("a.example.com", { ...zone, privateZone: true });
        assert.equal(await promiseOf(holds), "a.example.com");
        assert.match(await failureOf(proves), /^aws\.dns\.zoneId: is a private zone/);
    });
});
