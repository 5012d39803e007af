/** Event Grid: what programs of this repository use of it. */
import type { ResourceModel } from "../../model";
import { eventSubscriptions } from "./subscription";
import { systemTopics } from "./system-topic";

export const eventGrid: readonly ResourceModel[] = [...systemTopics, ...eventSubscriptions];
