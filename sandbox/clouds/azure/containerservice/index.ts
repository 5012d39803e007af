/** Azure Kubernetes Service, and what Container Insights collects of it. */
import type { ResourceModel } from "../../model";
import { agentPool } from "./agent-pool";
import { cluster } from "./cluster";
import { insights } from "./insights";
import { maintenance } from "./maintenance";

export { containerServiceInvokes } from "./credentials";

export const containerService: readonly ResourceModel[] = [cluster, agentPool, maintenance, ...insights];
