/** How the sandbox runs the Pulumi CLI. */
export { pulumiEnvironment, pulumiHome, type PulumiEnvironmentOptions } from "./environment";
export { installPlugins } from "../plugins";
