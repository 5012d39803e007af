import { applicationRows, chartRows, environmentRows } from "./bad-arguments/application";
import { accessRows, ingressRows } from "./bad-arguments/access";
import { clusterRows, kindRows, nameRows } from "./bad-arguments/cluster";
import { operatorRows } from "./bad-arguments/operator";
import type { BadArguments } from "./bad-arguments/row";
import { bucketRows, databaseRows, redisRows } from "./bad-arguments/stores";

export {
    type ArgumentTree,
    type BadArguments,
    type Changes,
    changed,
    compatible,
    withChanges,
} from "./bad-arguments/row";
export { validArguments, validLicense } from "./bad-arguments/valid";

/** Argument sets with one mistake each, and what the message must say. Unit tests and engine tests use the same table. */
export const badArguments: readonly BadArguments[] = [
    ...kindRows,
    ...clusterRows,
    ...nameRows,
    ...accessRows,
    ...databaseRows,
    ...redisRows,
    ...bucketRows,
    ...ingressRows,
    ...operatorRows,
    ...chartRows,
    ...applicationRows,
    ...environmentRows,
];
