import * as pulumi from "@pulumi/pulumi";

/** What a program asked the engine to register, as far as a reviewer cares. */
export interface RegisteredResource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly parent: string;
    readonly provider: string;
    readonly protect: boolean | undefined;
    readonly retainOnDelete: boolean | undefined;
    /** Absent: left to the provider. */
    readonly deleteBeforeReplace: boolean | undefined;
    /** Names that it had before. */
    readonly formerNames: readonly string[];
    readonly dependencies: readonly string[];
    /** Those of the dependencies whose outputs are inputs. */
    readonly dataDependencies: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly deleteTimeout: string;
    /** Inputs as sent to the engine; secrets and unknowns wear their wire form. */
    readonly inputs: Record<string, unknown>;
}

interface RegisterRequest {
    getType(): string;
    getName(): string;
    getParent(): string;
    getProvider(): string;
    getProtect(): boolean;
    hasProtect(): boolean;
    getRetainondelete(): boolean | undefined;
    hasRetainondelete(): boolean;
    getDeletebeforereplace(): boolean;
    getDeletebeforereplacedefined(): boolean;
    getAliasesList(): { getSpec(): { getName(): string } | undefined }[];
    getDependenciesList(): string[];
    getPropertydependenciesMap(): {
        forEach(visit: (dependencies: { getUrnsList(): string[] }, property: string) => void): void;
    };
    getAdditionalsecretoutputsList(): string[];
    getCustomtimeouts(): { getDelete(): string } | undefined;
    getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

interface Monitor {
    registerResource(request: RegisterRequest, callback: (error: Error | null, response: unknown) => void): void;
}

/** What a mock gives: always the same, or by the inputs. */
export type Given = Record<string, unknown> | ((inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>);

interface GraphOptions {
    readonly preview?: boolean;
    readonly outputs?: Readonly<Record<string, Given>>;
    readonly answers?: Readonly<Record<string, Given>>;
}

/** Records every registration of a program that runs against Pulumi's mocks. */
export class GraphRecorder {
    readonly resources: RegisteredResource[] = [];

    /**
     * Installs mocks that answer with the inputs, an id, and the name that Kubernetes would have generated.
     *
     * @param options.outputs what the provider adds to the inputs of one type
     * @param options.answers results of functions, by token
     */
    static async start(options: GraphOptions = {}): Promise<GraphRecorder> {
        const recorder = new GraphRecorder();
        await pulumi.runtime.setMocks(
            {
                newResource: (args) => ({
                    id: `${args.name}-id`,
                    state: { ...named(args), ...valueOf(options.outputs?.[args.type], args.inputs) },
                }),
                call: ({ token, inputs }) => valueOf(options.answers?.[token], inputs),
            },
            "wandb",
            "test",
            options.preview ?? true,
        );
        const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
        const register = monitor.registerResource.bind(monitor);
        monitor.registerResource = (request, callback) => {
            recorder.resources.push(describe(request));
            register(request, callback);
        };
        return recorder;
    }

    /** The one resource with this logical name; a component may share the name of what it is about. */
    byName(name: string): RegisteredResource {
        const named = this.resources.filter((resource) => resource.name === name);
        const found = named.length > 1 ? named.filter(({ type }) => !type.startsWith("wandb:")) : named;
        if (found.length !== 1) {
            throw new Error(
                `${found.length} resources are called ${name}: ${this.resources.map((r) => r.name).join(", ")}`,
            );
        }
        return found[0];
    }

    /** Stable text for snapshots: one line per resource. */
    lines(): string[] {
        return this.resources
            .map((resource) =>
                [
                    resource.urn,
                    `provider=${lastPart(resource.provider) || "none"}`,
                    `protect=${resource.protect ?? "inherited"}`,
                    `secrets=${resource.additionalSecretOutputs.join("+") || "none"}`,
                    `after=${resource.dependencies.map(lastPart).sort().join("+") || "none"}`,
                ].join(" "),
            )
            .sort();
    }
}

function valueOf(given: Given | undefined, inputs: unknown): Record<string, unknown> {
    return typeof given === "function" ? given(inputs as Record<string, unknown>) : (given ?? {});
}

function describe(request: RegisterRequest): RegisteredResource {
    const data = new Set<string>();
    request.getPropertydependenciesMap().forEach((ofProperty) => {
        ofProperty.getUrnsList().forEach((urn) => data.add(urn));
    });
    const parentType = request.getParent().split("::").at(-2);
    const qualified =
        parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${request.getType()}` : request.getType();
    return {
        type: request.getType(),
        name: request.getName(),
        urn: `${qualified}::${request.getName()}`,
        parent: request.getParent(),
        provider: request.getProvider(),
        protect: request.hasProtect() ? request.getProtect() : undefined,
        retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
        deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
        formerNames: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() ?? []),
        dependencies: request.getDependenciesList(),
        dataDependencies: [...data],
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        deleteTimeout: request.getCustomtimeouts()?.getDelete() ?? "",
        inputs: request.getObject()?.toJavaScript() ?? {},
    };
}

/** `urn:...::type::name::id` -> name */
function lastPart(reference: string): string {
    return reference.split("::")[3] ?? "";
}

/** Autonamed Kubernetes objects get a name, as the provider would give them. */
function named(args: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
    const inputs = args.inputs as Record<string, unknown>;
    const metadata = inputs.metadata as { name?: string } | undefined;
    return metadata ? { ...inputs, metadata: { ...metadata, name: metadata.name ?? `${args.name}-1a2b3c4d` } } : inputs;
}
