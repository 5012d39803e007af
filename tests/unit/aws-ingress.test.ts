import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { entryPlan } from "../../sdk/aws/entry-plan";
import { namedHosts } from "../../sdk/host-names";
import { ingressFacts, type IngressSettings } from "../../sdk/aws/entry/ingress";
import { ingressStack } from "../../sdk/aws/entry/load-balancer";
import { promiseOf } from "../support/resolve";

const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";

async function annotations(changes: Partial<IngressSettings> = {}): Promise<Record<string, string>> {
    const { annotations: found = {} } = ingressFacts({
        args: {},
        certificateArn: pulumi.output(certificateArn),
        tls: true,
        network: { cidr: pulumi.output("10.10.0.0/16"), clientRanges: {} },
        privateLink: false,
        ...changes,
    });
    const entries = Object.entries(found).map(async ([key, value]) => {
        assert.ok(key.startsWith("alb.ingress.kubernetes.io/"), key);
        return [key.slice("alb.ingress.kubernetes.io/".length), await promiseOf(value)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
}

describe("Ingress on AWS", () => {
    it("is safe by default", async () => {
        assert.deepEqual(await annotations(), {
            scheme: "internet-facing",
            "target-type": "ip",
            "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
            "ssl-redirect": "443",
            "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            "certificate-arn": certificateArn,
            "inbound-cidrs": "0.0.0.0/0",
            "load-balancer-attributes":
                "access_logs.s3.enabled=false,idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true",
        });
        assert.equal(
            ingressFacts({
                args: {},
                tls: true,
                network: { cidr: pulumi.output("10.10.0.0/16"), clientRanges: {} },
                privateLink: false,
            }).className,
            "alb",
        );
    });

    it("takes all settings, without escapes and line breaks (traps 1 and 2)", async () => {
        const found = await annotations({
            args: {
                name: "web",
                scheme: "internal",
                inboundCidrs: ["10.0.0.0/8", "192.168.0.0/16"],
                tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
                webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1",
                accessLog: { bucket: pulumi.output("logs"), prefix: "wandb" },
                idleTimeoutSeconds: 300,
                tags: { b: "2", a: pulumi.output("1") },
            },
            network: {
                cidr: pulumi.output("10.10.0.0/16"),
                clientRanges: {},
                loadBalancerSubnetIds: ["subnet-a", pulumi.output("subnet-b")],
            },
            tags: { team: "ml", a: "0" },
        });
        const expected = {
            "load-balancer-name": "web",
            scheme: "internal",
            "inbound-cidrs": "10.0.0.0/8,192.168.0.0/16",
            "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
            "wafv2-acl-arn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1",
            "load-balancer-attributes":
                "access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=wandb,idle_timeout.timeout_seconds=300,routing.http.drop_invalid_header_fields.enabled=true",
            subnets: "subnet-a,subnet-b",
            tags: "a=1,b=2,team=ml",
        };
        for (const [key, value] of Object.entries(expected)) {
            assert.equal(found[key], value, key);
        }
        assert.ok(Object.values(found).every((value) => !/[\n\\]/.test(value)));
    });

    it("speaks plain HTTP where TLS ends elsewhere", async () => {
        const found = await annotations({ tls: false });
        assert.equal(found["listen-ports"], '[{"HTTP":80}]');
        for (const key of ["ssl-redirect", "ssl-policy", "certificate-arn"]) {
            assert.equal(found[key], undefined, key);
        }
    });

    it("lets in whom it should: by default the internet, or the VPC (trap 5)", async () => {
        const inbound = async (args: IngressSettings["args"], privateLink = false) =>
            (await annotations({ args, privateLink }))["inbound-cidrs"];
        assert.equal(await inbound({ scheme: "internal" }), "10.10.0.0/16");
        assert.equal(await inbound({ scheme: "internal" }, true), "10.10.0.0/16");
        assert.equal(await inbound({}, true), "0.0.0.0/0");
        assert.equal(await inbound({ inboundCidrs: ["203.0.113.0/24"] }), "203.0.113.0/24");
    });

    it("lets the load balancer of PrivateLink in, which stands in the VPC (trap 6)", async () => {
        const inbound = async (inboundCidrs: string[]) =>
            (await annotations({ args: { inboundCidrs }, privateLink: true }))["inbound-cidrs"];
        assert.equal(await inbound(["203.0.113.0/24"]), "203.0.113.0/24,10.10.0.0/16");
        assert.equal(await inbound(["0.0.0.0/0"]), "0.0.0.0/0");
    });

    it("lets in each range of an own VPC from which nodes or PrivateLink connect, once", async () => {
        const clientRanges = {
            "subnet-a": pulumi.output("100.64.0.0/18"),
            "subnet-b": pulumi.output("100.64.64.0/18"),
        };
        const network = { cidr: pulumi.output("10.10.0.0/16"), clientRanges };
        const inbound = async (args: IngressSettings["args"]) =>
            (await annotations({ args, network, privateLink: true }))["inbound-cidrs"];
        assert.equal(await inbound({ scheme: "internal" }), "10.10.0.0/16,100.64.0.0/18,100.64.64.0/18");
        assert.equal(await inbound({ inboundCidrs: ["10.10.0.0/16"] }), "10.10.0.0/16,100.64.0.0/18,100.64.64.0/18");
    });

    it("uses security groups of one's own, and lets them reach the pods", async () => {
        const found = await annotations({ args: { securityGroupIds: ["sg-1", pulumi.output("sg-2")] } });
        assert.equal(found["security-groups"], "sg-1,sg-2");
        assert.equal(found["manage-backend-security-group-rules"], "true");
        assert.equal(found["inbound-cidrs"], undefined);
    });

    it("is known to the controller by namespace and name, or by its group", async () => {
        const place = { namespace: "team", ingressName: pulumi.output("web") };
        assert.equal(await promiseOf(ingressStack(place)), "team/web");
        const annotations = { "alb.ingress.kubernetes.io/group.name": pulumi.output("shared") };
        assert.equal(await promiseOf(ingressStack({ ...place, annotations })), "shared");
    });

    it("is the same whatever the order of tags", async () => {
        const tags = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-z0-9]{0,4}$/));
        await fc.assert(
            fc.asyncProperty(tags, async (one) => {
                const reversed = Object.fromEntries(Object.entries(one).reverse());
                assert.equal(
                    (await annotations({ tags: one }))["tags"],
                    (await annotations({ tags: reversed }))["tags"],
                );
            }),
            { numRuns: 30 },
        );
    });
});

describe("plan of the way in on AWS", () => {
    const plan = (changes: Partial<WandbDeploymentArgs>) =>
        entryPlan({ host: "wandb.example.com", aws: { dns: { zoneId: "Z1" } }, ...changes });
    const all = {
        loadBalancer: true,
        tls: true,
        createsCertificate: true,
        createsRecords: true,
        provesPrivateName: false,
    };
    const none = {
        loadBalancer: false,
        tls: false,
        createsCertificate: false,
        createsRecords: false,
        provesPrivateName: false,
    };

    const rows: readonly (readonly [string, Partial<WandbDeploymentArgs>, object])[] = [
        ["a zone", {}, all],
        ["a host that is an Output", { host: pulumi.output("http://a") }, all],
        ["class alb, said", { ingress: { className: "alb" } }, all],
        ["no zone", { aws: {} }, { ...all, createsCertificate: false, createsRecords: false }],
        [
            "an own certificate",
            { aws: { dns: { zoneId: "Z1", certificateArn } } },
            { ...all, createsCertificate: false },
        ],
        [
            "a certificate by annotation",
            { ingress: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificateArn } } },
            { ...all, createsCertificate: false },
        ],
        [
            "a private zone",
            { aws: { dns: { zoneId: "Z1", privateZone: true } } },
            { ...all, createsCertificate: false },
        ],
        [
            "a private zone and another one",
            { aws: { dns: { zoneId: "Z1", privateZone: true, validationZoneId: "Z2" } } },
            all,
        ],
        ["only a zone for the proof", { aws: { dns: { validationZoneId: "Z2" } } }, { ...all, createsRecords: false }],
        ["external-dns", { aws: { dns: { zoneId: "Z1", externalDns: true } } }, { ...all, createsRecords: false }],
        ["plain HTTP", { ingress: { tls: { enabled: false } } }, { ...all, tls: false, createsCertificate: false }],
        [
            "a host with http://",
            { host: "http://wandb.example.com" },
            { ...all, tls: false, createsCertificate: false },
        ],
        ["another class", { ingress: { className: "nginx" } }, none],
        ["another class by annotation", { ingress: { annotations: { "kubernetes.io/ingress.class": "nginx" } } }, none],
        ["a class that is an Output", { ingress: { className: pulumi.output("alb") } }, none],
        ["no Ingress", { ingress: { create: false } }, none],
    ];
    for (const [what, changes, expected] of rows) {
        it(`with ${what}`, () => assert.deepEqual(plan(changes), expected));
    }

    const proves = (privateDnsName: pulumi.Input<string>, changes: Partial<WandbDeploymentArgs> = {}, dns = {}) =>
        plan({
            ...changes,
            aws: { dns: { zoneId: "Z1", ...dns }, privateLink: { allowedAccountIds: [], privateDnsName } },
        }).provesPrivateName;

    it("proves a private DNS name that is a host or below one", () => {
        assert.equal(proves("wandb.example.com"), true);
        assert.equal(proves("Wandb.example.com", { host: "https://wandb.example.com" }), true);
        assert.equal(proves("*.wandb.example.com"), true);
        assert.equal(proves("a.example.com", { ingress: { additionalHosts: ["*.example.com"] } }), true);
        for (const name of ["example.com", "mywandb.example.com", "wandb.example.com.org"]) {
            assert.equal(proves(name), false, name);
        }
    });

    it("proves none that nobody knows yet, and none without a public zone", () => {
        assert.equal(proves(pulumi.output("wandb.example.com")), false);
        assert.equal(proves("wandb.example.com", { host: pulumi.output("wandb.example.com") }), false);
        assert.equal(proves("wandb.example.com", {}, { privateZone: true, certificateArn }), false);
        assert.equal(proves("wandb.example.com", {}, { privateZone: true, validationZoneId: "Z2" }), true);
        assert.equal(proves("wandb.example.com", {}, { certificateArn }), true);
        assert.equal(plan({ aws: { dns: { zoneId: "Z1" } } }).provesPrivateName, false);
    });
});

describe("host names on AWS", () => {
    it("have the same key wherever they stand, once each", () => {
        const label = fc.stringMatching(/^[a-z]{1,6}$/).map((word) => `${word}.example.com`);
        fc.assert(
            fc.property(fc.uniqueArray(label, { minLength: 2, maxLength: 6 }), ([host, ...others]) => {
                const keys = (first: string, rest: string[]) =>
                    namedHosts(first, rest)
                        .map(({ key }) => key)
                        .sort();
                const forth = keys(host, others);
                assert.deepEqual(keys(others[0], [...others.slice(1), host]), forth);
                assert.deepEqual(keys(host, [...others, host]), forth);
                assert.equal(new Set(forth).size, others.length + 1);
            }),
        );
    });

    it("are bare and in lower case", async () => {
        const [first] = namedHosts("https://WandB.example.com", []);
        assert.equal(await promiseOf(first.name), "wandb.example.com");
        assert.equal(first.key, namedHosts("wandb.example.com", [])[0].key);
    });
});
