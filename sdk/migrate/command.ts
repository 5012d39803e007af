import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Refused, writeFolder } from "./files";
import { Unreadable } from "./found";
import { migrationOf } from "./migration";
import { recognise } from "./recognise";
import { writeConfig } from "./write-config";
import { type Files, type Language, Languages, writeProgram } from "./write-program";
import { writeReport } from "./write-report";

/** What the command may do to the world. */
export interface World {
    readonly readInput: (file: string) => string;
    readonly print: (text: string) => void;
    readonly printError: (text: string) => void;
}

export const Help = `pulumi-wandb migrate [FILE|-] [options]

Reads an old W&B installation and writes a Pulumi program, the commands for its secrets, and a report with the steps.
FILE, or standard input when it is - or left out, holds one of:
  the values of the Helm chart wandb (helm get values RELEASE)
  the manifest of W&B's Deployment, with Ingress, Service and Secrets beside it if you like
  a WeightsAndBiases object, with the operator's Deployment beside it if you like
  the values of the chart operator-wandb

  --out DIR              folder to write to; default: wandb-migration
  --language LANGUAGE    typescript (default) or yaml
  --release NAME         the old Helm release; default: wandb
  --namespace NAME       its namespace; default: default
  --show-secrets         write the secrets into config.sh
  --force                replace files in a folder that is not empty
  --help                 show this
`;

/** The input or the options are wrong: exit code 2. The rest: 1. */
class Misused extends Error {}

interface Options {
    readonly file: string;
    readonly out: string;
    readonly language: Language;
    readonly release: string;
    readonly namespace: string;
    readonly showSecrets: boolean;
    readonly force: boolean;
}

/** Runs the command. @returns the exit code */
export function run(args: readonly string[], world: World): number {
    try {
        const options = optionsOf(args);
        if (options === undefined) {
            world.print(Help);
            return 0;
        }
        writeFolder(options.out, migrate(readInput(options.file, world), options), options.force);
        world.print(`Written to ${options.out}. Read MIGRATION.md there first.\n`);
        return 0;
    } catch (error) {
        if (error instanceof Misused || error instanceof Unreadable || error instanceof Refused) {
            world.printError(`pulumi-wandb migrate: ${error.message}\n`);
            return error instanceof Misused ? 2 : 1;
        }
        throw error;
    }
}

/** Program, commands and report of a text. */
export function migrate(
    text: string,
    { language, release, namespace, showSecrets }: Pick<Options, "language" | "release" | "namespace" | "showSecrets">,
): Files {
    const migration = migrationOf(recognise(text, { release, namespace }));
    return {
        ...writeProgram(migration, language),
        "config.sh": writeConfig(migration, showSecrets),
        "MIGRATION.md": writeReport(migration),
    };
}

const Name = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

function optionsOf(args: readonly string[]): Options | undefined {
    const { values, positionals } = parsed(args);
    if (values.help) {
        return undefined;
    }
    const [command, file = "-", ...others] = positionals;
    if (command !== "migrate") {
        throw new Misused(`${JSON.stringify(command ?? "")} is no command. Write: pulumi-wandb migrate [FILE|-]`);
    }
    if (others.length > 0) {
        throw new Misused(`${JSON.stringify(others[0])} is one file too many. Give one instance at a time.`);
    }
    const { language, release, namespace } = values;
    if (!isLanguage(language)) {
        throw new Misused(`--language ${language}: is none. Give ${Languages.join(" or ")}.`);
    }
    for (const [option, name] of Object.entries({ release, namespace })) {
        if (!Name.test(name)) {
            throw new Misused(
                `--${option} ${JSON.stringify(name)}: is no name of Kubernetes. Give lower-case letters, digits and dashes.`,
            );
        }
    }
    return {
        file,
        language,
        release,
        namespace,
        out: values.out,
        showSecrets: values["show-secrets"],
        force: values.force,
    };
}

function isLanguage(text: string): text is Language {
    return Languages.some((language) => language === text);
}

function parsed(args: readonly string[]) {
    try {
        return parseArgs({
            args: [...args],
            allowPositionals: true,
            options: {
                out: { type: "string", default: "wandb-migration" },
                language: { type: "string", default: "typescript" },
                release: { type: "string", default: "wandb" },
                namespace: { type: "string", default: "default" },
                "show-secrets": { type: "boolean", default: false },
                force: { type: "boolean", default: false },
                help: { type: "boolean", default: false },
            },
        });
    } catch (error) {
        throw new Misused(`${(error as Error).message}. See pulumi-wandb --help.`);
    }
}

function readInput(file: string, world: World): string {
    try {
        return world.readInput(file);
    } catch (error) {
        throw new Unreadable(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`);
    }
}

/** The machine that runs this. */
export const machine: World = {
    readInput: (file) => readFileSync(file === "-" ? 0 : file, "utf8"),
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
};
