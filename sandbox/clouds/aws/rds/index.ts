/** Amazon RDS: what the simulated AWS knows of Aurora MySQL. Snapshots are rows of `aws:rds/clusterSnapshot:ClusterSnapshot`. */
import type { ResourceModel } from "../../model";
import { clusters } from "./cluster";
import { groups } from "./groups";
import { instances } from "./instance";

export const rds: readonly ResourceModel[] = [...groups, ...clusters, ...instances];
