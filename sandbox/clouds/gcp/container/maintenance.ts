/** When GKE may work on a cluster: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions */
import { textOf, type PropertyMap, type PropertyValue } from "../../values";
import { bad, part } from "./shared";

const hourMs = 3_600_000;
/** In any 32 days there must be this much, in pieces of at least four hours. */
const neededHours = 48;
const shortestHours = 4;
const period = 32;

/** Why the window is too small; absent when GKE takes it. */
export function refusedMaintenance(policy: PropertyValue | undefined): string | undefined {
    const window = part(part(policy)["recurringWindow"]);
    return Object.keys(window).length === 0 ? undefined : refusedWindow(window);
}

function refusedWindow({ startTime, endTime, recurrence }: PropertyMap): string | undefined {
    const start = instantOf(textOf(startTime));
    const end = instantOf(textOf(endTime));
    if (Number.isNaN(start) || Number.isNaN(end) || end <= start) {
        return bad(
            `Invalid recurring_window: ${textOf(startTime)} to ${textOf(endTime)}: must be RFC 3339 times, in order.`,
        );
    }
    const hours = (end - start) / hourMs;
    const times = timesIn(period, textOf(recurrence));
    if (times === undefined) {
        return bad(
            `Invalid RRULE "${textOf(recurrence)}": FREQ must be DAILY or WEEKLY, with BYDAY as a list of days.`,
        );
    }
    return hours < shortestHours || hours > 24 || hours * times < neededHours
        ? bad(
              "maintenance policy would go longer than 32d without 48h maintenance availability of ≥4h contiguous duration.",
          )
        : undefined;
}

function instantOf(text: string): number {
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
}

/** How often at least a rule comes round in so many days; absent when it is none that is simulated. */
function timesIn(days: number, rule: string): number | undefined {
    if (rule === "FREQ=DAILY") {
        return days;
    }
    const [, list] = /^FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)$/.exec(rule) ?? [];
    return list === undefined ? undefined : Math.floor(days / 7) * new Set(list.split(",")).size;
}
