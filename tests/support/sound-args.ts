import type { WandbDeploymentArgs } from "../../sdk/args";
import { BucketProvider } from "../../sdk/args/stores";

const claims = Buffer.from(JSON.stringify({ seats: 1, exp: 4_102_444_800 })).toString("base64url");

/** A license that no server accepts, valid until the year 2100. */
export const SoundLicense = `eyJhbGciOiJub25lIn0.${claims}.c2lnbmF0dXJl`;

/** Arguments in which there is nothing to find. Passed with a Kubernetes provider. */
export const SoundArgs: WandbDeploymentArgs = Object.freeze({
    existing: Object.freeze({}),
    host: "wandb.example.com",
    license: SoundLicense,
    database: Object.freeze({ host: "mysql.example.com", password: "database-canary" }),
    bucket: Object.freeze({ provider: BucketProvider.S3, name: "files", region: "eu-west-1" }),
    ingress: Object.freeze({ className: "nginx", tls: Object.freeze({ secretName: "wandb-tls" }) }),
    readiness: Object.freeze({ wait: false }),
});
