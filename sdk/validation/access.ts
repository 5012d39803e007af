import type { WandbDeploymentArgs } from "../args";
import { wrongIpv4Range } from "./cidr";
import type { Section } from "./section";
import { type CloudName, cloudOf } from "./where";
import { given } from "./wording";

const Choices =
    'Give `access: { cidrs: ["203.0.113.7/32"] }` with the public IPv4 addresses of whoever needs kubectl and of the machine that runs Pulumi (`curl https://checkip.amazonaws.com` prints it), or `access: { private: true }` and run `pulumi up` on a machine inside the network';

interface Service {
    readonly name: string;
    /** It takes no more ranges. */
    readonly mostRanges: number;
    /** What a list without ranges would come to. */
    readonly empty: string;
}

const Services: Readonly<Record<CloudName, Service>> = {
    // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
    aws: { name: "EKS", mostRanges: 40, empty: "which AWS would take for everybody" },
    // Of clusters with private nodes: https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks
    gcp: { name: "GKE", mostRanges: 100, empty: "so the public endpoint would answer nobody" },
    // https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
    azure: { name: "AKS", mostRanges: 200, empty: "which AKS would take for everybody" },
};

/** `access`: who may reach the API server of a cluster that is made. */
export function checkAccess(args: Section<WandbDeploymentArgs>): void {
    const cloud = cloudOf(args);
    const cluster = cloud && args.section(cloud)?.section("cluster");
    if (cluster?.has("existing") === true && args.has("access")) {
        args.refuse(
            "access",
            `has no effect with \`${cloud}.cluster.existing\`: the cluster is there already. Leave it out.`,
        );
    } else if (!args.has("access")) {
        checkAbsence(args, cloud);
    } else {
        checkRanges(args, Services[cloud ?? "aws"]);
    }
}

function checkAbsence(args: Section<WandbDeploymentArgs>, cloud: CloudName | undefined): void {
    if (cloud === undefined || args.has("existing")) {
        return;
    }
    const section = args.section(cloud);
    const unknown = args.pending(cloud) || section?.pending("cluster") === true;
    if (!unknown && section?.section("cluster")?.has("existing") !== true) {
        args.refuse(
            "access",
            `is missing: who may reach the API server of the cluster has no safe default. ${Choices}.`,
        );
    }
}

function checkRanges(args: Section<WandbDeploymentArgs>, { name, mostRanges, empty }: Service): void {
    const access = args.section("access");
    if (access === undefined) {
        return;
    }
    const isPrivate = access.flag("private");
    const ranges = access.texts("cidrs");
    if (isPrivate === true && access.has("cidrs")) {
        access.refuse(
            "private",
            "is true, but `access.cidrs` opens a public endpoint. Leave out the one or the other.",
        );
    } else if (isPrivate !== true && !access.has("cidrs") && !access.pending("private")) {
        args.refuse("access", `says nothing. ${Choices}.`);
    } else if (access.has("cidrs") && !access.pending("cidrs") && ranges.length === 0) {
        access.refuse("cidrs", `is empty, ${empty}. ${Choices}.`);
    }
    if (ranges.length > mostRanges) {
        access.refuse("cidrs", `has ${ranges.length} entries, but ${name} takes at most ${mostRanges}. Join ranges.`);
    }
    ranges.forEach((entry) => access.checkEntry(entry, wrongAccessRange));
}

function wrongAccessRange(range: string): string | undefined {
    const wrong = wrongIpv4Range(range);
    if (wrong !== undefined) {
        return wrong;
    }
    return range.endsWith("/0")
        ? `is everybody ${given(range)}. Give the ranges from which you reach the API server, for example 203.0.113.7/32.`
        : undefined;
}
