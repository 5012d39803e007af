import type { Section } from "./section";
import { member } from "./path";
import { closest } from "./suggest";
import { codes, given } from "./wording";

const Parts = ["requests", "limits", "claims"];
const Quantity = /^\d+(\.\d+)?([eE][+-]?\d+|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** Requests and limits of a container: `{ requests: { cpu, memory }, limits: { ... } }`. Values that are not known yet are skipped. */
export function checkResources<T>(section: Section<T>, key: keyof T & string): void {
    for (const [part, amounts] of Object.entries(section.tree(key) ?? {})) {
        const path = member(section.at(key), part);
        if (!Parts.includes(part)) {
            const meant = closest(part, Parts);
            section.report(
                path,
                `is not a part of resources. ${meant === undefined ? `Known: ${codes(Parts)}.` : `Did you mean \`${meant}\`?`}`,
            );
        } else if (part !== "claims") {
            checkAmounts(section, path, amounts);
        }
    }
}

function checkAmounts<T>(section: Section<T>, path: string, amounts: unknown): void {
    if (Array.isArray(amounts) || amounts === null || typeof amounts !== "object") {
        if (amounts !== undefined && typeof amounts !== "function") {
            section.report(path, 'is not an object of quantities. Give for example { cpu: "500m", memory: "1Gi" }.');
        }
        return;
    }
    for (const [name, amount] of Object.entries(amounts)) {
        const scalar = typeof amount === "string" || typeof amount === "number";
        if (amount === null || typeof amount === "boolean" || (scalar && !Quantity.test(String(amount)))) {
            const shown = amount === null ? "(null given)" : given(amount as string | number | boolean);
            section.report(
                member(path, name),
                `is not a quantity ${shown}. Give for example 500m or 2 for cpu, 512Mi or 2Gi for memory.`,
            );
        }
    }
}
