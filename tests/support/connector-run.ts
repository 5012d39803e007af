/** A program with one connector, run by the real engine against the connector's simulated cloud. */
import { Inventory } from "../../sandbox/clouds/inventory";
import type { ScratchProgram } from "./scratch-program";

export class ConnectorRun<Args> {
    protected constructor(
        readonly program: ScratchProgram,
        private readonly cloud: string,
        /** Types that the cloud keeps for itself: `existing` leaves them out. */
        private readonly kept: readonly string[] = [],
    ) {}

    /** Replaces the arguments for the next run. Strings that begin with `later:` are known only once another resource is made. */
    change(args: Args): void {
        this.program.write({ "args.json": JSON.stringify(args) });
    }

    up(...args: string[]): Promise<string> {
        return this.program.succeed("up", "--yes", "--skip-preview", ...args);
    }

    get inventory(): Inventory {
        return new Inventory(this.program.dir, this.cloud);
    }

    /** Names of the types in the simulated cloud, without their modules. */
    existing(): string[] {
        return this.inventory
            .rows()
            .filter(({ type }) => !this.kept.includes(type))
            .map(({ type }) => type.split(":").at(-1) ?? type)
            .sort();
    }
}
