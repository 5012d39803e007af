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
    rules: {
        "no-restricted-imports": [
            "error",
            { paths: providerRoots, patterns: [{ group: forbidden, message: "This layer must not import that one." }] },
        ],
    },
});

/** A cloud's SDK, and our folder that loads it; two files in it are free of the SDK. */
const cloudFolders = ["@pulumi/aws/*", "**/aws/*", "!**/aws/args", "!**/aws/folder"];

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
    layer(["sdk/**/*.ts"], cloudFolders),
    layer(["sdk/contract/**/*.ts"], ["../*", "!../contract/*", "@pulumi/aws/*"]),
    layer(
        ["sdk/existing/**/*.ts"],
        ["../values/*", "../aws/*", "../gcp/*", "../azure/*", "../deployment", "@pulumi/aws/*"],
    ),
    // Pure, so that policies can use them without the SDKs.
    layer(
        ["sdk/checks/**/*.ts"],
        ["@pulumi/*", "../values/*", "../kubernetes/*", "../readiness/*", "../aws/*", "../deployment"],
    ),
    layer(
        ["sdk/kubernetes/**/*.ts", "sdk/values/**/*.ts"],
        ["../aws/*", "../gcp/*", "../azure/*", "../existing/*", "../deployment", "@pulumi/aws/*"],
    ),
    layer(
        ["sdk/aws/**/*.ts"],
        [
            "../clouds",
            "../deployment",
            "../gcp/*",
            "../azure/*",
            "../existing/*",
            "../connectors/*",
            "../validation/*",
            "../kubernetes/*",
            "!../kubernetes/provider",
            "../values/*",
            "!../values/host",
        ],
    ),
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
