/** How many of a type an account may have. The table of a cloud has what the cloud grants at first; tests lower it. */
import * as path from "node:path";
import { readJson, writeJson } from "./files";

/** Number by resource type. */
export type Quotas = Readonly<Record<string, number>>;

const quotasFile = (dir: string): string => path.join(dir, "clouds", "quotas.json");

/** Replaces all quotas that differ from what the clouds grant at first; `{}` puts those back. */
export function setQuotas(dir: string, quotas: Quotas): void {
    writeJson(quotasFile(dir), quotas);
}

/** @param granted what the cloud grants at first */
export function quotaOf(dir: string, type: string, granted: number): number {
    return readJson<Quotas>(quotasFile(dir), {})[type] ?? granted;
}
