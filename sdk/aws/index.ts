import { createStorageConnector } from "./bucket/storage-connector";
import { createDeployment } from "./deployment";
import type { AwsFolder } from "./folder";

/** The AWS side. It loads @pulumi/aws, so nothing imports it: the loader in `clouds.ts` requires it. */
const folder: AwsFolder = { createDeployment, createStorageConnector };

export = folder;
