/** Version numbers as tools print them. Pure. */

export type Version = readonly [major: number, minor: number, patch: number];

/** The first `1.2` or `1.2.3` in a text; undefined when there is none. */
export function findVersion(text: string): Version | undefined {
    const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

export function formatVersion(version: Version): string {
    return version.join(".");
}

/** Whether `version` is `least` or newer. */
export function isAtLeast(version: Version, least: Version): boolean {
    const differing = version.findIndex((part, index) => part !== least[index]);
    return differing === -1 || version[differing] > least[differing];
}

/** Whether `version` is `least` or newer within the same major release. */
export function isCompatible(version: Version, least: Version): boolean {
    return version[0] === least[0] && isAtLeast(version, least);
}
