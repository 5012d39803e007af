/** The Pulumi package schema of a simulated cloud, made from its table. YAML programs cannot run without one. */
import type { CloudModel, PropertyModel, PropertyModels } from "./model";

type Schema = Record<string, unknown>;

/** The schema, ready for JSON. */
export function packageSchema(cloud: CloudModel, version: string): Schema {
    const types: Schema = {};
    const bag = (token: string, models: PropertyModels): Schema => bagSchema(token, models, types);
    const resources = cloud.resources.map((row): [string, Schema] => {
        const inputs = bag(row.token, row.inputs);
        // What the program gave, a default filled in, or the cloud added is there in the end.
        const outputs = bag(row.token, { ...row.inputs, ...row.outputs });
        const always = Object.entries(row.inputs).filter(
            ([name, model]) => model.required || model.default !== undefined || name === row.name?.property,
        );
        return [
            row.token,
            {
                description: row.description ?? row.token,
                inputProperties: inputs["properties"],
                requiredInputs: inputs["required"],
                properties: outputs["properties"],
                required: [...always.map(([name]) => name), ...Object.keys(row.outputs ?? {})],
            },
        ];
    });
    const functions = cloud.invokes.map((row): [string, Schema] => [
        row.token,
        {
            description: row.description ?? row.token,
            inputs: { type: "object", ...bag(`${row.token}Args`, row.inputs) },
            outputs: { type: "object", ...bag(`${row.token}Result`, row.outputs) },
        },
    ]);
    const config = bag(`${cloud.name}:index/Config:Config`, cloud.config);
    return {
        name: cloud.name,
        version,
        description: `The part of ${cloud.name} that the sandbox simulates.`,
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        config: { variables: config["properties"], defaults: config["required"] },
        provider: { inputProperties: config["properties"], requiredInputs: config["required"] },
        resources: Object.fromEntries(resources),
        functions: Object.fromEntries(functions),
        types,
    };
}

function bagSchema(owner: string, models: PropertyModels, types: Schema): Schema {
    return {
        properties: Object.fromEntries(
            Object.entries(models).map(([name, model]) => [name, propertySchema(owner, name, model, types)]),
        ),
        required: Object.entries(models).flatMap(([name, model]) => (model.required ? [name] : [])),
    };
}

function propertySchema(owner: string, name: string, model: PropertyModel, types: Schema): Schema {
    return {
        ...typeSchema(owner, name, model, types),
        ...(model.description === undefined ? {} : { description: model.description }),
        ...(model.secret ? { secret: true } : {}),
        ...(model.default === undefined || typeof model.default === "object" ? {} : { default: model.default }),
    };
}

function typeSchema(owner: string, name: string, model: PropertyModel, types: Schema): Schema {
    const items = model.items ?? { type: "string" };
    switch (model.type) {
        case "any":
            return { $ref: "pulumi.json#/Any" };
        case "array":
            return { type: "array", items: typeSchema(owner, name, items, types) };
        case "map":
            return { type: "object", additionalProperties: typeSchema(owner, name, items, types) };
        case "object": {
            // Objects are named types in a schema: owner `aws:eks/cluster:Cluster`, property `vpcConfig`.
            const token = `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
            types[token] = { type: "object", ...bagSchema(token, model.properties ?? {}, types) };
            return { $ref: `#/types/${token}` };
        }
        default:
            return { type: model.type };
    }
}
