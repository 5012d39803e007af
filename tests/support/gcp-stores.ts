/** Database and cache on Google Cloud, made against mocks or in the simulated cloud. */
import * as pulumi from "@pulumi/pulumi";
import { gcp } from "../../sandbox/clouds/gcp";
import { agentRow } from "../../sandbox/clouds/gcp/iam-principals";
import { agentOf } from "../../sandbox/clouds/gcp/iam-service-identity";
import { connectionType, globalAddressType, networkType } from "../../sandbox/clouds/gcp/compute/shared";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import type { Size } from "../../sdk/args/application";
import { createApis } from "../../sdk/gcp/apis";
import type { GcpCacheArgs } from "../../sdk/gcp/args/cache";
import type { GcpDatabaseArgs } from "../../sdk/gcp/args/database";
import { createDeploymentScope } from "../../sdk/gcp/scope";
import { type CacheInput, type CacheOutputs, createCache } from "../../sdk/gcp/stores/cache";
import { createDatabase, type DatabaseInput, type DatabaseOutputs } from "../../sdk/gcp/stores/database";
import { isMarked } from "./aws-stores";
import { TestCloud } from "./cloud-frame";
import { plantKey, plantProject, project, region } from "./gcp-account";
import { GraphRecorder } from "./graph";
import { ModelledCloud } from "./modelled-cloud";

export const storeNetworkId = `projects/${project.projectId}/global/networks/wandb`;
export const storeRange = "wandb-services";
export const storeKeyId = `projects/${project.projectId}/locations/${region}/keyRings/given/cryptoKeys/given`;

/** In place of the connection of the network with Google's. */
class Connection extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("test:index:Connection", "connection", {}, { parent });
    }
}

export interface StoreOptions {
    readonly name?: string;
    readonly size?: Size;
    readonly preview?: boolean;
    readonly deletionProtection?: boolean;
    readonly retainData?: boolean;
    readonly enableApis?: boolean;
    /** false: an own network, whose connection somebody else has made. */
    readonly connection?: boolean;
}

type StoreInput = Pick<DatabaseInput & CacheInput, "network" | "keyId" | "apis" | "size">;

function surroundings({ name = "wandb", size = "small", ...options }: StoreOptions) {
    const parent = new pulumi.ComponentResource("test:index:Parent", name);
    const scope = createDeploymentScope(name, parent, {
        project: project.projectId,
        region,
        location: undefined,
        labels: { team: "ml" },
        deletionProtection: options.deletionProtection ?? true,
        retainData: options.retainData ?? false,
    });
    const own = options.connection === false;
    const input: StoreInput = {
        network: {
            networkId: pulumi.output(storeNetworkId),
            privateServices: own ? [] : [new Connection(parent)],
            privateServicesRange: own ? undefined : pulumi.output(storeRange),
        },
        keyId: pulumi.output(storeKeyId),
        apis: createApis(scope, options.enableApis ?? true),
        size,
    };
    return { scope, input };
}

/** How a resource reacts to changes, which the graph does not tell. */
export interface ChangeOptions {
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly deletedWith: string;
}

interface OptionsRequest {
    getName(): string;
    getIgnorechangesList(): string[];
    getReplaceonchangesList(): string[];
    getDeletedwith(): string;
}

interface Monitor {
    registerResource(request: OptionsRequest, callback: unknown): void;
}

function recordOptions(): ReadonlyMap<string, ChangeOptions> {
    const found = new Map<string, ChangeOptions>();
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        found.set(request.getName(), {
            ignoreChanges: request.getIgnorechangesList(),
            replaceOnChanges: request.getReplaceonchangesList(),
            deletedWith: request.getDeletedwith(),
        });
        register(request, callback);
    };
    return found;
}

const outputs = {
    "gcp:sql/databaseInstance:DatabaseInstance": {
        name: "wandb-database-1a2b3c4",
        privateIpAddress: "10.80.0.3",
        connectionName: "example-project:europe-west4:wandb-database-1a2b3c4",
        serverCaCerts: [{ cert: "PEM of the server's CA" }],
    },
    "gcp:redis/instance:Instance": {
        name: "wandb-cache-1a2b3c4",
        host: "10.80.0.4",
        port: 6378,
        authString: "a-string-of-theirs",
        serverCaCerts: [{ cert: "PEM 1" }, { cert: "PEM 2" }],
    },
    "random:index/randomPassword:RandomPassword": { result: "generated" },
    "random:index/randomId:RandomId": { hex: "shortened-cache-0badcafe" },
};

export interface MadeStore<T> {
    readonly graph: GraphRecorder;
    readonly options: ReadonlyMap<string, ChangeOptions>;
    readonly store: T;
}

async function against<T>(
    given: StoreOptions,
    make: (around: ReturnType<typeof surroundings>) => T,
): Promise<MadeStore<T>> {
    const graph = await GraphRecorder.start({ preview: given.preview ?? false, outputs });
    const options = recordOptions();
    const store = make(surroundings(given));
    await pulumi.runtime.disconnect();
    return { graph, options, store };
}

export const makeDatabase = (
    database: GcpDatabaseArgs = {},
    options: StoreOptions = {},
): Promise<MadeStore<DatabaseOutputs>> =>
    against(options, ({ scope, input }) => createDatabase(scope, { ...input, database }));

export const makeCache = (cache: GcpCacheArgs = {}, options: StoreOptions = {}): Promise<MadeStore<CacheOutputs>> =>
    against(options, ({ scope, input }) => createCache(scope, { ...input, cache }));

/** A project with a network that is connected with Google's services, and a key that database and cache may use. */
export async function startStoreCloud(services: readonly string[] = []): Promise<TestCloud> {
    const cloud = new TestCloud({ cloud: gcp });
    cloud.provider.configure(properties({ project: project.projectId, region }));
    const { inventory } = cloud.provider;
    await plantProject(inventory, project, services);
    const members: string[] = [];
    for (const service of ["sqladmin", "redis"]) {
        const email = agentOf(service, project) ?? "";
        await inventory.plant(agentRow(email, project));
        members.push(`serviceAccount:${email}`);
    }
    await plantKey(inventory, region, members);
    await plantStoreNetwork(cloud);
    return cloud;
}

async function plantStoreNetwork({ provider: { inventory } }: TestCloud): Promise<void> {
    const network = { name: "wandb", project: project.projectId };
    await inventory.plant({ type: networkType, id: storeNetworkId, inputs: network, outputs: network });
    const range = { name: storeRange, network: storeNetworkId, purpose: "VPC_PEERING", prefixLength: 20 };
    await inventory.plant({
        type: globalAddressType,
        id: `projects/${project.projectId}/global/addresses/${storeRange}`,
        inputs: range,
        outputs: { ...range, address: "10.80.0.0" },
    });
    const connection = {
        network: storeNetworkId,
        reservedPeeringRanges: [storeRange],
        service: "servicenetworking.googleapis.com",
    };
    await inventory.plant({
        type: connectionType,
        id: `${encodeURIComponent(storeNetworkId)}:servicenetworking.googleapis.com`,
        inputs: connection,
        outputs: { ...connection, networkPath: storeNetworkId },
    });
}

/** What is random is no resource of the cloud, and the mark of a secret no value of it. */
function prepareMocks(): void {
    const { mocks } = pulumi.runtime.getMonitor() as unknown as { readonly mocks: pulumi.runtime.Mocks };
    const make = mocks.newResource.bind(mocks);
    mocks.newResource = (args) => {
        const inputs = args.inputs as PropertyMap;
        const state = { result: "generated-by-random", hex: `${textOf(inputs["prefix"])}0badcafe` };
        return args.type.startsWith("random:")
            ? { id: args.name, state }
            : make({
                  ...args,
                  inputs: Object.fromEntries(Object.entries(inputs).map(([key, one]) => [key, bare(one)])),
              });
    };
}

const bare = (value: unknown): unknown => (isMarked(value) ? (value as { readonly value: unknown }).value : value);

/** Both stores in the simulated cloud, as the engine would make them. Rejects with what the cloud refuses. */
export async function makeStoresIn(
    cloud: TestCloud,
    args: { readonly database?: GcpDatabaseArgs; readonly cache?: GcpCacheArgs } = {},
    options: StoreOptions = {},
): Promise<{ readonly run: ModelledCloud; readonly database: DatabaseOutputs; readonly cache: CacheOutputs }> {
    const run = await ModelledCloud.start(cloud);
    prepareMocks();
    const { scope, input } = surroundings({ connection: false, ...options });
    const placed = { ...input, network: { ...input.network, privateServicesRange: pulumi.output(storeRange) } };
    const database = createDatabase(scope, { ...placed, database: args.database ?? {} });
    const cache = createCache(scope, { ...placed, cache: args.cache ?? {} });
    await pulumi.runtime.disconnect();
    const made = pulumi.all([...database.ready, ...cache.ready].map(({ urn }) => urn));
    // `promiseOf` would wait in vain for what is refused.
    await (made as unknown as { promise(): Promise<unknown> }).promise();
    return { run, database, cache };
}
