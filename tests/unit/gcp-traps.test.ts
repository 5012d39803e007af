import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describeTraps } from "../support/traps";

/** Where each trap of the Terraform module for Google Cloud has a test with its number. */
describeTraps("traps of the Terraform module of Google Cloud: where their tests are", 26, {
    1: ["component/gcp-traps"],
    2: ["component/gcp-traps"],
    3: ["component/gcp-traps"],
    4: ["component/gcp-traps"],
    5: ["component/gcp-traps"],
    6: ["component/gcp-traps"],
    7: ["component/gcp-traps"],
    8: ["component/gcp-identity", "component/gcp-cluster-model", "unit/gcp-model-gke-life"],
    9: ["component/gcp-traps"],
    10: ["component/gcp-identity"],
    11: ["component/gcp-traps"],
    12: ["component/gcp-traps"],
    13: ["component/gcp-traps"],
    14: ["component/gcp-keys"],
    15: ["component/gcp-keys", "unit/gcp-key-validation"],
    16: ["component/gcp-traps"],
    17: ["component/gcp-traps"],
    18: ["component/gcp-traps"],
    19: ["component/gcp-traps"],
    20: ["component/gcp-traps"],
    21: ["component/gcp-traps", "unit/gcp-model-gke-life"],
    22: ["component/gcp-entry"],
    23: ["component/gcp-traps"],
    24: ["component/gcp-traps"],
    25: ["component/gcp-entry"],
    26: ["unit/gcp-traps"],
});

describe("traps of the Terraform module of Google Cloud: what is copied", () => {
    const root = join(__dirname, "..", "..");
    const read = readdirSync(join(root, "examples"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
        .map(({ parentPath, name }) => join(parentPath, name))
        .concat(["README.md", "docs/gcp.md", "docs/configuration.md"].map((name) => join(root, name)));

    it("holds no license, not even one that only looks real (Trap 26)", () => {
        assert.ok(read.some((file) => file.includes("gcp-minimal")));
        const licensed = read.filter((file) => /eyJ[\w-]{10,}\.[\w-]+/.test(readFileSync(file, "utf8")));
        assert.deepEqual(
            licensed.map((file) => relative(root, file)),
            [],
        );
    });
});
