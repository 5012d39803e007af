/** Windows of time as RDS and ElastiCache have them, in UTC. */
import type { Problem } from "../model";
import type { PropertyMap } from "../values";

const clock = "([01][0-9]|2[0-3]):([0-5][0-9])";
const weekday = "(sun|mon|tue|wed|thu|fri|sat)";
const dailyForm = new RegExp(`^${clock}-${clock}$`);
const weeklyForm = new RegExp(`^${weekday}:${clock}-${weekday}:${clock}$`);
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const day = 1440;
const week = 7 * day;

interface Span {
    readonly from: number;
    readonly minutes: number;
}

function span(from: number, to: number, period: number): Span {
    return { from, minutes: (((to - from) % period) + period) % period };
}

function dailySpan(text: string): Span | undefined {
    const match = dailyForm.exec(text);
    if (match === null) {
        return undefined;
    }
    const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number);
    return span(fromHour * 60 + fromMinute, toHour * 60 + toMinute, day);
}

function weeklySpan(text: string): Span | undefined {
    const match = weeklyForm.exec(text.toLowerCase());
    if (match === null) {
        return undefined;
    }
    const moment = (at: number) =>
        weekdays.indexOf(match[at]) * day + Number(match[at + 1]) * 60 + Number(match[at + 2]);
    return span(moment(1), moment(4), week);
}

/** What the provider says of text that is no window. */
export function wrongForms(
    inputs: PropertyMap,
    dailyOnes: readonly string[],
    weeklyOnes: readonly string[],
): Problem[] {
    const wrong = (property: string, parse: (text: string) => Span | undefined, form: string): Problem[] => {
        const value = inputs[property];
        return typeof value === "string" && parse(value) === undefined
            ? [{ property, reason: `must satisfy the format of "${form}" (value given: ${value}). Rewrite it.` }]
            : [];
    };
    return [
        ...dailyOnes.flatMap((property) => wrong(property, dailySpan, "hh24:mi-hh24:mi")),
        ...weeklyOnes.flatMap((property) => wrong(property, weeklySpan, "ddd:hh24:mi-ddd:hh24:mi")),
    ];
}

/** Minutes of either kind of window; absent when it is none. */
export function minutesOf(window: unknown): number | undefined {
    return typeof window === "string" ? (dailySpan(window) ?? weeklySpan(window))?.minutes : undefined;
}

/** Whether a daily and a weekly window have a minute in common. */
export function meet(daily: unknown, weekly: unknown): boolean {
    const each = typeof daily === "string" ? dailySpan(daily) : undefined;
    const once = typeof weekly === "string" ? weeklySpan(weekly) : undefined;
    if (each === undefined || once === undefined) {
        return false;
    }
    return Array.from({ length: once.minutes }, (_, at) => (once.from + at) % day).some(
        (minute) => (minute - each.from + day) % day < each.minutes,
    );
}
