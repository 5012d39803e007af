import { isEmpty, type Json, type JsonMap, put } from "./tree";

/** What becomes of one setting of the old installation. */
export const Fate = {
    /** It means the same. */
    Carried: "carried",
    /** It means something else, or is written in another way. */
    Changed: "changed",
    /** Nothing takes it up. */
    Lost: "lost",
    /** A person must decide. */
    Decide: "decide",
} as const;
export type Fate = (typeof Fate)[keyof typeof Fate];

/** One line of the report. It holds no value, since that may be secret. */
export interface Note {
    readonly fate: Fate;
    /** The setting in the words of its source. */
    readonly from: string;
    /** The chart's value that has it now. */
    readonly to?: string;
    readonly text?: string;
}

/** A variable whose value stands elsewhere. */
export interface ValueFrom {
    readonly [kind: string]: Json;
}

/** The values of the chart `operator-wandb` that an old installation comes to, and how each setting got there. */
export class Draft {
    readonly values: JsonMap = {};
    readonly notes: Note[] = [];

    /** Puts a setting to a value of the chart. What is empty says nothing. */
    carry(from: string, to: string, value: Json | undefined, text?: string): void {
        if (value === undefined || isEmpty(value)) {
            return;
        }
        put(this.values, to.split("."), value);
        this.notes.push({ fate: text === undefined ? Fate.Carried : Fate.Changed, from, to, text });
    }

    /** The same below a key that may hold dots. */
    carryKey(from: string, to: string, key: string, value: Json | undefined, text?: string): void {
        if (value === undefined) {
            return;
        }
        put(this.values, [...to.split("."), key], value);
        this.notes.push({ fate: text === undefined ? Fate.Carried : Fate.Changed, from, to: `${to}.${key}`, text });
    }

    /** A variable of every container. */
    variable(from: string, name: string, value: Json | undefined, text?: string): void {
        if (value !== undefined && value !== "") {
            this.carryKey(from, "global.extraEnv", name, value, text);
        }
    }

    changed(from: string, text: string): void {
        this.notes.push({ fate: Fate.Changed, from, text });
    }

    lost(from: string, text: string): void {
        this.notes.push({ fate: Fate.Lost, from, text });
    }

    decide(from: string, text: string): void {
        this.notes.push({ fate: Fate.Decide, from, text });
    }
}
