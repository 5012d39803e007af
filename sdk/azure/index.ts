import { createStorageConnector } from "./bucket/storage-connector";
import { createDeployment } from "./deployment";
import type { AzureFolder } from "./folder";

/** The Azure side. It loads @pulumi/azure-native, so nothing imports it: the loader in `clouds.ts` requires it. */
const folder: AzureFolder = { createDeployment, createStorageConnector };

export = folder;
