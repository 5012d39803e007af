/** What tests/faults lets fail on AWS is all that there is: as long as this holds, no type of resource is left out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { aws } from "../../sandbox/clouds/aws";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { mergeValues } from "../../sdk/values/merge";
import { AwsDeployments } from "../support/aws-args";
import { Everything, ExtraTypes, Least, NeverUpdated, UnmadeTypes } from "../support/aws-faults-sets";
import { recordedOnAws } from "../support/aws-recording";
import type { FaultSet } from "../support/faults";
import type { RegisteredResource } from "../support/graph";

type Resources = readonly Pick<RegisteredResource, "type" | "name">[];

describe("the deployments under faults on AWS", function () {
    this.timeout(60_000);
    let least: Resources;
    let everything: Resources;

    const recorded = ({ args }: FaultSet): Promise<Resources> =>
        recordedOnAws(mergeValues(AwsDeployments.minimal, args) as WandbDeploymentArgs);
    const typesOf = (resources: Resources) => new Set(resources.map(({ type }) => type));

    before(async () => {
        least = await recorded(Least);
        everything = await recorded(Everything);
    });

    it("have every modelled type of resource between them, but for what deployments only name", () => {
        const ofLeast = aws.resources.map(({ token }) => token).filter((type) => typesOf(least).has(type));
        assert.deepEqual(
            [...ofLeast, ...ExtraTypes, ...UnmadeTypes].sort(),
            aws.resources.map(({ token }) => token).sort(),
        );
        assert.deepEqual(
            ExtraTypes.filter((type) => !typesOf(everything).has(type)),
            [],
        );
    });

    it("leave out of the failing updates only what no argument changes in place by docs/aws-changes.md", () => {
        const changed = changedInPlace();
        const never = [...least, ...everything].filter(({ type }) => type in NeverUpdated);
        assert.deepEqual([...typesOf(never)].sort(), Object.keys(NeverUpdated).sort());
        assert.deepEqual(
            never.filter(({ name }) => changed.has(wordOf(name))).map(({ type, name }) => `${type} ${name}`),
            [],
        );
    });
});

/** Column "In place" of the page, which is computed from the component and the models of AWS. */
function changedInPlace(): ReadonlySet<string> {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "aws-changes.md"), "utf8");
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));
    // The page cuts long lists short. All deployments under faults change their tags, so what that updates fails there.
    assert.deepEqual(
        cells.filter(([, , , inPlace]) => / and \d+ more$/.test(inPlace)).map(([, argument]) => argument),
        ["`tags`"],
    );
    assert.ok([Least, Everything].every(({ changes }) => changes.tags !== undefined));
    const words = cells.flatMap(([, , , inPlace]) => [...inPlace.matchAll(/`([^`]+)`/g)].map(([, word]) => word));
    assert.ok(words.includes("bucket-encryption") && words.includes("nodes-*"), "the page is read as it is written");
    return new Set(words);
}

/** What the page calls it: without the name of the deployment, one word for all zones. */
function wordOf(name: string): string {
    return name.replace(/^demo-/, "").replace(/-[a-f]$/, "-*");
}
