/** Cloud SQL for MySQL. */
import type { ResourceModel } from "../../model";
import { contents } from "./contents";
import { instances } from "./instance";

export const sql: readonly ResourceModel[] = [...instances, ...contents];
