import { createHash } from "node:crypto";

/**
 * Last part of the logical name of one of several alike, made of what it is about. By its place in a list, what moves up would be made anew
 * while the old one is still there, or be taken away by the deletion of the old one.
 */
export function contentKey(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
