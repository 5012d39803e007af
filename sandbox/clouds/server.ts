/**
 * Serves a simulated cloud to the engine.
 *
 * `@pulumi/pulumi/provider` has such a server, but it hides previews, old inputs and detailed differences from the
 * provider and knows no configuration; so this one speaks the protocol itself.
 */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService, type IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyChange } from "./diff";
import { PartialCreation } from "./lifecycle";
import type { Problem } from "./model";
import type { CloudProvider } from "./provider";
import { fromWire, toWire, type Properties } from "./values";

const maxMessageBytes = 400 * 1024 * 1024;
const parentCheckMs = 1_000;

/** Serves on a free loopback port and prints the port, as the engine expects. */
export async function serve(provider: CloudProvider): Promise<void> {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": maxMessageBytes,
        "grpc.max_send_message_length": maxMessageBytes,
    });
    server.addService(ResourceProviderService, handlers(provider));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        );
    });
    console.log(String(port));
    endWithParent();
}

/** An engine that was killed closes nothing: the plugin must notice by itself. */
function endWithParent(): void {
    const parent = process.ppid;
    setInterval(() => {
        if (process.ppid !== parent) {
            process.exit(1);
        }
    }, parentCheckMs).unref();
}

/** Makes a gRPC handler of a function that may throw. */
function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
    return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
        Promise.resolve(call.request)
            .then(answer)
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback(errorStatus(error)),
            );
    };
}

function unsupported(method: string): () => never {
    return () => {
        throw Object.assign(new Error(`${method} is not supported by the sandbox`), {
            code: grpc.status.UNIMPLEMENTED,
        });
    };
}

function handlers(provider: CloudProvider): IResourceProviderServer {
    return {
        handshake: unary(handshake),
        parameterize: unary(unsupported("Parameterize")),
        getSchema: unary(() => new messages.GetSchemaResponse().setSchema(provider.schema())),
        checkConfig: unary((request: messages.CheckRequest) => {
            const { inputs, problems } = provider.checkConfig(bag(request.getNews()));
            return checkResponse(inputs, problems);
        }),
        diffConfig: unary((request: messages.DiffRequest) =>
            diffResponse(provider.diffConfig(bag(request.getOldInputs()), bag(request.getNews())), false),
        ),
        configure: unary((request: messages.ConfigureRequest) => {
            provider.configure(bag(request.getArgs()));
            return new messages.ConfigureResponse()
                .setAcceptsecrets(true)
                .setSupportspreview(true)
                .setAcceptresources(false)
                .setAcceptoutputs(false);
        }),
        invoke: unary(async (request: messages.InvokeRequest) => {
            const result = await provider.invoke(request.getTok(), bag(request.getArgs()));
            return new messages.InvokeResponse().setReturn(struct(result)).setFailuresList(failures(result.problems));
        }),
        call: unary(unsupported("Call")),
        construct: unary(unsupported("Construct")),
        list: (call) => call.emit("error", errorStatus(new Error("List is not supported by the sandbox"))),
        cancel: unary(() => {
            provider.cancel();
            return new Empty();
        }),
        getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(provider.version)),
        attach: unary(() => new Empty()),
        getMapping: unary(unsupported("GetMapping")),
        getMappings: unary(unsupported("GetMappings")),
        ...resourceHandlers(provider),
    };
}

type ResourceHandlers = Pick<IResourceProviderServer, "check" | "diff" | "create" | "read" | "update" | "delete">;

function resourceHandlers(provider: CloudProvider): ResourceHandlers {
    return {
        check: unary(async (request: messages.CheckRequest) => {
            const { inputs, problems } = await provider.check({
                urn: request.getUrn(),
                olds: bag(request.getOlds()),
                news: bag(request.getNews()),
                seed: request.getRandomseed_asU8(),
            });
            return checkResponse(inputs, problems);
        }),
        diff: unary(async (request: messages.DiffRequest) => {
            const { changes, deleteBeforeReplace } = await provider.diff({
                urn: request.getUrn(),
                id: request.getId(),
                oldInputs: bag(request.getOldInputs()),
                news: bag(request.getNews()),
            });
            return diffResponse(changes, deleteBeforeReplace);
        }),
        create: unary(async (request: messages.CreateRequest) => {
            const { id, outputs } = await provider.create({
                urn: request.getUrn(),
                inputs: bag(request.getProperties()),
                preview: request.getPreview(),
            });
            return new messages.CreateResponse().setId(id).setProperties(struct(outputs));
        }),
        read: unary(async (request: messages.ReadRequest) => {
            const found = await provider.read({
                urn: request.getUrn(),
                id: request.getId(),
                state: bag(request.getProperties()),
                inputs: bag(request.getInputs()),
            });
            return found === undefined
                ? new messages.ReadResponse()
                : new messages.ReadResponse()
                      .setId(found.id)
                      .setProperties(struct(found.state))
                      .setInputs(struct(found.inputs));
        }),
        update: unary(async (request: messages.UpdateRequest) => {
            const outputs = await provider.update({
                urn: request.getUrn(),
                id: request.getId(),
                oldOutputs: bag(request.getOlds()),
                news: bag(request.getNews()),
                preview: request.getPreview(),
            });
            return new messages.UpdateResponse().setProperties(struct(outputs));
        }),
        delete: unary(async (request: messages.DeleteRequest) => {
            await provider.delete({ urn: request.getUrn(), id: request.getId() });
            return new Empty();
        }),
    };
}

function handshake(): messages.ProviderHandshakeResponse {
    return new messages.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(false)
        .setAcceptOutputs(false);
}

function bag(struct: Struct | undefined): Properties {
    return fromWire(struct?.toJavaScript());
}

function struct(properties: Properties): Struct {
    return Struct.fromJavaScript(toWire(properties));
}

function failures(problems: readonly Problem[]): messages.CheckFailure[] {
    return problems.map(({ property, reason }) => new messages.CheckFailure().setProperty(property).setReason(reason));
}

function checkResponse(inputs: Properties, problems: readonly Problem[]): messages.CheckResponse {
    return new messages.CheckResponse().setInputs(struct(inputs)).setFailuresList(failures(problems));
}

function diffResponse(changes: readonly PropertyChange[], deleteBeforeReplace: boolean): messages.DiffResponse {
    const { Kind } = messages.PropertyDiff;
    const kinds = {
        add: [Kind.ADD, Kind.ADD_REPLACE],
        delete: [Kind.DELETE, Kind.DELETE_REPLACE],
        update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    } as const;
    const { DiffChanges } = messages.DiffResponse;
    const topLevel = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;
    const response = new messages.DiffResponse()
        .setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
        .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
        .setReplacesList([...new Set(changes.filter(({ replaces }) => replaces).map(({ path }) => topLevel(path)))])
        .setDeletebeforereplace(deleteBeforeReplace)
        .setHasdetaileddiff(true);
    for (const { path, kind, replaces } of changes) {
        const detail = new messages.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]).setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}

function errorStatus(error: unknown): Partial<grpc.StatusObject> {
    const details = error instanceof Error ? error.message : String(error);
    const given = (error as { code?: unknown } | undefined)?.code;
    const code = typeof given === "number" ? given : grpc.status.UNKNOWN;
    return error instanceof PartialCreation ? { code, details, metadata: initFailed(error) } : { code, details };
}

/** The detail by which the engine learns that the resource exists although the request failed. */
function initFailed(error: PartialCreation): grpc.Metadata {
    const detail = new messages.ErrorResourceInitFailed()
        .setId(error.id)
        .setProperties(struct(error.outputs))
        .setInputs(struct(error.inputs))
        .setReasonsList([error.message]);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(error.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
}
