/** One part of the AWS side, made against mocks. */
import * as pulumi from "@pulumi/pulumi";
import { type AwsScope, createScope, type ScopeSettings } from "../../sdk/aws/scope";
import { type Given, GraphRecorder } from "./graph";

class Owner extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Owner", "wandb");
    }
}

/** Stands for the custom resource: whatever waits for W&B depends on it. */
class Instance extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("kubernetes:apps.wandb.com/v1:WeightsAndBiases", "wandb-instance", {}, { parent });
    }
}

export interface PartOptions {
    readonly preview?: boolean;
    readonly settings?: Partial<ScopeSettings>;
    readonly outputs?: Readonly<Record<string, Record<string, unknown>>>;
    readonly answers?: Readonly<Record<string, Given>>;
}

/** An address that is read from the cluster once the custom resource is there. */
export type ReadAddress = (address: string | undefined) => pulumi.Output<string | undefined>;

export interface MadePart<T> {
    readonly graph: GraphRecorder;
    readonly made: T;
}

/** GovCloud, where every ARN looks otherwise. */
export const Account = {
    "aws:index/getPartition:getPartition": { partition: "aws-us-gov" },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    "aws:index/getRegion:getRegion": { region: "us-gov-west-1" },
};

export async function makePart<T>(
    make: (scope: AwsScope, read: ReadAddress) => T,
    { preview = false, settings, outputs, answers }: PartOptions = {},
): Promise<MadePart<T>> {
    const graph = await GraphRecorder.start({ preview, outputs, answers: { ...Account, ...answers } });
    const owner = new Owner();
    const scope = createScope("wandb", owner, {
        tags: { team: "ml" },
        deletionProtection: true,
        retainData: false,
        ...settings,
    });
    const made = make(scope, (address) => new Instance(owner).id.apply(() => address));
    await pulumi.runtime.disconnect();
    return { graph, made };
}

/** An Output that fails tells so to its own promise only, which is not part of the public type. */
interface OutputInternals {
    promise(): Promise<unknown>;
}

/** The message with which an Output fails; the test fails when it does not. */
export async function failureOf(output: pulumi.Output<unknown>): Promise<string> {
    try {
        await (output as unknown as OutputInternals).promise();
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    throw new Error("the output resolved");
}
