/** All simulated clouds. */
import { aws } from "./aws";
import { azure } from "./azure";
import { readJson } from "./files";
import { gcp } from "./gcp";
import type { CloudModel } from "./model";
import { random } from "./random";

export const clouds: readonly CloudModel[] = [random, aws, gcp, azure];

/** @throws when no such cloud is simulated */
export function cloudNamed(name: string): CloudModel {
    const cloud = clouds.find((model) => model.name === name);
    if (cloud === undefined) {
        const known = clouds.map((model) => model.name).join(", ");
        throw new Error(`cloud: none is simulated under this name (value given: ${name}). Choose one of ${known}.`);
    }
    return cloud;
}

/** The version of the SDK in node_modules, which is the version of the plugin that programs ask for. */
export function sdkVersion(sdk: string): string {
    return readJson(require.resolve(`${sdk}/package.json`), { version: "" }).version;
}
