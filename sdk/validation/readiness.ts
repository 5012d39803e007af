import type { WandbDeploymentArgs } from "../args";
import { parseDuration } from "../readiness/duration";
import type { Section } from "./section";
import { given } from "./wording";

/** `readiness`. */
export function checkReadiness(args: Section<WandbDeploymentArgs>): void {
    const readiness = args.section("readiness");
    if (readiness === undefined) {
        return;
    }
    readiness.check("timeout", (timeout) => {
        if (parseDuration(timeout) !== undefined) {
            return undefined;
        }
        return /^(0+[hms])+$/.test(timeout)
            ? `is no time at all ${given(timeout)}. Give for example 20m; to not wait, set \`readiness.wait\` to false.`
            : `is not a duration ${given(timeout)}. Give for example 90s, 20m, 1h or 1h30m.`;
    });
    if (readiness.flag("probe") === true && readiness.flag("wait") === false) {
        readiness.refuse(
            "probe",
            "is true, but `readiness.wait` is false, so nothing is asked. Leave out the one or the other.",
        );
    }
    if (readiness.flag("probe") === true && args.flag("createCustomResource") === false) {
        readiness.refuse(
            "probe",
            "is true, but `createCustomResource` is false, so nothing is asked: another tool makes W&B later. Leave it out.",
        );
    }
}
