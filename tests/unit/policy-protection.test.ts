import assert from "node:assert/strict";
import { unprotectedInstance } from "../../policy/protection";
import { instance, release, violations } from "../support/policy-stack";

describe("protection policy", () => {
    it("finds a custom resource that may be deleted", async () => {
        const [found, ...others] = await violations(unprotectedInstance, [{ ...instance({}), protect: false }]);
        assert.match(
            found.message,
            /^wandb: protect: is not set, .*\. Set `protect: true` among the resource's options/,
        );
        assert.deepEqual(others, []);
    });

    it("is content with a protected one, and with other resources", async () => {
        const stack = [instance({}), { ...release(), protect: false }];
        assert.deepEqual(await violations(unprotectedInstance, stack), []);
    });
});
