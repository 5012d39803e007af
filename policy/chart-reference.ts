import { readFileSync } from "node:fs";
import { type ChartReference, chartReference, knownReference } from "pulumi-wandb/checks";
import type { Configuration, Properties } from "./config";

/** Another version of the application's chart to judge by. */
interface OtherChart {
    /** Its version. */
    readonly version: string;
    /** JSON file with the list of its values. */
    readonly file: string;
}

export interface ReferenceConfiguration extends Configuration {
    readonly chartReference?: OtherChart;
}

/** Parameter of the policies that judge by the chart's values. */
export const ReferenceParameter: Properties = {
    chartReference: {
        type: "object",
        required: ["version", "file"],
        additionalProperties: false,
        description: "Version of operator-wandb to judge by, in place of the one that pulumi-wandb knows.",
        properties: {
            version: { type: "string", minLength: 1 },
            file: {
                type: "string",
                minLength: 1,
                description:
                    "Absolute path of a JSON file in the format of pulumi-wandb's own, checks/data/operator-wandb-*.json.",
            },
        },
    },
};

const read = new Map<string, ChartReference>();

/** What the configured version of the chart knows, else the version of the package. */
export function referenceOf({ chartReference: other }: ReferenceConfiguration): ChartReference {
    if (other === undefined) {
        return knownReference();
    }
    const key = JSON.stringify(other);
    const reference = read.get(key) ?? readReference(other);
    read.set(key, reference);
    return reference;
}

function readReference({ version, file }: OtherChart): ChartReference {
    try {
        return chartReference(version, JSON.parse(readFileSync(file, "utf8")));
    } catch (error) {
        const plain = new Error(
            `chartReference: ${JSON.stringify(file)} cannot be used: ${(error as Error).message}\n` +
                "Give the absolute path of a JSON file like checks/data/*.json of pulumi-wandb, and its version.",
        );
        // The SDK shows the stack of an error, which says nothing to the writer of the configuration.
        plain.stack = plain.message;
        throw plain;
    }
}
