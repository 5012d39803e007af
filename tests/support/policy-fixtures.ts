import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const folder = join(__dirname, "..", "fixtures");

/** Custom resources as the vendor's documentation shows them. */
export function fixtureNames(): string[] {
    return readdirSync(folder).filter((file) => file.startsWith("cr-"));
}

/** `spec` of such a file. */
export function fixtureSpec(file: string): Record<string, unknown> {
    return (load(readFileSync(join(folder, file), "utf8")) as { spec: Record<string, unknown> }).spec;
}
