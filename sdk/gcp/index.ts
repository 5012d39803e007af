import { createStorageConnector } from "./bucket/storage-connector";
import { createDeployment } from "./deployment";
import type { GcpFolder } from "./folder";

/** The Google Cloud side. It loads @pulumi/gcp, so nothing imports it: the loader in `clouds.ts` requires it. */
const folder: GcpFolder = { createDeployment, createStorageConnector };

export = folder;
