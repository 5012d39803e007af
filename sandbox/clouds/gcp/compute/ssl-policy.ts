/** SSL policies, as of @pulumi/gcp 9.37: https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts */
import type { Problem, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { httpsProxyType, inUse } from "./load-balancer-parts";
import { compute } from "./shared";

export const sslPolicyType = "gcp:compute/sSLPolicy:SSLPolicy";

const sslPolicy: ResourceModel = compute(
    { title: "SslPolicy", collection: "sslPolicies", place: "global" },
    {
        token: sslPolicyType,
        inputs: {
            customFeatures: { type: "array" },
            description: { type: "string" },
            minTlsVersion: {
                type: "string",
                default: "TLS_1_0",
                values: ["TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"],
            },
            postQuantumKeyExchange: { type: "string", values: ["DEFAULT", "ENABLED", "DEFERRED"] },
            profile: {
                type: "string",
                default: "COMPATIBLE",
                values: ["COMPATIBLE", "MODERN", "RESTRICTED", "CUSTOM", "FIPS_202205"],
            },
        },
        outputs: { enabledFeatures: { type: "array" }, fingerprint: { type: "string" } },
        // google/services/compute/resource_compute_ssl_policy.go
        replaceOn: ["description"],
        validate: wrongCombination,
        computed: ({ customFeatures }) => ({
            enabledFeatures: Array.isArray(customFeatures) ? customFeatures : ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
            fingerprint: "c2FuZGJveA==",
        }),
        blocksDeletion: (row, inventory) =>
            inUse("SslPolicy", "ssl_policy", row, [{ type: httpsProxyType, path: "sslPolicy" }], inventory),
    },
);

function wrongCombination({ profile, minTlsVersion, customFeatures }: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    const [set, version] = [textOf(profile), textOf(minTlsVersion)];
    if (version === "TLS_1_3" && set !== "RESTRICTED" && set !== "") {
        problems.push({ property: "minTlsVersion", reason: "TLS_1_3 needs the profile RESTRICTED. Set that." });
    }
    if (set === "FIPS_202205" && version !== "TLS_1_2") {
        problems.push({ property: "minTlsVersion", reason: "must be TLS_1_2 with the profile FIPS_202205. Set that." });
    }
    if ((set === "CUSTOM") !== (customFeatures !== undefined) && set !== "") {
        problems.push({
            property: "customFeatures",
            reason: "must be set with the profile CUSTOM, and with no other.",
        });
    }
    return problems;
}

export const sslPolicies: readonly ResourceModel[] = [sslPolicy];
