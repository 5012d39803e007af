import { isIP } from "node:net";
import type { WandbDeploymentArgs } from "../args";
import { hostName } from "../values/host";
import { ingressHost } from "./address";
import type { Section } from "./section";
import { given, quote } from "./wording";

/** Parts of the argument `host`. */
export interface HostParts {
    readonly scheme: "http" | "https";
    readonly name: string;
}

/** Splits a valid `host`. */
export function hostParts(host: string): HostParts {
    return { scheme: host.startsWith("http://") ? "http" : "https", name: hostName(host) };
}

/** `host`: links, the OIDC redirect and the Ingress rule come from it, and only the scheme is taken off for the Ingress. */
export function checkHost(args: Section<WandbDeploymentArgs>): void {
    args.check("host", (host) => wrongScheme(host) ?? wrongHost(host, makesIngress(args)));
}

/** Whether it is known that an Ingress is made. */
function makesIngress(args: Section<WandbDeploymentArgs>): boolean {
    const ingress = args.section("ingress");
    return !args.pending("ingress") && ingress?.pending("create") !== true && ingress?.flag("create") !== false;
}

function wrongScheme(host: string): string | undefined {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(host)?.[1];
    if (scheme === undefined || scheme === "http" || scheme === "https") {
        return undefined;
    }
    return `has the scheme ${scheme}:// ${given(host)}. Use https:// or http:// (in lower case), or leave it out for https.`;
}

function wrongHost(host: string, ingress: boolean): string | undefined {
    const { name } = hostParts(host);
    if (name === "") {
        return `has no host name ${given(host)}. Give for example wandb.example.com.`;
    }
    if (name.endsWith("/") && !/[/?#@]/.test(name.slice(0, -1))) {
        return `ends with a slash ${given(host)}. Leave it out: ${quote(host.slice(0, -1))}.`;
    }
    if (name === "localhost") {
        return `is localhost ${given(host)}, which nobody but W&B itself can reach. Give the name under which users reach it.`;
    }
    if (isIP(name) === 4 && ingress) {
        return `is an IP address ${given(host)}, which an Ingress refuses. Give a host name, or set \`ingress.create\` to false.`;
    }
    return ingressHost(name, { wildcard: false });
}
