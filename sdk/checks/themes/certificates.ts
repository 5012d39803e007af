import { TemplateComponents } from "../../validation/component-names";
import { certificates } from "../../validation/pem";
import { codes, given, list, quote } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isDeployed, switchAt } from "../components";
import { isSet } from "../connections";
import type { View } from "../view";
import { privateServer } from "./private-server";

/** Checks of CA certificates and service accounts. */
export const certificatesChecks: readonly Check[] = [
    {
        id: "ca.list",
        level: "error",
        wrong: "`customCACerts` (`global.customCACerts`, or that of the operator's chart) is not a list of PEM certificates",
        why: "A bare text fails rendering, and anything but CERTIFICATE blocks is not trusted",
        source: "Chart operator-wandb 0.43.8, rendered; chart operator 1.4.8",
        remedy: "Give a list with the content of one PEM file per member.",
        find: wrongCertificates,
    },
    {
        id: "ca.place",
        level: "warning",
        wrong: "CA certificates are given only to the operator or only to the application, while the other one speaks TLS to a private server too",
        why: "The two lists are independent: the operator fetches charts, the application speaks to stores and directories",
        source: "Vendor's documentation: custom CA certificates",
        remedy: "Give the certificates at both places: `customCACerts` of the operator's chart and `global.customCACerts`.",
        find: certificatesAtOnePlace,
    },
    {
        id: "ca.configmap-key",
        level: "error",
        wrong: "The ConfigMap of `global.caCertsConfigMap` has a key that does not end with `.crt`",
        why: "`update-ca-certificates` skips such a file",
        source: "Chart operator-wandb 0.43.8, values",
        remedy: "Rename the keys so that they end with .crt.",
        find: wrongConfigMapKeys,
    },
    {
        id: "sa.create-name",
        level: "error",
        wrong: "`<component>.serviceAccount.create` is false and no name is given",
        why: "The pods run under the account `default`, without the cloud identity",
        source: "Chart operator-wandb 0.43.8, template wandb-base.serviceAccountName",
        remedy: "Give `<component>.serviceAccount.name`, or let the chart create the account.",
        find: namelessAccounts,
    },
    {
        id: "sa.shared-create",
        level: "error",
        wrong: "Two deployed components have the same `serviceAccount.name` and both create it (`create` is true by default)",
        why: "The second creation conflicts and the whole Helm release fails",
        source: "Vendor's documentation: service accounts; chart operator-wandb 0.43.8, template serviceaccount of wandb-base",
        remedy: "Set `<component>.serviceAccount.create` to false for all but one.",
        find: accountsCreatedTwice,
    },
];

function* wrongCertificates({ values, operator }: CheckInput): Iterable<Fault> {
    for (const place of [values.find("global.customCACerts"), operator?.values.at("customCACerts")]) {
        if (place === undefined || place.absent || place.unknown) {
            continue;
        }
        if (!place.isList) {
            yield {
                path: place.path,
                message: "is not a list, and the chart fails to render anything else",
                remedy: "Give a list with the content of one PEM file per member.",
            };
        }
        for (const item of place.items.filter(({ unknown }) => !unknown)) {
            const wrong = item.text === undefined ? "is not a text" : certificates(item.text)?.split(". ")[0];
            if (wrong !== undefined) {
                yield {
                    path: item.path,
                    message: wrong,
                    remedy: "Give the content of a PEM file with CERTIFICATE blocks, line breaks included.",
                };
            }
        }
    }
}

/** Where certificates may be given, and whether all of it is known to be empty. */
function trustOf(root: View): { readonly list: View; readonly given: boolean; readonly none: boolean } {
    const places = [root.at("customCACerts"), root.at("caCertsConfigMap")];
    return { list: places[0], given: places.some(isSet), none: places.every(({ empty }) => empty) };
}

function* certificatesAtOnePlace(input: CheckInput): Iterable<Fault> {
    if (input.operator === undefined) {
        return;
    }
    const operator = trustOf(input.operator.values);
    const application = trustOf(input.values.at("global"));
    const charts = privateCharts(input);
    if (application.given && operator.none && charts !== undefined) {
        yield {
            path: operator.list.path,
            message: `is empty, while the application has CA certificates of its own and the operator fetches charts from ${quote(charts)}`,
            remedy: "Give the CA to the operator's chart too (`customCACerts` or `caCertsConfigMap`), unless that server has a certificate of a public authority.",
        };
    }
    const server = privateServer(input.values);
    if (operator.given && application.none && server !== undefined) {
        yield {
            path: application.list.path,
            message: `is empty, while the operator has CA certificates of its own and \`${server}\` names a server with TLS`,
            remedy: "Give the CA to the application too (`global.customCACerts` or `global.caCertsConfigMap`), unless that server has a certificate of a public authority.",
        };
    }
}

/** Registries with certificates of public authorities. */
const PublicRegistry =
    /(^|\.)(charts\.wandb\.ai|ghcr\.io|quay\.io|docker\.io|docker\.com|github\.io|gcr\.io|pkg\.dev|amazonaws\.com|amazonaws\.com\.cn|ecr\.aws|azurecr\.io|googleapis\.com|windows\.net)$/;

/** Host of a chart repository that answers by TLS and is none of the public ones. */
function privateCharts({ chart }: CheckInput): string | undefined {
    const url = chart.at("url").text ?? "";
    const plain = chart.at("plainHTTP");
    const remote = /^(https|oci):\/\//.test(url) && chart.at("path").empty && plain.flag !== true && !plain.unknown;
    const parts = remote ? /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#@]+)/i.exec(url) : null;
    const host = parts?.[1].toLowerCase();
    return host === undefined || PublicRegistry.test(host) ? undefined : host;
}

function* wrongConfigMapKeys({ values, context }: CheckInput): Iterable<Fault> {
    const place = values.find("global.caCertsConfigMap");
    const wrong = (context.caConfigMapKeys ?? []).filter((key) => !key.endsWith(".crt"));
    if (isSet(place) && wrong.length > 0) {
        const keys = list(wrong.map(quote));
        yield {
            path: place.path,
            message: `names a ConfigMap ${given(place.text ?? "")} whose ${wrong.length === 1 ? `key ${keys} does` : `keys ${keys} do`} not end with .crt: such files are not trusted`,
            remedy: "Rename the keys of the ConfigMap so that they end with .crt.",
        };
    }
}

interface Account {
    readonly component: string;
    readonly view: View;
    /** The chart creates accounts unless told otherwise. */
    readonly create: boolean | undefined;
}

/** Accounts of the components that are deployed. */
function accounts(values: View): Account[] {
    return TemplateComponents.filter((component) => isDeployed(values, component) === true).map((component) => {
        const view = values.at(component, "serviceAccount");
        return { component, view, create: switchAt(view.at("create"), true) };
    });
}

/** Components whose account has a name in the chart. */
const Named = new Set(["lumen-agent"]);

function* namelessAccounts({ values }: CheckInput): Iterable<Fault> {
    for (const { component, view, create } of accounts(values)) {
        if (create === false && view.at("name").empty && !(view.at("name").absent && Named.has(component))) {
            yield {
                path: view.at("name").path,
                message: `is missing, while ${codes([`${component}.serviceAccount.create`])} is false: the pods run under the account "default"`,
                remedy: `Give ${codes([`${component}.serviceAccount.name`])}, or leave \`create\` out and let the chart create an account.`,
            };
        }
    }
}

function* accountsCreatedTwice({ values }: CheckInput): Iterable<Fault> {
    const creators = new Map<string, string>();
    for (const { component, view, create } of accounts(values)) {
        const name = view.at("name").text ?? "";
        if (create !== true || name === "") {
            continue;
        }
        const first = creators.get(name);
        if (first === undefined) {
            creators.set(name, component);
        } else {
            yield {
                path: view.at("create").path,
                message: `is true${view.at("create").absent ? " by default" : ""}, but ${codes([first])} creates the service account ${quote(name)} already: the second creation fails the release`,
                remedy: `Set ${codes([`${component}.serviceAccount.create`])} to false and keep the name.`,
            };
        }
    }
}
