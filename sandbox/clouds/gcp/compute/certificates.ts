/** SSL certificates of Compute Engine that Google issues, as of @pulumi/gcp 9.37. Those of one's own are planted rows. */
import { randomInt } from "node:crypto";
import type { Problem, ResourceModel } from "../../model";

import { isMap, textOf, type PropertyMap } from "../../values";
import { httpsProxyType, inUse } from "./load-balancer-parts";
import { compute } from "./shared";

export const managedCertificateType = "gcp:compute/managedSslCertificate:ManagedSslCertificate";
/** A certificate of one's own: global, and of a region. */
export const ownCertificateType = "gcp:compute/sSLCertificate:SSLCertificate";
export const ownRegionCertificateType = "gcp:compute/regionSslCertificate:RegionSslCertificate";

/** https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs */
const mostDomains = 100;
const longestDomain = 63;

/**
 * Google issues it once a load balancer uses it and the records of its domains point there; nobody waits for that, so here it never is.
 * google/services/compute/resource_compute_managed_ssl_certificate.go: every property makes another one.
 */
const managedCertificate: ResourceModel = compute(
    { title: "ManagedSslCertificate", collection: "sslCertificates", place: "global" },
    {
        token: managedCertificateType,
        inputs: {
            description: { type: "string" },
            managed: { type: "object", properties: { domains: { type: "array", required: true } } },
            type: { type: "string", default: "MANAGED", values: ["MANAGED"] },
        },
        outputs: {
            certificateId: { type: "integer" },
            expireTime: { type: "string" },
            subjectAlternativeNames: { type: "array" },
        },
        replaceOn: ["description", "managed", "type"],
        validate: wrongDomains,
        computed: (_inputs, { previous }) => ({
            certificateId: previous?.["certificateId"] ?? randomInt(1e9, 2 ** 31),
            expireTime: "",
            subjectAlternativeNames: [],
        }),
        blocksDeletion: (row, inventory) =>
            inUse(
                "ManagedSslCertificate",
                "ssl_certificate",
                row,
                [{ type: httpsProxyType, path: "sslCertificates[*]" }],
                inventory,
            ),
    },
);

function wrongDomains({ managed }: PropertyMap): Problem[] {
    const domains = isMap(managed) && Array.isArray(managed["domains"]) ? managed["domains"] : [];
    const problems: Problem[] = [];
    const property = "managed.domains";
    if (domains.length > mostDomains) {
        problems.push({ property, reason: `must hold at most ${mostDomains} domains (${domains.length} given)` });
    }
    for (const domain of domains) {
        const name = textOf(domain).replace(/\.$/, "");
        if (typeof domain === "string" && !/^(?!-)([a-z0-9-]+\.)+[a-z0-9-]+$/i.test(name)) {
            problems.push({ property, reason: `must be domain names without wildcards (value given: ${domain})` });
        } else if (name.length > longestDomain) {
            problems.push({
                property,
                reason: `must have at most ${longestDomain} characters each (value given: ${name})`,
            });
        }
    }
    return problems;
}

export const certificates: readonly ResourceModel[] = [managedCertificate];
