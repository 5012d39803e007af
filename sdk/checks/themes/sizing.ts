import { Size } from "../../args/application";
import { ComponentNames } from "../../validation/component-names";
import { closest } from "../../validation/suggest";
import { given, list } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import type { View } from "../view";
import { clusterChecks } from "./cluster";
import { pairChecks } from "./pairs";
import { variableChecks } from "./variables";

const Sizes: readonly string[] = Object.values(Size);

/** Checks of sizes, pairs of switches, environment variables and the cluster. */
export const sizingChecks: readonly Check[] = [
    {
        id: "size.name",
        level: "error",
        wrong: "`global.size` or `<component>.size` is not small, medium, large, xlarge or xxlarge",
        why: "The chart takes any name, and for one that it does not know sets no resources at all",
        source: "Chart operator-wandb 0.43.8, template wandb-base.sizingInfo",
        remedy: "Use one of the five sizes.",
        find: unknownSizes,
    },
    ...pairChecks,
    {
        id: "resources.console",
        level: "warning",
        wrong: "`console.resources` is set",
        why: "The defaults of the console's container win over it",
        source: "Chart operator-wandb 0.43.8, rendered",
        remedy: "Use `console.containers.console.resources`.",
        find: unreadResources,
    },
    ...variableChecks,
    ...clusterChecks,
];

/** Components whose own table has a size called `default` in the chart. */
const WithDefault = new Set(["anaconda2", "metric-observer", "nginx"]);

function* unknownSizes({ values }: CheckInput): Iterable<Fault> {
    const shared = values.find("global.size");
    // An empty text overrides the chart's default here; below a component it means "as the others".
    if (shared.scalar !== undefined && !ComponentNames.some((name) => hasSize(values.at(name), shared))) {
        yield* unknownSize(shared);
    }
    for (const name of ComponentNames) {
        const own = values.at(name, "size");
        const preset = own.value === "default" && WithDefault.has(name);
        if (isSet(own) && !preset && !hasSize(values.at(name), own)) {
            yield* unknownSize(own);
        }
    }
}

/** Whether a component's own table has the size, or may have it. */
function hasSize(component: View, size: View): boolean {
    return component.at("sizing", size.scalar ?? "").given;
}

function* unknownSize(place: View): Iterable<Fault> {
    const { scalar } = place;
    if (scalar === undefined || Sizes.includes(scalar)) {
        return;
    }
    const meant = closest(scalar, Sizes);
    yield {
        path: place.path,
        message: `is not a size that the chart knows ${given(scalar)}: no resources and no autoscaling would be set`,
        remedy: `Use ${list(Sizes, "or")}${meant === undefined ? "" : ` (did you mean ${meant}?)`}.`,
    };
}

function* unreadResources({ values }: CheckInput): Iterable<Fault> {
    const place = values.find("console.resources");
    if (isSet(place)) {
        yield {
            path: place.path,
            message: "has no effect: the defaults of the console's container win",
            remedy: "Move it to `console.containers.console.resources`.",
        };
    }
}
