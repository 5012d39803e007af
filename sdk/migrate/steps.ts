import type { OldInstallation } from "./found";
import type { Migration } from "./migration";

export interface Step {
    readonly title: string;
    readonly text: string;
    readonly commands: readonly string[];
}

/** The steps in their order, with the user's own names. */
export function stepsOf(migration: Migration): Step[] {
    const { old } = migration.found;
    return old.kind === "operator" ? takeOverSteps(migration, old) : replaceSteps(migration, old);
}

type Replaced = Exclude<OldInstallation, { kind: "operator" }>;

function replaceSteps(migration: Migration, old: Replaced): Step[] {
    const { namespace } = migration.found;
    const deployment = old.kind === "helm" ? helmFullName(old.release) : old.deployment;
    const saved =
        old.kind === "helm"
            ? [
                  `helm get values ${old.release} --namespace ${old.namespace} --all > old-values.yaml    # holds secrets`,
                  `helm get manifest ${old.release} --namespace ${old.namespace} > old-manifest.yaml    # holds secrets`,
              ]
            : [];
    return [
        {
            title: "Save what is there",
            text: "Dump the database, and keep the dump until you are sure: the new W&B changes the schema, and the old one cannot use it afterwards. Files that lie in the pod or in a volume are moved by nothing: copy them to the bucket first.",
            commands: [...saved, `kubectl --namespace ${old.namespace} get ingress --output yaml > old-ingress.yaml`],
        },
        ...copySteps(migration, old.namespace),
        preview,
        {
            title: "Stop the old W&B",
            text: "From here on users see no W&B. Only one W&B may write to the database.",
            commands: [
                `kubectl --namespace ${old.namespace} get deployments    # W&B's is meant below`,
                `kubectl --namespace ${old.namespace} scale deployment ${deployment} --replicas 0`,
            ],
        },
        {
            title: "Free the host name",
            text: "Two Ingresses with one host are refused, or answer in turns. Skip this when the old installation has no Ingress.",
            commands: ingressCommands(old),
        },
        {
            title: "Deploy the new W&B",
            text: `It goes to namespace ${namespace}, never to ${old.namespace}: the operator makes a Helm release called as the custom resource is, and would upgrade an old release of that name, which removes what the old one had.`,
            commands: ["pulumi up", "pulumi stack output address    # let DNS of the host point there"],
        },
        {
            title: "Verify",
            text: "Log in, open an old run and one of its files, and log a new run. To go back: set `deletionProtection: false`, `pulumi up`, `pulumi destroy`; load the dump of step 1 into the database; apply `old-ingress.yaml`; scale the old Deployment to 1.",
            commands: [`kubectl --namespace ${namespace} get pods`, "pulumi stack output url"],
        },
        removal(old, deployment),
    ];
}

/** As the chart's own template names its objects. */
function helmFullName(release: string): string {
    return release.includes("wandb") ? release : `${release}-wandb`;
}

function ingressCommands(old: Replaced): string[] {
    const names =
        old.kind === "helm"
            ? [helmFullName(old.release)]
            : old.objects.filter((one) => one.startsWith("Ingress ")).map((one) => one.slice("Ingress ".length));
    return [
        `kubectl --namespace ${old.namespace} get ingress`,
        ...names.map((name) => `kubectl --namespace ${old.namespace} delete ingress ${name} --ignore-not-found`),
    ];
}

function copySteps({ references, found }: Migration, from: string): Step[] {
    if (references.length === 0) {
        return [];
    }
    const fields = [
        "namespace",
        "uid",
        "resourceVersion",
        "creationTimestamp",
        "ownerReferences",
        "annotations",
        "labels",
    ];
    const drop = `jq 'del(${fields.map((field) => `.metadata.${field}`).join(", ")})'`;
    return [
        {
            title: `Copy Secrets and ConfigMaps to namespace ${found.namespace}`,
            text: "The new pods read them in their own namespace. Without annotations and labels the copies belong to no Helm release, so that they outlive the old one.",
            commands: [
                `kubectl create namespace ${found.namespace}`,
                ...references.map(
                    ({ kind, name }) =>
                        `kubectl --namespace ${from} get ${kind} ${name} --output json | ${drop} | kubectl --namespace ${found.namespace} apply --filename -`,
                ),
            ],
        },
    ];
}

const preview: Step = {
    title: "Set up the stack",
    text: "Settle the list of what you must decide first. The preview must show no error. Nothing is changed yet.",
    commands: [
        "npm install pulumi-wandb @pulumi/pulumi",
        "pulumi stack init production",
        "sh config.sh",
        "pulumi preview --diff",
    ],
};

function removal(old: Replaced, deployment: string): Step {
    const text =
        "Days later, when nothing is missed. A database or volume of the old installation goes with it: be sure that its data is in the new one.";
    if (old.kind === "helm") {
        return {
            title: "Remove the old release",
            text: `${text} The list must show the chart \`wandb\` for it, not \`operator-wandb\`.`,
            commands: [
                `helm list --namespace ${old.namespace} --filter '^${old.release}$'`,
                `helm uninstall ${old.release} --namespace ${old.namespace}`,
            ],
        };
    }
    const objects = old.objects.length === 0 ? [`Deployment ${deployment}`] : old.objects;
    return {
        title: "Remove the old objects",
        text: `${text} Secrets, ConfigMaps and volumes stay: delete them by hand.`,
        commands: objects.map((one) => {
            const [kind, name] = one.split(" ");
            return `kubectl --namespace ${old.namespace} delete ${kind.toLowerCase()} ${name} --ignore-not-found`;
        }),
    };
}

function takeOverSteps(migration: Migration, { helmOwner }: Extract<OldInstallation, { kind: "operator" }>): Step[] {
    const { found } = migration;
    const object = `weightsandbiases ${found.name}`;
    const inNamespace = `kubectl --namespace ${found.namespace}`;
    return [
        {
            title: "Save what is there",
            text: "The object, the console's settings, and a dump of the database.",
            commands: [
                `${inNamespace} get ${object} --output yaml > old-custom-resource.yaml    # may hold secrets`,
                `${inNamespace} get secret ${found.name}-spec-user --output yaml --ignore-not-found > old-console-settings.yaml    # may hold secrets`,
            ],
        },
        preview,
        ...(helmOwner === undefined ? [] : [dropOwner(found, helmOwner)]),
        {
            title: "Take the object over",
            text: `The object in the cluster is written over, not made anew: name and namespace are the same. The operator that runs stays (\`operator.install: false\`), and so do the console's settings in the Secret ${found.name}-spec-user. Components restart where the values change: the preview shows them.`,
            commands: ["pulumi up"],
        },
        {
            title: "Take away what only the old tool wrote",
            text: "Values that another tool has written and that the program does not say stay in the object, credentials in clear among them. Compare it with the output `manifest`, and remove what is only in the object.",
            commands: [
                "pulumi stack output manifest > new.yaml",
                `${inNamespace} get ${object} --output yaml | diff new.yaml - || true`,
                `${inNamespace} edit ${object}`,
            ],
        },
        {
            title: "Verify",
            text: "Log in, open an old run and one of its files, and log a new run. To go back: apply `old-custom-resource.yaml`.",
            commands: [`${inNamespace} get pods`, "pulumi stack output url"],
        },
    ];
}

/** The records alone: an uninstall would delete the custom resource, and W&B with it. */
function dropOwner(
    { name, namespace }: Migration["found"],
    owner: { readonly release: string; readonly namespace: string },
): Step {
    const object = `kubectl --namespace ${namespace} annotate weightsandbiases ${name}`;
    const own = owner.release === name && owner.namespace === namespace;
    return {
        title: `Drop the Helm release ${owner.release} without uninstalling it`,
        text: own
            ? `The release that owns the object is called as the object's own release is, whose records must stay: nothing is deleted here. Never run \`helm uninstall ${owner.release}\`.`
            : `Never run \`helm uninstall ${owner.release}\`, and no \`terraform apply\` or \`destroy\` that removes it: both delete the object, and W&B with it. If Terraform made the release, drop it from its state first (\`terraform state list\`, \`terraform state rm ADDRESS\`). Then delete the records of the release alone; all its objects stay.`,
        commands: [
            ...(own
                ? []
                : [
                      `kubectl --namespace ${owner.namespace} get secret --selector owner=helm,name=${owner.release}`,
                      `kubectl --namespace ${owner.namespace} delete secret --selector owner=helm,name=${owner.release}`,
                  ]),
            `${object} meta.helm.sh/release-name- meta.helm.sh/release-namespace-`,
            `kubectl --namespace ${namespace} label weightsandbiases ${name} app.kubernetes.io/managed-by-`,
        ],
    };
}
