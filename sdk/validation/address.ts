import { isIP } from "node:net";
import { given } from "./wording";
import { wholeNumber } from "./syntax";

/** Rules for host names, ports and URLs; each function says what is wrong with a text, or nothing. */

/** What surrounds a host name and does not belong into it. */
function surroundings(value: string, portArgument: string | undefined): string | undefined {
    const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0];
    if (scheme !== undefined) {
        return `has a scheme ${given(value)}. Leave ${scheme} out and give the host name alone.`;
    }
    if (value.includes("@")) {
        return `has a user in front of the host name ${given(value)}. Give the host name alone.`;
    }
    if (/[/?#]/.test(value)) {
        return `has a path or query ${given(value)}. Give the host name alone.`;
    }
    if (value.includes(":")) {
        const remedy = portArgument === undefined ? "Leave it out." : `Put the port into \`${portArgument}\`.`;
        return `has a port ${given(value)}. ${remedy}`;
    }
    return undefined;
}

/** Host name or IP address of a server, without anything around it. */
export function serverName(value: string, portArgument: string): string | undefined {
    const wrong = surroundings(value, portArgument);
    if (wrong !== undefined || isIP(value) !== 0) {
        return wrong;
    }
    const valid = value.length <= 253 && value.split(".").every((part) => /^[A-Za-z0-9_]([-\w]{0,61}\w)?$/.test(part));
    return valid ? undefined : `is not a host name or address ${given(value)}. Give for example mysql.example.com.`;
}

/** Host name of W&B or of another Ingress rule, without scheme. */
export function ingressHost(value: string, options: { wildcard: boolean }): string | undefined {
    const wrong = surroundings(value, undefined);
    if (wrong !== undefined) {
        return wrong;
    }
    if (value.endsWith(".")) {
        return `ends with a dot ${given(value)}. Leave the dot out.`;
    }
    const wildcard = value.startsWith("*.");
    if (value.includes("*") && !(wildcard && options.wildcard)) {
        return `has a wildcard ${given(value)}. Give one host name.`;
    }
    return hostLabels(wildcard ? value.slice(2) : value, value);
}

function hostLabels(host: string, value: string): string | undefined {
    if (/[A-Z]/.test(host)) {
        return `has upper-case letters ${given(value)}, which an Ingress refuses. Write it in lower case.`;
    }
    if (host.length > 253) {
        return `is too long (${host.length} characters). A host name has at most 253.`;
    }
    const labels = host.split(".");
    const long = labels.find((label) => label.length > 63);
    if (long !== undefined) {
        return `has a part of ${long.length} characters between dots ${given(value)}. A part has at most 63.`;
    }
    return labels.every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label))
        ? undefined
        : `is not a host name ${given(value)}. Use letters, digits and hyphens between dots (punycode for others), for example wandb.example.com.`;
}

/** `host` or `host:port`, without scheme and path. */
export function hostAndPort(value: string, example: string): string | undefined {
    const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0];
    if (scheme !== undefined) {
        return `has a scheme ${given(value)}. Leave ${scheme} out: give host or host:port, for example ${example}.`;
    }
    const match = /^(\[[0-9a-f:]+\]|[^:/?#@]+)(?::(.*))?$/i.exec(value);
    if (match === null) {
        return `is not host or host:port ${given(value)}. Give it without path, query and user, for example ${example}.`;
    }
    const port = match[2];
    if (port !== undefined && !(/^\d+$/.test(port) && wholeNumber(Number(port), 1, 65535) === undefined)) {
        return `has no valid port ${given(value)}. Ports are 1 to 65535, for example ${example}.`;
    }
    return match[1].startsWith("[") ? undefined : serverName(match[1], "");
}

/** A TCP port. */
export function tcpPort(value: number): string | undefined {
    return wholeNumber(value, 1, 65535);
}

/** An absolute URL with one of these schemes and a host. */
export function url(value: string, schemes: readonly string[], example: string): string | undefined {
    const wanted = `Give one such as ${example}.`;
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/./i.exec(value)?.[1].toLowerCase();
    if (scheme === undefined || /\s/.test(value) || !URL.canParse(value)) {
        return `is not a URL ${given(value)}. ${wanted}`;
    }
    if (!schemes.includes(scheme)) {
        return `has the scheme ${scheme}:// ${given(value)}, but only ${schemes.map((one) => `${one}://`).join(" or ")} is accepted. ${wanted}`;
    }
    const parsed = new URL(value);
    if (parsed.username !== "" || parsed.password !== "") {
        return "has user name or password inside the URL, which would stand in clear text. Take them out.";
    }
    return parsed.host === "" ? `has no host ${given(value)}. ${wanted}` : undefined;
}
