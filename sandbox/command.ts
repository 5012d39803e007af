/** The frame of the sandbox's commands: an exit code when all went well, else one line that says what did not. */

/** Runs a command and sets the exit code of this process. */
export function runCommand(name: string, main: () => Promise<number>): void {
    main().then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            console.error(`\n${name} failed: ${error instanceof Error ? error.message : String(error)}`);
            process.exitCode = 1;
        },
    );
}
