import { checkBigtable } from "../../sdk/validation/gcp/bigtable";
import { assertFinds } from "../support/aws-validation";

interface Row {
    readonly what: string;
    readonly given: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const title = ({ what, finds = [] }: Row) => `${finds.length === 0 ? "accept" : "refuse"} ${what}`;

const stores: readonly Row[] = [
    { what: "nothing", given: {} },
    {
        what: "everything",
        given: {
            instanceName: "history",
            zones: ["europe-west4-a", "europe-west4-b"],
            clusterNames: ["history-1", "history-2"],
            storage: "HDD",
            minNodes: 2,
            maxNodes: 20,
            cpuTarget: 80,
            backupDays: 90,
        },
        rest: { region: "europe-west4" },
    },
    { what: "no backups, and many nodes", given: { backupDays: 0, maxNodes: 10 } },
    {
        what: "short and long names",
        given: { instanceName: "short", clusterNames: ["a".repeat(31)] },
        finds: [
            /^gcp\.bigtable\.instanceName: is not a name of a Bigtable instance .* 6 to 33/,
            /^gcp\.bigtable\.clusterNames\[0\]: is not a name of a Bigtable cluster .* 6 to 30/,
        ],
    },
    {
        what: "a region for a zone",
        given: { zones: ["europe-west4"] },
        finds: [/^gcp\.bigtable\.zones\[0\]: is not a zone/],
    },
    {
        what: "a zone of another region",
        given: { zones: ["us-east1-b"] },
        rest: { region: "europe-west4" },
        finds: [/^gcp\.bigtable\.zones\[0\]: is a zone of another region .*europe-west4/],
    },
    {
        what: "a zone twice",
        given: { zones: ["us-east1-b", "us-east1-b"] },
        finds: [/^gcp\.bigtable\.zones\[1\]: is there twice .* one cluster/],
    },
    { what: "no zones", given: { zones: [] }, finds: [/^gcp\.bigtable\.zones: has 0 entries/] },
    {
        what: "a name too many",
        given: { clusterNames: ["cluster-1", "cluster-2"] },
        finds: [/^gcp\.bigtable\.clusterNames: has 2 entries, but there are 1 clusters/],
    },
    {
        what: "no nodes and no target",
        given: { minNodes: 0, cpuTarget: 9 },
        finds: [/^gcp\.bigtable\.minNodes: .* 1 or more/, /^gcp\.bigtable\.cpuTarget: .* 10 to 80/],
    },
    {
        what: "fewer than the fewest",
        given: { minNodes: 4 },
        finds: [/^gcp\.bigtable\.maxNodes: is less than the fewest nodes, 4 \(3 given\)/],
    },
    {
        what: "more than ten times the fewest",
        given: { maxNodes: 11 },
        finds: [/^gcp\.bigtable\.maxNodes: is more than ten times the fewest nodes, 1 \(11 given\)/],
    },
    ...[2, 91].map((backupDays) => ({
        what: `${backupDays} days of backups`,
        given: { backupDays },
        finds: [/^gcp\.bigtable\.backupDays: is neither 0 nor a whole number of 3 to 90/],
    })),
];

describe("checks of gcp.bigtable", () => {
    for (const row of stores) {
        it(title(row), () =>
            assertFinds(checkBigtable, { gcp: { bigtable: row.given, ...row.rest } }, row.finds ?? []),
        );
    }
});
