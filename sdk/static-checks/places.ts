import type { WandbDeploymentArgs } from "../args";
import { type Finding, View } from "../checks";
import { ComponentNames } from "../validation/component-names";

/** Arguments from which parts of the values are made; the first that fits counts. */
const Sources: readonly (readonly [path: string, argument: string])[] = [
    ["spec.values.global.host", "host"],
    ["spec.values.global.licenseSecret", "license"],
    ["spec.values.global.license", "license"],
    ["spec.values.global.size", "size"],
    ["spec.values.global.repositoryPrefix", "images.repositoryPrefix"],
    ["spec.values.global.imageRegistry", "images.registry"],
    ["spec.values.global.imagePullSecrets", "images.pullSecrets"],
    ["spec.values.global.mysql", "database"],
    ["spec.values.mysql", "database"],
    ["spec.values.global.redis", "redis"],
    ["spec.values.redis", "redis"],
    ["spec.values.global.bucket", "bucket"],
    ["spec.values.global.auth.oidc", "oidc"],
    ["spec.values.global.auth.sessionLengthHours", "sessionLengthHours"],
    ["spec.values.global.email.smtp", "smtp"],
    ["spec.values.global.extraEnv", "extraEnv"],
    ["spec.values.global.customCACerts", "customCaCerts"],
    ["spec.values.global.caCertsConfigMap", "caCertsConfigMap"],
    ["spec.values.ingress", "ingress"],
    ["spec.chart", "chart"],
    ["operator.values.customCACerts", "operator.customCaCerts"],
    ["operator.values.caCertsConfigMap", "operator.caCertsConfigMap"],
    ["operator.values.image", "operator.image"],
    ["operator.values.namespaceIsolation", "operator.namespaceIsolation"],
    ["operator.values.airgapped", "operator.airgapped"],
    ...ComponentNames.map((name) => [`spec.values.${name}`, `components.${name}`] as const),
];

/** Remedies in the words of arguments, for findings in what arguments have made. */
const Remedies: Readonly<Record<string, string>> = {
    "env.secret-literal": "Move it to `secretEnv`, or name its Secret in `extraEnvFrom` or `components.*.envFrom`.",
    "ldap.tls":
        "Give the CA of the LDAP server in `customCaCerts`, or name a ConfigMap in `caCertsConfigMap`; silence this check if a public authority has signed its certificate.",
    "license.expired": "Ask W&B for a new license and give it as `license`.",
};

/** Where findings stand for the user: in the free values, in an argument, or where a translation has taken them from. */
export class Places {
    private readonly values: View;

    /** @param origins paths that translations have made, and where the user had written it */
    constructor(
        private readonly args: WandbDeploymentArgs,
        private readonly origins: ReadonlyMap<string, string>,
    ) {
        this.values = new View("", args.values);
    }

    /** The finding as the user can find it. */
    of(finding: Finding): Finding {
        const { id, path } = finding;
        const inValues = path.replace(/^spec\.values\./, "values.");
        const origin = this.originOf(inValues);
        if (origin !== undefined) {
            return { ...finding, path: origin };
        }
        if (inValues.startsWith("values.") && writtenAt(this.values, inValues.slice("values.".length))) {
            return { ...finding, path: inValues };
        }
        const argument = this.argumentOf(path);
        return argument === undefined
            ? finding
            : { ...finding, path: `${argument} (${path})`, remedy: Remedies[id] ?? finding.remedy };
    }

    private argumentOf(path: string): string | undefined {
        const { ldap } = this.args;
        if (ldap !== undefined && path.startsWith("spec.values.global.extraEnv.LDAP_")) {
            return "ldap";
        }
        return Sources.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1];
    }

    private originOf(path: string): string | undefined {
        return [...this.origins].find(([to]) => path === to || path.startsWith(`${to}.`))?.[1];
    }
}

/** Whether the user's free values hold something at the path. */
function writtenAt(values: View, path: string): boolean {
    return values.members.some(
        ([key, inner]) =>
            path === key ||
            (path.startsWith(`${key}.`) && writtenAt(inner, path.slice(key.length + 1))) ||
            path.startsWith(`${key}[`),
    );
}
