/** Static checks of the configuration, which run before anything is created (docs/checks.md). */
export interface ChecksArgs {
    /**
     * Checks to leave out: id of the check (`ingress.nginx-body`) and why it does not matter here. An error that is left out no longer
     * stops the deployment.
     */
    silence?: Record<string, string>;
    /** Values of another version of the application's chart, by which `values` is judged. Default: operator-wandb 0.43.8, which this package brings. */
    reference?: ChartReferenceArgs;
}

/** What one version of the application's chart knows. */
export interface ChartReferenceArgs {
    /** Version of the chart `operator-wandb`. */
    version: string;
    /** One row per value: at least `path` and `type` (docs/checks.md tells the format). */
    values: Record<string, any>[];
}
