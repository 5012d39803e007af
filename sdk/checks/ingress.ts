import { switchAt } from "./components";
import type { View } from "./view";

/** Whether the chart makes the main Ingress; undefined when unknown. */
export function makesIngress(values: View): boolean | undefined {
    const ingress = values.at("ingress");
    const switches = [switchAt(ingress.at("install"), true), switchAt(ingress.at("create"), true)];
    return switches.includes(false) ? false : switches.includes(undefined) ? undefined : true;
}

/** Parts of `global.host` as written. */
export interface HostText {
    /** Undefined when the chart would not take it off. */
    readonly scheme: "http" | "https" | undefined;
    /** The host name. */
    readonly name: string;
    /** Port, path and query. */
    readonly rest: string;
    /** Whether a user stands before the name. */
    readonly user: boolean;
}

/** Splits `global.host`. The chart takes off the scheme in lower case, and nothing else. */
export function hostOf(text: string): HostText {
    const scheme = text.startsWith("https://") ? "https" : text.startsWith("http://") ? "http" : undefined;
    const after = text.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, "");
    const authority = /^[^/?#]*/.exec(after)?.[0] ?? "";
    const at = authority.lastIndexOf("@");
    const server = authority.slice(at + 1);
    const name = /^(?:\[[^\]]*\]|[^:]*)/.exec(server)?.[0] ?? "";
    return { scheme, name, rest: server.slice(name.length) + after.slice(authority.length), user: at >= 0 };
}

/** One of the two Ingresses that the chart can make: `ingress` or `ingress.secondary`. */
export interface Ingress {
    readonly main: boolean;
    readonly view: View;
}

/** The Ingresses that the chart is known to make. */
export function ingresses(values: View): Ingress[] {
    const view = values.at("ingress");
    const secondary = view.at("secondary");
    return [
        ...(makesIngress(values) === true ? [{ main: true, view }] : []),
        ...(switchAt(secondary.at("create")) === true ? [{ main: false, view: secondary }] : []),
    ];
}

/** Whether an Ingress takes its certificate from an issuer, by which the chart writes TLS itself; undefined when unknown. */
export function hasIssuer({ view }: Ingress): boolean | undefined {
    return switchAt(view.at("issuer", "create"));
}
