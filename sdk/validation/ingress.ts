import type { WandbDeploymentArgs } from "../args";
import type { IngressArgs, SecondaryIngressArgs } from "../args/ingress";
import { InstanceDefaults } from "../naming";
import { ingressHost } from "./address";
import { ClassAnnotation } from "./annotations";
import { hostParts } from "./host";
import { checkTls } from "./ingress-tls";
import { checkAnnotations, checkLabels } from "./metadata";
import type { Section } from "./section";
import { objectName } from "./syntax";
import { given } from "./wording";

/** `ingress`: rules, names and how TLS ends. */
export function checkIngress(args: Section<WandbDeploymentArgs>): void {
    const ingress = args.section("ingress");
    if (ingress !== undefined) {
        ingress.check("name", (name) => objectName(name));
        checkRules(ingress, args.text("host"));
        checkLabels(ingress, "labels");
        const issuer = ingress.section("issuer");
        issuer?.check("provider", (provider) =>
            provider === "google"
                ? undefined
                : `is not google ${given(provider)}: for others the chart makes an invalid Ingress. With cert-manager, annotate \`ingress.annotations\` and give \`ingress.tls.secretName\`.`,
        );
        checkSecondary(args, ingress);
    }
    checkTls(args);
}

type Rules = Pick<SecondaryIngressArgs, "className" | "annotations" | "additionalHosts">;

/** What both Ingresses have. */
function checkRules(ingress: Section<Rules>, host: string | undefined): void {
    ingress.check("className", (name) => objectName(name));
    checkAnnotations(ingress, "annotations");
    const byAnnotation = ingress.texts("annotations").find(({ key }) => key === ClassAnnotation);
    if (byAnnotation !== undefined && ingress.has("className")) {
        ingress.report(
            byAnnotation.path,
            `is given together with \`${ingress.at("className")}\`, and the API server refuses both. Leave the annotation out.`,
        );
    }
    checkHosts(ingress, host);
}

function checkHosts(ingress: Section<Rules>, host: string | undefined): void {
    const seen = new Set(host === undefined ? [] : [hostParts(host).name]);
    for (const entry of ingress.texts("additionalHosts")) {
        ingress.checkEntry(entry, (value) => ingressHost(value, { wildcard: true }));
        if (entry.value !== undefined && seen.has(entry.value)) {
            ingress.report(
                entry.path,
                `is there already ${given(entry.value)}, as \`host\` or further up. Leave it out.`,
            );
        }
        seen.add(entry.value ?? entry.path);
    }
}

function checkSecondary(args: Section<WandbDeploymentArgs>, ingress: Section<IngressArgs>): void {
    const secondary = ingress.section("secondary");
    if (secondary === undefined) {
        return;
    }
    checkRules(secondary, args.text("host"));
    secondary.check("tlsSecretName", (name) => objectName(name));
    const first = ingress.has("name")
        ? ingress.text("name")
        : args.has("name")
          ? args.text("name")
          : InstanceDefaults.name;
    secondary.check("name", (name) =>
        name === first ? `is the name of the first Ingress ${given(name)}. Give another one.` : objectName(name),
    );
}
