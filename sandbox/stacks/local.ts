/** The stack `local` of the root program: W&B on the sandbox's own cluster. */
import { sandboxDir, type SandboxStack } from "./stack";

export const localStack: SandboxStack = {
    name: "local",
    dir: sandboxDir("local"),
    firstSettings: [
        { path: "host", value: "https://wandb.sandbox.example" },
        { path: "license", value: sandboxLicense(), secret: true },
        { path: "database.install", value: "true" },
        { path: "bucket.provider", value: "s3" },
        { path: "bucket.name", value: "wandb" },
        { path: "bucket.endpoint", value: "minio.sandbox.example:9000" },
        { path: "bucket.accessKey", value: "example-access-key", secret: true },
        { path: "bucket.secretKey", value: "example-secret-key", secret: true },
        { path: "ingress.className", value: "nginx" },
        { path: "ingress.tls.enabled", value: "false" },
        // So that `npm stop` can remove everything.
        { path: "deletionProtection", value: "false" },
    ],
    serviceSettings: ({ controlPlane, operator }) => [
        { path: "existing.context", value: controlPlane.context },
        { path: "operator.chart.repository", value: operator.repositoryUrl },
        { path: "operator.channelUrl", value: operator.channelUrl },
    ],
};

/** A token of the form of a license. It licenses nothing: the stand-in operator reads no more than its form. */
export function sandboxLicense(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    return [
        part({ alg: "RS256", kid: "sandbox" }),
        part({ deploymentId: "00000000-0000-0000-0000-000000000000", maxUsers: 1, exp: 4102444800 }),
        Buffer.from("not a signature").toString("base64url"),
    ].join(".");
}
