/** The log of everything the engine asked a simulated cloud: `<dir>/clouds/requests.jsonl`, without secrets. */
import * as fs from "node:fs";
import * as path from "node:path";
import { holdsSecret } from "./check";
import type { PropertyModels } from "./model";
import { isMap, unknown, type Json, type Properties, type PropertyValue } from "./values";

/** One request, as it was answered. */
export interface RequestRecord {
    readonly cloud: string;
    readonly operation: string;
    /** Resource type, or function token. */
    readonly type: string;
    readonly urn?: string;
    readonly id?: string;
    readonly preview?: boolean;
    /** A secret is shown as "[secret]", a value not known yet as "[unknown]". */
    readonly inputs?: { [property: string]: Json };
    /** Absent when it went well. */
    readonly error?: string;
}

const requestsFile = (dir: string): string => path.join(dir, "clouds", "requests.jsonl");

export function logRequest(dir: string, record: RequestRecord): void {
    const file = requestsFile(dir);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // One write of one line in append mode: lines of several processes do not mix.
    fs.appendFileSync(file, `${JSON.stringify(record)}\n`);
}

/** All requests so far, oldest first. */
export function readRequests(dir: string): RequestRecord[] {
    const file = requestsFile(dir);
    if (!fs.existsSync(file)) {
        return [];
    }
    const lines = fs.readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RequestRecord);
}

/** Inputs as they may be logged. What the table does not know may be a misspelt secret, so it is not shown either. */
export function loggable(inputs: Properties, models: PropertyModels): { [property: string]: Json } {
    return Object.fromEntries(
        Object.entries(inputs.values).map(([name, value]): [string, Json] => {
            const model = models[name];
            if (model === undefined) {
                return [name, "[not in the table]"];
            }
            return [name, inputs.secrets.has(name) || holdsSecret(model) ? "[secret]" : readable(value)];
        }),
    );
}

function readable(value: PropertyValue): Json {
    if (value === unknown) {
        return "[unknown]";
    }
    if (Array.isArray(value)) {
        return value.map(readable);
    }
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)])) : value;
}
