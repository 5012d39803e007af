import { checkEvents } from "../../sdk/validation/gcp/events";
import { assertFinds } from "../support/aws-validation";

interface Row {
    readonly what: string;
    readonly given: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const title = ({ what, finds = [] }: Row) => `${finds.length === 0 ? "accept" : "refuse"} ${what}`;

const queues: readonly Row[] = [
    { what: "nothing", given: {} },
    {
        what: "everything",
        given: {
            fileStreamTopicName: "stream",
            fileStreamSubscriptionName: "stream",
            runUpdatesTopicName: "run~updates+1%",
            runUpdatesSubscriptionName: "runs",
            retentionDays: 31,
        },
    },
    ...[0, 32].map((retentionDays) => ({
        what: `${retentionDays} days`,
        given: { retentionDays },
        finds: [/^gcp\.events\.retentionDays: is not a whole number of 1 to 31/],
    })),
    {
        what: "Google's beginning, a digit first, a path and a space",
        given: {
            fileStreamTopicName: "google-stream",
            fileStreamSubscriptionName: "1stream",
            runUpdatesTopicName: "projects/p/topics/runs",
            runUpdatesSubscriptionName: "a b c",
        },
        finds: [
            /^gcp\.events\.fileStreamTopicName: is not a name of Pub\/Sub/,
            /^gcp\.events\.fileStreamSubscriptionName: is not a name of Pub\/Sub/,
            /^gcp\.events\.runUpdatesTopicName: is a path/,
            /^gcp\.events\.runUpdatesSubscriptionName: is not a name of Pub\/Sub/,
        ],
    },
    {
        what: "one name for several",
        given: { fileStreamTopicName: "same", runUpdatesTopicName: "same", runUpdatesSubscriptionName: "same" },
        rest: { bucket: { events: true, eventSubscriptionName: "same" } },
        finds: [
            /^gcp\.events\.runUpdatesTopicName: is that of `gcp\.events\.fileStreamTopicName` too/,
            /^gcp\.events\.runUpdatesSubscriptionName: is that of `gcp\.bucket\.eventSubscriptionName` too/,
        ],
    },
];

describe("checks of gcp.events", () => {
    for (const row of queues) {
        it(title(row), () => assertFinds(checkEvents, { gcp: { events: row.given, ...row.rest } }, row.finds ?? []));
    }
});
