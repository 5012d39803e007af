import { tcpPort } from "../validation/address";
import { unencoded } from "../validation/connection";
import { given } from "../validation/wording";
import type { Fault } from "./check";
import type { View } from "./view";

/** Rules that MySQL, Redis, SMTP and the object store share. */

/** Whether something stands here, and it is known. */
export function isSet(view: View): boolean {
    return view.filled && !view.unknown;
}

/** The value given, for a message; nothing for maps and lists. Not for secrets. */
export function shown(view: View): string {
    const { scalar } = view;
    return scalar === undefined ? "" : ` ${given(view.text ?? view.number ?? scalar)}`;
}

/** Places of a variable that reaches all containers of W&B. */
export function globalVariable(values: View, name: string): readonly View[] {
    return [values.at("global", "extraEnv", name), values.at("global", "env", name)];
}

/** A port that is none. References are taken as they are. */
export function* wrongPort(port: View, usual: number): Iterable<Fault> {
    if (port.absent || port.unknown || port.isMap) {
        return;
    }
    const { scalar } = port;
    const digits = scalar !== undefined && /^\d{1,9}$/.test(scalar);
    if (!digits || tcpPort(Number(scalar)) !== undefined) {
        yield {
            path: port.path,
            message: `is not a TCP port${shown(port)}`,
            remedy: `Set a whole number from 1 to 65535, usually ${usual}.`,
        };
    }
}

/** A literal password that breaks the URL it is pasted into. */
export function* passwordInUrl(password: View, scheme: string, secret: string): Iterable<Fault> {
    const { text } = password;
    if (text !== undefined && unencoded(text)) {
        yield {
            path: password.path,
            message: `holds white space or one of the characters : / ? # [ ] @ % as it is, and the pods paste it into a ${scheme}:// URL`,
            remedy: `Choose a password without these characters (${secret}), or write them percent-encoded (%40 for @).`,
        };
    }
}

/** A password given as a literal and by a Secret. */
export function* twoPasswords(password: View, secretName: View, secretKeys: string): Iterable<Fault> {
    if (isSet(password) && isSet(secretName)) {
        yield {
            path: password.path,
            message: `is ignored, since the Secret${shown(secretName)} is named too`,
            remedy: `Remove the password and keep ${secretKeys}.`,
        };
    }
}

/** Numbers of a version as far as they are given: `8.0.35-google`, `MYSQL_8_0_31`, `3.05.2`, `7.x`. */
export function versionParts(version: string): readonly number[] {
    const start = version.slice(0, 60).search(/\d/);
    const digits = start < 0 ? "" : version.slice(start, 60);
    return /^\d+(?:[._]\d+){0,2}/.exec(digits)?.[0].split(/[._]/).map(Number) ?? [];
}

/** Whether a version is older than another. Not when the parts that are given leave it open. */
export function older(version: readonly number[], least: readonly number[]): boolean {
    for (const [index, wanted] of least.entries()) {
        if (index >= version.length || version[index] > wanted) {
            return false;
        }
        if (version[index] < wanted) {
            return true;
        }
    }
    return false;
}
