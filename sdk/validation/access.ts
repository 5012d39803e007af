import type { WandbDeploymentArgs } from "../args";
import { wrongIpv4Range } from "./cidr";
import type { Section } from "./section";
import { given } from "./wording";

const Choices =
    "Give `access: { cidrs: [...] }` with the IPv4 ranges from which you, and the machine that runs Pulumi, reach the API server, or `access: { private: true }`, and run `pulumi up` inside the network";

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
        if (args.has("aws") && cluster?.has("existing") !== true && !args.has("existing")) {
            args.refuse("access", `is missing: who may reach the API server has no safe default. ${Choices}.`);
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
    } else if (isPrivate !== true && !access.has("cidrs")) {
        args.refuse("access", `says nothing. ${Choices}.`);
    } else if (access.has("cidrs") && ranges.length === 0) {
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
