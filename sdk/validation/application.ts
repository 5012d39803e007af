import type { WandbDeploymentArgs } from "../args";
import type { ComponentArgs, ImagesArgs } from "../args/application";
import { AccountComponents, ComponentNames } from "./component-names";
import { checkComponentEnvironment } from "./environment";
import { imageRepository, imageTag, registryPrefix } from "./images";
import { checkAnnotations, checkLabels } from "./metadata";
import { certificates } from "./pem";
import { checkResources } from "./resources";
import type { Section } from "./section";
import { closest } from "./suggest";
import { objectName, wholeNumber } from "./syntax";
import { codes, given } from "./wording";

/** The one component without a switch of its own (Chart.yaml, condition of the dependency). */
const SwitchedElsewhere = "internalSignerPreHook";

/** `images`, `customCaCerts`, `serviceAccounts`, `components`. */
export function checkApplication(args: Section<WandbDeploymentArgs>): void {
    checkImages(args.section("images"));
    for (const entry of args.texts("customCaCerts")) {
        args.checkEntry(entry, certificates);
    }
    checkServiceAccounts(args);
    for (const { key, path, value } of args.sections("components")) {
        if (!ComponentNames.includes(key)) {
            args.report(path, unknownComponent(key, ComponentNames));
        }
        if (value !== undefined) {
            checkComponent(value);
        }
        if (key === SwitchedElsewhere && value?.has("install") === true) {
            value.refuse(
                "install",
                "is not read: this component runs with `global.localService.bypass`. Set that in `values` instead.",
            );
        }
    }
    checkWeaveTrace(args);
}

function unknownComponent(name: string, known: readonly string[]): string {
    const meant = closest(name, known);
    return `is not a component of W&B ${given(name)}. ${
        meant === undefined ? `Known: ${codes(known)}.` : `Did you mean \`${meant}\`?`
    }`;
}

function checkImages(images: Section<ImagesArgs> | undefined): void {
    images?.check("tag", imageTag);
    images?.check("repositoryPrefix", registryPrefix);
    images?.check("registry", registryPrefix);
    for (const entry of images?.texts("pullSecrets") ?? []) {
        images?.checkEntry(entry, (name) => objectName(name));
    }
}

/** Every component has one account, and every account one entry. */
function checkServiceAccounts(args: Section<WandbDeploymentArgs>): void {
    const accountOf = new Map<string, string>();
    const entryOf = new Map<string, string>();
    for (const { value: account, path } of args.sections("serviceAccounts")) {
        if (account === undefined) {
            continue;
        }
        account.check("name", (name) => {
            const first = entryOf.get(name);
            entryOf.set(name, path);
            return first === undefined
                ? objectName(name)
                : `is the account of \`${first}\` already ${given(name)}. List all its components there.`;
        });
        checkAnnotations(account, "annotations");
        const components = account.texts("components");
        if (components.length === 0 && account.has("components") && !account.pending("components")) {
            account.refuse(
                "components",
                "is empty: nothing would run as this account. Name at least one component, for example app.",
            );
        }
        for (const entry of components) {
            account.checkEntry(entry, (component) => {
                const first = accountOf.get(component);
                accountOf.set(component, entry.path);
                if (!AccountComponents.includes(component)) {
                    return unknownComponent(component, AccountComponents);
                }
                return first === undefined
                    ? undefined
                    : `has an account already, by \`${first}\` ${given(component)}. Name each component once.`;
            });
        }
    }
}

function checkComponent(component: Section<ComponentArgs>): void {
    component.check("imageRepository", imageRepository);
    component.check("imageTag", imageTag);
    const replicas = component.number("replicas");
    const wrong = replicas === undefined ? undefined : wholeNumber(replicas, 0);
    if (wrong !== undefined) {
        component.refuse("replicas", wrong);
    }
    checkResources(component, "resources");
    checkComponentEnvironment(component);
    checkLabels(component, "nodeSelector");
    checkLabels(component, "podLabels");
    checkAnnotations(component, "podAnnotations");
}

/** Weave's traces live in ClickHouse; without one its pods wait for ever. */
function checkWeaveTrace(args: Section<WandbDeploymentArgs>): void {
    const components = new Map(args.sections("components").map(({ key, value }) => [key, value]));
    const clickhouse = components.get("clickhouse");
    const elsewhere = args.has("values") || (components.has("clickhouse") && clickhouse?.flag("install") !== false);
    if (components.get("weave-trace")?.flag("install") === true && !elsewhere) {
        args.report(
            "components.weave-trace.install",
            "is true, but there is no ClickHouse for its traces. Set `components.clickhouse.install` to true (not for production), or `values.global.clickhouse` to an external one.",
        );
    }
}
