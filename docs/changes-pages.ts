import { AwsChanges } from "./aws-changes";
import type { ChangesPage } from "./changes";
import { GcpChanges } from "./gcp-changes";

/** All clouds. */
export const ChangesPages: readonly ChangesPage[] = [AwsChanges, GcpChanges];
