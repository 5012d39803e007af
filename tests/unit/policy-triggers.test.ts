/** Every policy of a check on a stack that triggers it. */
import assert from "node:assert/strict";
import { Checks } from "pulumi-wandb/checks";
import { checkPolicies, findingsOf, policyName } from "../../policy/checks";
import { release, resource, violations } from "../support/policy-stack";
import { placeOf, stackOf, triggers, withoutSource } from "../support/policy-triggers";

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

    it("has such a stack, or is known to wait for a source of facts", () => {
        const known = [...Object.keys(triggers), ...Object.keys(withoutSource)];
        assert.deepEqual(known.sort(), Checks.map(({ id }) => id).sort());
        assert.deepEqual(
            checkPolicies.map(({ name }) => name),
            Checks.map(({ id }) => policyName(id)),
        );
    });

    it("reports what comes of such facts on the custom resource", () => {
        const [instance, operator] = [...stackOf({}), release()].map(resource);
        for (const check of Checks.filter(({ id }) => id in withoutSource)) {
            const context = { now: new Date(), ...withoutSource[check.id] };
            const found = findingsOf(check, { instance, operator, context, configuration: {} });
            assert.deepEqual(
                found.map((finding) => finding.resource),
                [instance],
                check.id,
            );
        }
    });
});
