/** The page of what changes do on Google Cloud. */
import { join } from "node:path";
import { GcpDeployments } from "../tests/support/gcp-args";
import type { ChangesPage } from "./changes";
import { GcpAccount } from "./gcp-account";
import { GcpChangeRows } from "./gcp-change-rows";

export const GcpChanges: ChangesPage = {
    file: join(__dirname, "gcp-changes.md"),
    argument: "gcp",
    cloud: "Google Cloud",
    least: GcpDeployments.minimal,
    account: GcpAccount,
    rows: GcpChangeRows,
    // The ends of names are made by chance.
    withoutChance: (answer) => answer.replace(/-[0-9a-f]{7,8}\b/g, "-..."),
    short: (name) => name.replace(/^app-as-.*/, "app-as-*").replace(/^(certificate|dns-record)-.*/, "$1-*"),
    several: "one for each host name, or for each Kubernetes account of W&B",
};
