import assert from "node:assert/strict";
import fc from "fast-check";
import { armorRules } from "../../sdk/gcp/entry/armor-rules";

const last = 2_147_483_647;

describe("rules of Cloud Armor", () => {
    it("deny attacks before they ask who comes", () => {
        const [first, second, third] = armorRules({ wafRules: ["sqli-v33-stable", "cve-canary"] });
        assert.deepEqual(
            [first, second].map(({ action, match }) => [action, match.expr?.expression]),
            [
                ["deny(403)", "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 1})"],
                ["deny(403)", "evaluatePreconfiguredWaf('cve-canary', {'sensitivity': 1})"],
            ],
        );
        assert.equal(third.action, "allow");
        assert.deepEqual([first.preview, second.preview], [false, false]);
    });

    it("only log attacks where that is wanted, as strictly as is wanted", () => {
        const [{ preview, match }] = armorRules({ wafRules: ["xss-v33-stable"], wafPreview: true, wafSensitivity: 3 });
        assert.equal(preview, true);
        assert.match(match.expr?.expression ?? "", /'sensitivity': 3/);
    });

    it("limit in place of letting in, so that a limit lets in nobody else", () => {
        const [limited, rest, ...more] = armorRules({ rateLimit: { requests: 600 } }, ["10.0.0.0/8"]);
        assert.deepEqual(
            [limited.action, limited.match.config?.srcIpRanges, limited.rateLimitOptions],
            [
                "throttle",
                ["10.0.0.0/8"],
                {
                    conformAction: "allow",
                    exceedAction: "deny(429)",
                    enforceOnKey: "IP",
                    rateLimitThreshold: { count: 600, intervalSec: 60 },
                },
            ],
        );
        assert.deepEqual([rest.action, rest.priority, more], ["deny(403)", last, []]);
    });

    it("let everybody in by one rule, whatever else is named", () => {
        for (const everybody of ["*", "0.0.0.0/0"]) {
            const [first, ...more] = armorRules({}, ["10.0.0.0/8", everybody]);
            assert.deepEqual([first.match.config?.srcIpRanges, more.length], [["*"], 1], everybody);
        }
    });

    it("let in each range once, ten at a time, and end with the denial of the rest", () => {
        const range = fc.nat({ max: 255 }).map((octet) => `10.${octet}.0.0/16`);
        fc.assert(
            fc.property(fc.array(range, { minLength: 1, maxLength: 60 }), (ranges) => {
                const rules = armorRules({}, ranges);
                const allowed = rules.slice(0, -1).map(({ match }) => match.config?.srcIpRanges ?? []);
                assert.deepEqual(new Set(allowed.flat()), new Set(ranges));
                assert.equal(allowed.flat().length, new Set(ranges).size);
                assert.ok(allowed.every(({ length }) => length >= 1 && length <= 10));
                const priorities = rules.map(({ priority }) => priority);
                assert.deepEqual(
                    priorities,
                    [...new Set(priorities)].sort((one, other) => one - other),
                );
                assert.deepEqual([rules.at(-1)?.action, rules.at(-1)?.priority], ["deny(403)", last]);
            }),
        );
    });
});
