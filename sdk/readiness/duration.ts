const UnitMilliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000 };

/**
 * Reads a duration such as `90s`, `20m` or `1h30m`: whole hours, minutes and seconds, each at most once, in this order.
 *
 * @returns milliseconds, or undefined when the text is not such a duration or says zero.
 */
export function parseDuration(text: string): number | undefined {
    const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text);
    if (!match) {
        return undefined;
    }
    const [hours = "0", minutes = "0", seconds = "0"] = match.slice(1);
    const total =
        Number(hours) * UnitMilliseconds.h +
        Number(minutes) * UnitMilliseconds.m +
        Number(seconds) * UnitMilliseconds.s;
    return total > 0 ? total : undefined;
}

/** Writes a duration the way it is given in arguments; anything below a second counts as `0s`. */
export function formatDuration(milliseconds: number): string {
    let rest = Math.max(0, Math.floor(milliseconds / 1_000) * 1_000);
    let text = "";
    for (const [unit, size] of Object.entries(UnitMilliseconds)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        text += count > 0 ? `${count}${unit}` : "";
    }
    return text === "" ? "0s" : text;
}
