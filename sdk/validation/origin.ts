import { wholeNumber } from "./syntax";
import { given } from "./wording";

/** A host whose pages are meant, `*.` in front for all below it, or `*` for any. An origin has scheme, host and port. */
export function wrongOriginHost(host: string): string | undefined {
    if (host === "*") {
        return undefined;
    }
    const [, bare = "", port] = /^(?:https?:\/\/)?(.*?)(?::(\d+))?$/s.exec(host) ?? [];
    if (/[/?#@:]/.test(bare)) {
        return `has more than a host name and a port ${given(host)}. Give for example wandb.example.com, with https:// or http:// in front or nothing.`;
    }
    if (port !== undefined && (port.startsWith("0") || wholeNumber(Number(port), 1, 65535) !== undefined)) {
        return `has no valid port ${given(host)}. Ports are 1 to 65535, for example wandb.example.com:8443.`;
    }
    const labels = bare.replace(/^\*\./, "").split(".");
    return labels.every((label) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(label)) && bare.length <= 253
        ? undefined
        : `is not a host name in lower case ${given(host)}. Give for example wandb.example.com.`;
}
