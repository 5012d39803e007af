/** What tests/faults lets fail on Google Cloud is all that there is: as long as this holds, no type of resource is left out. */
import assert from "node:assert/strict";
import { diffInputs } from "../../sandbox/clouds/diff";
import { gcp } from "../../sandbox/clouds/gcp";
import type { ResourceModel } from "../../sandbox/clouds/model";
import { random } from "../../sandbox/clouds/random";
import { fromWire, type PropertyMap, unknown } from "../../sandbox/clouds/values";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { mergeValues } from "../../sdk/values/merge";
import { acceptedGcpArguments, validGcpArguments } from "../support/accepted-gcp-arguments";
import { deployedAlone } from "../support/aws-recording";
import { changed } from "../support/bad-arguments";
import type { FaultSet } from "../support/faults";
import { GcpDeployments } from "../support/gcp-args";
import { AlwaysReplaced, changeable } from "../support/gcp-faults-cases";
import {
    Connection,
    Everything,
    ExtraTypes,
    Least,
    NeverUpdated,
    OtherRange,
    UnmadeTypes,
} from "../support/gcp-faults-sets";
import { startOnGcp } from "../support/gcp-graph";
import type { Given, RegisteredResource } from "../support/graph";

type Resources = readonly Pick<RegisteredResource, "type" | "name" | "inputs">[];

const models: ReadonlyMap<string, ResourceModel> = new Map(
    [...gcp.resources, ...random.resources].map((model) => [model.token, model]),
);

/** What a change of a resource changes in others. */
const following: Readonly<Record<string, Given>> = {
    "gcp:compute/globalAddress:GlobalAddress": ({ name = "made" }) => ({ name, address: `address of ${String(name)}` }),
    "random:index/randomPassword:RandomPassword": ({ keepers }) => ({ result: JSON.stringify(keepers ?? {}) }),
};

async function recorded(args: WandbDeploymentArgs): Promise<Resources> {
    const graph = await startOnGcp(following);
    await deployedAlone(args);
    return graph.resources;
}

const deployed = (...changes: readonly Partial<WandbDeploymentArgs>[]) =>
    recorded(changes.reduce(mergeValues, GcpDeployments.minimal) as unknown as WandbDeploymentArgs);

const typesOf = (resources: Resources) => new Set(resources.map(({ type }) => type).filter((type) => models.has(type)));

/** What mocks do not tell is taken for the same before and after. */
function valuesOf(inputs: RegisteredResource["inputs"]): PropertyMap {
    const told = (_key: string, value: unknown) => (value === unknown ? "not told" : value);
    return JSON.parse(JSON.stringify(fromWire(inputs).values, told)) as PropertyMap;
}

/** Changes of what is there before and after, as `type name: paths`: all of them, or of what stays the same resource. */
function updates(before: Resources, after: Resources, inPlaceOnly: boolean): ReadonlyMap<string, string[]> {
    const found = new Map<string, string[]>();
    for (const { type, name, inputs } of after) {
        const old = before.find((one) => one.type === type && one.name === name);
        const model = models.get(type);
        if (old !== undefined && model !== undefined) {
            const [olds, news] = [old.inputs, inputs].map(valuesOf);
            const differences = diffInputs(olds, news, model.replaceOn);
            const changes = model.adjust?.(differences, olds, news) ?? differences;
            const paths = changes.filter(({ replaces }) => !replaces).map(({ path }) => path);
            if (paths.length > 0 && (!inPlaceOnly || paths.length === changes.length)) {
                found.set(type, [...(found.get(type) ?? []), `${name}: ${paths.join(", ")}`]);
            }
        }
    }
    return found;
}

describe("the deployments under faults on Google Cloud", function () {
    this.timeout(120_000);
    let least: Resources;
    let everything: Resources;

    before(async () => {
        least = await deployed(Least.args);
        everything = await deployed(Everything.args);
    });

    it("have every modelled type of resource between them, but for what deployments do not make", () => {
        const ofLeast = [...typesOf(least)].filter((type) => type.startsWith("gcp:"));
        assert.deepEqual(
            [...ofLeast, ...ExtraTypes, ...UnmadeTypes].sort(),
            gcp.resources.map(({ token }) => token).sort(),
        );
        assert.deepEqual(
            ExtraTypes.filter((type) => !typesOf(everything).has(type)),
            [],
        );
    });

    for (const [what, set, before_, types] of [
        ["the least", Least, () => least, () => [...typesOf(least)].filter((type) => type !== Connection)],
        ["everything", Everything, () => everything, () => ExtraTypes],
    ] as readonly [string, FaultSet, () => Resources, () => readonly string[]][]) {
        it(`change in place whatever can change in place, of ${what}`, async () => {
            const updated = updates(before_(), await deployed(set.args, set.changes), true);
            assert.deepEqual(
                changeable(types()).filter((type) => !updated.has(type)),
                [],
            );
        });
    }

    it("tell the connection of another range in place", async () => {
        const after = await deployed(Least.args, Least.changes, OtherRange);
        const updated = updates(await deployed(Least.args, Least.changes), after, true);
        assert.deepEqual(updated.get(Connection), ["demo-private-services: reservedPeeringRanges[0]"]);
    });

    it("leave out of the failing updates only what no argument changes in place", async () => {
        assert.deepEqual(
            Object.keys(NeverUpdated).filter((type) => AlwaysReplaced.includes(type)),
            [],
            "the table says it already",
        );
        const given = [...least, ...everything].filter(({ type }) => type in NeverUpdated);
        assert.deepEqual([...typesOf(given)].sort(), Object.keys(NeverUpdated).sort());
        const found: string[] = [];
        for (const [what, changes] of Object.entries(acceptedGcpArguments)) {
            const args = changed(validGcpArguments(), changes) as unknown as WandbDeploymentArgs;
            const others = await recorded(args);
            for (const before of [least, everything]) {
                for (const [type, names] of updates(before, others, false)) {
                    found.push(...(type in NeverUpdated ? names.map((name) => `${what}: ${type} ${name}`) : []));
                }
            }
        }
        assert.deepEqual(found, []);
    });
});
