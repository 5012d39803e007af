import { CertificateAnnotations, ClassAnnotation } from "../../validation/annotations";
import { given, list } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import type { Ingress } from "../ingress";
import { hasIssuer, hostOf, ingresses } from "../ingress";
import type { View } from "../view";
import { tlsChecks } from "./ingress-tls";

const BodySize = "nginx.ingress.kubernetes.io/proxy-body-size";

/** Checks of the Ingress. */
export const ingressChecks: readonly Check[] = [
    {
        id: "ingress.class-both",
        level: "error",
        wrong: "`ingress.class` and the annotation kubernetes.io/ingress.class are both set",
        why: "The API server refuses to create an Ingress with both",
        source: "Chart operator-wandb 0.43.8 rendered; Kubernetes",
        remedy: "Keep `ingress.class` and leave the annotation out.",
        find: ({ values }) => ingresses(values).flatMap(twoClasses),
    },
    {
        id: "ingress.class-none",
        level: "warning",
        wrong: "The chart makes an Ingress, and neither `ingress.class` nor the annotation kubernetes.io/ingress.class is set",
        why: "Only the default IngressClass of the cluster, or a controller that takes Ingresses without a class, picks it up",
        source: "The vendor's page: ingress; Kubernetes",
        remedy: "Set `ingress.class` to the name of an IngressClass of the cluster.",
        find: ({ values }) => ingresses(values).flatMap(noClass),
    },
    ...tlsChecks,
    {
        id: "ingress.https-notls",
        level: "warning",
        wrong: "`global.host` says https://, and nothing in the Ingress ends TLS",
        why: "Unless a proxy in front ends TLS, users reach nothing, or the controller's own certificate",
        source: "Vendor's documentation: requirements",
        remedy: `Set \`ingress.tls\`, or an annotation that gives the load balancer a certificate (${CertificateAnnotations.join(", ")}).`,
        find: noTls,
    },
    {
        id: "ingress.nginx-body",
        level: "warning",
        wrong: "The class of the Ingress is nginx, and the annotation proxy-body-size is not set",
        why: "The controller refuses uploads above 1 MiB",
        source: "The vendor's page: ingress",
        remedy: `Set the annotation ${BodySize} to "0" (no limit).`,
        find: ({ values }) => ingresses(values).flatMap(smallBody),
    },
    {
        id: "ingress.secondary-name",
        level: "error",
        wrong: "`ingress.secondary.create` is true, and the second Ingress has the name of the first",
        why: "Without `ingress.secondary.nameOverride` it is called like the custom resource, as the first one is",
        source: "Chart operator-wandb 0.43.8, template ingress",
        remedy: "Set `ingress.secondary.nameOverride`.",
        find: sameName,
    },
];

function annotation(ingress: View, key: string): View {
    return ingress.at("annotations", key);
}

function twoClasses({ view }: Ingress): Fault[] {
    const name = view.at("class").text ?? "";
    const older = annotation(view, ClassAnnotation);
    if (name === "" || older.absent || older.unknown) {
        return [];
    }
    const value = older.scalar === undefined ? "" : ` ${given(older.scalar)}`;
    return [
        {
            path: older.path,
            message: `is set${value} together with ${view.at("class").path} ${given(name)}, and the API server refuses both`,
            remedy: "Leave the annotation out.",
        },
    ];
}

function noClass({ view }: Ingress): Fault[] {
    const place = view.at("class");
    if (!place.empty || !annotation(view, ClassAnnotation).empty) {
        return [];
    }
    return [
        {
            path: place.path,
            message:
                "is not set, so only a default IngressClass, or a controller that takes Ingresses without a class, picks the Ingress up",
            remedy: "Set it to the name of an IngressClass of the cluster.",
        },
    ];
}

function* noTls({ values }: CheckInput): Iterable<Fault> {
    const { text = "" } = values.find("global.host");
    const ingress = ingresses(values).find(({ main }) => main);
    if (ingress === undefined || hostOf(text).scheme !== "https") {
        return;
    }
    const { view } = ingress;
    const tls = view.at("tls");
    const ended = tls.filled || hasIssuer(ingress) !== false || endsAtCloud(view);
    if (!ended) {
        yield {
            path: tls.path,
            message: `is not set, and no annotation gives the load balancer a certificate, though the host is https ${given(text)}`,
            remedy: `Set it to a list of maps with \`secretName\` and \`hosts\`, or set one of the annotations ${list(CertificateAnnotations, "or")}; silence this when a proxy in front ends TLS.`,
        };
    }
}

/** With an HTTPS listener the AWS controller looks for a certificate of the host by itself. */
const Listeners = "alb.ingress.kubernetes.io/listen-ports";

function endsAtCloud(ingress: View): boolean {
    const listeners = annotation(ingress, Listeners);
    return (
        CertificateAnnotations.some((key) => annotation(ingress, key).filled) ||
        listeners.unknown ||
        listeners.text?.includes("HTTPS") === true
    );
}

/** Annotations by which the two controllers for nginx take a limit. */
const BodySizes = [BodySize, "nginx.org/client-max-body-size"];

function smallBody({ view }: Ingress): Fault[] {
    const classes = [view.at("class"), annotation(view, ClassAnnotation)];
    const named = classes.find(({ text }) => text !== undefined && /nginx/i.test(text));
    if (named === undefined || BodySizes.some((key) => !annotation(view, key).empty)) {
        return [];
    }
    return [
        {
            path: annotation(view, BodySize).path,
            message: `is not set, though the class is nginx ${given(named.text ?? "")}: uploads above 1 MiB are refused`,
            remedy: 'Set it to "0" (no limit).',
        },
    ];
}

function* sameName({ values, metadata }: CheckInput): Iterable<Fault> {
    const [main, secondary] = [true, false].map((wanted) => ingresses(values).find((one) => one.main === wanted));
    if (main === undefined || secondary === undefined) {
        return;
    }
    const [first, second] = [main, secondary].map(({ view }) => view.at("nameOverride"));
    const [firstName, secondName] = [first, second].map((name) => (name.empty ? metadata.at("name") : name));
    const both = first.empty && second.empty;
    if (both || (isSet(firstName) && firstName.text !== undefined && firstName.text === secondName.text)) {
        yield {
            path: second.path,
            message: second.empty
                ? "is not set, so the second Ingress has the name of the first"
                : `is the name of the first Ingress too ${given(second.text ?? "")}`,
            remedy: "Give another name.",
        };
    }
}
