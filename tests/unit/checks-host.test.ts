import assert from "node:assert/strict";
import { hostChecks } from "../../sdk/checks/themes/host";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import { type Configuration, findingsOf } from "../support/check-input";

function host(value: unknown, ingress?: unknown): Configuration {
    return { values: { global: { host: value }, ingress } };
}

const NoIngress = { create: false };

/** A license with these claims; the signature is of no importance. */
function license(claims: unknown): string {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
}

function licensed(global: object, context?: Configuration["context"]): Configuration {
    return { values: { global }, context };
}

/** In 2030. */
const Valid = license({ exp: 1893456000, expiresAt: "2030-01-01T00:00:00Z" });

const Path = "spec.values.global.host";
const Usable = "for example https://wandb.example.com";

const hostCases: readonly CheckCase[] = [
    {
        id: "host.required",
        when: "none",
        given: licensed({}),
        finds: [`error ${Path}: is missing. Set it to the URL under which users reach W&B, ${Usable}.`],
    },
    { id: "host.required", when: "empty", given: host(""), finds: [/is missing/] },
    { id: "host.required", when: "null", given: host(null), finds: [/is missing/] },
    {
        id: "host.required",
        when: "the chart's default",
        given: host("http://localhost:8080"),
        finds: [
            `error ${Path}: is localhost ("http://localhost:8080" given), which nobody but W&B itself can reach. Set it to the URL under which users reach W&B, ${Usable}.`,
        ],
    },
    { id: "host.required", when: "a host", given: host("https://wandb.example.com") },
    { id: "host.required", when: "a host that begins like it", given: host("https://localhost.example.com") },
    { id: "host.required", when: "not known yet", given: host(Unknown) },
    {
        id: "host.scheme",
        when: "none",
        given: host("wandb.example.com"),
        finds: [
            `error ${Path}: does not start with https:// or http:// ("wandb.example.com" given). Write it as scheme and full host name, ${Usable}.`,
        ],
    },
    { id: "host.scheme", when: "upper case", given: host("HTTPS://wandb.example.com"), finds: [/does not start/] },
    { id: "host.scheme", when: "another", given: host("ftp://wandb.example.com"), finds: [/does not start/] },
    {
        id: "host.scheme",
        when: "no name",
        given: host("https://"),
        finds: [
            `error ${Path}: has no valid host name ("https://" given). Write it as scheme and full host name, ${Usable}, in lower case.`,
        ],
    },
    { id: "host.scheme", when: "an underscore", given: host("https://wandb_a.example.com"), finds: [/no valid host/] },
    { id: "host.scheme", when: "upper case in the name", given: host("https://Wandb.example.com"), finds: [/^error/] },
    {
        id: "host.scheme",
        when: "an address, with an Ingress",
        given: host("https://10.0.0.7"),
        finds: [/^error .*: is an IP address \("https:\/\/10\.0\.0\.7" given\), which an Ingress refuses\. /],
    },
    {
        id: "host.scheme",
        when: "an address, without Ingress",
        given: host("https://[::1]:8080", NoIngress),
        finds: [/^warning .*: is an IP address \("https:\/\/\[::1\]:8080" given\)\. /],
    },
    {
        id: "host.scheme",
        when: "one label",
        given: host("https://wandb"),
        finds: [/^warning .*: has a host name without a domain \("https:\/\/wandb" given\)\. /],
    },
    { id: "host.scheme", when: "http://", given: host("http://wandb.example.com") },
    { id: "host.scheme", when: "a port", given: host("https://wandb.example.com:8443") },
    { id: "host.scheme", when: "upper case without Ingress", given: host("https://Wandb.example.com", NoIngress) },
    { id: "host.scheme", when: "not known yet", given: host(Unknown) },
    {
        id: "host.bare",
        when: "a slash",
        given: host("https://wandb.example.com/"),
        finds: [
            `error ${Path}: has a slash after the host name ("https://wandb.example.com/" given), and the chart makes it part of the Ingress host, which is invalid. Give scheme and host name alone ("https://wandb.example.com"), or set spec.values.ingress.create to false.`,
        ],
    },
    {
        id: "host.bare",
        when: "a port",
        given: host("http://wandb.example.com:80"),
        finds: [/a port after .*http:\/\/wandb\.example\.com"\)/],
    },
    { id: "host.bare", when: "a path", given: host("https://wandb.example.com/ml"), finds: [/a path after/] },
    { id: "host.bare", when: "a query", given: host("https://wandb.example.com?a=b"), finds: [/a query after/] },
    {
        id: "host.bare",
        when: "a user",
        given: host("https://me:hush@wandb.example.com"),
        finds: [/a user before the host name \("https:\/\/\*\*\*@wandb\.example\.com" given\)/],
    },
    { id: "host.bare", when: "a bare host", given: host("https://wandb.example.com") },
    { id: "host.bare", when: "no Ingress", given: host("https://wandb.example.com:8443", NoIngress) },
    { id: "host.bare", when: "no Ingress either", given: host("https://wandb.example.com/", { install: false }) },
    { id: "host.bare", when: "an Ingress that is not known yet", given: host("https://wandb.example.com/", Unknown) },
    {
        id: "host.https",
        when: "http://",
        given: host("http://wandb.example.com"),
        finds: [
            `warning ${Path}: has no TLS ("http://wandb.example.com" given). Use https:// and end TLS at the Ingress or in front of it.`,
        ],
    },
    { id: "host.https", when: "https://", given: host("https://wandb.example.com") },
    { id: "host.https", when: "the chart's default", given: host("http://localhost:8080") },
];

const Literal = "spec.values.global.license";
const Secret = "spec.values.global.licenseSecret";

const licenseCases: readonly CheckCase[] = [
    {
        id: "license.required",
        when: "none",
        given: licensed({}),
        finds: [
            `error ${Literal}: is missing, and ${Secret}.name too: W&B Server does not start without a license. Set \`global.licenseSecret.name\` and \`global.licenseSecret.key\` to a Secret that holds it, or set \`global.license\`.`,
        ],
    },
    {
        id: "license.required",
        when: "empty ones",
        given: licensed({ license: "", licenseSecret: { name: "" } }),
        finds: [/missing/],
    },
    { id: "license.required", when: "a literal", given: licensed({ license: Valid }) },
    { id: "license.required", when: "a Secret", given: licensed({ licenseSecret: { name: "license" } }) },
    { id: "license.required", when: "a Secret not known yet", given: licensed({ licenseSecret: Unknown }) },
    { id: "license.required", when: "kept elsewhere", given: licensed({}, { license: Valid }) },
    { id: "license.required", when: "the variable", given: licensed({ extraEnv: { LICENSE: Valid } }) },
    {
        id: "license.jwt",
        when: "two parts",
        given: licensed({ license: "c2VjcmV0.dG9rZW4" }),
        finds: [
            `error ${Literal}: is not three dot-separated base64url parts (a JWT). Copy the license again, as one line without quotes.`,
        ],
    },
    { id: "license.jwt", when: "a line break", given: licensed({ license: `${Valid}\n` }), finds: [/not three/] },
    { id: "license.jwt", when: "four parts", given: licensed({ license: `${Valid}.a` }), finds: [/not three/] },
    {
        id: "license.jwt",
        when: "no JSON",
        given: licensed({ license: "c2Vj.cmV0.dG9r" }),
        finds: [
            `error ${Literal}: is not a license: its second part holds no JSON object in base64url. Copy the license again.`,
        ],
    },
    { id: "license.jwt", when: "a JSON list", given: licensed({ license: license([1]) }), finds: [/no JSON object/] },
    {
        id: "license.jwt",
        when: "a Secret's",
        given: licensed({ licenseSecret: { name: "license", key: "license" } }, { license: "text" }),
        finds: [/^error spec\.values\.global\.licenseSecret\.name: is not three/],
    },
    { id: "license.jwt", when: "a license", given: licensed({ license: Valid }) },
    { id: "license.jwt", when: "not known yet", given: licensed({ license: Unknown }) },
    {
        id: "license.expired",
        when: "exp in the past",
        given: licensed({ license: license({ exp: Date.parse("2026-11-01T00:00:00Z") / 1000 }) }),
        finds: [
            `warning ${Literal}: expired on 2026-11-01. Ask the vendor for a new license and set it: the release channel gives no updates without a valid one.`,
        ],
    },
    {
        id: "license.expired",
        when: "30 days left",
        given: licensed({ license: license({ expiresAt: "2026-12-24T00:00:00Z" }) }),
        finds: [/^warning .*: expires on 2026-12-24, in 30 days\. /],
    },
    {
        id: "license.expired",
        when: "a day left, as milliseconds",
        given: licensed({ license: license({ expiresAt: Date.parse("2026-11-25T12:00:00Z") }) }),
        finds: [/: expires on 2026-11-25, in 1 day\. /],
    },
    {
        id: "license.expired",
        when: "the earlier of two claims",
        given: licensed({ license: license({ exp: 1893456000, expiresAt: "2026-01-01" }) }),
        finds: [/: expired on 2026-01-01\. /],
    },
    {
        id: "license.expired",
        when: "one kept elsewhere",
        given: licensed({}, { license: license({ exp: 1700000000 }) }),
        finds: [/^warning spec\.values\.global\.license: expired on 2023-11-14\. /],
    },
    { id: "license.expired", when: "31 days left", given: licensed({ license: license({ expiresAt: "2026-12-25" }) }) },
    { id: "license.expired", when: "years left", given: licensed({ license: Valid }) },
    { id: "license.expired", when: "no end", given: licensed({ license: license({ exp: 0, expiresAt: "never" }) }) },
    { id: "license.expired", when: "no time", given: licensed({ license: license({ exp: 1e300, expiresAt: {} }) }) },
    { id: "license.expired", when: "not known yet", given: licensed({ license: Unknown }) },
    {
        id: "license.both",
        when: "both",
        given: licensed({ license: Valid, licenseSecret: { name: "license", key: "license" } }),
        finds: [
            `warning ${Literal}: is given together with ${Secret}.name: pods use the Secret, but the operator asks the release channel with this one. Leave it out and keep \`global.licenseSecret\` with name and key.`,
        ],
    },
    {
        id: "license.both",
        when: "an empty literal",
        given: licensed({ license: "", licenseSecret: { name: "license" } }),
    },
    {
        id: "license.both",
        when: "not known yet",
        given: licensed({ license: Valid, licenseSecret: { name: Unknown } }),
    },
    {
        id: "license.secret-key",
        when: "no key",
        given: licensed({ licenseSecret: { name: "license" } }),
        finds: [
            `error ${Secret}.key: is missing: the chart falls back to "license", but the operator finds no license. Set it to the key of the Secret that holds the license.`,
        ],
    },
    { id: "license.secret-key", when: "a key", given: licensed({ licenseSecret: { name: "license", key: "token" } }) },
    { id: "license.secret-key", when: "no name", given: licensed({ licenseSecret: { key: "" } }) },
    {
        id: "license.secret-key",
        when: "not known yet",
        given: licensed({ licenseSecret: { name: "a", key: Unknown } }),
    },
];

describe("checks: host and license", () => {
    testCases(hostChecks, [...hostCases, ...licenseCases]);

    it("shows nothing of a license", () => {
        const token = license({ exp: 1700000000 });
        for (const given of [token, `${token}.x`, token.replaceAll(".", "")]) {
            for (const { id } of hostChecks) {
                const inputs = [
                    licensed({ license: given, licenseSecret: { name: "license" } }),
                    licensed({ licenseSecret: { name: "license" } }, { license: given }),
                ];
                for (const input of inputs) {
                    const text = JSON.stringify(findingsOf(hostChecks, id, input));
                    given.split(".").forEach((part) => assert.ok(part.length < 3 || !text.includes(part), text));
                }
            }
        }
    });
});
