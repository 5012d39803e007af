import { ComponentNames } from "../../validation/component-names";
import { LongestReleaseName, wrongResourceName } from "../../validation/names";
import { dnsLabel } from "../../validation/syntax";
import { given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import { kindFaults, listFaults, nullFaults } from "../kinds";
import { indexOf, readPlace } from "../reference-index";
import { parted } from "../sentence";
import { NestedSettings, unknownKeys, unreadKeys } from "../unknown-keys";

const Merge = "Operator source, package pkg/utils, merge of the layers";

/** Checks of layering and kinds of values. */
export const shapeChecks: readonly Check[] = [
    {
        id: "values.unknown-key",
        level: "warning",
        wrong: "A key of `spec.values` that the chart does not know. Members of free maps (annotations, `extraEnv`, `resources`) are not judged; of the bundled third-party charts only what looks like a typing error is",
        why: "The chart has no schema: a misspelt key is ignored without a message",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Correct the key as proposed, or leave it out.",
        find: unknownKeys,
    },
    {
        id: "values.unread-key",
        level: "warning",
        wrong: "A key of `spec.values` that examples, modules or the chart's own defaults have, and that no template reads",
        why: "It looks like a setting and has no effect",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Use the key that the finding names, or leave it out.",
        find: unreadKeys,
    },
    {
        id: "values.null",
        level: "error",
        wrong: "A `null` anywhere in `spec.values`",
        why: "The operator's merge panics when a lower layer has the key too; unlike in Helm, `null` removes nothing",
        source: Merge,
        remedy: "Leave the key out, or give the value that shall win, such as false or an empty text.",
        find: nullFaults,
    },
    {
        id: "values.kind",
        level: "error",
        wrong: "A value of another kind than the chart's default: a port or a flag in quotes, a number where the chart has a text",
        why: "The operator merges by kind: one place with two kinds stops every reconcile with `type not match`, seen only in the controller's log",
        source: Merge,
        remedy: "Give the kind that the finding names.",
        find: kindFaults,
    },
    {
        id: "values.list-append",
        level: "warning",
        wrong: "A list among the values, unless the operator is air-gapped",
        why: "Lists are joined with those of the lower layers (the user's settings, the release channel), not replaced; an empty list removes nothing",
        source: Merge,
        remedy: "Give only what shall be added.",
        find: listFaults,
    },
    {
        id: "ingress.nested",
        level: "error",
        wrong: "`global.ingress` is set",
        why: "The Ingress is configured by `ingress`, beside `global`; nested in it nothing reads it",
        source: "The vendor's page, section Ingress; chart operator-wandb 0.43.8, as rendered",
        remedy: "Move it one level up, to `ingress`.",
        find: nestedIngress,
    },
    {
        id: "component.nested",
        level: "error",
        wrong: "Image, resources, service account or service of a component are set below `global`",
        why: "Components are configured beside `global`; nested in it nothing reads them",
        source: "The vendor's page, section Service accounts; chart operator-wandb 0.43.8, as rendered",
        remedy: "Move it one level up, to `<component>.<setting>`.",
        find: nestedComponents,
    },
    {
        id: "cr.name",
        level: "error",
        wrong: "The name of the custom resource contains the name of a component, such as `app`, `api` or `redis`",
        why: "The chart then shortens the names of that component's Services, while the Ingress points at the long form",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Choose another name, for example wandb.",
        find: componentInName,
    },
    {
        id: "cr.name-length",
        level: "error",
        wrong: `The name of the custom resource is longer than ${LongestReleaseName} characters, or no DNS label`,
        why: "It is the name of a Helm release and part of the names of Services",
        source: "Operator source, package pkg/helm; Helm",
        remedy: `Choose at most ${LongestReleaseName} lower-case letters, digits and hyphens.`,
        find: wrongName,
    },
    {
        id: "cr.operator-namespace",
        level: "warning",
        wrong: "`global.operator.namespace` is set",
        why: "The operator puts its own namespace there; a value of the custom resource wins, and the system console looks for the operator in the wrong place",
        source: "Operator source, defaults of the operator; chart operator-wandb 0.43.8, template of console",
        remedy: "Leave it out.",
        find: operatorNamespace,
    },
];

function* nestedIngress({ values }: CheckInput): Iterable<Fault> {
    const place = values.at("global", "ingress");
    if (isSet(place)) {
        yield {
            path: place.path,
            message: "is ignored: the Ingress is configured beside `global`, not in it",
            remedy: "Move it to `ingress`.",
        };
    }
}

function* nestedComponents({ values, reference }: CheckInput): Iterable<Fault> {
    const components = values.at("global").members.filter(([name]) => ComponentNames.includes(name));
    for (const [name, component] of components) {
        for (const setting of NestedSettings) {
            const place = component.at(setting);
            if (isSet(place) && readPlace(indexOf(reference()).root, ["global", name, setting]) === undefined) {
                yield {
                    path: place.path,
                    message: "is ignored: components are configured beside `global`, not in it",
                    remedy: `Move it to \`${name}.${setting}\`.`,
                };
            }
        }
    }
}

function* componentInName({ metadata }: CheckInput): Iterable<Fault> {
    const { path, text } = metadata.at("name");
    const wrong = text === undefined ? undefined : wrongResourceName(text);
    if (text !== undefined && wrong !== undefined) {
        yield { path, ...parted(wrong, text) };
    }
}

function* wrongName({ metadata }: CheckInput): Iterable<Fault> {
    const { path, text } = metadata.at("name");
    const wrong = text === undefined ? undefined : dnsLabel(text, LongestReleaseName);
    if (text !== undefined && wrong !== undefined) {
        yield { path, ...parted(wrong, text) };
    }
}

function* operatorNamespace({ values }: CheckInput): Iterable<Fault> {
    const place = values.at("global", "operator", "namespace");
    if (isSet(place)) {
        yield {
            path: place.path,
            message: `is set${place.text === undefined ? "" : ` ${given(place.text)}`}, and wins over what the operator puts there`,
            remedy: "Leave it out: the operator knows its own namespace.",
        };
    }
}
