import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkEntry, tlsSaidByAws } from "../../sdk/validation/aws/entry";
import { assertFinds, problemsOf } from "../support/aws-validation";

const manyTags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, ""]));
const zoneId = "Z0123456789ABCDEFGHIJ";
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const later = pulumi.output("not looked at, whatever it is");
const dns = (given: object, more: object = {}) => ({ aws: { dns: given }, ...more });
const balancer = (loadBalancer: object, more: object = {}) => ({ aws: { loadBalancer }, ...more });
const link = (given: object, more: object = {}) => ({
    aws: { privateLink: { allowedAccountIds: ["210987654321"], ...given } },
    ...more,
});
const plain = { ingress: { tls: { enabled: false } } };
const nginx = { ingress: { className: "nginx" } };
const unwaited = { readiness: { wait: false } };

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { aws: {} }],
    ["a zone", dns({ zoneId })],
    ["a zone that is an Output", dns({ zoneId: later, certificateArn: later })],
    ["a private zone with a certificate", dns({ zoneId, privateZone: true, certificateArn })],
    ["a private zone with another one for the proof", dns({ zoneId, privateZone: true, validationZoneId: zoneId })],
    ["a private zone without TLS", dns({ zoneId, privateZone: true }, plain)],
    [
        "a private zone with a certificate by annotation",
        dns(
            { zoneId, privateZone: true },
            {
                ingress: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificateArn } },
            },
        ),
    ],
    ["only a zone for the proof", dns({ validationZoneId: zoneId })],
    ["a server certificate of IAM", dns({ certificateArn: "arn:aws-cn:iam::123456789012:server-certificate/a/b" })],
    ["a zone for external-dns without waiting", dns({ zoneId, externalDns: true }, unwaited)],
    ["a zone for external-dns and another class", dns({ zoneId, externalDns: true }, nginx)],
    ["a zone and plain HTTP", dns({ zoneId }, { host: "http://wandb.example.com" })],
    ["a host of 64 characters", dns({ zoneId }, { host: `https://${"a".repeat(52)}.example.com` })],
    ["a longer one with a certificate", dns({ certificateArn }, { host: `${"a".repeat(53)}.example.com` })],
    ["class alb, said", dns({ zoneId }, { ingress: { className: "alb" } })],
    ["an own Secret with another class", { aws: {}, ingress: { className: "nginx", tls: { secretName: "tls" } } }],
    [
        "all of a load balancer",
        balancer({
            name: "web-1",
            scheme: "internal",
            inboundCidrs: ["10.0.0.0/8", "0.0.0.0/0"],
            tlsPolicy: "ELBSecurityPolicy-FS-1-2-Res-2020-10",
            webAclArn: "arn:aws-us-gov:wafv2:us-gov-west-1:123456789012:regional/webacl/wandb_1/0a-1",
            accessLog: { bucket: "logs", prefix: "a/b" },
            idleTimeoutSeconds: 4000,
            tags: { team: "", "a:b/c": "x=y" },
        }),
    ],
    ["own security groups", balancer({ securityGroupIds: ["sg-0123456789abcdef0", later] })],
    ["PrivateLink", link({ inboundCidrs: ["10.0.0.0/8"], privateDnsName: "*.example.com" })],
    ["PrivateLink for an account that is an Output", link({ allowedAccountIds: [later] })],
    ["tags of everything", { aws: {}, tags: { team: "ml" } }],
    ["as many tags as fit", { aws: {}, tags: manyTags(40) }],
];

const refused: readonly (readonly [string, object, ...RegExp[]])[] = [
    ["a zone's name", dns({ zoneId: "example.com" }), /^aws\.dns\.zoneId: is not the id.*not its name/],
    ["a path", dns({ zoneId: `/hostedzone/${zoneId}` }), /^aws\.dns\.zoneId: .*Leave \/hostedzone\/ out/],
    ["a bad zone for the proof", dns({ validationZoneId: "z" }), /^aws\.dns\.validationZoneId: is not the id/],
    ["a certificate's id", dns({ certificateArn: "1234" }), /^aws\.dns\.certificateArn: is not the ARN/],
    [
        "a private zone that is not named",
        dns({ privateZone: true, certificateArn }),
        /^aws\.dns\.privateZone: is true, but `aws\.dns\.zoneId` is not given/,
    ],
    ["external-dns without zone", dns({ externalDns: true }), /^aws\.dns\.externalDns: is true, but/],
    [
        "external-dns without Ingress",
        dns({ zoneId, externalDns: true }, { ingress: { create: false } }),
        /^aws\.dns\.externalDns: has no effect: `ingress\.create` is false/,
    ],
    [
        "a private zone that should prove",
        dns({ zoneId, privateZone: true }),
        /^aws\.dns\.privateZone: is true, and a private zone cannot prove/,
    ],
    [
        "a proof for a certificate that is there",
        dns({ certificateArn, validationZoneId: zoneId }),
        /^aws\.dns\.validationZoneId: has no effect next to `aws\.dns\.certificateArn`/,
    ],
    [
        "a certificate for http://",
        dns({ certificateArn }, { host: "http://wandb.example.com" }),
        /^aws\.dns\.certificateArn: has no effect: `host` says http:\/\//,
    ],
    [
        "a certificate without TLS",
        dns({ certificateArn }, plain),
        /^aws\.dns\.certificateArn: has no effect: `ingress\.tls\.enabled` is false/,
    ],
    [
        "a certificate with another class",
        dns({ certificateArn }, nginx),
        /^aws\.dns\.certificateArn: has no effect: the Ingress has another class \("nginx" given\) than alb/,
    ],
    [
        "two certificates",
        dns(
            { certificateArn },
            {
                ingress: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificateArn } },
            },
        ),
        /^aws\.dns\.certificateArn: has no effect next to `ingress\.annotations\[?.*certificate-arn/,
    ],
    [
        "a Secret that no load balancer of AWS reads",
        { aws: {}, ingress: { tls: { secretName: "tls" } } },
        /^ingress\.tls\.secretName: has no effect: the load balancer of AWS reads certificates from ACM/,
    ],
    [
        "a host too long for ACM",
        dns({ zoneId }, { host: `${"a".repeat(53)}.example.com` }),
        /^host: is too long for a certificate that AWS makes \(65 characters\)/,
    ],
    [
        "more names than ACM takes",
        dns({ zoneId }, { ingress: { additionalHosts: Array.from({ length: 100 }, (_, at) => `n${at}.example.com`) } }),
        /^ingress\.additionalHosts: makes 101 names/,
    ],
    [
        "records without waiting",
        dns({ zoneId }, unwaited),
        /^aws\.dns\.zoneId: needs the address.*`readiness\.wait` is false/,
    ],
    ["records of another class", dns({ zoneId }, nginx), /^aws\.dns\.zoneId: needs the address.*another class/],
    [
        "records of a class that is an Output",
        dns({ zoneId }, { ingress: { className: later } }),
        /^aws\.dns\.zoneId: needs the address.*is an Output/,
    ],
    [
        "records of what another tool makes",
        dns({ zoneId }, { createCustomResource: false }),
        /^aws\.dns\.zoneId: needs the address.*`createCustomResource` is false/,
    ],
    [
        "a probe before the record",
        dns({ zoneId }, { readiness: { probe: true } }),
        /^readiness\.probe: is true, but with `aws\.dns\.zoneId`/,
    ],
    [
        "settings of a load balancer with another class",
        balancer({ name: "web" }, nginx),
        /^aws\.loadBalancer: has no effect/,
    ],
    ["a long name", balancer({ name: "a".repeat(33) }), /^aws\.loadBalancer\.name: is not a name/],
    ["a reserved name", balancer({ name: "internal-web" }), /^aws\.loadBalancer\.name: .*no internal- in front/],
    ["a word for the scheme", balancer({ scheme: "public" }), /^aws\.loadBalancer\.scheme: /],
    [
        "ranges that are none",
        balancer({ inboundCidrs: ["10.0.0.1", "::/0"] }),
        /^aws\.loadBalancer\.inboundCidrs\[0\]: .*10\.0\.0\.1\/32/,
        /^aws\.loadBalancer\.inboundCidrs\[1\]: is not an IPv4 range/,
    ],
    ["no range", balancer({ inboundCidrs: [] }), /^aws\.loadBalancer\.inboundCidrs: is empty, so nobody/],
    [
        "a range twice",
        balancer({ inboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] }),
        /^aws\.loadBalancer\.inboundCidrs\[1\]: is there twice/,
    ],
    ["a TLS version", balancer({ tlsPolicy: "TLS1.2" }), /^aws\.loadBalancer\.tlsPolicy: is not the name/],
    [
        "a TLS policy without TLS",
        balancer({ tlsPolicy: "ELBSecurityPolicy-2016-08" }, plain),
        /^aws\.loadBalancer\.tlsPolicy: has no effect: `ingress\.tls\.enabled` is false/,
    ],
    [
        "a web ACL of CloudFront",
        balancer({ webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1" }),
        /^aws\.loadBalancer\.webAclArn: is a web ACL of CloudFront/,
    ],
    ["a web ACL's id", balancer({ webAclArn: "a" }), /^aws\.loadBalancer\.webAclArn: is not the ARN/],
    [
        "a bucket's ARN",
        balancer({ accessLog: { bucket: "arn:aws:s3:::Logs" } }),
        /^aws\.loadBalancer\.accessLog\.bucket: /,
    ],
    ["no bucket", balancer({ accessLog: {} }), /^aws\.loadBalancer\.accessLog\.bucket: is missing/],
    [
        "a prefix that AWS adds",
        balancer({ accessLog: { bucket: "logs", prefix: "a/AWSLogs" } }),
        /^aws\.loadBalancer\.accessLog\.prefix: holds AWSLogs/,
    ],
    [
        "a prefix with slash",
        balancer({ accessLog: { bucket: "logs", prefix: "a/" } }),
        /^aws\.loadBalancer\.accessLog\.prefix: starts or ends with a slash/,
    ],
    [
        "a prefix that breaks the annotation",
        balancer({ accessLog: { bucket: "logs", prefix: "a,b" } }),
        /^aws\.loadBalancer\.accessLog\.prefix: holds a comma/,
    ],
    ["no idle time", balancer({ idleTimeoutSeconds: 0 }), /^aws\.loadBalancer\.idleTimeoutSeconds: .*1 to 4000/],
    ["too much idle time", balancer({ idleTimeoutSeconds: 4001 }), /^aws\.loadBalancer\.idleTimeoutSeconds: /],
    [
        "a group's name",
        balancer({ securityGroupIds: ["web"] }),
        /^aws\.loadBalancer\.securityGroupIds\[0\]: is not the id/,
    ],
    ["no group", balancer({ securityGroupIds: [] }), /^aws\.loadBalancer\.securityGroupIds: is empty/],
    [
        "groups and ranges",
        balancer({ securityGroupIds: ["sg-1"], inboundCidrs: ["10.0.0.0/8"] }),
        /^aws\.loadBalancer\.inboundCidrs: has no effect next to `aws\.loadBalancer\.securityGroupIds`/,
    ],
    ["a tag with =", balancer({ tags: { "a=b": "c" } }), /^aws\.loadBalancer\.tags\S*: has an equals sign/],
    [
        "a tag of the controller",
        balancer({ tags: { "ingress.k8s.aws/stack": "c" } }),
        /^aws\.loadBalancer\.tags\S*: is a tag that the load balancer controller sets/,
    ],
    [
        "a value with a comma",
        balancer({ tags: { a: "b,c" } }),
        /^aws\.loadBalancer\.tags\S*: is not a valid value of a tag/,
    ],
    ["a tag of AWS", { aws: {}, tags: { "aws:a": "b" } }, /^tags\S*: begins with aws:/],
    [
        "tags of the driver of volumes",
        { aws: {}, tags: { "kubernetes.io/cluster/x": "", CSIVolumeName: "a", "ebs.csi.aws.com/cluster": "true" } },
        /^tags\S*x"\]: is a tag that the EBS CSI driver keeps/,
        /^tags\S*CSIVolumeName: is a tag that the EBS CSI driver keeps/,
        /^tags\S*cluster"\]: is a tag that the EBS CSI driver keeps/,
    ],
    ["more tags than fit", { aws: {}, tags: manyTags(41) }, /^tags: has 41 entries, but AWS takes at most 50/],
    ["a tag of everything with =", { aws: {}, tags: { "a=b": "c" } }, /^tags\S*: has an equals sign/],
    ["PrivateLink for nobody", link({ allowedAccountIds: [] }), /^aws\.privateLink\.allowedAccountIds: is empty/],
    ["PrivateLink without accounts", { aws: { privateLink: {} } }, /^aws\.privateLink\.allowedAccountIds: is missing/],
    [
        "accounts that are none",
        link({ allowedAccountIds: ["arn:aws:iam::210987654321:root", "1", "210987654321", "210987654321"] }),
        /^aws\.privateLink\.allowedAccountIds\[0\]: is not the number/,
        /^aws\.privateLink\.allowedAccountIds\[1\]: is not the number/,
        /^aws\.privateLink\.allowedAccountIds\[3\]: is there twice/,
    ],
    ["PrivateLink for no client", link({ inboundCidrs: [] }), /^aws\.privateLink\.inboundCidrs: is empty/],
    [
        "a private name with scheme",
        link({ privateDnsName: "https://a.b" }),
        /^aws\.privateLink\.privateDnsName: has a scheme/,
    ],
    ["PrivateLink with another class", link({}, nginx), /^aws\.privateLink: needs the load balancer of AWS/],
    ["PrivateLink without waiting", link({}, unwaited), /^aws\.privateLink: needs .*`readiness\.wait` is false/],
];

describe("aws.dns, aws.loadBalancer and aws.privateLink", () => {
    for (const [what, args] of accepted) {
        it(`take ${what}`, () => assert.deepEqual(problemsOf(checkEntry, args), []));
    }
    for (const [what, args, ...expected] of refused) {
        it(`refuse ${what}`, () => assertFinds(checkEntry, args, expected));
    }

    it("ask back where a range has more bits than it can have", () => {
        for (const [path, args] of [
            ["aws.loadBalancer", balancer({ inboundCidrs: ["10.0.0.1/8"] })],
            ["aws.privateLink", link({ inboundCidrs: ["10.0.0.1/8"] })],
        ] as const) {
            const [found] = problemsOf(checkEntry, args);
            assert.ok(found.startsWith(`${path}.inboundCidrs[0]: has bits beyond its prefix`), found);
        }
    });

    it("say how TLS ends by zone or certificate, unless the Ingress is not theirs", () => {
        const said = (args: object) => {
            let answer: boolean | undefined;
            problemsOf((section) => (answer = tlsSaidByAws(section)), args);
            return answer;
        };
        for (const given of [{ zoneId }, { zoneId: later }, { certificateArn }, { validationZoneId: zoneId }]) {
            assert.equal(said(dns(given)), true, JSON.stringify(Object.keys(given)));
            assert.equal(said(dns(given, nginx)), false, JSON.stringify(Object.keys(given)));
        }
        for (const args of [{ aws: {} }, dns({}), dns({ externalDns: true }), {}]) {
            assert.equal(said(args), false);
        }
    });
});
