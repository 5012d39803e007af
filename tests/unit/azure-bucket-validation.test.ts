import { checkStorage } from "../../sdk/validation/azure/bucket";
import { assertFinds } from "../support/aws-validation";

interface Row {
    readonly what: string;
    readonly bucket: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const subnet =
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/users";
const manyHosts = (count: number) => Array.from({ length: count }, (_one, index) => `h${index}.example.com`);

const rows: readonly Row[] = [
    { what: "nothing", bucket: {} },
    {
        what: "everything",
        bucket: {
            accountName: "wandbfiles",
            containerName: "runs-1",
            prefix: "team/wandb",
            redundancy: "RAGZRS",
            accessTier: "Cool",
            encryption: "microsoft",
            infrastructureEncryption: true,
            access: "identity",
            versioning: false,
            lifecycle: { noncurrentVersionDays: 1 },
            softDeleteDays: 365,
            corsHosts: ["other.example.com", "*.example.org", "https://third.example.com:8443"],
            allowedCidrs: ["203.0.113.0/24", "198.51.100.7", "198.51.100.8/32"],
            allowedSubnetIds: [subnet],
            privateEndpoint: true,
            privateEndpointName: "files",
            lockName: "files",
            events: true,
            eventQueueName: "events",
            eventTopicName: "events",
            eventSubscriptionName: "events",
        },
        rest: { chart: { version: "0.44.0" } },
    },
    { what: "no soft delete, and no way in but the endpoint", bucket: { softDeleteDays: 0, allowedCidrs: [] } },
    {
        what: "an account beside one of one's own",
        bucket: {},
        rest: { bucket: { provider: "az", name: "files", account: "own" } },
        finds: [/^azure\.bucket: shapes a storage account that is made, but `bucket` names one/],
    },
    ...["Files", "my-files", "ab", "a".repeat(25)].map((accountName) => ({
        what: `the account name ${accountName}`,
        bucket: { accountName },
        finds: [/^azure\.bucket\.accountName: is not a name of a storage account \("/],
    })),
    ...["Runs", "a--b", "-ab", "ab", "$web"].map((containerName) => ({
        what: `the container name ${containerName}`,
        bucket: { containerName },
        finds: [/^azure\.bucket\.containerName: is not a name of a container \("/],
    })),
    { what: "a prefix with slashes", bucket: { prefix: "/a/" }, finds: [/^azure\.bucket\.prefix: starts or ends/] },
    { what: "a prefix that ends a URL", bucket: { prefix: "a?b" }, finds: [/^azure\.bucket\.prefix: holds/] },
    {
        what: "another system's words",
        bucket: { redundancy: "Standard_ZRS", encryption: "cmk", access: "workloadIdentity" },
        finds: [
            /^azure\.bucket\.redundancy: .*Use ZRS\.$/,
            /^azure\.bucket\.encryption: .*Use vault\.$/,
            /Use identity\.$/,
        ],
    },
    {
        what: "a host twice",
        bucket: { corsHosts: ["a.example.com", "a.example.com"] },
        finds: [/^azure\.bucket\.corsHosts\[1\]: is there twice/],
    },
    { what: "as many hosts as there may be", bucket: { corsHosts: manyHosts(63) } },
    {
        what: "more hosts than one rule holds, with W&B's own",
        bucket: { corsHosts: manyHosts(63) },
        rest: { ingress: { additionalHosts: ["b.example.com"] } },
        finds: [/^azure\.bucket\.corsHosts: makes 65 hosts .* at most 64/],
    },
    {
        what: "hosts that are too long together",
        bucket: { corsHosts: manyHosts(40).map((host) => `${"l".repeat(60)}.${host}`) },
        finds: [/^azure\.bucket\.corsHosts: makes a list of hosts of \d+ characters/],
    },
    {
        what: "no days",
        bucket: { lifecycle: { noncurrentVersionDays: 0 }, softDeleteDays: 366 },
        finds: [
            /^azure\.bucket\.lifecycle\.noncurrentVersionDays: .* \(0 given\)/,
            /^azure\.bucket\.softDeleteDays: .* \(366 given\)/,
        ],
    },
    {
        what: "addresses that nobody comes from",
        bucket: { allowedCidrs: ["10.0.0.0/16", "172.20.1.1", "0.0.0.0/0", "192.168.0.0/24"] },
        finds: [
            /allowedCidrs\[0\]: has addresses of private networks/,
            /\[1\]: has addresses of private/,
            /\[2\]: has addresses of private/,
            /\[3\]: has/,
        ],
    },
    {
        what: "ranges that Azure Storage does not take",
        bucket: { allowedCidrs: ["203.0.113.0/31", "somewhere", "2001:db8::/32"] },
        finds: [
            /allowedCidrs\[0\]: has a prefix of 31/,
            /\[1\]: is not an IPv4 address or range/,
            /\[2\]: is not an IPv4 range/,
        ],
    },
    {
        what: "more ranges than Azure Storage takes",
        bucket: {
            allowedCidrs: Array.from(
                { length: 401 },
                (_one, index) => `20.${Math.floor(index / 200)}.${index % 200}.0/24`,
            ),
        },
        finds: [/^azure\.bucket\.allowedCidrs: has 401 entries, .* at most 400/],
    },
    {
        what: "subnets while everybody may connect",
        bucket: { allowedSubnetIds: [subnet] },
        finds: [/^azure\.bucket\.allowedSubnetIds: has no effect, .*`azure\.bucket\.allowedCidrs` is not given/],
    },
    {
        what: "the id of a network",
        bucket: { allowedCidrs: [], allowedSubnetIds: [subnet.replace("/subnets/users", "")] },
        finds: [
            /^azure\.bucket\.allowedSubnetIds\[0\]: is the resource id of a Microsoft\.Network\/virtualNetworks, not/,
        ],
    },
    {
        what: "no way to the account",
        bucket: { privateEndpoint: false, allowedCidrs: [] },
        finds: [/^azure\.bucket\.privateEndpoint: is false \(false given\), .* nobody could reach/],
    },
    {
        what: "a subnet as the only way",
        bucket: { privateEndpoint: false, allowedCidrs: [], allowedSubnetIds: [subnet] },
    },
    {
        what: "the name of no endpoint",
        bucket: { privateEndpoint: false, privateEndpointName: "files" },
        finds: [/^azure\.bucket\.privateEndpointName: has no effect/],
    },
    {
        what: "names that Azure does not take",
        bucket: { privateEndpointName: "f", lockName: "files." },
        finds: [
            /^azure\.bucket\.lockName: is not a name of a lock/,
            /^azure\.bucket\.privateEndpointName: is not a name/,
        ],
    },
    {
        what: "names of events that are not made",
        bucket: { eventTopicName: "events", eventQueueName: "events" },
        finds: [
            /eventQueueName: has no effect, because `azure\.bucket\.events` is not true/,
            /eventTopicName: has no effect/,
        ],
    },
    {
        what: "wrong names of events",
        bucket: { events: true, eventQueueName: "Q", eventTopicName: "a_b", eventSubscriptionName: "s".repeat(65) },
        finds: [
            /eventQueueName: is not a name of a queue/,
            /eventTopicName: is not a name of Event Grid .* 3 to 128/,
            /eventSubscriptionName: is not a name of Event Grid .* 3 to 64/,
        ],
    },
    {
        what: "an identity that the chart does not know",
        bucket: { access: "identity" },
        rest: { chart: { version: "0.43.8" } },
        finds: [
            /^azure\.bucket\.access: is identity, .* 0\.44\.0 on, but `chart\.version` is older \("0\.43\.8" given\)/,
        ],
    },
    { what: "a key with an old chart", bucket: { access: "key" }, rest: { chart: { version: "0.43.8" } } },
];

describe("validation of the storage account on Azure", () => {
    for (const { what, bucket, rest, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
            assertFinds(checkStorage, { azure: { bucket }, ...rest }, finds);
        });
    }
});
