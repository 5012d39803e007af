import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { load } from "js-yaml";
import type { Problem } from "../../sdk/errors";
import { validate } from "../../sdk/validate";
import { member } from "../../sdk/validation/path";
import { takesOutput } from "../../sdk/validation/shape";
import { acceptedArguments } from "../support/accepted-arguments";
import { acceptedAwsArguments, validAwsArguments } from "../support/accepted-aws-arguments";
import { acceptedAzureArguments, validAzureArguments } from "../support/accepted-azure-arguments";
import { acceptedGcpArguments, validGcpArguments } from "../support/accepted-gcp-arguments";
import { filledPlaces, placeName, places, plant } from "../support/argument-leaves";
import { type ArgumentTree, changed, validArguments, validLicense } from "../support/bad-arguments";
import { tlsFixture, validKubeconfig } from "../support/bad-arguments/valid";

const certificate = tlsFixture("test-only-certificate.pem");
const privateKey = tlsFixture("test-only-key.pem");

const noProvider = { hasKubernetesProvider: false };
const withProvider = { hasKubernetesProvider: true };

function problemsOf(args: unknown, context = noProvider): Problem[] {
    return validate("wandb", args as never, context);
}

function shown(problems: readonly Problem[]): string {
    return problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
}

function pathsOf(args: unknown, context = noProvider): string[] {
    return problemsOf(args, context).map(({ propertyPath }) => propertyPath);
}

describe("validate: accepted arguments", () => {
    for (const [name, changes] of Object.entries(acceptedArguments)) {
        it(name, () => assert.deepEqual(problemsOf(changed(validArguments(), changes)), []));
    }

    it("covers every argument", () => {
        const accepted = [
            ...Object.values(acceptedArguments).map((changes) => changed(validArguments(), changes)),
            ...Object.values(acceptedAwsArguments).map((changes) => changed(validAwsArguments(), changes)),
            ...Object.values(acceptedGcpArguments).map((changes) => changed(validGcpArguments(), changes)),
            ...Object.values(acceptedAzureArguments).map((changes) => changed(validAzureArguments(), changes)),
        ];
        const filled = accepted.flatMap((args) => filledPlaces(args));
        const covered = new Set(filled.map(({ keys }) => placeName(keys)));
        const all = places().map(({ keys }) => placeName(keys));
        assert.deepEqual(
            all.filter((place) => !covered.has(place)),
            [],
        );
    });

    it("kubeconfig in JSON", () => {
        const json = JSON.stringify(load(validKubeconfig));
        assert.deepEqual(problemsOf(changed(validArguments(), { "existing.kubeconfig": json })), []);
    });
});

describe("validate: cluster by provider", () => {
    const byProvider = changed(validArguments(), { existing: {} });

    it("wants a kubeconfig or no waiting when only a provider is given", () => {
        const problems = problemsOf(byProvider, withProvider);
        assert.deepEqual(
            problems.map(({ propertyPath }) => propertyPath),
            ["readiness.wait"],
        );
        assert.match(problems[0].reason, /Give `existing.kubeconfig` too, or set `readiness.wait` to false/);
    });

    it("accepts a provider when nothing waits", () => {
        assert.deepEqual(problemsOf(changed(byProvider, { readiness: { wait: false } }), withProvider), []);
        assert.deepEqual(problemsOf(changed(byProvider, { createCustomResource: false }), withProvider), []);
    });

    it("accepts provider and kubeconfig together", () => {
        assert.deepEqual(problemsOf(validArguments(), withProvider), []);
    });
});

describe("validate: unknown values", () => {
    for (const [name, changes] of Object.entries(acceptedArguments)) {
        it(`skips an Output or a promise in each place that takes one, and refuses it elsewhere: ${name}`, () => {
            for (const { keys, shape } of filledPlaces(changed(validArguments(), changes))) {
                for (const unknown of [pulumi.output("x"), pulumi.secret(1), Promise.resolve([]), pulumi.unknown]) {
                    const args = changed(validArguments(), structuredClone(changes));
                    plant(args, keys, unknown);
                    const problems = problemsOf(args);
                    assert.equal(problems.length, takesOutput(shape) ? 0 : 1, `${keys.join(".")}:\n${shown(problems)}`);
                    for (const { propertyPath, reason } of problems) {
                        const path = keys.reduce<string>((above, key) => member(above, key), "");
                        assert.equal(propertyPath, path);
                        assert.match(
                            reason,
                            /is an Output or a promise, but it decides what is created.* Give a plain value/,
                        );
                    }
                }
            }
        });
    }

    it("finds nothing when every leaf that may be one is an Output", () => {
        const args = validArguments();
        const leaves = filledPlaces(args).filter(({ shape }) => takesOutput(shape));
        assert.ok(leaves.length >= 8, String(leaves.length));
        leaves.forEach(({ keys }) => plant(args, keys, pulumi.output("x")));
        assert.deepEqual(problemsOf(args), []);
    });

    it("refuses all arguments as one Output", () => {
        assert.deepEqual(pathsOf(pulumi.output(validArguments())), ["(arguments)"]);
    });
});

describe("validate: whatever a caller passes", () => {
    it("reports a name that Kubernetes refuses", () => {
        const bad = validate("My_Deployment", validArguments() as never, noProvider);
        assert.deepEqual(
            bad.map(({ propertyPath }) => propertyPath),
            ["(resource name)"],
        );
        assert.match(bad[0].reason, /\("My_Deployment" given\).* Kubernetes objects are named after it/);
        for (const name of ["", undefined, 7]) {
            assert.equal(validate(name as never, validArguments() as never, noProvider).length, 1, String(name));
        }
    });

    it("reports arguments that are no object", () => {
        for (const args of ["text", 7, true, [], () => 1, Symbol("x"), new Map(), new Date(), 10n]) {
            assert.deepEqual(pathsOf(args), ["(arguments)"]);
        }
        for (const args of [undefined, null, {}]) {
            assert.deepEqual(pathsOf(args).sort(), [
                "bucket",
                "database",
                "existing",
                "host",
                "ingress.tls",
                "license",
            ]);
        }
    });

    it("survives getters and proxies that throw", () => {
        const getter = Object.defineProperty(validArguments(), "size", {
            enumerable: true,
            get: () => {
                throw new Error("canary");
            },
        });
        assert.match(problemsOf(getter)[0].reason, /reading it throws/);
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        assert.deepEqual(pathsOf({ ...validArguments(), oidc: proxy }), ["oidc"]);
    });

    it("survives cycles, sparse lists, odd keys and foreign objects", () => {
        const cycle: ArgumentTree = {};
        cycle.values = cycle;
        assert.deepEqual(pathsOf({ ...validArguments(), ...cycle }), ["values"]);
        assert.deepEqual(pathsOf({ ...validArguments(), customCaCerts: new Array(1) }), ["customCaCerts[0]"]);
        const proto = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as ArgumentTree;
        assert.deepEqual(pathsOf({ ...validArguments(), oidc: proto }), [
            "oidc.__proto__",
            "oidc.constructor",
            "oidc.clientId",
            "oidc.issuer",
        ]);
        assert.deepEqual(pathsOf({ ...validArguments(), redis: new Map([["host", "x"]]) }), ["redis"]);
    });

    it("never throws on random JSON (10,000 runs)", () => {
        fc.assert(
            fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (args, hasKubernetesProvider) => {
                assert.ok(Array.isArray(validate("wandb", args as never, { hasKubernetesProvider })));
            }),
            { numRuns: 10_000 },
        );
    });

    it("never throws on random values in random places (10,000 runs)", () => {
        const anything = fc.anything({
            withBigInt: true,
            withDate: true,
            withMap: true,
            withSparseArray: true,
            withNullPrototype: true,
        });
        const text = fc.oneof(
            fc.string({ unit: "binary" }),
            fc.constantFrom(validKubeconfig, validLicense, certificate, privateKey),
        );
        const change = fc.tuple(fc.constantFrom(...places()), fc.oneof(anything, text, fc.jsonValue()));
        fc.assert(
            fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
                const args = validArguments();
                for (const [{ keys }, value] of changes) {
                    try {
                        plant(args, keys, value);
                    } catch {
                        continue; // A former change put a scalar in the way.
                    }
                }
                for (const { propertyPath, reason } of problemsOf(args)) {
                    assert.ok(propertyPath !== "" && reason.length > 10 && reason.length < 1500, reason);
                }
            }),
            { numRuns: 10_000 },
        );
    }).timeout(60_000);
});
