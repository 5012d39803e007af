import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where each trap of the Terraform module for AWS has a test with its number. */
const files: Readonly<Record<number, readonly string[]>> = {
    1: ["unit/aws-ingress"],
    2: ["unit/aws-ingress"],
    3: ["component/aws-dns"],
    4: ["component/aws-traps"],
    5: ["unit/aws-ingress"],
    6: ["unit/aws-ingress", "component/aws-private-link"],
    7: ["component/aws-private-link"],
    8: ["unit/aws-policies", "unit/aws-policies-deployment", "component/aws-keys"],
    9: ["unit/aws-policies-deployment", "unit/aws-model-eks-contents", "component/aws-keys"],
    10: ["unit/aws-cluster-validation", "unit/aws-model-eks-contents"],
    11: ["component/aws-monitoring"],
    12: ["component/aws-traps"],
    13: ["component/aws-traps"],
    14: ["component/aws-bucket"],
    15: ["unit/aws-policies-deployment"],
    16: ["unit/aws-policies-deployment", "component/aws-identity"],
    17: ["unit/aws-policies"],
    18: ["component/aws-click-house"],
    19: ["component/aws-traps"],
    20: ["unit/aws-model-eks-contents", "component/aws-cluster"],
    21: ["component/aws-traps"],
    22: ["component/aws-traps"],
    23: ["component/aws-cluster-contents"],
    24: ["component/aws-monitoring"],
    25: ["component/aws-traps"],
    26: ["component/aws-database"],
    27: ["component/aws-traps"],
    28: ["unit/aws-controller-policies"],
    29: ["component/aws-traps"],
    30: ["component/aws-traps"],
    31: ["component/aws-traps"],
};

/** Numbers in the titles of tests: `(Trap 3)`, `(traps 8 and 9)`. */
function trapsIn(file: string): number[] {
    const source = readFileSync(join(__dirname, "..", `${file}.test.ts`), "utf8");
    const titles = source.matchAll(/\(traps? ([\d, and]+)\)/gi);
    return [...titles].flatMap(([, numbers]) => (numbers.match(/\d+/g) ?? []).map(Number));
}

describe("traps of the Terraform module of AWS: where their tests are", () => {
    it("all 31 have one", () => {
        assert.deepEqual(
            Object.keys(files).map(Number),
            Array.from({ length: 31 }, (_, index) => index + 1),
        );
    });

    for (const [trap, holders] of Object.entries(files)) {
        it(`${trap}: ${holders.join(", ")}`, () => {
            for (const file of holders) {
                assert.ok(trapsIn(file).includes(Number(trap)), `${file} has no test of trap ${trap}`);
            }
        });
    }
});
