import type { AwsFolder } from "./folder";
import { createStorageConnector as create } from "./storage-connector";

/** The AWS side. It loads @pulumi/aws, so nothing imports it: the loader in `clouds.ts` requires it. */
export const { createStorageConnector }: AwsFolder = { createStorageConnector: create };
