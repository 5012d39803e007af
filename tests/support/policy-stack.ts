/** Resources and policies as the SDK brings them together, without an engine. */
import {
    type PolicyResourceOptions,
    type ResourceValidationPolicy,
    type StackValidationPolicy,
    unknownCheckingProxy,
} from "@pulumi/policy";
import { Resource } from "../../policy/resource";

/** What the engine sends for a text that is not known before `up`. */
export const UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const InstanceType = "kubernetes:apps.wandb.com/v1:WeightsAndBiases";
export const ReleaseType = "kubernetes:helm.sh/v3:Release";

/** A resource as a test writes it down. */
export interface Written {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly provider?: string;
    /** Whether Pulumi refuses to delete it. Default: true. */
    readonly protect?: boolean;
}

/** The properties behind the SDK's proxy, which throws when one is read that is not known. */
export function proxied(props: unknown): Record<string, unknown> {
    return (unknownCheckingProxy as (props: unknown) => Record<string, unknown>)(props);
}

export function urnOf({ type, name }: Pick<Written, "type" | "name">): string {
    return `urn:pulumi:dev::test::${type}::${name}`;
}

export function resource(written: Written): Resource {
    const { type, name, props, provider } = written;
    const given = {
        type,
        name,
        urn: urnOf(written),
        props: proxied(props),
        opts: { protect: written.protect ?? true },
    };
    return new Resource(provider === undefined ? given : { ...given, provider: { urn: provider } });
}

/** The custom resource `wandb` in namespace `wandb`, called so in the program too. */
export function instance(
    spec: Readonly<Record<string, unknown>>,
    { name = "wandb", namespace = "wandb", provider }: { name?: string; namespace?: string; provider?: string } = {},
): Written {
    return { type: InstanceType, name, props: { metadata: { name, namespace }, spec }, provider };
}

/** A release of the operator's chart. */
export function release(props: Readonly<Record<string, unknown>> = {}, name = "operator", provider?: string): Written {
    return {
        type: ReleaseType,
        name,
        props: {
            chart: "operator",
            version: "1.4.8",
            repositoryOpts: { repo: "https://charts.wandb.ai" },
            namespace: "wandb-cr",
            values: { image: { tag: "1.22.0" } },
            ...props,
        },
        provider,
    };
}

export interface Violation {
    readonly message: string;
    readonly urn: string | undefined;
}

/** What a policy reports on a stack. */
export async function violations(
    policy: ResourceValidationPolicy | StackValidationPolicy,
    stack: readonly Written[],
    configuration: object = {},
): Promise<Violation[]> {
    const found: Violation[] = [];
    const report = (message: string, urn?: string) => void found.push({ message, urn });
    const shared = {
        stackTags: new Map<string, string>(),
        getConfig: <T extends object>() => configuration as T,
        notApplicable: (reason?: string): never => {
            throw new Error(reason);
        },
    };
    const resources = stack.map(({ type, name, props, provider, protect = true }) => ({
        type,
        name,
        urn: urnOf({ type, name }),
        props: proxied(props),
        opts: { ...noOptions, protect },
        ...(provider === undefined ? {} : { provider: { urn: provider, name: "", type: "", props: {} } }),
        isType: () => false,
        asType: () => undefined,
    }));
    if ("validateStack" in policy) {
        const beside = { dependencies: [], propertyDependencies: {} };
        await policy.validateStack({ ...shared, resources: resources.map((one) => ({ ...one, ...beside })) }, report);
    } else if (typeof policy.validateResource === "function") {
        for (const one of resources) {
            await policy.validateResource({ ...shared, ...one }, report);
        }
    }
    return found;
}

const noOptions: PolicyResourceOptions = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
};
