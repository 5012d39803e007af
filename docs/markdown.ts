/** One row of a table. */
export function tableRow(cells: readonly string[]): string {
    return `| ${cells.map(cell).join(" | ")} |`;
}

/** A bar would end the cell, an angle bracket outside of code start a tag. */
function cell(text: string): string {
    return text
        .replace(/\s+/g, " ")
        .split("`")
        .map((part, index) => (index % 2 === 0 ? part.replace(/</g, "&lt;") : part))
        .join("`")
        .replace(/\|/g, "\\|");
}
