import type { Entry, Section } from "./section";
import { wholeNumber } from "./syntax";
import { given } from "./wording";

/** Reports each member of a list that stood there before. */
export function refuseRepetition<T>(
    section: Section<T>,
    entries: readonly Entry<string>[],
    remedy = "Leave one out.",
): void {
    entries.forEach(({ value, path }, index) => {
        if (value !== undefined && entries.slice(0, index).some((before) => before.value === value)) {
            section.report(path, `is there twice ${given(value)}. ${remedy}`);
        }
    });
}

/**
 * Reports a number that is no whole number of the range.
 *
 * @returns whether it is there and right
 */
export function checkNumber<T>(section: Section<T>, key: keyof T & string, least: number, most?: number): boolean {
    const value = section.number(key);
    const wrong = value === undefined ? undefined : wholeNumber(value, least, most);
    if (wrong !== undefined) {
        section.refuse(key, wrong);
    }
    return value !== undefined && wrong === undefined;
}
