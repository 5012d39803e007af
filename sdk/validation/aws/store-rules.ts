import type { Section } from "../section";
import { given, list } from "../wording";

/** Rules that databases, caches and their logs share; each function says what is wrong with a value, or nothing. */

/** Reports a number that is none of a list. */
export function checkOneOf<T>(section: Section<T>, key: keyof T & string, accepted: readonly number[]): void {
    const value = section.number(key);
    if (value !== undefined && !accepted.includes(value)) {
        section.refuse(key, `is not accepted by AWS ${given(value)}. Use one of ${list(accepted.map(String), "or")}.`);
    }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 is for ever */
export const LogRetentionDays: readonly number[] = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const Day = 24 * 60;
const Week = 7 * Day;
const Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** A time that comes back, in minutes. */
interface Window {
    readonly start: number;
    readonly length: number;
}

function minutes(clock: string): number | undefined {
    const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
    return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

function windowOf(start: number | undefined, end: number | undefined, period: number): Window | undefined {
    return start === undefined || end === undefined ? undefined : { start, length: (end - start + period) % period };
}

/** `hh:mm-hh:mm` */
function daily(text: string): Window | undefined {
    const [start = "", end = "", ...more] = text.split("-");
    return more.length > 0 ? undefined : windowOf(minutes(start), minutes(end), Day);
}

/** `ddd:hh:mm-ddd:hh:mm` */
function weekly(text: string): Window | undefined {
    const [start, end, ...more] = text.split("-").map((half) => {
        const day = Days.indexOf(half.slice(0, 3).toLowerCase());
        const clock = half[3] === ":" ? minutes(half.slice(4)) : undefined;
        return day < 0 || clock === undefined ? undefined : day * Day + clock;
    });
    return more.length > 0 ? undefined : windowOf(start, end, Week);
}

function wrongWindow(text: string, window: Window | undefined, least: number, example: string): string | undefined {
    if (window === undefined) {
        return `is not a window of time ${given(text)}. Give for example ${example}, in UTC.`;
    }
    return window.length < least
        ? `is too short ${given(text)}. AWS needs at least ${least} minutes, for example ${example}.`
        : undefined;
}

/** A window on each day. */
export function wrongDailyWindow(text: string, least: number): string | undefined {
    return wrongWindow(text, daily(text), least, "02:00-03:00");
}

/** A window on one day of the week. */
export function wrongWeeklyWindow(text: string, least: number): string | undefined {
    return wrongWindow(text, weekly(text), least, "sun:05:00-sun:06:00");
}

/** Whether two windows meet. Texts that are no windows meet nothing. */
export function overlap(dailyText: string, weeklyText: string): boolean {
    const each = daily(dailyText);
    const once = weekly(weeklyText);
    if (each === undefined || once === undefined) {
        return false;
    }
    // A window may go on into the next day or week.
    return Array.from({ length: 16 }, (_, day) => (day - 1) * Day + each.start).some(
        (start) => start < once.start + once.length && once.start < start + each.length,
    );
}
