import { Unknown, View } from "pulumi-wandb/checks";

/** A resource as the SDK hands it to a policy: one alone with its inputs, or one of a stack with its outputs. */
interface Given {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly provider?: { readonly urn: string };
    readonly opts: { readonly protect: boolean };
}

/** A resource of the stack, whoever makes it. */
export class Resource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    /** URN of its provider, when the engine tells. */
    readonly provider: string | undefined;
    /** Whether Pulumi refuses to delete it. */
    readonly isProtected: boolean;
    private view: View | undefined;

    constructor(private readonly given: Given) {
        const { type, name, urn, provider, opts } = given;
        this.isProtected = opts.protect;
        [this.type, this.name, this.urn, this.provider] = [type, name, urn, provider?.urn];
    }

    /** Its properties. Unpacked at the first look: of most resources a policy wants to know no more than the type. */
    get properties(): View {
        return (this.view ??= new View("", propertiesOf(this.given.props)));
    }
}

/** A preview has no properties at all of a resource whose provider is not configured yet, as in a cluster that is still to be made. */
function propertiesOf(props: Given["props"]): unknown {
    const properties = known(() => props);
    return isEmptyMap(properties) ? Unknown : properties;
}

function isEmptyMap(value: unknown): boolean {
    return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/**
 * A copy in which Unknown stands for what is not known before `up`: the SDK's own object throws when such a property is read.
 * Secrets are in clear in it, marked by nothing, so a policy never prints what it has read from a place that may hold one.
 */
export function known(read: () => unknown): unknown {
    const value = attempt(read);
    if (Array.isArray(value)) {
        return Array.from({ length: value.length }, (_, index) => known(() => (value as unknown[])[index]));
    }
    if (typeof value === "object" && value !== null) {
        const map = value as Readonly<Record<string, unknown>>;
        return Object.fromEntries(Object.keys(map).map((key) => [key, known(() => map[key])]));
    }
    return value;
}

function attempt(read: () => unknown): unknown {
    try {
        return read();
    } catch (error) {
        // The class is not in the SDK's types.
        if (error instanceof Error && "unknownTypeSentinel" in error) {
            return Unknown;
        }
        throw error;
    }
}
