import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../errors";
import { readKinds } from "../validation/kinds";
import { checkNumber, refuseRepetition } from "../validation/lists";
import { Section } from "../validation/section";
import type { Shape } from "../validation/shape";

/** Arguments that the connectors of all clouds have. */
interface ConnectorArgs {
    bucketName?: pulumi.Input<string>;
    hosts: pulumi.Input<string>[];
    lifecycle?: {
        noncurrentVersionDays?: pulumi.Input<number>;
        incompleteMultipartUploadDays?: pulumi.Input<number>;
    };
}

/** What is right in one cloud. */
export interface ConnectorRules<T> {
    readonly shape: Shape;
    readonly rules: readonly ((args: Section<T>) => void)[];
    /** What is wrong with the logical name. `named`: whether the bucket has a name of its own. */
    readonly wrongName: (name: string, named: boolean) => string | undefined;
}

/**
 * Finds everything that is wrong with the arguments of a connector, in one pass and before the first resource. Outputs and promises are
 * not known yet and are skipped.
 *
 * @param name logical name of the component
 */
export function validateConnector<T extends ConnectorArgs>(
    name: unknown,
    args: T,
    { shape, rules, wrongName }: ConnectorRules<T>,
): Problem[] {
    const problems: Problem[] = [];
    const known = readKinds(args ?? {}, shape, "", problems);
    if (known instanceof Map) {
        const section = new Section<T>("", known, problems);
        rules.forEach((rule) => rule(section));
    }
    const reason =
        typeof name !== "string" || name === ""
            ? "must be a text that is not empty. Give a name, for example wandb."
            : wrongName(name, known instanceof Map && known.has("bucketName"));
    if (reason !== undefined) {
        problems.unshift({ propertyPath: "(resource name)", reason });
    }
    return problems.map(({ propertyPath, reason }) => ({ propertyPath: propertyPath || "(arguments)", reason }));
}

/** `hosts`: whose pages may use signed URLs. */
export function checkHosts(args: Section<ConnectorArgs>, wrong: (host: string) => string | undefined): void {
    const hosts = args.texts("hosts");
    if (args.has("hosts") && !args.pending("hosts") && hosts.length === 0) {
        args.refuse("hosts", "is empty. Give the host name under which people open W&B, or * for any.");
    }
    hosts.forEach((entry) => args.checkEntry(entry, wrong));
    refuseRepetition(args, hosts);
}

/** `lifecycle`: what the cloud clears away by itself. */
export function checkLifecycle(args: Section<ConnectorArgs>): void {
    const lifecycle = args.section("lifecycle");
    if (lifecycle !== undefined) {
        checkNumber(lifecycle, "noncurrentVersionDays", 1);
        checkNumber(lifecycle, "incompleteMultipartUploadDays", 1);
    }
}
