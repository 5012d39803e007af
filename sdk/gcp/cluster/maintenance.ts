import { type GcpClusterMaintenanceArgs, GcpWeekday } from "../args/cluster";

/** Any Saturday of the past: GKE reads time and length from it, and the days from the recurrence. */
const Origin = Date.UTC(2025, 0, 4);
const MinuteMs = 60_000;
const HourMs = 60 * MinuteMs;

/** When W&B is used least, with room for three zones of nodes. */
const Defaults: Required<GcpClusterMaintenanceArgs> = {
    days: [GcpWeekday.Saturday, GcpWeekday.Sunday],
    startTime: "00:00",
    hours: 8,
};

/** A recurring window as GKE takes it. Pure. */
export function maintenanceWindow(args: GcpClusterMaintenanceArgs = {}): {
    startTime: string;
    endTime: string;
    recurrence: string;
} {
    const { days = Defaults.days, startTime = Defaults.startTime, hours = Defaults.hours } = args;
    const [hour, minute] = startTime.split(":").map(Number);
    const start = Origin + hour * HourMs + minute * MinuteMs;
    // In the order of the week, as GKE gives them back.
    const inOrder = Object.values(GcpWeekday).filter((day) => days.includes(day));
    return {
        startTime: instant(start),
        endTime: instant(start + hours * HourMs),
        recurrence: `FREQ=WEEKLY;BYDAY=${inOrder.join(",")}`,
    };
}

function instant(ms: number): string {
    return new Date(ms).toISOString().replace(".000Z", "Z");
}
