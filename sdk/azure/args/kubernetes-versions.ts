/** A minor version of Kubernetes that AKS supports for everybody. */
export interface AksVersion {
    readonly version: string;
    /** Month in which its community support ends, `YYYY-MM`. After it AKS makes no cluster of that version without long-term support. */
    readonly endOfLife: string;
}

/** Versions of AKS, the oldest first: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions */
export const AksVersions: readonly AksVersion[] = Object.freeze([
    Object.freeze({ version: "1.34", endOfLife: "2026-11" }),
    Object.freeze({ version: "1.35", endOfLife: "2027-03" }),
    Object.freeze({ version: "1.36", endOfLife: "2027-06" }),
    Object.freeze({ version: "1.37", endOfLife: "2027-10" }),
]);

/** What a new cluster runs: the newest that AKS has had for a season. AKS chooses the patch. */
export const DefaultKubernetesVersion = "1.36";
