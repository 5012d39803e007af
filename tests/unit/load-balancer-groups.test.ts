/** Groups of Ingresses in the stand-in for the AWS load balancer controller: which of them hold an Ingress. */
import assert from "node:assert/strict";
import type { KubeObject } from "../../sandbox/operator/controller/kube";
import { finalizerOf, holdersOf, isMember } from "../../sandbox/operator/controller/load-balancers/finalizers";

const own = "ingress.k8s.aws/resources";
const shared = "group.ingress.k8s.aws/shared";

function ingress(group: string | undefined, ...finalizers: string[]): KubeObject {
    const annotations: Record<string, string> =
        group === undefined ? {} : { "alb.ingress.kubernetes.io/group.name": group };
    return { metadata: { namespace: "wandb-cr", name: "wandb", annotations, finalizers } };
}

describe("groups of the stand-in load balancer controller", () => {
    it("have a mark each", () => {
        assert.equal(finalizerOf(ingress(undefined)), own);
        assert.equal(finalizerOf(ingress("shared")), shared);
    });

    it("hold an Ingress until they have let it go, whatever else does", () => {
        assert.deepEqual(holdersOf(ingress("shared", "foregroundDeletion", own, shared)), [
            { finalizer: own, stack: "wandb-cr/wandb" },
            { finalizer: shared, stack: "shared" },
        ]);
    });

    it("count those as members that they hold and that still name them", () => {
        const moved = ingress("shared", own, shared);
        assert.deepEqual([isMember(moved, "shared"), isMember(moved, "wandb-cr/wandb")], [true, false]);
        assert.equal(isMember(ingress("shared", own), "shared"), false);
    });
});
