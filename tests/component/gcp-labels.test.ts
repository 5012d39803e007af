import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { GcpDeployments } from "../support/gcp-args";
import { recordedOnGcp } from "../support/gcp-recording";
import { at } from "../support/resolve";

const { production, private: inside, existing } = GcpDeployments;
const tags = { team: "ml" };

/** As many types as deployments can have. */
const cases: Readonly<Record<string, WandbDeploymentArgs>> = {
    "everything that is made": {
        ...production,
        tags,
        gcp: {
            ...production.gcp,
            bucket: { events: true, location: "EU" },
            events: {},
            bigtable: {},
            clickHouse: { serviceAttachment: "projects/clickhouse/regions/europe-west4/serviceAttachments/weave" },
        },
    },
    "inside the network": { ...inside, tags },
    "around an own cluster": { ...existing, tags },
};

/** Where a type has labels, if it does: Google's word differs. */
const Words = ["labels", "resourceLabels", "userLabels"];

const sdk = dirname(require.resolve("@pulumi/gcp/package.json"));

/** Whether Google takes labels for a type: its declaration has them then. */
function labelsOf(type: string): string | undefined {
    // gcp:compute/sSLPolicy:SSLPolicy is declared in compute/sslpolicy.d.ts
    const [folder, file] = type.split(":")[1].split("/");
    const declared = readdirSync(join(sdk, folder)).filter(
        (name) => name.toLowerCase() === `${file}.d.ts`.toLowerCase(),
    );
    assert.equal(declared.length, 1, type);
    const declaration = readFileSync(join(sdk, folder, declared[0]), "utf8");
    return Words.find((word) => new RegExp(`^ {4}${word}\\?: pulumi\\.Input<`, "m").test(declaration));
}

describe("labels of a deployment on Google Cloud", () => {
    for (const [what, args] of Object.entries(cases)) {
        it(`are on each resource that takes labels: ${what}`, async () => {
            const resources = await recordedOnGcp(args);
            const taking = resources.flatMap(({ type, name, inputs }) => {
                const word = type.startsWith("gcp:") ? labelsOf(type) : undefined;
                return word === undefined ? [] : [{ what: `${type} ${name}`, team: at(inputs, `${word}.team`) }];
            });
            assert.ok(taking.length > 4);
            assert.deepEqual(
                taking.filter(({ team }) => team !== "ml"),
                [],
            );
        });
    }

    it("are on database, nodes and disks of nodes, which take them deeper down", async () => {
        const resources = await recordedOnGcp(cases["everything that is made"]);
        const labels = (name: string, path: string) =>
            at(resources.find((one) => one.name === name && one.type.startsWith("gcp:"))?.inputs, path);
        assert.equal(labels("demo-database", "settings.userLabels.team"), "ml");
        assert.equal(labels("demo-nodes", "nodeConfig.resourceLabels.team"), "ml");
    });
});
