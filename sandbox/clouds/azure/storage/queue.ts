/** Queues of a storage account, as of @pulumi/azure-native 3.28. */
import type { ResourceModel } from "../../model";
import { queueType, serviceChild } from "./shared";

const queue: ResourceModel = serviceChild(
    {
        token: queueType,
        path: "queueServices/default/queues",
        own: "queueName",
        // https://learn.microsoft.com/en-us/rest/api/storageservices/naming-queues-and-metadata
        name: {
            pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
            rule: "must be 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends",
            longest: 63,
        },
    },
    {
        inputs: { metadata: { type: "map" } },
        outputs: { approximateMessageCount: { type: "integer" } },
        computed: (_inputs, { previous }) => ({ approximateMessageCount: previous?.["approximateMessageCount"] ?? 0 }),
    },
);

export const queues: readonly ResourceModel[] = [queue];
