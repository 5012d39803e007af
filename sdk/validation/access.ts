import type { WandbDeploymentArgs } from "../args";
import { wrongIpv4Range } from "./cidr";
import type { Section } from "./section";
import { given } from "./wording";

const Choices =
    'Give `access: { cidrs: ["203.0.113.7/32"] }` with the public IPv4 addresses of whoever needs kubectl and of the machine that runs Pulumi (`curl https://checkip.amazonaws.com` prints it), or `access: { private: true }` and run `pulumi up` on a machine inside the network';

/** EKS takes no more: https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MostRanges = 40;

/** `access`: who may reach the API server of a cluster that is made. */
export function checkAccess(args: Section<WandbDeploymentArgs>): void {
    const cluster = args.section("aws")?.section("cluster");
    if (args.has("aws") && cluster?.has("existing") === true && args.has("access")) {
        args.refuse("access", "has no effect with `aws.cluster.existing`: the cluster is there already. Leave it out.");
        return;
    }
    if (!args.has("access")) {
        const unknown = args.pending("aws") || args.section("aws")?.pending("cluster") === true;
        if (args.has("aws") && !unknown && cluster?.has("existing") !== true && !args.has("existing")) {
            args.refuse(
                "access",
                `is missing: who may reach the API server of the cluster has no safe default. ${Choices}.`,
            );
        }
        return;
    }
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
        access.refuse("cidrs", `is empty, which AWS would take for everybody. ${Choices}.`);
    }
    if (ranges.length > MostRanges) {
        access.refuse("cidrs", `has ${ranges.length} entries, but EKS takes at most ${MostRanges}. Join ranges.`);
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
