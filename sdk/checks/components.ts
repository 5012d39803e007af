import type { View } from "./view";

/** Where the chart's condition of a component is not `<component>.install`. */
const Switches: Readonly<Record<string, string>> = {
    api: "global.api.enabled",
    glue: "global.glue.enabled",
    internalSignerPreHook: "global.localService.bypass",
};

/** What runs when nothing is said, of the parts that the chart renders by its common template. */
const OnByDefault = new Set(["app", "console", "parquet", "weave", "appRenamePreHook", "appRenamePostHook"]);

/** A flag with the chart's default; undefined when unknown or no flag. */
export function switchAt(view: View, preset = false): boolean | undefined {
    return view.absent ? preset : view.flag;
}

/** Whether the chart deploys a component, by these values and its defaults; undefined when unknown. */
export function isDeployed(values: View, component: string): boolean | undefined {
    const place = Object.hasOwn(Switches, component)
        ? values.find(Switches[component])
        : values.at(component, "install");
    return switchAt(place, OnByDefault.has(component));
}
