/** Where things can be in Google Cloud. */

/** https://docs.cloud.google.com/compute/docs/regions-zones */
const regions: readonly string[] = [
    "africa-south1",
    "asia-east1",
    "asia-east2",
    "asia-northeast1",
    "asia-northeast2",
    "asia-northeast3",
    "asia-south1",
    "asia-south2",
    "asia-southeast1",
    "asia-southeast2",
    "australia-southeast1",
    "australia-southeast2",
    "europe-central2",
    "europe-north1",
    "europe-north2",
    "europe-southwest1",
    "europe-west1",
    "europe-west10",
    "europe-west12",
    "europe-west2",
    "europe-west3",
    "europe-west4",
    "europe-west6",
    "europe-west8",
    "europe-west9",
    "me-central1",
    "me-central2",
    "me-west1",
    "northamerica-northeast1",
    "northamerica-northeast2",
    "northamerica-south1",
    "southamerica-east1",
    "southamerica-west1",
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west3",
    "us-west4",
];

/** https://docs.cloud.google.com/storage/docs/locations */
const dualRegions: readonly string[] = ["ASIA1", "EUR4", "EUR5", "EUR7", "EUR8", "NAM4"];
const multiRegions: readonly string[] = ["ASIA", "EU", "US"];

type LocationKind = "region" | "dual-region" | "multi-region";

/** What kind of place for a bucket that is, in any case of letters; absent when it is none. */
export function bucketLocation(name: string): LocationKind | undefined {
    const upper = name.toUpperCase();
    if (multiRegions.includes(upper)) {
        return "multi-region";
    }
    if (dualRegions.includes(upper)) {
        return "dual-region";
    }
    return regions.includes(name.toLowerCase()) ? "region" : undefined;
}

/** https://docs.cloud.google.com/kms/docs/locations */
export const kmsLocations: readonly string[] = [
    ...regions,
    "asia",
    "asia1",
    "au",
    "ca",
    "eur3",
    "eur4",
    "eur5",
    "eur6",
    "europe",
    "global",
    "in",
    "nam10",
    "nam11",
    "nam12",
    "nam3",
    "nam4",
    "nam6",
    "nam7",
    "nam8",
    "nam9",
    "us",
];

/**
 * The Cloud KMS location whose keys serve a bucket there: the same place, which Cloud KMS calls `europe` where Cloud Storage says `EU`.
 *
 * https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions
 */
export function keyLocationFor(bucketPlace: string): string {
    const lower = bucketPlace.toLowerCase();
    return lower === "eu" ? "europe" : lower;
}
