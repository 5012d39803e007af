import { given } from "../validation/wording";

/** A sentence of the rules, `is wrong ("x" given). Do this.`, as the two parts of a finding. */
export function parted(sentence: string, value: string): { message: string; remedy: string } {
    const shown = given(value);
    const after = sentence.indexOf(shown);
    const end = sentence.indexOf(". ", after < 0 ? 0 : after + shown.length);
    return { message: sentence.slice(0, end), remedy: sentence.slice(end + 2) };
}
