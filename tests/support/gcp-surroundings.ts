/** Parts of the Google Cloud side, made against mocks or against the simulated cloud. */
import * as pulumi from "@pulumi/pulumi";
import { gcp } from "../../sandbox/clouds/gcp";
import { clusterType, poolName } from "../../sandbox/clouds/gcp/container/pool";
import { properties } from "../../sandbox/clouds/values";
import { type Apis, createApis } from "../../sdk/gcp/apis";
import { createDeploymentScope, type GcpDeploymentScope } from "../../sdk/gcp/scope";
import { TestCloud } from "./cloud-frame";
import { plantProject, project, region } from "./gcp-account";
import { type Given, GraphRecorder } from "./graph";
import { ModelledCloud } from "./modelled-cloud";

class Owner extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Owner", "wandb");
    }
}

export interface GcpSettings {
    readonly name?: string;
    readonly deletionProtection?: boolean;
    readonly retainData?: boolean;
    /** Of the bucket. */
    readonly location?: string;
    readonly enableApis?: boolean;
}

export interface GcpSurroundings {
    readonly scope: GcpDeploymentScope;
    readonly apis: Apis;
}

/** What all parts are made in: the project and the region of the READMEs. */
function surroundings(settings: GcpSettings): GcpSurroundings {
    const { name = "wandb", deletionProtection = true, retainData = false, location, enableApis = true } = settings;
    const scope = createDeploymentScope(name, new Owner(), {
        project: project.projectId,
        region,
        location,
        labels: { team: "ml" },
        deletionProtection,
        retainData,
    });
    return { scope, apis: createApis(scope, enableApis) };
}

/** What mocks tell of resources and functions: addresses of accounts, as Google makes them. */
const outputs: Readonly<Record<string, Given>> = {
    "gcp:projects/serviceIdentity:ServiceIdentity": ({ service }) => ({
        member: `serviceAccount:agent-of-${String(service)}`,
    }),
    "gcp:serviceaccount/account:Account": ({ accountId }) => {
        const email = `${String(accountId)}@${project.projectId}.iam.gserviceaccount.com`;
        return {
            email,
            member: `serviceAccount:${email}`,
            name: `projects/${project.projectId}/serviceAccounts/${email}`,
        };
    },
    "random:index/randomId:RandomId": ({ prefix }) => ({ hex: `${String(prefix)}0badcafe` }),
    "gcp:projects/iAMCustomRole:IAMCustomRole": ({ roleId }) => ({
        name: `projects/${project.projectId}/roles/${String(roleId)}`,
    }),
};
const answers: Readonly<Record<string, Given>> = {
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": { member: "serviceAccount:agent-of-storage" },
    "gcp:organizations/getProject:getProject": { number: project.number },
};

export interface MadeGcpPart<T> {
    readonly graph: GraphRecorder;
    readonly made: T;
}

/** Makes a part against mocks. */
export async function makeGcpPart<T>(
    make: (surroundings: GcpSurroundings) => T,
    settings: GcpSettings & { preview?: boolean } = {},
): Promise<MadeGcpPart<T>> {
    const { preview = false } = settings;
    const graph = await GraphRecorder.start({ preview, outputs, answers });
    const made = make(surroundings(settings));
    await pulumi.runtime.disconnect();
    return { graph, made };
}

/** A project as Google makes it, apart from the APIs by which all others are turned on. */
export async function startGcpCloud(): Promise<TestCloud> {
    const cloud = new TestCloud({ cloud: gcp });
    cloud.provider.configure(properties({ project: project.projectId, region }));
    await plantProject(cloud.provider.inventory);
    return cloud;
}

/** Makes a part in the simulated cloud, as the engine would. */
export async function makeInCloud<T>(
    cloud: TestCloud,
    make: (surroundings: GcpSurroundings) => T,
    settings: GcpSettings = {},
): Promise<{ readonly run: ModelledCloud; readonly made: T }> {
    const run = await ModelledCloud.start(cloud);
    answerRandom();
    const made = make(surroundings(settings));
    await pulumi.runtime.disconnect();
    return { run, made };
}

/** What is random is no resource of the cloud. */
function answerRandom(): void {
    const { mocks } = pulumi.runtime.getMonitor() as unknown as { readonly mocks: pulumi.runtime.Mocks };
    const make = mocks.newResource.bind(mocks);
    mocks.newResource = (args) => {
        const { prefix } = args.inputs as { readonly prefix?: string };
        return args.type.startsWith("random:") ? { id: args.name, state: { hex: `${prefix}0badcafe` } } : make(args);
    };
}

/** A cluster with workload identity, and with it the pool of the project. */
export async function plantPool({ provider }: TestCloud): Promise<string> {
    const workloadPool = poolName(project.projectId);
    const inputs = { name: "given", workloadIdentityConfig: { workloadPool } };
    await provider.inventory.plant({
        type: clusterType,
        id: `projects/${project.projectId}/locations/${region}/clusters/given`,
        inputs,
        outputs: inputs,
    });
    return workloadPool;
}
