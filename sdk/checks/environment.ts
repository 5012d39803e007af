import { ComponentNames } from "../validation/component-names";
import type { View } from "./view";

/** A map of environment variables. */
export interface EnvironmentMap {
    /** Whose pods it reaches; undefined = all of W&B's. */
    readonly component: string | undefined;
    readonly view: View;
}

/** One variable of such a map. */
export interface Variable {
    readonly name: string;
    readonly component: string | undefined;
    readonly view: View;
}

/** Every map of the values that sets environment variables. */
export function environmentMaps(values: View): EnvironmentMap[] {
    const shared = ["extraEnv", "env"].map((key) => ({ component: undefined, view: values.at("global", key) }));
    return [...shared, ...ComponentNames.flatMap((name) => mapsOf(name, values.at(name)))];
}

function mapsOf(component: string, place: View): EnvironmentMap[] {
    if (place.absent) {
        return [];
    }
    const containers = ["initContainers", "containers"].flatMap((key) => place.at(key).members.map(([, one]) => one));
    return [place.at("extraEnv"), place.at("env"), ...containers.map((one) => one.at("env"))].map((view) => ({
        component,
        view,
    }));
}

/** Every environment variable of the values. */
export function variables(values: View): Variable[] {
    return environmentMaps(values).flatMap(({ component, view }) =>
        view.members.map(([name, value]) => ({ name, component, view: value })),
    );
}

/** Everything that one variable is set to, in any map. Unknown maps count as setting it. */
export function settings(values: View, name: string): View[] {
    return environmentMaps(values)
        .map(({ view }) => view.at(name))
        .filter(({ given }) => given);
}

/** What is written out as text, number or flag; a reference to something else is none. */
export function literal(variable: View): string | undefined {
    const text = variable.scalar ?? variable.at("value").scalar;
    return text === undefined || isReference(text) ? undefined : text;
}

/** `$(OTHER)`, filled in by Kubernetes, and templates, filled in by Helm. */
function isReference(text: string): boolean {
    return /\$\([^()]{1,250}\)/.test(text) || text.includes("{{");
}
