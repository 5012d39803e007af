/** Each planted fault is found exactly once and nothing else: the same stack that the engine's test runs. */
import assert from "node:assert/strict";
import { policies } from "../../policy/policies";
import { badStack, faultless, InClear, planted } from "../support/policy-bad-stack";
import { instance, violations, type Written } from "../support/policy-stack";

/** Policy, resource and path of everything that is found. */
async function found(stack: readonly Written[]): Promise<string[]> {
    const all: string[] = [];
    for (const { name, ...policy } of policies) {
        for (const { message } of await violations({ name, ...policy }, stack)) {
            assert.ok(!message.includes(InClear), message);
            const [resource, path] = message.split(": ");
            all.push(`${name} ${resource}: ${path}`);
        }
    }
    return all.sort();
}

describe("the bad stack", () => {
    it("has each planted fault found once, and nothing else", async () => {
        const expected = planted.map(({ policy, resource, path }) => `wandb-${policy} ${resource}: ${path}`);
        assert.deepEqual(await found(badStack("https://charts.example.com")), expected.sort());
    });

    it("starts from a custom resource without a fault", async () => {
        assert.deepEqual(await found([{ ...instance({}), props: faultless() }]), []);
    });
});
