/**
 * The table of a simulated cloud: one row for each resource type and each function that programs may use.
 *
 * A row says what the cloud is known to do (documented limits, replacements, what blocks a deletion). What no row
 * describes is an error, so that a test cannot pass because the simulation looked away.
 */
import type { PropertyChange } from "./diff";
import type { Row } from "./inventory";
import type { PropertyMap, PropertyValue } from "./values";

export type PropertyType = "string" | "integer" | "number" | "boolean" | "array" | "map" | "object" | "any";

/** One property of a resource, function or provider configuration. */
export interface PropertyModel {
    readonly type: PropertyType;
    readonly description?: string;
    /** Element type of an array or map; strings when absent. */
    readonly items?: PropertyModel;
    /** Members of an object; others are refused. */
    readonly properties?: PropertyModels;
    readonly required?: boolean;
    /** The only values accepted. */
    readonly values?: readonly (string | number)[];
    /** Used when the program gives none. */
    readonly default?: PropertyValue;
    /** Never shown, never written in plain text, marked for the engine. */
    readonly secret?: boolean;
}

export type PropertyModels = Readonly<Record<string, PropertyModel>>;

/** A refusal of one property. `reason` must not repeat the value of a secret. */
export interface Problem {
    readonly property: string;
    readonly reason: string;
}

/** How a physical name is made and what it must look like. */
export interface NameRule {
    readonly property: string;
    /** Made from the logical name and random hex digits when the program gives none; absent = name demanded. */
    readonly auto?: {
        readonly maxLength: number;
        readonly separator?: string;
        readonly lowercase?: boolean;
        /** Seven when absent; 0: the logical name alone. */
        readonly digits?: number;
    };
    /** A random UUID is made when the program gives none. */
    readonly uuid?: boolean;
    readonly pattern?: RegExp;
    /** What `pattern` demands, in words. */
    readonly rule?: string;
    /** Two of the type must not share a name; the message is the cloud's. */
    readonly clash?: (name: string) => string;
}

/** A property that names another thing of the cloud. */
export interface Reference {
    /** Path of the property, `[*]` for each element. */
    readonly path: string;
    /** Tokens it may refer to. */
    readonly types: readonly string[];
    /** Output of the target that is named; its id when absent. */
    readonly by?: string;
    /** The cloud's words when the target does not exist. */
    readonly message?: (value: string) => string;
    /** The target cannot be deleted while this row exists; the words are the cloud's. */
    readonly holds?: (target: Row, holder: Row) => string;
}

/** Things that a request names, and which the service that answers it may not know yet. */
export interface Sight {
    /** ARNs among the inputs. */
    readonly arns: (inputs: PropertyMap) => readonly string[];
    /** The cloud's words until it knows the thing. */
    readonly unknown: (arn: string) => string;
    /** Requests that the provider repeats until then; others fail. */
    readonly repeated: readonly ("create" | "update")[];
}

/** What the rest of the cloud looks like at the moment of a request. */
export interface InventoryView {
    rows(type: string): readonly Row[];
    find(type: string, matches: (row: Row) => boolean): Row | undefined;
}

/** What a row's functions may look at. */
export interface ModelContext {
    /** Logical name of the resource. */
    readonly name: string;
    /** Provider configuration (region, project, ...). */
    readonly config: PropertyMap;
    readonly inventory: InventoryView;
    /** The sandbox instance's folder: simulated clusters find the real API server there. */
    readonly dir: string;
}

export interface RefuseContext extends ModelContext {
    /** Outputs before an update, or of what a creation takes over; absent at other creations. */
    readonly previous?: PropertyMap;
}

export interface ComputeContext extends RefuseContext {
    readonly id: string;
}

export interface ResourceModel {
    readonly token: string;
    readonly description?: string;
    readonly inputs: PropertyModels;
    /** Properties the cloud adds. Inputs come back as outputs by themselves. */
    readonly outputs?: PropertyModels;
    readonly name?: NameRule;
    readonly references?: readonly Reference[];
    /** Key of this cloud's table of durations: how long after its creation other services do not know it yet. */
    readonly unseenKey?: string;
    readonly sights?: readonly Sight[];
    /** The request to create it sets what is there already, so that creating it where it exists takes it over. */
    readonly adopts?: boolean;
    /** Inputs whose change needs a new resource, as path prefixes. */
    readonly replaceOn?: readonly string[];
    /** Corrects the difference where `replaceOn` cannot say it: what the provider overlooks, or replaces in one direction only. */
    readonly adjust?: (
        changes: readonly PropertyChange[],
        olds: PropertyMap,
        news: PropertyMap,
    ) => readonly PropertyChange[];
    /** The old one goes first, because both cannot exist together; where it is a function, given its inputs and logical name. */
    readonly deleteBeforeReplace?: boolean | ((olds: PropertyMap, name: string) => boolean);
    /** Outputs that an update may change; previews show them as unknown. */
    readonly volatile?: readonly string[];
    /** Outputs that are the input of that name where the program gives one; previews know them then. */
    readonly echoed?: readonly string[];
    /** Inputs that the cloud does not tell: an import gets their default, a refresh keeps what the state has. */
    readonly unread?: readonly string[];
    /**
     * Key of this cloud's table of durations, where inputs decide one for each; no waiting when absent. Updates and
     * deletions wait where the section has an entry of the key followed by `, update` or `, delete`.
     */
    readonly durationKey?: string | ((inputs: PropertyMap) => string);
    /** The thing exists in Pulumi's state only (random values): no inventory row, no drift. */
    readonly stateOnly?: boolean;
    /** Documented limits on the inputs themselves. Values not known yet are not in `inputs`, but their names are in `given`. */
    readonly validate?: (inputs: PropertyMap, given: ReadonlySet<string>, config: PropertyMap) => Problem[];
    /** Refusals of a creation or update that depend on what else exists; the text is the cloud's error, absent when it agrees. */
    readonly refuse?: (inputs: PropertyMap, context: RefuseContext) => string | undefined;
    /** The provider id; short type name and random hex digits when absent. */
    readonly id?: (inputs: PropertyMap, context: ModelContext) => string;
    /** The output that is the id as well; then `id` is not asked. */
    readonly idOutput?: string;
    readonly computed?: (inputs: PropertyMap, context: ComputeContext) => PropertyMap;
    /** Why the cloud refuses to delete; absent when it agrees. */
    readonly blocksDeletion?: (row: Row, inventory: InventoryView) => string | undefined;
    /** What the cloud makes together with it, which no program asks for by itself. */
    readonly brings?: (row: Row, inventory: InventoryView) => readonly Row[];
    /** What the cloud deletes together with it. */
    readonly takesAlong?: (row: Row, inventory: InventoryView) => readonly Row[];
    /** What the cloud makes of it while it deletes it, for example a last snapshot. */
    readonly leavesBehind?: (row: Row, inventory: InventoryView) => readonly Row[];
    /** What is left to do outside the inventory once it is gone, before the provider reports so. */
    readonly afterDelete?: (row: Row, context: Pick<ModelContext, "dir" | "inventory">) => Promise<void>;
}

export interface InvokeModel {
    readonly token: string;
    readonly description?: string;
    readonly inputs: PropertyModels;
    readonly outputs: PropertyModels;
    /** Throws the cloud's error when there is no answer. */
    readonly answer: (inputs: PropertyMap, context: Omit<ModelContext, "name">) => PropertyMap;
    /** What the cloud makes because it was asked. */
    readonly brings?: (inputs: PropertyMap, context: Omit<ModelContext, "name">) => readonly Row[];
}

export interface CloudModel {
    /** Pulumi package name and name of the inventory. */
    readonly name: string;
    /** The SDK in node_modules whose plugin this stands in for; its version is ours. */
    readonly sdk: string;
    readonly config: PropertyModels;
    readonly resources: readonly ResourceModel[];
    readonly invokes: readonly InvokeModel[];
}
