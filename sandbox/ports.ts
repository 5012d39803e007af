/** Loopback ports of one sandbox instance, remembered so that a restart changes no configuration. */
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Below the range the kernel hands out to outgoing connections, so that a stopped sandbox does not lose its ports. */
const firstPort = 20_000;
const lastPort = 29_999;
const attempts = 200;

/**
 * The port of 127.0.0.1 that belongs to `name` in the instance `dir`: the remembered one, else a free one that is
 * remembered in `<dir>/ports.json` from now on.
 */
export async function reservePort(dir: string, name: string): Promise<number> {
    for (let attempt = 0; attempt < attempts; attempt++) {
        const remembered = readPorts(dir)[name];
        if (remembered !== undefined) {
            return remembered;
        }
        const candidate = randomInt(firstPort, lastPort + 1);
        if (await isPortFree(candidate)) {
            // Read again: another call may have written while the candidate was tried.
            const ports = readPorts(dir);
            if (ports[name] === undefined && !Object.values(ports).includes(candidate)) {
                writePorts(dir, { ...ports, [name]: candidate });
            }
        }
    }
    throw new Error(
        `No free port for ${name}: ${attempts} tries on 127.0.0.1 between ${firstPort} and ${lastPort} found none. ` +
            `Stop other programs that listen there and start again.`,
    );
}

/** Forgets the port of `name`, for a caller that found it taken by a stranger. */
export function forgetPort(dir: string, name: string): void {
    writePorts(dir, Object.fromEntries(Object.entries(readPorts(dir)).filter(([key]) => key !== name)));
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server = createServer();
        server.once("error", () => resolve(false));
        server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
    });
}

function portsFile(dir: string): string {
    return join(dir, "ports.json");
}

function readPorts(dir: string): Record<string, number> {
    let text: string;
    try {
        text = readFileSync(portsFile(dir), "utf8");
    } catch {
        return {};
    }
    const ports: unknown = JSON.parse(text);
    if (typeof ports !== "object" || ports === null || Object.values(ports).some((port) => !Number.isInteger(port))) {
        throw new Error(`${portsFile(dir)}: not a map of names to ports. Delete the file; new ports are then chosen.`);
    }
    return ports as Record<string, number>;
}

function writePorts(dir: string, ports: Record<string, number>): void {
    mkdirSync(dir, { recursive: true });
    const partial = `${portsFile(dir)}.${process.pid}`;
    writeFileSync(partial, JSON.stringify(ports, undefined, 4) + "\n");
    renameSync(partial, portsFile(dir));
}
