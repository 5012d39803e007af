import assert from "node:assert/strict";
import { decidingAnnotations, foreseenAddress, staleAddress, type WantedIngress } from "../../sdk/readiness/address";
import type { Ingress } from "../../sdk/readiness/objects";
import { albIngress, InternalAddress, PublicAddress } from "../support/alb-ingress";

const Scheme = "alb.ingress.kubernetes.io/scheme";
const Group = "alb.ingress.kubernetes.io/group.name";

describe("readiness: address", () => {
    describe("is that of the load balancer before", () => {
        const cases: readonly (readonly [string, Ingress | undefined, boolean])[] = [
            ["when it is public and an internal one is asked for", albIngress("internal", PublicAddress), true],
            ["when it is internal and a public one is asked for", albIngress("internet-facing", InternalAddress), true],
            ["never when it fits, public", albIngress("internet-facing", PublicAddress), false],
            ["never when it fits, internal", albIngress("internal", InternalAddress), false],
            ["never without the annotation", albIngress(undefined, PublicAddress), false],
            ["never for a Network Load Balancer", albIngress("internal", "a-0f.elb.eu-west-1.amazonaws.com"), false],
            ["never for another kind of address", albIngress("internal", "lb.example.com"), false],
            ["never without Ingress", undefined, false],
        ];
        for (const [title, ingress, expected] of cases) {
            it(title, () => assert.equal(staleAddress(ingress) !== undefined, expected));
        }

        it("in China too", () =>
            assert.ok(staleAddress(albIngress("internal", "k8s-1.cn-north-1.elb.amazonaws.com.cn"))));
    });

    describe("is foreseen", () => {
        const present = albIngress("internal", InternalAddress, { "alb.ingress.kubernetes.io/tags": "a=b" });
        const same: WantedIngress = { className: "alb", annotations: { [Scheme]: "internal" } };
        const grouped = albIngress("internal", InternalAddress, { [Group]: "shared" });
        const cases: readonly (readonly [string, Ingress | undefined, WantedIngress, string | undefined])[] = [
            ["when other annotations change", present, same, InternalAddress],
            [
                "not when the scheme changes",
                present,
                { ...same, annotations: { [Scheme]: "internet-facing" } },
                undefined,
            ],
            [
                "not when a group comes",
                present,
                { ...same, annotations: { ...same.annotations, [Group]: "x" } },
                undefined,
            ],
            ["not when a group goes", grouped, same, undefined],
            ["not when the class changes", present, { ...same, className: "nginx" }, undefined],
            [
                "not while it is that of the load balancer before",
                albIngress("internal", PublicAddress),
                same,
                undefined,
            ],
            ["not before there is one", { ...present, status: {} }, same, undefined],
            ["not before there is an Ingress", undefined, same, undefined],
        ];
        for (const [title, ingress, wanted, expected] of cases) {
            it(title, () => assert.equal(foreseenAddress(ingress, wanted), expected));
        }

        it("for the cluster's default class", () =>
            assert.equal(foreseenAddress(present, { annotations: same.annotations }), InternalAddress));

        it("whatever the annotations hold that do not decide", () =>
            assert.deepEqual(decidingAnnotations({ [Scheme]: "internal", "alb.ingress.kubernetes.io/tags": "a=b" }), {
                [Scheme]: "internal",
            }));
    });
});
