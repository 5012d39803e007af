/** Policies about resources of Azure: one fault in a sound stack is found once, and the nearest change that is none is not found. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { azurePolicies } from "../../policy/infrastructure/azure";
import { policies } from "../../policy/policies";
import type { Row } from "../support/policy-aws/stack";
import { azureRows as rows, oldCache } from "../support/policy-azure/rows";
import { changedOnAzure, foundOnAzure, soundAzureStack } from "../support/policy-azure/stack";
import { violations } from "../support/policy-stack";

/** Public exposure, and encryption that is missing. */
const Mandatory = [
    "bucket-old-tls",
    "bucket-public",
    "bucket-without-tls",
    "cache-old-tls",
    "cache-public",
    "cache-without-tls",
    "cluster-public",
    "database-public",
    "guarded-port-public",
    "load-balancer-old-tls",
];

const placeOf = ({ on, set = {}, at }: Row): string => at ?? `${on}: ${Object.keys(set)[0]}`;

const shortName = (name: string): string => name.replace(/^wandb-azure-/, "");

describe("policies about Azure", () => {
    it("find nothing in a sound stack", async () => {
        assert.deepEqual(await foundOnAzure(soundAzureStack), []);
    });

    for (const [index, row] of rows.entries()) {
        const { policy, says = /./, passes = [] } = row;
        it(`wandb-azure-${policy} finds ${placeOf(row)} (${index})`, async () => {
            const found = await foundOnAzure(changedOnAzure(row));
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
                const others = (await foundOnAzure(changedOnAzure(change))).filter((one) => one.policy === policy);
                assert.deepEqual(others, [], `change ${number}`);
            }
        });
    }

    it("have a fault each, a change that is none, a name that says whose they are, and a page of Microsoft's", () => {
        const named = azurePolicies.map(({ name }) => shortName(name)).sort();
        assert.deepEqual([...new Set(rows.map(({ policy }) => policy))].sort(), named);
        const passed = rows.filter(({ passes = [] }) => passes.length > 0).map(({ policy }) => policy);
        assert.deepEqual([...new Set(passed)].sort(), named);
        for (const { name, description, remediationSteps } of azurePolicies) {
            assert.match(name, /^wandb-azure-[a-z]+(?:-[a-z]+)*$/);
            assert.match(description, /^[A-Z].{40,}\.$/, name);
            assert.match(
                remediationSteps ?? "",
                /^[A-Z].+\. See https:\/\/learn\.microsoft\.com\/azure\/[\w/-]+\.$/,
                name,
            );
        }
    });

    it("are mandatory for public exposure and missing encryption alone", () => {
        const mandatory = azurePolicies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
        assert.deepEqual(mandatory.map(({ name }) => shortName(name)).sort(), Mandatory);
        assert.ok(
            azurePolicies.every(({ enforcementLevel = "" }) => /^(?:advisory|mandatory)$/.test(enforcementLevel)),
        );
    });

    it("are part of the pack, each name once", () => {
        const names = policies.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.ok(azurePolicies.every(({ name }) => names.includes(name)));
    });

    it("stand in the documentation, with level and time", () => {
        const text = readFileSync(join(__dirname, "..", "..", "docs", "policy.md"), "utf8");
        const section = /^## Azure\n(.+?)^## /ms.exec(text)?.[1] ?? "";
        const documented = [...section.matchAll(/^\| `([a-z-]+)`\s+\| (M|)(?:, )?(end|)\s*\| [^|]+\|$/gm)];
        const row = (name: string, mandatory: boolean, end: boolean) => `${name} ${mandatory} ${end}`;
        assert.deepEqual(
            documented.map(([, name, level, time]) => row(`wandb-azure-${name}`, level === "M", time === "end")).sort(),
            azurePolicies
                .map((one) => row(one.name, one.enforcementLevel === "mandatory", "validateStack" in one))
                .sort(),
        );
    });

    it("take a silence as all others do", async () => {
        const fault = changedOnAzure({ on: "cluster", set: { "sku.tier": "Free" } });
        const [policy] = azurePolicies.filter(({ name }) => name === "wandb-azure-cluster-tier");
        const count = async (silence: object) => (await violations(policy, fault, { silence: [silence] })).length;
        const reason = "A trial";
        assert.equal(await count({ resource: "other", reason }), 1);
        assert.equal(await count({ path: "enableRBAC", reason }), 1);
        assert.equal(await count({ resource: "cluster", path: "sku.tier", reason }), 0);
    });

    it("judge an Azure Cache for Redis too", async () => {
        const open = await foundOnAzure(
            changedOnAzure(oldCache({ sku: { name: "Basic" }, enableNonSslPort: true, minimumTlsVersion: "1.0" })),
        );
        assert.deepEqual(
            open.map(({ policy }) => policy),
            ["cache-without-tls", "cache-old-tls", "cache-public", "cache-failover", "cache-retired"],
        );
        const inside = await foundOnAzure(changedOnAzure(oldCache({ subnetId: "subnet" })));
        assert.deepEqual(
            inside.map(({ policy }) => policy),
            ["cache-retired"],
        );
    });

    it("show no secret", async () => {
        const set = { network: undefined, backup: { backupRetentionDays: 1 }, dataEncryption: undefined };
        const found = await foundOnAzure(changedOnAzure({ on: "database", set }));
        assert.equal(found.length, 3);
        assert.ok(found.every(({ message }) => !message.includes("canary")));
    });
});
