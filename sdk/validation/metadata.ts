import type { Section } from "./section";
import { labelValue, metadataKey } from "./syntax";

/** Keys and values of labels. */
export function checkLabels<T>(section: Section<T>, key: keyof T & string): void {
    for (const entry of section.texts(key)) {
        const wrong = metadataKey(entry.key);
        if (wrong !== undefined) {
            section.report(entry.path, wrong);
        } else {
            section.checkEntry(entry, labelValue);
        }
    }
}

/** Keys of annotations; their values are free. */
export function checkAnnotations<T>(section: Section<T>, key: keyof T & string): void {
    for (const entry of section.texts(key)) {
        const wrong = metadataKey(entry.key);
        if (wrong !== undefined) {
            section.report(entry.path, wrong);
        }
    }
}
