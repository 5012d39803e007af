import { createDeployment } from "./deployment";
import type { AwsFolder } from "./folder";
import { createStorageConnector } from "./bucket/storage-connector";

/** The AWS side. It loads @pulumi/aws, so nothing imports it: the loader in `clouds.ts` requires it. */
const folder: AwsFolder = { createDeployment, createStorageConnector };

export = folder;
