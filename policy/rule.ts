import type {
    EnforcementLevel,
    Policy,
    ReportViolation,
    ResourceValidation,
    ResourceValidationPolicy,
    Severity,
    StackValidationPolicy,
} from "@pulumi/policy";
import { type Configuration, Parameters, isSilenced, type Properties } from "./config";
import { Resource } from "./resource";

/** One thing that is wrong. */
export interface Finding {
    /** Where it stands: the violation is shown with this resource. */
    readonly resource: Resource;
    /** Property of the resource. */
    readonly path: string;
    /** What is wrong, with the value given; never a secret. */
    readonly message: string;
    /** What to do, a sentence. */
    readonly remedy: string;
}

/** What every policy says about itself. */
export interface Rule {
    readonly name: string;
    /** What is refused and why. */
    readonly description: string;
    /** Unless the configuration says otherwise: mandatory for secrets in clear, public data stores and missing encryption. */
    readonly level: Extract<EnforcementLevel, "advisory" | "mandatory">;
    readonly severity: Severity;
    /** What to do, in general. */
    readonly remedy: string;
    /** Page of the cloud that documents it. */
    readonly documentation?: string;
    /** Parameters beside those that all policies have. */
    readonly parameters?: Properties;
}

/** A policy about each resource of a type by itself. It sees the inputs and stops the operation before it begins. */
export function resourcePolicy(
    rule: Rule,
    types: readonly [string, ...string[]],
    find: (resource: Resource, configuration: Configuration) => Iterable<Finding>,
): ResourceValidationPolicy {
    const validate: ResourceValidation = (args, report) => {
        if (types.includes(args.type)) {
            const configuration = args.getConfig<Configuration>();
            reportAll(find(new Resource(args), configuration), configuration, report);
        }
    };
    return {
        ...metadata(rule),
        // By this mark the SDK passes over other resources without unpacking them for each of the policies.
        validateResource: types.length === 1 ? Object.assign(validate, { __pulumiType: types[0] }) : validate,
    };
}

/** A policy about resources beside each other. It sees the outputs, at the end of a preview and of an update. */
export function stackPolicy(
    rule: Rule,
    find: (resources: readonly Resource[], configuration: Configuration) => Iterable<Finding>,
): StackValidationPolicy {
    return {
        ...metadata(rule),
        validateStack: (args, report) => {
            const configuration = args.getConfig<Configuration>();
            const resources = args.resources.map((resource) => new Resource(resource));
            reportAll(find(resources, configuration), configuration, report);
        },
    };
}

function metadata({ name, description, level, severity, remedy, documentation, parameters }: Rule): Policy {
    return {
        name,
        description,
        enforcementLevel: level,
        severity,
        remediationSteps: documentation === undefined ? remedy : `${remedy} See ${documentation}.`,
        configSchema: { properties: { ...Parameters, ...parameters } },
    };
}

/** Reports what is not silenced. An operator with two custom resources is looked at twice, and its fault told once. */
function reportAll(findings: Iterable<Finding>, configuration: Configuration, report: ReportViolation): void {
    const told = new Set<string>();
    for (const finding of findings) {
        const text = findingText(finding);
        const key = `${finding.resource.urn} ${text}`;
        if (!told.has(key) && !isSilenced(finding, configuration)) {
            told.add(key);
            report(text, finding.resource.urn);
        }
    }
}

/** `resource: path: what is wrong. What to do.` */
export function findingText({ resource, path, message, remedy }: Finding): string {
    return `${resource.name}: ${path}: ${message}. ${remedy}`;
}
