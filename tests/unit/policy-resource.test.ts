/** What policies see of resources: unknown values, secrets, configuration. */
import assert from "node:assert/strict";
import { Unknown } from "pulumi-wandb/checks";
import { isSilenced } from "../../policy/config";
import { known } from "../../policy/resource";
import { findingText, resourcePolicy, type Rule, stackPolicy } from "../../policy/rule";
import {
    instance,
    InstanceType,
    proxied,
    release,
    resource,
    UnknownText,
    urnOf,
    violations,
} from "../support/policy-stack";

const rule: Rule = { name: "rule", description: "A rule.", level: "advisory", severity: "low", remedy: "Mend it." };

describe("properties in a policy", () => {
    it("are Unknown where the SDK throws, at any depth, and known beside it", () => {
        const props = {
            a: UnknownText,
            b: { c: [1, UnknownText, { d: UnknownText, e: null }] },
            f: "known",
            g: [],
            h: {},
        };
        assert.deepEqual(
            known(() => proxied(props)),
            { a: Unknown, b: { c: [1, Unknown, { d: Unknown, e: null }] }, f: "known", g: [], h: {} },
        );
    });

    it("are all Unknown where a preview has none, because the provider is not configured yet", () => {
        const { properties } = resource({ type: InstanceType, name: "wandb", props: {} });
        assert.equal(properties.unknown, true);
        assert.equal(properties.find("spec.values.global.licenseSecret.name").unknown, true);
    });

    it("pass other errors on", () => {
        const broken = {
            get value(): never {
                throw new Error("broken");
            },
        };
        assert.throws(() => known(() => broken), /broken/);
    });

    it("are read at the first look only", () => {
        let reads = 0;
        const counting = new Proxy(
            { metadata: { name: "one" } },
            {
                get: (target, key) => {
                    reads++;
                    return Reflect.get(target, key) as unknown;
                },
            },
        );
        const { properties } = resource({ type: "a", name: "b", props: {} });
        assert.equal(properties.path, "");
        const seen = resource({ type: "a", name: "b", props: counting });
        assert.equal(reads, 0);
        assert.equal(seen.properties.find("metadata.name").text, "one");
        const first = reads;
        assert.equal(seen.properties.at("metadata", "name").path, "metadata.name");
        assert.equal(reads, first);
    });
});

describe("a finding", () => {
    const found = resource(instance({}));
    const finding = { resource: found, path: "spec.values.global.host", message: "is missing", remedy: "Set it." };

    it("names resource, path, fault and remedy", () => {
        assert.equal(findingText(finding), "wandb: spec.values.global.host: is missing. Set it.");
    });

    it("is silenced by resource, by path or below it, by both, or for all", () => {
        const reason = "a test";
        const silenced = (silence: object) => isSilenced(finding, { silence: [{ reason, ...silence }] });
        assert.equal(silenced({}), true);
        assert.equal(silenced({ resource: "wandb" }), true);
        assert.equal(silenced({ resource: found.urn }), true);
        assert.equal(silenced({ resource: "other" }), false);
        assert.equal(silenced({ path: "spec.values.global" }), true);
        assert.equal(silenced({ path: "spec.values.global.host" }), true);
        assert.equal(silenced({ path: "spec.values.global.ho" }), false);
        assert.equal(silenced({ resource: "other", path: "spec" }), false);
        assert.equal(isSilenced(finding, {}), false);
    });

    it("is reported once, with the URN of its resource", async () => {
        const { type, name } = found;
        const policy = stackPolicy(rule, (resources) =>
            [...resources, ...resources].map((one) => ({ ...finding, resource: one })),
        );
        assert.deepEqual(await violations(policy, [instance({})]), [
            { message: findingText(finding), urn: urnOf({ type, name }) },
        ]);
        assert.deepEqual(await violations(policy, [instance({})], { silence: [{ reason: "a test" }] }), []);
    });

    it("comes only from resources of the types that the policy is about", async () => {
        const policy = resourcePolicy(rule, [InstanceType], (one) => [{ ...finding, resource: one }]);
        assert.equal((await violations(policy, [instance({}), release()])).length, 1);
    });
});
