/** Google Kubernetes Engine. */
import type { ResourceModel } from "../../model";
import { cluster } from "./cluster";
import { nodePools } from "./node-pool";

export { containerInvokes } from "./lookups";

export const container: readonly ResourceModel[] = [cluster, ...nodePools];
