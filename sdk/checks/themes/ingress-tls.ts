import { isIP } from "node:net";
import { ingressHost } from "../../validation/address";
import { closest } from "../../validation/suggest";
import { codes, given, quote } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import type { Ingress } from "../ingress";
import { hasIssuer, hostOf, ingresses } from "../ingress";
import { parted } from "../sentence";
import type { View } from "../view";

/** Checks of how the Ingress ends TLS. */
export const tlsChecks: readonly Check[] = [
    {
        id: "ingress.tls-shape",
        level: "error",
        wrong: "`ingress.tls` is not a list of maps with secretName and hosts; a warning where a map lacks one of the two",
        why: "The template copies it as it stands, and the API server refuses or drops what it does not know",
        source: "The vendor's page: ingress with TLS; chart operator-wandb 0.43.8, template ingress",
        remedy: "Write `ingress.tls` as a list of `secretName` (text) and `hosts` (list of host names).",
        find: ({ values }) => ingresses(values).flatMap(({ view }) => wrongShape(view.at("tls"))),
    },
    {
        id: "ingress.tls-host",
        level: "warning",
        wrong: "The host of `global.host` is in none of the hosts of `ingress.tls`",
        why: "The certificate is not used for W&B's main address",
        source: "The vendor's page: ingress with TLS",
        remedy: "Add the host name, without scheme, to `hosts` of the entry whose certificate covers it.",
        find: uncoveredHost,
    },
    {
        id: "ingress.tls-scheme",
        level: "error",
        wrong: "A host of `ingress.tls` or of `ingress.additionalHosts` has a scheme or is no host name, or one of `ingress.tls` is empty",
        why: "It becomes a host of the Ingress, which the API server refuses",
        source: "Chart operator-wandb 0.43.8, template ingress; Kubernetes",
        remedy: "Give host names alone, for example wandb.example.com.",
        find: ({ values }) => ingresses(values).flatMap(wrongHosts),
    },
    {
        id: "ingress.tls-issuer",
        level: "warning",
        wrong: "`ingress.tls` is set, and `ingress.issuer.create` is true",
        why: "The template ignores `ingress.tls` then",
        source: "Chart operator-wandb 0.43.8, template ingress",
        remedy: "Keep one of the two.",
        find: ({ values }) => ingresses(values).flatMap(ignoredTls),
    },
    {
        id: "ingress.issuer",
        level: "error",
        wrong: "`ingress.issuer.create` is true, and `ingress.issuer.provider` is not google",
        why: "The template then writes tls[].host, a field that Ingresses do not have",
        source: "Chart operator-wandb 0.43.8 rendered",
        remedy: "Leave the issuer out; with cert-manager, set the annotation cert-manager.io/cluster-issuer and `ingress.tls`.",
        find: ({ values }) => ingresses(values).flatMap(wrongIssuer(values.find("ingress.issuer.provider"))),
    },
];

const Members = ["secretName", "hosts"];

function wrongShape(tls: View): Fault[] {
    if (tls.absent || tls.unknown) {
        return [];
    }
    if (!tls.isList) {
        return [
            {
                path: tls.path,
                message: `is ${tls.isMap ? "a map" : "no list"}, but the Ingress takes a list`,
                remedy: "Write a list of maps with `secretName` and `hosts`.",
            },
        ];
    }
    return tls.items.flatMap(wrongEntry);
}

function wrongEntry(entry: View): Fault[] {
    if (entry.unknown) {
        return [];
    }
    if (!entry.isMap) {
        return [{ path: entry.path, message: "is not a map", remedy: `Write one with ${codes(Members)}.` }];
    }
    const strange = entry.members
        .filter(([key]) => !Members.includes(key))
        .map(([key, view]) => strangeMember(key, view));
    const secret = entry.at("secretName");
    const hosts = entry.at("hosts");
    return [
        ...strange,
        ...(secret.given && !secret.unknown && secret.text === undefined
            ? [{ path: secret.path, message: "is not text", remedy: "Give the name of a kubernetes.io/tls Secret." }]
            : []),
        ...(hosts.given && !hosts.unknown && !isTexts(hosts)
            ? [{ path: hosts.path, message: "is not a list of texts", remedy: "Give a list of host names." }]
            : []),
        ...(secret.empty ? [lacking(secret, "the certificate that the controller has by default is served")] : []),
        ...(hosts.empty && !strange.some(({ path }) => path === entry.at("host").path)
            ? [lacking(hosts, "it depends on the controller which hosts the certificate is for")]
            : []),
    ];
}

function strangeMember(key: string, { path }: View): Fault {
    const meant = closest(key, Members);
    return {
        path,
        message: "is no field of an Ingress's TLS entry",
        remedy: meant === undefined ? `Leave it out; there are ${codes(Members)}.` : `Use \`${meant}\` instead.`,
    };
}

function isTexts(hosts: View): boolean {
    return hosts.isList && hosts.items.every(({ unknown, text }) => unknown || text !== undefined);
}

function lacking({ path }: View, consequence: string): Fault {
    return { path, level: "warning", message: `is not set, so ${consequence}`, remedy: "Set it." };
}

function* uncoveredHost({ values }: CheckInput): Iterable<Fault> {
    const name = hostOf(values.find("global.host").text ?? "").name.toLowerCase();
    for (const ingress of ingresses(values)) {
        const tls = ingress.view.at("tls");
        if (name !== "" && hasIssuer(ingress) === false && tls.isList && isSet(tls) && !mayCover(tls, name)) {
            yield {
                path: tls.path,
                message: `has no entry whose hosts name ${quote(name)}, the host of global.host, so no certificate is used for it`,
                remedy: "Add it to `hosts` of the entry whose certificate covers it.",
            };
        }
    }
}

/** Whether an entry names the host. What is unknown or of another shape may, and an entry without hosts stands for all. */
function mayCover(tls: View, name: string): boolean {
    const wildcard = `*${name.slice(Math.max(name.indexOf("."), 0))}`;
    return tls.items.some((entry) => {
        const hosts = entry.at("hosts");
        return (
            !entry.isMap ||
            !hosts.isList ||
            hosts.empty ||
            hosts.items.some(({ text }) => text === undefined || [name, wildcard].includes(text.toLowerCase()))
        );
    });
}

function wrongHosts({ view }: Ingress): Fault[] {
    const certified = view.at("tls").items.flatMap((entry) => entry.at("hosts").items);
    return [
        ...certified.flatMap((host) => wrongName(host, false)),
        ...view.at("additionalHosts").items.flatMap((host) => wrongName(host, true)),
    ];
}

/** An address is refused as host of a rule only; an empty host makes a rule for any, and certifies nothing. */
function wrongName({ path, text }: View, rule: boolean): Fault[] {
    if (text === undefined) {
        return [];
    }
    if (text === "") {
        return rule ? [] : [{ path, message: "is empty", remedy: "Leave it out, or give a host name." }];
    }
    if (rule && isIP(text) !== 0) {
        return [
            { path, message: `is an IP address ${given(text)}, which an Ingress refuses`, remedy: "Give a host name." },
        ];
    }
    const wrong = ingressHost(text, { wildcard: true });
    return wrong === undefined ? [] : [{ path, ...parted(wrong, text) }];
}

function ignoredTls(ingress: Ingress): Fault[] {
    const tls = ingress.view.at("tls");
    return hasIssuer(ingress) === true && isSet(tls)
        ? [
              {
                  path: tls.path,
                  message: `is ignored, because ${ingress.view.at("issuer", "create").path} is true`,
                  remedy: "Keep one of the two.",
              },
          ]
        : [];
}

/** For both Ingresses the provider of the main one counts. */
function wrongIssuer(provider: View): (ingress: Ingress) => Fault[] {
    return (ingress) => {
        if (hasIssuer(ingress) !== true || provider.unknown || provider.text === "google") {
            return [];
        }
        const value = provider.scalar === undefined ? "" : ` ${given(provider.scalar)}`;
        return [
            {
                path: ingress.main ? provider.path : ingress.view.at("issuer", "create").path,
                message: `${ingress.main ? "is not google" : "is true, and ingress.issuer.provider is not google"}${value}, so the chart writes an invalid Ingress`,
                remedy: "Set `issuer.create` to false; with cert-manager, set the annotation cert-manager.io/cluster-issuer and `tls` with `secretName` and `hosts`.",
            },
        ];
    };
}
