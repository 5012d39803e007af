import tseslint from "typescript-eslint";

const providerRoots = [
    "@pulumi/kubernetes",
    "@pulumi/aws",
    "@pulumi/gcp",
    "@pulumi/azure-native",
    "@pulumi/random",
].map((name) => ({
    name,
    message: "Import the service module (for example @pulumi/kubernetes/core/v1), never the root.",
}));

/** One rule per layer: what its files may not import (style: contract and clouds never see each other's side). */
const layer = (files, forbidden) => ({
    files,
    rules: { "no-restricted-imports": ["error", { paths: providerRoots, patterns: patternsOf(forbidden) }] },
});

/** Texts are patterns as in .gitignore, where a later one with `!` allows again. */
function patternsOf(forbidden) {
    const message = "This layer must not import that one.";
    const group = forbidden.filter((one) => typeof one === "string");
    const regexes = forbidden.filter((one) => one instanceof RegExp).map(({ source }) => ({ regex: source, message }));
    return group.length === 0 ? regexes : [{ group, message }, ...regexes];
}

/** Files in a cloud's folder that are free of its SDK. */
const freeOfSdk = "(?!\\/(args(\\/[a-z-]+)?|folder|outputs|entry-plan)$)(\\/|$)";

/** A cloud's SDK, and our folder that loads it. Folders of the same name among connectors and validation are free of the SDK. */
const clouds = new RegExp(`(^|(?<!\\/(connectors|validation))\\/)(aws|gcp|azure|azure-native)${freeOfSdk}`);

/** The same from the folder of validation, which has folders of these names itself. */
const cloudsAbove = new RegExp(`\\.\\.\\/(aws|gcp|azure)${freeOfSdk}`);

/** What makes resources: their SDKs, and our folders. */
const resources = [
    "@pulumi/*",
    "!@pulumi/pulumi",
    "**/kubernetes/*",
    "**/existing/*",
    "!**/existing/args",
    "**/connectors/*",
    "**/deployment",
    /\/(kubernetes|existing)(\/index)?$/,
    clouds,
];

/** The public arguments are plain interfaces: no import is left when they are compiled. */
const typesOnly = {
    files: ["sdk/args.ts", "sdk/args/**/*.ts"],
    rules: {
        "@typescript-eslint/no-restricted-imports": [
            "error",
            { patterns: [{ regex: ".", allowTypeImports: true, message: "The arguments import types only." }] },
        ],
    },
};

export default tseslint.config(
    { ignores: ["**/bin/", "**/node_modules/", "docs/api/", ".sandbox/", "sandbox/toolchain/**/*.go"] },
    ...tseslint.configs.recommendedTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-non-null-assertion": "error",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "max-lines": ["error", { max: 400 }],
            "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
            "no-restricted-imports": ["error", { paths: providerRoots }],
        },
    },
    layer(["sdk/**/*.ts"], [clouds]),
    layer(["sdk/args.ts"], [/^(?!@pulumi\/pulumi$|\.\/args\/|\.\/(existing|aws|gcp|azure)\/args$)/]),
    layer(["sdk/args/**/*.ts"], [/^(?!@pulumi\/pulumi$|\.\/)/]),
    typesOnly,
    layer(
        ["sdk/validate.ts", "sdk/validation/**/*.ts"],
        [
            ...resources.filter((one) => one !== clouds),
            cloudsAbove,
            "**/values/*",
            "!**/values/host",
            "**/readiness/*",
            "!**/readiness/duration",
        ],
    ),
    layer(["sdk/contract/**/*.ts"], [/^\.\.\/(?!args\/|contract\/|readiness\/cluster-access$)/, "@pulumi/aws/*"]),
    layer(["sdk/existing/**/*.ts"], ["../values/*", "../deployment", clouds]),
    // Pure, so that policies can use them without the SDKs.
    layer(
        ["sdk/checks/**/*.ts"],
        ["@pulumi/*", "**/values/*", "**/kubernetes/*", "**/readiness/*", "**/deployment", clouds],
    ),
    layer(
        ["sdk/kubernetes/**/*.ts", "sdk/values/**/*.ts"],
        ["../existing/*", "../deployment", /\/existing(\/index)?$/, clouds],
    ),
    layer(["sdk/readiness/**/*.ts"], [...resources, "../values/*", "!../values/host"]),
    layer(
        ["sdk/aws/**/*.ts"],
        [
            // `./deployment` and what lies in the cloud's own folders is meant by a shorter way.
            /^(\.\.\/)+(clouds|gcp\/.*|azure\/.*|connectors\/.*|validation\/.*|existing\/.*)$/,
            /^(\.\.\/)+kubernetes\/(?!provider$|preflight$)/,
            /^(\.\.\/)+values\/(?!host$|merge$)/,
            /^\.\.\/(\.\.\/)?deployment$/,
        ],
    ),
    layer(
        ["sdk/gcp/**/*.ts"],
        [
            /^(\.\.\/)+(clouds|aws\/.*|azure\/.*|connectors\/.*|validation\/.*|existing\/.*)$/,
            /^(\.\.\/)+kubernetes\/(?!provider$|preflight$)/,
            /^(\.\.\/)+values\/(?!host$)/,
            /^\.\.\/(\.\.\/)?deployment$/,
        ],
    ),
    layer(
        ["sdk/azure/**/*.ts"],
        [
            /^(\.\.\/)+(clouds|aws\/.*|gcp\/.*|connectors\/.*|validation\/.*|existing\/.*)$/,
            /^(\.\.\/)+kubernetes\/(?!provider$|preflight$|scope$)/,
            /^(\.\.\/)+values\/(?!host$|merge$)/,
            /^\.\.\/(\.\.\/)?deployment$/,
        ],
    ),
    // A command of its own, which starts without any SDK.
    layer(
        ["sdk/migrate/**/*.ts"],
        ["@pulumi/*", "**/kubernetes/*", "**/existing/*", "**/values/*", "**/readiness/*", "**/deployment", clouds],
    ),
    layer(["policy/**/*.ts"], ["**/sdk", "**/sdk/**"]),
    layer(["index.ts", "config-shape.ts"], ["**/sdk", "pulumi-wandb/*"]),
    layer(["sandbox/**/*.ts"], ["**/sdk", "pulumi-wandb"]),
    // Free maps of chart values: other languages know no narrower type for them.
    {
        files: ["sdk/values/**/*.ts", "sdk/args/*.ts", "sdk/args.ts"],
        rules: { "@typescript-eslint/no-explicit-any": "off" },
    },
    {
        // Test suites are one long describe() by nature; node:test style callbacks count as functions.
        files: ["tests/**/*.ts"],
        rules: { "max-lines-per-function": "off" },
    },
    { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
