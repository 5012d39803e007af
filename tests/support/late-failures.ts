import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { deployedAlone } from "./aws-recording";
import type { GraphRecorder } from "./graph";

export interface Failed {
    readonly graph: GraphRecorder;
    /** What would be printed: as on the engine, each error once, however many resources it reaches. */
    readonly errors: readonly pulumi.ResourceError[];
}

/** Runs a program in which values turn out to be wrong. */
export async function failedLate(start: () => Promise<GraphRecorder>, args: WandbDeploymentArgs): Promise<Failed> {
    const graph = await start();
    const errors = new Set<unknown>();
    const listeners = process.listeners("unhandledRejection");
    const collect = (error: unknown) => errors.add(error);
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", collect);
    try {
        await deployedAlone(args).catch(collect);
        // Node tells of rejections once the promises at hand are done.
        await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
        process.removeAllListeners("unhandledRejection");
        listeners.forEach((listener) => process.on("unhandledRejection", listener));
    }
    return {
        graph,
        errors: [...errors].map((error) => {
            assert.ok(pulumi.ResourceError.isInstance(error), String(error));
            return error;
        }),
    };
}
