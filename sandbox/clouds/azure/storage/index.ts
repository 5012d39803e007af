/** Azure Storage: what programs of this repository use of it. */
import type { ResourceModel } from "../../model";
import { accounts } from "./account";
import { blobs } from "./blob";
import { policies } from "./policy";
import { queues } from "./queue";

export const storage: readonly ResourceModel[] = [...accounts, ...blobs, ...policies, ...queues];
export { storageInvokes } from "./account";
