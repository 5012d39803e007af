import type { Policies } from "@pulumi/policy";
import { resourcePolicy } from "../../rule";
import { isOff } from "../settings";

const KeyType = "gcp:kms/cryptoKey:CryptoKey";
const Day = 86_400;
const LeastWindowDays = 7;

/** Seconds of a duration such as `7776000s`. */
function secondsOf(duration: string | undefined): number | undefined {
    const match = /^(\d+(?:\.\d+)?)s$/.exec(duration ?? "");
    return match === null ? undefined : Number(match[1]);
}

const rotation = resourcePolicy(
    {
        name: "wandb-gcp-key-rotation",
        description:
            "A key that rotates limits what is lost with one piece of key material. Cloud KMS rotates keys only when told so.",
        level: "advisory",
        severity: "medium",
        remedy: "Set rotationPeriod.",
        documentation: "https://docs.cloud.google.com/kms/docs/key-rotation",
    },
    [KeyType],
    function* (resource) {
        const { properties } = resource;
        const [period, purpose] = [properties.at("rotationPeriod"), properties.at("purpose")];
        // Others do not rotate by themselves, nor does what is imported.
        const rotates = (purpose.absent || purpose.text === "ENCRYPT_DECRYPT") && isOff(properties.at("importOnly"));
        if (rotates && period.empty) {
            yield {
                resource,
                path: period.path,
                message: "is not set, so the key never changes",
                remedy: 'Set it, to "7776000s" for 90 days; what is encrypted already stays readable.',
            };
        }
    },
);

const destroyWindow = resourcePolicy(
    {
        name: "wandb-gcp-key-destroy-window",
        description:
            "A destroyed version of a key waits before it is gone, and until then it can be restored. What it encrypts goes with it: database, files and Secrets.",
        level: "advisory",
        severity: "high",
        remedy: `Set destroyScheduledDuration to ${LeastWindowDays} days or more, or leave it out: Google waits 30 days.`,
        documentation: "https://docs.cloud.google.com/kms/docs/destroy-restore",
    },
    [KeyType],
    function* (resource) {
        const duration = resource.properties.at("destroyScheduledDuration");
        const seconds = secondsOf(duration.text);
        if (seconds !== undefined && seconds < LeastWindowDays * Day) {
            yield {
                resource,
                path: duration.path,
                message: `is ${duration.text}, so there is less than a week to bring a key back that was destroyed by mistake`,
                remedy: 'Set it to "2592000s", 30 days; a key that is there already is replaced.',
            };
        }
    },
);

/** Policies about Cloud KMS. */
export const keyPolicies: Policies = [rotation, destroyWindow];
