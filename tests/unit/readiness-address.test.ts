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

        const marked = (ingress: Ingress, ...finalizers: string[]): Ingress => ({
            ...ingress,
            metadata: { ...ingress.metadata, finalizers },
        });
        const ungrouped = "ingress.k8s.aws/resources";
        const grouped = (name: string) => `group.ingress.k8s.aws/${name}`;
        const sharedAddress = "k8s-platformshared-0a1b2c3d4e-1234567890.eu-west-1.elb.amazonaws.com";
        const inGroup = (group: string, address: string) => albIngress("internet-facing", address, { [Group]: group });
        const groupCases: readonly (readonly [string, Ingress, boolean])[] = [
            ["when a group comes", marked(inGroup("platform.shared", PublicAddress), ungrouped), true],
            ["when another group comes", marked(inGroup("other", sharedAddress), grouped("platform.shared")), true],
            [
                "when the group goes and the old one still holds the Ingress",
                marked(albIngress("internet-facing", sharedAddress), grouped("platform.shared"), ungrouped),
                true,
            ],
            ["never when it is the group's", inGroup("platform.shared", sharedAddress), false],
            ["never when it is its own", marked(albIngress("internet-facing", PublicAddress), ungrouped), false],
            [
                "never of the part of a long group that stands in the name",
                inGroup("platform-team-one-shared", sharedAddress.replace("platformshared", "platformteamonesh")),
                false,
            ],
            [
                "never when an IngressClassParams names the group",
                marked(albIngress("internet-facing", sharedAddress), grouped("platform.shared")),
                false,
            ],
            ["never for a name that is given", inGroup("shared", "wandb-12345.eu-west-1.elb.amazonaws.com"), false],
        ];
        for (const [title, ingress, expected] of groupCases) {
            it(`${title}, by the group`, () => assert.equal(staleAddress(ingress) !== undefined, expected));
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
