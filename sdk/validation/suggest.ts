/** Number of single-character edits between two words (Levenshtein, with swapped neighbours as one edit). */
function distance(a: string, b: string): number {
    let beforePrevious: number[] = [];
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            let best = Math.min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1));
            const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
            if (swapped) {
                best = Math.min(best, beforePrevious[column - 2] + 1);
            }
            current.push(best);
        }
        beforePrevious = previous;
        previous = current;
    }
    return previous[b.length];
}

/** Longer words are pasted text, not typing errors, and would only cost time. */
const LongestWord = 60;

/** The known word that was most likely meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
    const typed = word.toLowerCase().replace(/[-_]/g, "");
    if (typed.length < 2 || typed.length > LongestWord) {
        return undefined;
    }
    let best: string | undefined;
    let bestDistance = Math.max(1, Math.floor(typed.length / 3)) + 1;
    for (const candidate of known) {
        const plain = candidate.toLowerCase().replace(/[-_]/g, "");
        const edits = distance(typed, plain);
        if (edits < bestDistance) {
            best = candidate;
            bestDistance = edits;
        }
    }
    return best ?? known.find((candidate) => sharesStart(typed, candidate.toLowerCase()));
}

/** `user` for `username`, `hostname` for `host`. */
function sharesStart(a: string, b: string): boolean {
    return a.length >= 4 && b.length >= 4 && (a.startsWith(b) || b.startsWith(a));
}
