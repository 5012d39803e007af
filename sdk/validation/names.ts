import type { WandbDeploymentArgs } from "../args";
import { isBuiltInNamespace } from "../naming";
import { ComponentNames } from "./component-names";
import { reserved } from "./gcp/rules";
import type { Section } from "./section";
import { dnsLabel, objectName } from "./syntax";
import { given, quote } from "./wording";

/** Names of Helm releases, and so of the custom resource. */
export const LongestReleaseName = 53;

/** `name`, `namespace`, `createNamespace`. */
export function checkNames(args: Section<WandbDeploymentArgs>): void {
    args.check("name", (name) => dnsLabel(name, LongestReleaseName) ?? wrongResourceName(name));
    args.check("namespace", (namespace) => dnsLabel(namespace));
    checkCreateNamespace(args, args.text("namespace"));
    args.check("caCertsConfigMap", (name) => objectName(name));
}

/** Subcharts shorten their names when the release's name contains theirs; the Ingress keeps the long form. */
export function wrongResourceName(name: string): string | undefined {
    const part = ComponentNames.find((component) => name.includes(component));
    return part === undefined
        ? undefined
        : `contains ${quote(part)}, the name of a component ${given(name)}: the chart would shorten its Service's name and the Ingress would not find it. Choose another, for example wandb.`;
}

/** Namespaces that every cluster has are neither made nor deleted by us. */
export function checkCreateNamespace<T extends { createNamespace?: boolean }>(
    section: Section<T>,
    namespace: string | undefined,
): void {
    if (section.flag("createNamespace") === true && namespace !== undefined && isBuiltInNamespace(namespace)) {
        section.refuse(
            "createNamespace",
            `is true, but every cluster has namespace ${quote(namespace)} already. Leave it out, or choose another namespace.`,
        );
    }
}

/** The logical name of the deployment: our Secrets are autonamed after it. */
export function wrongLogicalName(name: unknown): string | undefined {
    if (typeof name !== "string" || name === "") {
        return "must be a text that is not empty. Give a name, for example wandb.";
    }
    const wrong = objectName(name, 200);
    return wrong === undefined ? undefined : `${wrong} Kubernetes objects are named after it.`;
}

/** `<name>-load-balancer-controller-role-` with seven characters that the provider adds is the longest name of a role, which has at most 64. */
const LongestAwsName = 26;

/** The same on AWS, where databases and caches allow less than objects of Kubernetes. */
export function wrongAwsName(name: string): string | undefined {
    const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= LongestAwsName;
    return fits
        ? undefined
        : `is not usable on AWS ${given(name)}. Use lower-case letters, digits and single hyphens, a letter first, and at most ${LongestAwsName} characters: roles, database and cache are named after it.`;
}

/** `<name>-private-services-range-` with seven characters that the provider adds is the longest name of Compute Engine, which has at most 63. */
const LongestGcpName = 30;

/** The same on Google Cloud. */
export function wrongGcpName(name: string): string | undefined {
    const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= LongestGcpName;
    if (fits && reserved(name)) {
        return `begins with goog or holds google ${given(name)}, which Google keeps for itself. Choose another name.`;
    }
    return fits
        ? undefined
        : `is not usable on Google Cloud ${given(name)}. Use lower-case letters, digits and single hyphens, a letter first, and at most ${LongestGcpName} characters: networks, cluster and database are named after it.`;
}

/** Longer ones leave no room for what Azure's services and the provider add. */
const LongestAzureName = 30;

/** The same on Azure. */
export function wrongAzureName(name: string): string | undefined {
    const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= LongestAzureName;
    return fits
        ? undefined
        : `is not usable on Azure ${given(name)}. Use lower-case letters, digits and single hyphens, a letter first, and at most ${LongestAzureName} characters: network, cluster and database are named after it.`;
}
