const Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A time that comes back each week. */
export interface WeeklyTime {
    /** 1 is Monday. */
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
}

/** `ddd:hh:mm`; absent when it is none. */
export function weeklyTime(text: string): WeeklyTime | undefined {
    const [, name, hour, minute] = /^([a-z]{3}):([01]\d|2[0-3]):([0-5]\d)$/.exec(text.toLowerCase()) ?? [];
    const day = Days.findIndex((known) => known === name) + 1;
    return day === 0 ? undefined : { day, hour: Number(hour), minute: Number(minute) };
}

const FullNames = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/** The day as Memorystore calls it. */
export function dayName({ day }: WeeklyTime): string {
    return FullNames[day - 1];
}
