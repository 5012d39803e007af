/** Policies about resources of Google Cloud: one fault in a sound stack is found once, and the nearest change that is none is not found. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gcpPolicies } from "../../policy/infrastructure/gcp";
import { policies } from "../../policy/policies";
import type { Row } from "../support/policy-aws/stack";
import { accessRows } from "../support/policy-gcp/access";
import { clusterRows } from "../support/policy-gcp/cluster";
import { changedOnGcp, foundOnGcp, rules, soundGcpStack } from "../support/policy-gcp/stack";
import { storeRows } from "../support/policy-gcp/stores";
import { violations } from "../support/policy-stack";

const rows: readonly Row[] = [...clusterRows, ...storeRows, ...accessRows];

/** Public exposure, and encryption that is missing. */
const Mandatory = [
    "bucket-public",
    "cache-without-tls",
    "cluster-public",
    "database-public",
    "guarded-port-public",
    "load-balancer-old-tls",
    "open-to-anybody",
    "trust-any-subject",
];

const placeOf = ({ on, set = {}, at }: Row): string => at ?? `${on}: ${Object.keys(set)[0]}`;

const shortName = (name: string): string => name.replace(/^wandb-gcp-/, "");

describe("policies about Google Cloud", () => {
    it("find nothing in a sound stack", async () => {
        assert.deepEqual(await foundOnGcp(soundGcpStack), []);
    });

    for (const [index, row] of rows.entries()) {
        const { policy, says = /./, passes = [] } = row;
        it(`wandb-gcp-${policy} finds ${placeOf(row)} (${index})`, async () => {
            const found = await foundOnGcp(changedOnGcp(row));
            assert.deepEqual(
                found.map((one) => one.policy),
                [policy],
                found.map(({ message }) => message).join("\n"),
            );
            const [{ message }] = found;
            assert.equal(message.split(": ").slice(0, 2).join(": "), placeOf(row));
            assert.match(message, says);
            // What is wrong, a full stop, and what to do.
            assert.match(message, /^[^:]+: [^ ]+: .+\. [A-Z].+\.$/);
            for (const [number, change] of passes.entries()) {
                const others = (await foundOnGcp(changedOnGcp(change))).filter((one) => one.policy === policy);
                assert.deepEqual(others, [], `change ${number}`);
            }
        });
    }

    it("have a fault each, a change that is none, a name that says whose they are, and a page of Google's", () => {
        const named = gcpPolicies.map(({ name }) => shortName(name)).sort();
        assert.deepEqual([...new Set(rows.map(({ policy }) => policy))].sort(), named);
        const passed = rows.filter(({ passes = [] }) => passes.length > 0).map(({ policy }) => policy);
        assert.deepEqual([...new Set(passed)].sort(), named);
        for (const { name, description, remediationSteps } of gcpPolicies) {
            assert.match(name, /^wandb-gcp-[a-z]+(?:-[a-z]+)*$/);
            assert.match(description, /^[A-Z].{40,}\.$/, name);
            assert.match(remediationSteps ?? "", /^[A-Z].+\. See https:\/\/docs\.cloud\.google\.com\/[\w/-]+\.$/, name);
        }
    });

    it("are mandatory for public exposure and missing encryption alone", () => {
        const mandatory = gcpPolicies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
        assert.deepEqual(mandatory.map(({ name }) => shortName(name)).sort(), Mandatory);
        assert.ok(gcpPolicies.every(({ enforcementLevel = "" }) => /^(?:advisory|mandatory)$/.test(enforcementLevel)));
    });

    it("are part of the pack, each name once", () => {
        const names = policies.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.ok(gcpPolicies.every(({ name }) => names.includes(name)));
    });

    it("stand in the documentation, with level and time", () => {
        const text = readFileSync(join(__dirname, "..", "..", "docs", "policy.md"), "utf8");
        const section = /^## Google Cloud\n(.+?)^## /ms.exec(text)?.[1] ?? "";
        const documented = [...section.matchAll(/^\| `([a-z-]+)`\s+\| (M|)(?:, )?(end|)\s*\| [^|]+\|$/gm)];
        const row = (name: string, mandatory: boolean, end: boolean) => `${name} ${mandatory} ${end}`;
        assert.deepEqual(
            documented.map(([, name, level, time]) => row(`wandb-gcp-${name}`, level === "M", time === "end")).sort(),
            gcpPolicies
                .map((one) => row(one.name, one.enforcementLevel === "mandatory", "validateStack" in one))
                .sort(),
        );
    });

    it("take a silence as all others do", async () => {
        const fault = changedOnGcp({ on: "armor", set: { rules: rules("allow") } });
        const [policy] = gcpPolicies.filter(({ name }) => name === "wandb-gcp-armor-open");
        const count = async (silence: object) => (await violations(policy, fault, { silence: [silence] })).length;
        const reason = "For everybody";
        assert.equal(await count({ resource: "other", reason }), 1);
        assert.equal(await count({ path: "type", reason }), 1);
        assert.equal(await count({ resource: "armor", path: "rules", reason }), 0);
    });

    it("show no secret", async () => {
        const fault = changedOnGcp({ on: "cache", set: { transitEncryptionMode: "DISABLED", authEnabled: false } });
        const found = await foundOnGcp(fault);
        assert.equal(found.length, 2);
        assert.ok(found.every(({ message }) => !message.includes("canary")));
    });
});
