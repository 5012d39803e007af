/** Azure Database for MySQL, flexible servers. */
import type { ResourceModel } from "../../model";
import { configuration, database } from "./contents";
import { server } from "./server";

export const mysql: readonly ResourceModel[] = [server, database, configuration];
