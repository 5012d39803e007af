/** Policies about resources of AWS: one fault in a sound stack is found once, and the nearest change that is none is not found. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { awsPolicies } from "../../policy/infrastructure/aws";
import { policies } from "../../policy/policies";
import { accessRows } from "../support/policy-aws/access";
import { clusterRows } from "../support/policy-aws/cluster";
import { changed, foundIn, type Row, soundStack } from "../support/policy-aws/stack";
import { storeRows } from "../support/policy-aws/stores";
import { violations } from "../support/policy-stack";

const rows: readonly Row[] = [...clusterRows, ...storeRows, ...accessRows];

/** Public exposure, and encryption that is missing. */
const Mandatory = [
    "bucket-public",
    "cache-unencrypted",
    "cache-without-tls",
    "cluster-public",
    "database-public",
    "database-unencrypted",
    "endpoint-service-public",
    "load-balancer-old-tls",
    "open-to-anybody",
    "queue-unencrypted",
    "store-port-public",
    "trust-any-subject",
    "volume-unencrypted",
];

const placeOf = ({ on, set = {}, at }: Row): string => at ?? `${on}: ${Object.keys(set)[0]}`;

describe("policies about AWS", () => {
    it("find nothing in a sound stack", async () => {
        assert.deepEqual(await foundIn(soundStack), []);
    });

    for (const [index, row] of rows.entries()) {
        const { policy, says = /./, passes = [], also = [] } = row;
        it(`wandb-aws-${policy} finds ${placeOf(row)} (${index})`, async () => {
            const found = await foundIn(changed(row));
            assert.deepEqual(
                found.map((one) => one.policy).sort(),
                [policy, ...also].sort(),
                found.map(({ message }) => message).join("\n"),
            );
            const [{ message }] = found.filter((one) => one.policy === policy);
            assert.equal(message.split(": ").slice(0, 2).join(": "), placeOf(row));
            assert.match(message, says);
            // What is wrong, a full stop, and what to do.
            assert.match(message, /^[^:]+: [^ ]+: .+\. [A-Z].+\.$/);
            for (const [number, change] of passes.entries()) {
                const others = (await foundIn(changed(change))).filter((one) => one.policy === policy);
                assert.deepEqual(others, [], `change ${number}`);
            }
        });
    }

    it("have a fault each, a change that is none, and a name that says whose they are", () => {
        const named = awsPolicies.map(({ name }) => name.replace(/^wandb-aws-/, ""));
        assert.deepEqual([...new Set(rows.map(({ policy }) => policy))].sort(), named.slice().sort());
        const passed = rows.filter(({ passes = [] }) => passes.length > 0).map(({ policy }) => policy);
        assert.deepEqual([...new Set(passed)].sort(), named.slice().sort());
        for (const { name, description, remediationSteps } of awsPolicies) {
            assert.match(name, /^wandb-aws-[a-z]+(?:-[a-z]+)*$/);
            assert.match(description, /^[A-Z].{40,}\.$/, name);
            assert.match(remediationSteps ?? "", /^[A-Z].+\.$/, name);
        }
    });

    it("are mandatory for public exposure and missing encryption alone", () => {
        const mandatory = awsPolicies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
        assert.deepEqual(mandatory.map(({ name }) => name.replace(/^wandb-aws-/, "")).sort(), Mandatory);
        assert.ok(awsPolicies.every(({ enforcementLevel = "" }) => /^(?:advisory|mandatory)$/.test(enforcementLevel)));
    });

    it("are part of the pack, each name once", () => {
        const names = policies.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.ok(awsPolicies.every(({ name }) => names.includes(name)));
    });

    it("stand in the documentation, with level and time", () => {
        const text = readFileSync(join(__dirname, "..", "..", "docs", "policy.md"), "utf8");
        const section = /^## AWS\n(.+?)^## /ms.exec(text)?.[1] ?? "";
        const documented = [...section.matchAll(/^\| `([a-z-]+)`\s+\| (M|)(?:, )?(end|)\s*\| [^|]+\|$/gm)];
        const row = (name: string, mandatory: boolean, end: boolean) => `${name} ${mandatory} ${end}`;
        assert.deepEqual(
            documented.map(([, name, level, time]) => row(`wandb-aws-${name}`, level === "M", time === "end")).sort(),
            awsPolicies
                .map((one) => row(one.name, one.enforcementLevel === "mandatory", "validateStack" in one))
                .sort(),
        );
    });

    it("take a silence as all others do", async () => {
        const fault = changed({ on: "rights", set: { role: "node-role" } });
        const [policy] = awsPolicies.filter(({ name }) => name === "wandb-aws-node-rights");
        const count = async (silence: object) => (await violations(policy, fault, { silence: [silence] })).length;
        const reason = "An older cluster";
        assert.equal(await count({ resource: "other", reason }), 1);
        assert.equal(await count({ path: "assumeRolePolicy", reason }), 1);
        assert.equal(await count({ resource: "rights", path: "policy", reason }), 0);
    });

    it("show no secret", async () => {
        const fault = changed({ on: "cache", set: { transitEncryptionEnabled: false, multiAzEnabled: false } });
        assert.ok((await foundIn(fault)).every(({ message }) => !message.includes("canary")));
    });
});
