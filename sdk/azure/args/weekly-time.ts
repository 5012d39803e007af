const Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const FullNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** A day of the week as Azure Cache for Redis calls it. */
export type DayName = (typeof FullNames)[number];

/** A time that comes back each week. */
export interface WeeklyTime {
    /** 0 is Sunday, as Azure Database for MySQL counts. */
    readonly day: number;
    readonly dayName: DayName;
    readonly hour: number;
    readonly minute: number;
}

/** `ddd:hh:mm`; absent when it is none. */
export function weeklyTime(text: string): WeeklyTime | undefined {
    const [, name, hour, minute] = /^([a-z]{3}):([01]\d|2[0-3]):([0-5]\d)$/.exec(text.toLowerCase()) ?? [];
    const day = Days.findIndex((known) => known === name);
    return day === -1 ? undefined : { day, dayName: FullNames[day], hour: Number(hour), minute: Number(minute) };
}
