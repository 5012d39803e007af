import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArgumentTree } from "./row";

/** Text of a file in tests/fixtures/tls. */
export function tlsFixture(name: string): string {
    return readFileSync(join(__dirname, "../../fixtures/tls", name), "utf8");
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Shape of a license, without a real signature. */
export const validLicense = [
    part({ alg: "RS256" }),
    part({ deploymentId: "test", maxUsers: 5 }),
    Buffer.from("no signature").toString("base64url"),
].join(".");

/** A kubeconfig with two contexts; nothing listens at its address. */
export const validKubeconfig = `apiVersion: v1
kind: Config
current-context: test
clusters:
  - name: test
    cluster: { server: "https://127.0.0.1:1" }
contexts:
  - name: test
    context: { cluster: test, user: test }
  - name: other
    context: { cluster: test, user: test }
users:
  - name: test
    user: { token: not-a-real-token }
`;

/** The least that is needed, without real secrets. A new tree each time, for the caller to change. */
export function validArguments(): ArgumentTree {
    return {
        existing: { kubeconfig: validKubeconfig },
        host: "wandb.example.com",
        license: validLicense,
        database: { host: "mysql.example.com", password: "database-password" },
        bucket: { provider: "s3", name: "wandb-files", region: "eu-west-1" },
        ingress: { className: "nginx", tls: { secretName: "wandb-tls" } },
    };
}
