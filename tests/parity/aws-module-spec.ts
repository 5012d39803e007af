/** The custom resource that wandb/terraform-aws-wandb v8.0.0 writes (`wandb_spec`), evaluated for the inputs that shape it. */

/** Inputs that shape the custom resource. What they say is the same for both sides. */
export interface SpecInputs {
    readonly redis: "elasticache" | "none" | "external" | "control-plane" | "chainguard";
    readonly ownBucket?: boolean;
    readonly privateLink?: boolean;
    readonly exporter?: boolean;
    readonly environment?: boolean;
    /** `extra_fqdn` */
    readonly extraHosts?: readonly string[];
    /** `kubernetes_alb_internet_facing` is false. */
    readonly internal?: boolean;
    /** `allowed_inbound_cidr`; without it everybody's. */
    readonly inboundCidrs?: readonly string[];
}

/** What exists in the cloud, whoever made it. */
export interface SpecSurroundings {
    readonly nodeRoleArn: string;
    readonly exporterRoleArn: string;
}

export const Environment = {
    all: { GORILLA_LIST: "a,b=1", GORILLA_QUOTED: 'say "yes"' },
    weave: { WEAVE_X: "1" },
    parquet: { PARQUET_X: "2" },
};

export const OwnBucket = {
    name: "example-wandb",
    prefix: "team/wandb",
    region: "us-east-1",
    kmsKey: "arn:aws:kms:us-east-1:123456789012:key/own",
};

/** In-cluster Redis with Sentinel: `use_ctrlplane_redis` and `use_chainguard_redis`. */
export const SentinelHosts = {
    "control-plane": "redis.redis.svc.cluster.local",
    chainguard: "redis.redis-cg.svc.cluster.local",
};

type Tree = Readonly<Record<string, unknown>>;

/** `spec.values` as the operator reads it: without the backslashes that only carry it through Helm, and without line ends of heredocs. */
export function moduleValues(inputs: SpecInputs, surroundings: SpecSurroundings): Tree {
    const { environment, exporter, extraHosts = [], ownBucket, privateLink } = inputs;
    return {
        global: {
            size: "small",
            host: "https://wandb.example.com",
            license: "the license",
            cloudProvider: "aws",
            extraEnv: environment === true ? Environment.all : {},
            bucket: ownBucket === true ? ownBucketValues() : {},
            defaultBucket: {
                provider: "s3",
                name: "demo-bucket-1a2b3c4",
                region: "us-east-1",
                kmsKey: "arn:aws:kms:us-east-1:123456789012:key/made",
            },
            mysql: {
                host: "writer.database.example",
                port: 3306,
                database: "wandb_local",
                user: "wandb",
                password: "generated",
            },
            redis: redisValues(inputs.redis),
        },
        ingress: {
            class: "alb",
            additionalHosts: [...extraHosts, ...(privateLink === true ? [""] : [])],
            annotations: ingressAnnotations(inputs),
        },
        app: {
            internalJWTMap: [
                {
                    subject: "system:serviceaccount:default:wandb-weave-trace",
                    issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
                },
            ],
        },
        console: { extraEnv: { BUCKET_ACCESS_IDENTITY: surroundings.nodeRoleArn } },
        yace:
            exporter === true
                ? {
                      install: true,
                      regions: ["us-east-1"],
                      serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": surroundings.exporterRoleArn } },
                      searchTags: { Namespace: "demo" },
                  }
                : { install: false, regions: [], serviceAccount: {}, searchTags: {} },
        mysql: { install: false },
        redis: { install: false },
        weave: {
            persistence: { provider: "efs", efs: { fileSystemId: "fs-1" } },
            extraEnv: environment === true ? Environment.weave : {},
        },
        parquet: { extraEnv: environment === true ? Environment.parquet : {} },
    };
}

function ownBucketValues(): Tree {
    const { name, prefix, region, kmsKey } = OwnBucket;
    return { provider: "s3", name, path: prefix, region, kmsKey };
}

function redisValues(redis: SpecInputs["redis"]): Tree {
    switch (redis) {
        case "control-plane":
        case "chainguard":
            return { host: SentinelHosts[redis], port: "26379", params: { master: "gorilla" }, external: true };
        case "external":
            // Its variable is an object without attributes: no parameter ever came through (Trap 12).
            return { host: "redis.example.com", port: "6380", params: {}, external: true };
        case "elasticache":
            return { host: "master.cache.example", port: 6379, external: false, params: { master: "", tls: true } };
        case "none":
            return { host: "", port: 6379, external: false, params: { master: "" } };
    }
}

function ingressAnnotations({ extraHosts = [], internal, inboundCidrs = ["0.0.0.0/0"] }: SpecInputs): Tree {
    const alb = "alb.ingress.kubernetes.io";
    const host = "wandb.example.com";
    return {
        [`${alb}/load-balancer-name`]: "demo-alb-k8s",
        [`${alb}/inbound-cidrs`]: inboundCidrs.join(","),
        [`${alb}/scheme`]: internal === true ? "internal" : "internet-facing",
        [`${alb}/target-type`]: "ip",
        [`${alb}/listen-ports`]: '[{"HTTPS": 443}]',
        [`${alb}/certificate-arn`]: "arn:aws:acm:us-east-1:123456789012:certificate/1",
        "external-dns.alpha.kubernetes.io/ingress-hostname-source": "annotation-only",
        // Its own host stands there twice.
        "external-dns.alpha.kubernetes.io/hostname":
            extraHosts.length === 0 ? host : [host, ...extraHosts, host].join(","),
    };
}
