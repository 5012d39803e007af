/** Versions that this package installs and knows. Pinned on purpose: a stack must not change because a registry did. */

/** Helm repository of the vendor. */
export const VendorRepository = "https://charts.wandb.ai";

/** Version of the operator's Helm chart (`operator`). Major 2 is another product (reference: W&B operator v2). */
export const OperatorChartVersion = "1.4.8";

/** Version of the controller image. The chart's own default is `latest`, and its appVersion is never raised. */
export const ControllerVersion = "1.22.0";

/** Version of the application's chart (`operator-wandb`) by which this package knows values and objects. */
export const ApplicationChartVersion = "0.43.8";
