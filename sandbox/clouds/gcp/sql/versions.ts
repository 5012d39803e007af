/** Versions of MySQL: https://docs.cloud.google.com/sql/docs/mysql/db-versions */

const minors = [18, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 37, 39, 40, 41, 42, 43, 44, 45, 46];

/** What `MYSQL_8_0` installs. */
const defaultMinor = 45;

/** The least minor version that can become 8.4: https://docs.cloud.google.com/sql/docs/mysql/upgrade-major-db-version-inplace */
const ripe = 37;

/** Major, minor and patch number, the last two of a line at their newest; absent when there is no such version. */
function numbersOf(version: string): readonly [number, number, number] | undefined {
    if (version === "MYSQL_8_4") {
        return [8, 4, 0];
    }
    const [, minor] = /^MYSQL_8_0(?:_(\d+))?$/.exec(version) ?? ["", undefined];
    if (version === "MYSQL_8_0") {
        return [8, 0, defaultMinor];
    }
    return minor !== undefined && minors.includes(Number(minor)) ? [8, 0, Number(minor)] : undefined;
}

export function isVersion(version: string): boolean {
    return numbersOf(version) !== undefined;
}

/** Whether Google charges the instance what it charges for: 8.0.31 and newer only are of Enterprise Plus. */
export function isOfEnterprisePlus(version: string): boolean {
    const [, minor, patch] = numbersOf(version) ?? [0, 0, 0];
    return minor > 0 || patch >= 31;
}

/** Why an instance cannot go from one version to the other; absent when it can. */
export function refusedUpgrade(from: string, to: string): string | undefined {
    const [before, after] = [numbersOf(from), numbersOf(to)];
    if (before === undefined || after === undefined || from === to) {
        return undefined;
    }
    const [down, up] = [before, after].map(([major, minor, patch]) => (major * 100 + minor) * 1000 + patch);
    if (up < down) {
        return `Downgrade from ${from} to ${to} is not supported`;
    }
    return before[1] === 0 && after[1] > 0 && before[2] < ripe
        ? `Upgrade from ${from} to ${to} is not supported: upgrade to MYSQL_8_0_${ripe} or later first`
        : undefined;
}

/** What the provider overlooks: a minor version that came by itself (databaseVersionDiffSuppress in google/services/sql). */
export function cameByItself(from: string, to: string): boolean {
    const [, minor] = /^MYSQL_8_0_(\d+)$/.exec(from) ?? [];
    return to === "MYSQL_8_0" && Number(minor) >= 35;
}
