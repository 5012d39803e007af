import * as pulumi from "@pulumi/pulumi";
import type { SubnetFacts } from "../facts";

/** Ids of the first subnet of each zone: load balancers and endpoints take no more, and an own network may have more. */
export function onePerZone(subnets: readonly SubnetFacts[]): pulumi.Output<string[]> {
    const known = pulumi.all(subnets.map(({ id, zone }) => pulumi.all([id, zone])));
    return known.apply((all) =>
        all.filter(([, zone], place) => all.findIndex(([, other]) => other === zone) === place).map(([id]) => id),
    );
}
