import type { WandbDeploymentArgs } from "../../args";
import type { Section } from "../section";
import { checkS3 } from "./bucket";
import { checkElastiCache } from "./cache";
import { checkEks } from "./cluster";
import { checkAurora } from "./database";
import { checkEntry } from "./entry";
import { checkExtras } from "./extras";
import { checkSecurityGroups } from "./group-names";
import { checkIdentity } from "./identity";
import { checkKeys } from "./key";
import { checkNetwork } from "./network";

const Rules = [
    checkNetwork,
    checkKeys,
    checkEks,
    checkAurora,
    checkElastiCache,
    checkS3,
    checkIdentity,
    checkEntry,
    checkExtras,
    checkSecurityGroups,
];

/** `aws`, and what depends on it. */
export function checkAws(args: Section<WandbDeploymentArgs>): void {
    if (args.has("aws")) {
        Rules.forEach((rule) => rule(args));
    }
}
