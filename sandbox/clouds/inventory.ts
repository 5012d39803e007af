/**
 * What exists in a simulated cloud, on disk and apart from Pulumi's state.
 *
 * Because the two are apart, a test sees what the state forgot (orphans) and can change a row behind Pulumi's back
 * (drift). Secrets stand in it as digests only.
 */
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { changeJson, readJson } from "./files";
import type { InventoryView } from "./model";
import type { Json } from "./values";

/** One thing in the cloud. */
export interface Row {
    readonly type: string;
    readonly id: string;
    /** Who made it; absent for things a test planted. */
    readonly urn?: string;
    state: "creating" | "active";
    /** When the cloud is through with its creation, in milliseconds since 1970, whether or not anybody waits for it. */
    readyAt?: number;
    /** When all services of the cloud know it, in milliseconds since 1970; absent when they do at once. */
    seenFrom?: number;
    inputs: { [property: string]: Json };
    outputs: { [property: string]: Json };
}

interface InventoryFile {
    /** Makes digests of secrets useless outside this sandbox instance. */
    salt: string;
    rows: Row[];
}

const emptyFile = (): InventoryFile => ({ salt: randomBytes(16).toString("hex"), rows: [] });

export class Inventory {
    readonly file: string;

    constructor(
        readonly dir: string,
        readonly cloud: string,
    ) {
        this.file = path.join(dir, "clouds", `${cloud}.json`);
    }

    /** All rows, oldest first. */
    rows(): readonly Row[] {
        return this.read().rows;
    }

    get(type: string, id: string): Row | undefined {
        return this.rows().find((row) => row.type === type && row.id === id);
    }

    view(): InventoryView {
        return viewOf(this.read());
    }

    /**
     * Changes the inventory. `change` runs under the lock and synchronously, so that checks and the change that follows
     * from them are one step.
     */
    change<R>(change: (inventory: InventoryChange) => R): Promise<R> {
        return changeJson(this.file, emptyFile, (file) => change(new InventoryChange(ripened(file))));
    }

    /** Adds something that was there before Pulumi came, or was made by hand. */
    async plant(row: Omit<Row, "state">): Promise<void> {
        await this.change((inventory) => inventory.add({ ...row, state: "active" }));
    }

    private read(): InventoryFile {
        return ripened(readJson<InventoryFile>(this.file, emptyFile()));
    }
}

/** The inventory while it is being changed. */
export class InventoryChange {
    constructor(private readonly file: InventoryFile) {}

    get salt(): string {
        return this.file.salt;
    }

    get view(): InventoryView {
        return viewOf(this.file);
    }

    get rows(): readonly Row[] {
        return this.file.rows;
    }

    get(type: string, id: string): Row | undefined {
        return this.file.rows.find((row) => row.type === type && row.id === id);
    }

    add(row: Row): void {
        if (this.get(row.type, row.id) !== undefined) {
            throw new Error(`${row.type} ${JSON.stringify(row.id)}: exists already. Use another name.`);
        }
        this.file.rows.push(row);
    }

    remove(type: string, id: string): void {
        this.file.rows = this.file.rows.filter((row) => row.type !== type || row.id !== id);
    }
}

/** Ends the creations whose time is over: the cloud goes on with them when the engine that ordered them is killed. */
function ripened(file: InventoryFile): InventoryFile {
    for (const row of file.rows) {
        if (row.readyAt !== undefined && row.readyAt <= Date.now()) {
            row.state = "active";
            delete row.readyAt;
        }
    }
    return file;
}

function viewOf(file: InventoryFile): InventoryView {
    const rows = (type: string): Row[] => file.rows.filter((row) => row.type === type);
    return { rows, find: (type, matches) => rows(type).find(matches) };
}
