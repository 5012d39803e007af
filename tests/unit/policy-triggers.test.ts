/** Every policy of a check on a stack that triggers it. */
import assert from "node:assert/strict";
import { Checks } from "pulumi-wandb/checks";
import { checkPolicies, policyName } from "../../policy/checks";
import { violations } from "../support/policy-stack";
import { placeOf, stackOf, triggers } from "../support/policy-triggers";

describe("every policy of a check", () => {
    for (const [index, { id }] of Checks.entries()) {
        const policy = checkPolicies[index];
        const trigger = triggers[id];
        if (trigger !== undefined) {
            it(`${policy.name} finds one thing in its stack, and nothing in one without a fault`, async () => {
                const found = await violations(policy, stackOf(trigger));
                assert.deepEqual(
                    found.map(({ message }) => message.split(": ").slice(0, 2).join(": ")),
                    [placeOf(trigger)],
                );
                assert.deepEqual(await violations(policy, stackOf({})), []);
            });
        }
    }

    it("has such a stack", () => {
        assert.deepEqual(Object.keys(triggers).sort(), Checks.map(({ id }) => id).sort());
        assert.deepEqual(
            checkPolicies.map(({ name }) => name),
            Checks.map(({ id }) => policyName(id)),
        );
    });
});
