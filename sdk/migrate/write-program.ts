import { dump } from "js-yaml";
import { type Argument, SecretSetting } from "./arguments";
import type { Migration } from "./migration";

/** What the program uses. */
const Library = "pulumi-wandb";

export const Languages = ["typescript", "yaml"] as const;
export type Language = (typeof Languages)[number];

/** Files of a program, by name. */
export type Files = Readonly<Record<string, string>>;

/** Enumerations of ours that a program in TypeScript says by name. */
const Names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    size: {
        small: "Size.Small",
        medium: "Size.Medium",
        large: "Size.Large",
        xlarge: "Size.XLarge",
        xxlarge: "Size.XXLarge",
    },
    "bucket.provider": {
        s3: "BucketProvider.S3",
        gcs: "BucketProvider.Gcs",
        az: "BucketProvider.Azure",
        cw: "BucketProvider.CoreWeave",
    },
    "oidc.authMethod": { pkce: "OidcAuthMethod.Pkce", implicit: "OidcAuthMethod.Implicit" },
};

/** A Pulumi program that deploys what was found. It holds no secret. */
export function writeProgram(migration: Migration, language: Language): Files {
    return language === "yaml" ? yamlProgram(migration) : typescriptProgram(migration);
}

function typescriptProgram({ tree }: Migration): Files {
    const argument = written(ordered(tree), "", 0);
    const enums = ["BucketProvider", "OidcAuthMethod", "Size"].filter((name) => argument.includes(`${name}.`));
    const imports = [...enums, "WandbDeployment"].join(", ");
    return {
        "Pulumi.yaml": "name: wandb\nruntime: nodejs\ndescription: Weights & Biases Server\n",
        "package.json": `${JSON.stringify(
            {
                name: "wandb",
                private: true,
                main: "index.ts",
                dependencies: { "@pulumi/pulumi": "^3.270.0", "pulumi-wandb": "^0.1.0" },
                devDependencies: { "@types/node": "^22.0.0", typescript: "^5.9.0" },
            },
            null,
            4,
        )}\n`,
        "tsconfig.json": `${JSON.stringify(
            {
                compilerOptions: {
                    target: "es2022",
                    module: "nodenext",
                    moduleResolution: "nodenext",
                    strict: true,
                    skipLibCheck: true,
                    noEmit: true,
                },
                files: ["index.ts"],
            },
            null,
            4,
        )}\n`,
        "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { ${imports} } from ${JSON.stringify(Library)};

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", ${argument});

export const url = wandb.url;
export const address = wandb.address;
export const consolePasswordCommand = wandb.consolePasswordCommand;
`,
    };
}

function written(value: Argument, path: string, depth: number): string {
    if (value instanceof SecretSetting) {
        return `config.requireSecret(${JSON.stringify(value.key)})`;
    }
    if (typeof value === "string" && Object.hasOwn(Names, path) && Object.hasOwn(Names[path], value)) {
        return Names[path][value];
    }
    if (typeof value !== "object" || value === null) {
        return JSON.stringify(value);
    }
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    const lines = Array.isArray(value)
        ? value.map((item) => written(item, `${path}[]`, depth + 1))
        : Object.entries(value).map(
              ([key, inner]) => `${keyText(key)}: ${written(inner, path === "" ? key : `${path}.${key}`, depth + 1)}`,
          );
    const indent = "    ".repeat(depth + 1);
    return lines.length === 0
        ? `${open}${close}`
        : `${open}\n${lines.map((line) => `${indent}${line},\n`).join("")}${"    ".repeat(depth)}${close}`;
}

/** A literal `__proto__` would set the prototype. */
function keyText(key: string): string {
    return key === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function yamlProgram({ tree, secrets }: Migration): Files {
    const config = Object.fromEntries([...secrets.keys()].map((key) => [key, { type: "string", secret: true }]));
    const program = {
        name: "wandb",
        runtime: "yaml",
        description: "Weights & Biases Server",
        packages: { wandb: "./node_modules/pulumi-wandb" },
        config,
        resources: { wandb: { type: "wandb:WandbDeployment", properties: interpolated(ordered(tree)) } },
        outputs: {
            url: "${wandb.url}",
            address: "${wandb.address}",
            consolePasswordCommand: "${wandb.consolePasswordCommand}",
        },
    };
    return { "Pulumi.yaml": dump(program, { lineWidth: -1, noRefs: true }) };
}

/** Pulumi reads `${...}` in every text of a program in YAML; `$${` stands for itself. */
function interpolated(value: Argument): unknown {
    if (value instanceof SecretSetting) {
        return `\${${value.key}}`;
    }
    if (typeof value === "string") {
        return value.replaceAll("${", "$${");
    }
    if (Array.isArray(value)) {
        return value.map(interpolated);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interpolated(inner)]))
        : value;
}

const First = [
    "existing",
    "host",
    "license",
    "licenseSecret",
    "size",
    "name",
    "namespace",
    "createNamespace",
    "operator",
];

/** In the order in which people read; free values last. */
function ordered(tree: Record<string, Argument>): Record<string, Argument> {
    const rank = (key: string): number => (key === "values" ? 99 : First.includes(key) ? First.indexOf(key) : 50);
    return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => rank(one) - rank(other)));
}
