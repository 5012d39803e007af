/**
 * The resources of a deployment as a program that knows nothing of the library: the same types, inputs and dependencies, one constructor
 * call each. What such a program costs no component can undercut.
 */
import * as pulumi from "@pulumi/pulumi";
import { startOnAws } from "../../tests/support/aws-graph";
import { deployedAlone } from "../../tests/support/aws-recording";

/** One registration. Resources are named by their URNs. */
interface Registration {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly isComponent: boolean;
    readonly parent: string;
    readonly provider: string;
    readonly dependencies: readonly string[];
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Inputs that hold outputs of other resources. */
    readonly computed: readonly string[];
}

interface Request {
    getType(): string;
    getName(): string;
    getCustom(): boolean;
    getParent(): string;
    getProvider(): string;
    getDependenciesList(): string[];
    getPropertydependenciesMap(): {
        forEach(visit: (dependencies: { getUrnsList(): string[] }, property: string) => void): void;
    };
    getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

type DeploymentArgs = Parameters<typeof deployedAlone>[0];

type Answer = (error: Error | null, response: { getUrn(): string } | undefined) => void;

interface Monitor {
    registerResource(request: Request, callback: Answer): void;
}

/** In the order in which they were made. */
async function recorded(args: DeploymentArgs): Promise<Registration[]> {
    await startOnAws();
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const register = monitor.registerResource.bind(monitor);
    const made: Registration[] = [];
    monitor.registerResource = (request, callback) =>
        register(request, (error, response) => {
            if (response !== undefined) {
                made.push(registration(request, response.getUrn()));
            }
            callback(error, response);
        });
    await deployedAlone(args);
    return made.filter(({ type }) => type !== "pulumi:pulumi:Stack");
}

function registration(request: Request, urn: string): Registration {
    const computed: string[] = [];
    request.getPropertydependenciesMap().forEach((dependencies, property) => {
        if (dependencies.getUrnsList().length > 0) {
            computed.push(property);
        }
    });
    return {
        type: request.getType(),
        name: request.getName(),
        urn,
        isComponent: !request.getCustom(),
        parent: request.getParent(),
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
        inputs: request.getObject()?.toJavaScript() ?? {},
        computed,
    };
}

/** The program, and the data that it reads. */
export async function byHandFiles(args: DeploymentArgs): Promise<Readonly<Record<string, string>>> {
    return { "index.ts": program, "resources.json": JSON.stringify(await recorded(args)) };
}

const program = `import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";

const made = new Map<string, any>();
const secretMark = "4dabf18193072939515e22adb298388d";
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
let unknown: any;

function input(value: any): any {
    if (value === unknownMark) return unknown;
    if (Array.isArray(value)) return value.map(input);
    if (typeof value !== "object" || value === null) return value;
    if (value[secretMark] !== undefined) return pulumi.secret(input(value.value));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, input(item)]));
}

function classOf(type: string): any {
    const [pack, module, name] = type.split(":");
    if (type === "pulumi:providers:kubernetes") return require("@pulumi/kubernetes/provider").Provider;
    if (pack !== "kubernetes") return require("@pulumi/" + pack + "/" + module.replace(/^index[/]/, ""))[name];
    if (name === "Release") return require("@pulumi/kubernetes/helm/v3/release").Release;
    if (name === "WeightsAndBiases") return require("@pulumi/kubernetes/apiextensions").CustomResource;
    return require("@pulumi/kubernetes/" + module.replace(".k8s.io", ""))[name];
}

for (const resource of JSON.parse(readFileSync("resources.json", "utf8"))) {
    const { type, name, urn, inputs, computed } = resource;
    const dependsOn = resource.dependencies.map((of: string) => made.get(of));
    const provider = made.get(resource.provider.split("::").slice(0, 4).join("::"));
    const opts = { parent: made.get(resource.parent), dependsOn, ...(provider && { provider }) };
    const args = Object.entries<any>(inputs).map(([key, value]) => [key, input(computed.includes(key) ? unknownMark : value)]);
    made.set(
        urn,
        resource.isComponent
            ? new pulumi.ComponentResource(type, name, {}, opts)
            : new (classOf(type))(name, Object.fromEntries(args), opts),
    );
    unknown ??= made.get(urn).id;
}
`;
