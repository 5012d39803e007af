import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { wrongCluster } from "../../sdk/gcp/cluster/existing";
import { failureOf } from "../support/aws-part";
import { makeCluster, type MadeCluster, network, theirs } from "../support/gke";
import { promiseOf } from "../support/resolve";

const namesOf = ({ graph }: MadeCluster, type: RegExp) =>
    graph.resources.filter((resource) => type.test(resource.type)).map(({ name }) => name);

describe("a GKE cluster that is there", () => {
    const make = (existing: object = {}, found: object = {}) =>
        makeCluster({ cluster: { existing: { name: "theirs", ...existing } }, access: undefined }, { found });

    it("is looked up, and nothing is made but what reaches it", async () => {
        const made = await make();
        assert.deepEqual(namesOf(made, /^gcp:/), []);
        const { facts } = made;
        const id = "projects/p/locations/europe-west4/clusters/theirs";
        assert.equal(await promiseOf(facts.name), "theirs");
        assert.equal(await promiseOf(facts.id), id);
        assert.equal(await promiseOf(facts.location), "europe-west4");
        assert.equal(await promiseOf(facts.endpoint), "https://192.0.2.20");
        assert.equal(await promiseOf(facts.workloadPool), "p.svc.id.goog");
        assert.equal(await promiseOf(facts.tokenIssuer), `https://container.googleapis.com/v1/${id}`);
        assert.match(await promiseOf(facts.kubeconfig), /"server":"https:\/\/192\.0\.2\.20"/);
        assert.equal(await pulumi.isSecret(facts.kubeconfig), true);
        assert.deepEqual([facts.nodes, facts.ready, facts.nodeServiceAccountEmail], [[], [], undefined]);
    });

    it("may be of another place and project, and have a kubeconfig of its own", async () => {
        const { facts } = await make({ location: "europe-west4-b", project: "q", kubeconfig: "given" });
        assert.equal(await promiseOf(facts.id), "projects/q/locations/europe-west4-b/clusters/theirs");
        assert.equal(await promiseOf(facts.kubeconfig), "given");
        assert.equal(await pulumi.isSecret(facts.kubeconfig), true);
    });

    const checked = { enableAutopilot: false, ...theirs } as unknown as Parameters<typeof wrongCluster>[0];
    for (const [what, found, expected] of [
        [
            "without Workload Identity",
            { workloadIdentityConfigs: [] },
            /^gcp\.cluster\.existing\.name: is a cluster without Workload Identity \("theirs" given\)/,
        ],
        [
            "with addresses of routes",
            { ipAllocationPolicies: [] },
            /^gcp\.cluster\.existing\.name: is a cluster with pod addresses of routes/,
        ],
        [
            "in another network",
            { network: "projects/p/global/networks/x" },
            /^gcp\.network\.existing\.networkId: is another network than that of the cluster \("projects\/p\/global\/networks\/w" given, theirs is in projects\/p\/global\/networks\/x\)/,
        ],
    ] as const) {
        it(`is refused ${what}`, async () => {
            assert.match(wrongCluster({ ...checked, ...found } as typeof checked, network) ?? "", expected);
            const { facts } = await make({}, found);
            assert.match(await failureOf(facts.endpoint), expected);
        });
    }

    it("is taken when the network is told by its URL", () => {
        assert.equal(wrongCluster(checked, `https://www.googleapis.com/compute/v1/${network}`), undefined);
    });
});
