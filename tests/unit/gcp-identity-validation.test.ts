import { checkIdentity } from "../../sdk/validation/gcp/identity";
import { assertFinds } from "../support/aws-validation";

interface Row {
    readonly what: string;
    readonly identity: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const exporter = { monitoring: { stackdriverExporter: true } };

const rows: readonly Row[] = [
    { what: "nothing", identity: {} },
    {
        what: "everything",
        identity: {
            accountId: "wandb-prod",
            exporterAccountId: "wandb-metrics",
            secretPrefix: "wandb_prod-",
            secretCreatorRoleId: "wandb.creator",
            secretKeeperRoleId: "wandb_keeper",
            roles: { logs: "roles/logging.logWriter", own: "projects/example-project/roles/wandb_1" },
        },
        rest: exporter,
    },
    {
        what: "an address",
        identity: { accountId: "wandb@example-project.iam.gserviceaccount.com" },
        finds: [/^gcp\.identity\.accountId: is an address .*Give what stands before the @/],
    },
    ...["wandb", "1wandb", "wandb-", `w${"a".repeat(30)}`].map((accountId) => ({
        what: `the id ${accountId}`,
        identity: { accountId },
        finds: [/^gcp\.identity\.accountId: is not an id of a service account/],
    })),
    {
        what: "one id for both accounts",
        identity: { accountId: "wandb-app", exporterAccountId: "wandb-app" },
        rest: exporter,
        finds: [/^gcp\.identity\.exporterAccountId: is that of `gcp\.identity\.accountId` too/],
    },
    {
        what: "an account of an exporter that is not there",
        identity: { exporterAccountId: "wandb-metrics" },
        finds: [/^gcp\.identity\.exporterAccountId: has no effect/],
    },
    {
        what: "access to a bucket that is made",
        identity: { ownBucketAccess: false },
        finds: [/^gcp\.identity\.ownBucketAccess: has no effect without a bucket of your own/],
    },
    ...["ab", 'a"b-c', "team/"].map((secretPrefix) => ({
        what: `the prefix ${secretPrefix}`,
        identity: { secretPrefix },
        finds: [/^gcp\.identity\.secretPrefix: is not the beginning of names of secrets/],
    })),
    {
        what: "ids of roles with hyphens",
        identity: { secretCreatorRoleId: "wandb-creator" },
        finds: [/^gcp\.identity\.secretCreatorRoleId: is not an id of a custom role/],
    },
    {
        what: "one id for both roles",
        identity: { secretCreatorRoleId: "wandb", secretKeeperRoleId: "wandb" },
        finds: [/^gcp\.identity\.secretKeeperRoleId: is that of `gcp\.identity\.secretCreatorRoleId` too/],
    },
    {
        what: "roles over everything, and what is no role",
        identity: { roles: { all: "roles/owner", none: "storage.admin" } },
        finds: [
            /^gcp\.identity\.roles\.all: would let W&B's pods change everything/,
            /^gcp\.identity\.roles\.none: is not a role/,
        ],
    },
    {
        what: "a role twice, and a name in capitals",
        identity: { roles: { A: "roles/viewer", b: "roles/viewer" } },
        finds: [/^gcp\.identity\.roles\.A: is not a DNS label/, /^gcp\.identity\.roles\.b: is there twice/],
    },
];

describe("checks of gcp.identity", () => {
    for (const { what, identity, rest, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accept" : "refuse"} ${what}`, () =>
            assertFinds(checkIdentity, { gcp: { identity, ...rest } }, finds));
    }

    it("accept access to a bucket of one's own", () =>
        assertFinds(
            checkIdentity,
            { gcp: { identity: { ownBucketAccess: false } }, bucket: { provider: "gcs", name: "files" } },
            [],
        ));
});
