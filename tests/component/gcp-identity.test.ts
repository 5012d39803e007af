import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createNodeAccount } from "../../sdk/gcp/cluster/node-account";
import { createIdentity, type IdentityPartArgs } from "../../sdk/gcp/identity/identity";
import { createMonitoring } from "../../sdk/gcp/identity/monitoring";
import { lastPart } from "../support/aws-stores";
import type { TestCloud } from "../support/cloud-frame";
import { plantBucket, project } from "../support/gcp-account";
import { customRolesOf, type GcpRequest, grantsOf, isAllowed } from "../support/gcp-iam-evaluation";
import { type GcpSettings, makeGcpPart, makeInCloud, plantPool, startGcpCloud } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const pool = `${project.projectId}.svc.id.goog`;
const issuer = "https://container.googleapis.com/v1/projects/example-project/locations/europe-west4/clusters/c";

/** In place of a part that takes its time. */
class Slow extends pulumi.CustomResource {
    constructor(name: string) {
        super("test:index:Slow", name, {});
    }
}
const after = <T>(name: string, value: T): pulumi.Output<T> => new Slow(name).id.apply(() => value);

const make = (changes: Partial<IdentityPartArgs> = {}, settings: GcpSettings & { preview?: boolean } = {}) =>
    makeGcpPart(
        ({ scope, apis }) =>
            createIdentity(scope, {
                identity: {},
                namespace: "wandb",
                accounts: { own: ["mine"], made: ["wandb-app", "wandb-api"], prefix: "wandb-" },
                workloadPool: after("cluster", pool),
                tokenIssuer: issuer,
                bucket: { name: after("bucket", "files") },
                topics: { "file-stream": after("topic", "stream") },
                subscriptions: { "file-stream-subscription": after("subscription", "reader") },
                bigtableInstance: after("bigtable", "history"),
                secretPrefix: "wandb-1234567",
                apis,
                ...changes,
            }),
        settings,
    );
type Made = Awaited<ReturnType<typeof make>>;

const accountOf = ({ graph }: Made) => String(graph.byName("wandb-app-account").inputs["accountId"]);
const emailOf = (made: Made) => `${accountOf(made)}@${project.projectId}.iam.gserviceaccount.com`;
const waits = ({ graph }: Made, name: string) => graph.byName(name).dependencies.map(lastPart);
/** Whether the app's account may do that. */
const asks = (made: Made) => (request: Omit<GcpRequest, "member">) =>
    isAllowed(grantsOf(made.graph.resources), customRolesOf(made.graph.resources), {
        ...request,
        member: `serviceAccount:${emailOf(made)}`,
    });
const inBucket = (bucket: string, object: string) => ({
    on: [bucket, project.projectId],
    name: `projects/_/buckets/${bucket}/objects/${object}`,
    type: "storage.googleapis.com/Object",
});
const ofBucket = (bucket: string) => ({
    on: [bucket, project.projectId],
    name: `projects/_/buckets/${bucket}`,
    type: "storage.googleapis.com/Bucket",
});
const secret = (name: string, type = "Secret") => ({
    on: [project.projectId],
    name: `projects/${project.number}/secrets/${name}`,
    type: `secretmanager.googleapis.com/${type}`,
});
const inProject = { on: [project.projectId], type: "cloudresourcemanager.googleapis.com/Project" };

describe("identity on Google Cloud", () => {
    it("is one account below one component, with the id of the arguments", async () => {
        const made = await make({ identity: { accountId: "wandb-prod" } });
        assert.deepEqual(made.graph.byName("wandb-app-account").inputs, {
            accountId: "wandb-prod",
            project: project.projectId,
            displayName: "Pods of Weights & Biases",
        });
        assert.match(made.graph.byName("wandb-app-account").urn, /\$wandb:gcp:Identity\$gcp:serviceaccount\/account/);
        assert.deepEqual(waits(made, "wandb-app-account"), ["wandb-iam-api"]);
    });

    it("has an id that fits, whatever the deployment is called", async () => {
        const long = "a-deployment-with-a-long-name-1";
        for (const name of ["wandb", "w", long]) {
            const { graph } = await make({}, { name });
            const id = String(graph.byName(`${name}-app-account`).inputs["accountId"]);
            assert.match(id, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, name);
            assert.doesNotMatch(id, /--/);
            const roles = ["secret-creator", "secret-keeper"].map((word) => graph.byName(`${name}-${word}`).inputs);
            roles.forEach(({ roleId }) => assert.match(String(roleId), /^[a-zA-Z0-9_.]{3,64}$/));
        }
    });

    it("is that of all service accounts of W&B in their namespace, and of nobody else's (trap 10)", async () => {
        const { graph } = await make();
        const members = graph.resources
            .filter(({ inputs }) => inputs["role"] === "roles/iam.workloadIdentityUser")
            .map(({ name, inputs }) => [name, inputs["member"]]);
        assert.deepEqual(members, [
            ["wandb-app-as-app", `serviceAccount:${pool}[wandb/wandb-app]`],
            ["wandb-app-as-api", `serviceAccount:${pool}[wandb/wandb-api]`],
            ["wandb-app-as-own-mine", `serviceAccount:${pool}[wandb/mine]`],
        ]);
    });

    it("calls accounts that are known only later by their components, wherever they stand", async () => {
        const [one, other] = [pulumi.output("one"), pulumi.output("other")];
        const components = new Map<pulumi.Input<string>, string[]>([
            [one, ["parquet", "app"]],
            [other, ["console"]],
        ]);
        const membersOf = async (own: pulumi.Input<string>[]) => {
            const { graph } = await make({ accounts: { own, made: [], prefix: "wandb-", components } });
            return graph.resources
                .filter(({ inputs }) => inputs["role"] === "roles/iam.workloadIdentityUser")
                .map(({ name, inputs, formerNames }) => ({
                    name,
                    member: inputs["member"],
                    // Aliases of the parent have no name.
                    formerNames: formerNames.filter((former) => former !== ""),
                }))
                .sort((a, b) => (a.name < b.name ? -1 : 1));
        };
        const members = await membersOf([one, other]);
        assert.deepEqual(members, [
            {
                name: "wandb-app-as-account-of-app",
                member: `serviceAccount:${pool}[wandb/one]`,
                formerNames: ["wandb-app-as-account-of-parquet"],
            },
            { name: "wandb-app-as-account-of-console", member: `serviceAccount:${pool}[wandb/other]`, formerNames: [] },
        ]);
        assert.deepEqual(await membersOf([other, one]), members);
    });

    it("is given to pods once the pool of the cluster is there (trap 8)", async () => {
        const made = await make();
        assert.ok(waits(made, "wandb-app-as-app").includes("cluster"));
        const others = ["wandb-app-account", "wandb-app-sign", "wandb-app-bucket-objects", "wandb-app-secret-keeper"];
        others.forEach((name) => assert.ok(!waits(made, name).includes("cluster"), name));
    });

    it("tells pods and W&B of the account", async () => {
        const one = await make();
        const email = emailOf(one);
        const { serviceAccountAnnotations = {}, principal = "", tokenIssuer = "" } = one.made.facts;
        assert.deepEqual(Object.keys(serviceAccountAnnotations), ["iam.gke.io/gcp-service-account"]);
        assert.equal(await promiseOf(serviceAccountAnnotations["iam.gke.io/gcp-service-account"]), email);
        assert.deepEqual(
            [await promiseOf(principal), await promiseOf(one.made.email), await promiseOf(tokenIssuer)],
            [email, email, issuer],
        );
    });

    it("may use its bucket, queues, tables and secrets", async () => {
        const made = await make();
        const may = asks(made);
        const self = `projects/${project.projectId}/serviceAccounts/${emailOf(made)}`;
        for (const [permission, where] of [
            ["storage.objects.create", inBucket("files", "a")],
            ["storage.objects.delete", inBucket("files", "a/b")],
            ["storage.objects.list", ofBucket("files")],
            ["storage.buckets.get", ofBucket("files")],
            ["iam.serviceAccounts.signBlob", { on: [self, project.projectId] }],
            ["pubsub.topics.publish", { on: ["stream", project.projectId] }],
            ["pubsub.topics.get", { on: ["stream", project.projectId] }],
            ["pubsub.subscriptions.consume", { on: ["reader", project.projectId] }],
            ["bigtable.tables.mutateRows", { on: ["history", project.projectId] }],
            ["secretmanager.secrets.create", inProject],
            ["secretmanager.versions.add", secret("wandb-1234567-team")],
            ["secretmanager.versions.access", secret("wandb-1234567-team/versions/1", "SecretVersion")],
            ["secretmanager.secrets.delete", secret("wandb-1234567-team")],
        ] as const) {
            assert.ok(may({ permission, ...where }), permission);
        }
    });

    it("may do nothing else", async () => {
        const made = await make();
        const may = asks(made);
        const other = `projects/${project.projectId}/serviceAccounts/other@example.iam.gserviceaccount.com`;
        for (const [permission, where] of [
            ["storage.objects.get", inBucket("others", "a")],
            ["storage.buckets.update", ofBucket("files")],
            ["storage.buckets.setIamPolicy", ofBucket("files")],
            ["storage.buckets.list", inProject],
            ["cloudkms.cryptoKeyVersions.useToDecrypt", inProject],
            ["iam.serviceAccounts.getAccessToken", { on: [other, project.projectId] }],
            ["pubsub.topics.publish", { on: ["others", project.projectId] }],
            ["pubsub.topics.delete", { on: ["stream", project.projectId] }],
            ["pubsub.subscriptions.consume", { on: ["others", project.projectId] }],
            ["bigtable.tables.delete", { on: ["history", project.projectId] }],
            ["bigtable.tables.readRows", { on: ["others", project.projectId] }],
            ["secretmanager.versions.access", secret("database-password")],
            ["secretmanager.versions.add", secret("database-password")],
            ["secretmanager.secrets.delete", secret("wandb-123456")],
            ["secretmanager.secrets.setIamPolicy", secret("wandb-1234567-team")],
            ["secretmanager.secrets.list", inProject],
            ["secretmanager.versions.access", inProject],
            ["cloudsql.instances.connect", inProject],
        ] as const) {
            assert.ok(!may({ permission, ...where }), permission);
        }
        const wide = grantsOf(made.graph.resources).filter(
            ({ on, condition }) => on === project.projectId && !condition,
        );
        assert.deepEqual(
            wide.map(({ role }) => role.replace(/_0badcafe$/, "")),
            [`projects/${project.projectId}/roles/wandb_secret_creator`],
        );
    });

    it("is limited to a prefix of the bucket, and may see the bucket", async () => {
        const may = asks(await make({ bucket: { name: "files", prefix: "team/wandb" } }));
        assert.ok(may({ permission: "storage.objects.get", ...inBucket("files", "team/wandb/a") }));
        assert.ok(may({ permission: "storage.objects.list", ...ofBucket("files") }));
        assert.ok(!may({ permission: "storage.objects.get", ...inBucket("files", "team/wandb2/a") }));
        assert.ok(!may({ permission: "storage.objects.create", ...inBucket("files", "other/a") }));
    });

    it("has no rights on what is not there", async () => {
        const nothing = {
            bucket: undefined,
            topics: undefined,
            subscriptions: undefined,
            bigtableInstance: undefined,
            secretPrefix: undefined,
        };
        const { graph } = await make(nothing);
        const roles = new Set(grantsOf(graph.resources).map(({ role }) => role));
        assert.deepEqual([...roles], ["roles/iam.workloadIdentityUser"]);
        const google = graph.resources.filter(({ type }) => type.startsWith("gcp:"));
        assert.ok(!google.some(({ name }) => /secret|pubsub|bigtable|iamcredentials/.test(name)));
    });

    it("is let into a bucket of the caller's own, unless its owner does that", async () => {
        const bucket = { name: "given", own: true };
        const objects = { permission: "storage.objects.get", ...inBucket("given", "a") };
        assert.ok(asks(await make({ bucket }))(objects));
        const refused = await make({ bucket, identity: { ownBucketAccess: false } });
        assert.ok(!asks(refused)(objects));
        assert.ok(refused.graph.byName("wandb-app-sign"), "URLs are signed in any case");
    });

    it("has further roles by their names", async () => {
        const made = await make({ identity: { roles: { logs: "roles/logging.logWriter" } } });
        assert.deepEqual(made.graph.byName("wandb-app-role-logs").inputs, {
            project: project.projectId,
            role: "roles/logging.logWriter",
            member: `serviceAccount:${emailOf(made)}`,
        });
        assert.ok(asks(made)({ permission: "logging.logEntries.create", ...inProject }));
    });

    it("lets W&B wait for all of its rights", async () => {
        const one = await make();
        const names = await Promise.all(one.made.ready.map(({ urn }) => promiseOf(urn).then(lastPart)));
        const grants = one.graph.resources.filter(({ type }) => /I[Aa][Mm]Member$/.test(type)).map(({ name }) => name);
        assert.deepEqual(names.sort(), grants.sort());
    });

    it("names secrets by the number of the project, which is asked for once the API is on", async () => {
        const made = await make();
        const condition = made.graph.byName("wandb-app-secret-keeper").inputs["condition"] as { expression: string };
        assert.equal(
            condition.expression,
            `resource.name.startsWith("projects/${project.number}/secrets/wandb-1234567")`,
        );
        assert.ok(waits(made, "wandb-app-secret-keeper").includes("wandb-cloudresourcemanager-api"));
        assert.ok(made.graph.byName("wandb-app-secret-creator").inputs["condition"] === undefined);
    });

    it("needs no right to turn on APIs that are on already", async () => {
        const { graph } = await make({}, { enableApis: false });
        assert.ok(!graph.resources.some(({ type }) => type === "gcp:projects/service:Service"));
    });
});

describe("monitoring on Google Cloud", () => {
    const monitor = () =>
        makeGcpPart(({ scope, apis }) =>
            createMonitoring(scope, {
                account: { namespace: "wandb", name: "wandb-stackdriver" },
                workloadPool: after("cluster", pool),
                apis,
            }),
        );

    it("has an account that may read metrics, and nothing else", async () => {
        const { graph, made } = await monitor();
        const email = await promiseOf(made.email);
        const may = (permission: string) =>
            isAllowed(grantsOf(graph.resources), {}, { member: `serviceAccount:${email}`, permission, ...inProject });
        assert.ok(may("monitoring.timeSeries.list"));
        for (const permission of [
            "monitoring.timeSeries.create",
            "storage.objects.get",
            "secretmanager.versions.access",
        ]) {
            assert.ok(!may(permission), permission);
        }
        const grants = grantsOf(graph.resources).map(({ on, role, member }) => [on, role, member]);
        assert.deepEqual(grants, [
            [project.projectId, "roles/monitoring.viewer", `serviceAccount:${email}`],
            [
                `projects/${project.projectId}/serviceAccounts/${email}`,
                "roles/iam.workloadIdentityUser",
                `serviceAccount:${pool}[wandb/wandb-stackdriver]`,
            ],
        ]);
    });

    it("tells the chart of the account", async () => {
        const { made } = await monitor();
        const { projectId, serviceAccountName, serviceAccountAnnotations } = made.facts;
        assert.deepEqual(
            [await promiseOf(projectId), await promiseOf(serviceAccountName)],
            [project.projectId, "wandb-stackdriver"],
        );
        assert.equal(
            await promiseOf(serviceAccountAnnotations["iam.gke.io/gcp-service-account"]),
            await promiseOf(made.email),
        );
        assert.equal(made.ready.length, 2);
    });
});

describe("nodes on Google Cloud", () => {
    it("may write logs and metrics, and have none of the rights of W&B's pods", async () => {
        const { graph, made } = await makeGcpPart(({ scope, apis }) => {
            const nodes = createNodeAccount(scope, apis);
            createIdentity(scope, {
                identity: {},
                namespace: "wandb",
                accounts: { own: [], made: ["wandb-app"], prefix: "wandb-" },
                workloadPool: pool,
                tokenIssuer: issuer,
                bucket: { name: "files" },
                secretPrefix: "wandb-1234567",
                apis,
            });
            return nodes;
        });
        const member = `serviceAccount:${await promiseOf(made.email)}`;
        const roles = customRolesOf(graph.resources);
        const may = (request: Omit<GcpRequest, "member">) =>
            isAllowed(grantsOf(graph.resources), roles, { ...request, member });
        for (const permission of ["logging.logEntries.create", "monitoring.timeSeries.create"]) {
            assert.ok(may({ permission, ...inProject }), permission);
        }
        const app = String(graph.byName("wandb-app-account").inputs["accountId"]);
        const account = `projects/${project.projectId}/serviceAccounts/${app}@${project.projectId}.iam.gserviceaccount.com`;
        for (const [permission, where] of [
            ["storage.objects.get", inBucket("files", "a")],
            ["storage.buckets.get", ofBucket("files")],
            ["secretmanager.versions.access", secret("wandb-1234567-team")],
            ["secretmanager.secrets.create", inProject],
            ["iam.serviceAccounts.getAccessToken", { on: [account, project.projectId] }],
        ] as const) {
            assert.ok(!may({ permission, ...where }), permission);
        }
    });
});

describe("identity in the simulated Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startGcpCloud();
    });
    afterEach(() => cloud.remove());

    it("comes to be in a project that never had a service account, and goes again", async () => {
        await plantBucket(cloud.provider.inventory, "given");
        const workloadPool = await plantPool(cloud);
        const { run, made } = await makeInCloud(cloud, ({ scope, apis }) =>
            createIdentity(scope, {
                identity: {},
                namespace: "wandb",
                accounts: { own: [], made: ["wandb-app"], prefix: "wandb-" },
                workloadPool,
                tokenIssuer: issuer,
                bucket: { name: "given", own: true },
                secretPrefix: "wandb-1234567",
                apis,
            }),
        );
        assert.match(await promiseOf(made.email), /^wandb-app-0badcafe@example-project\.iam\.gserviceaccount\.com$/);
        await run.destroy((candidates) => candidates[0]);
        const left = cloud.provider.inventory.rows().map(({ type }) => type);
        assert.ok(!left.some((type) => /Member$|account:Account$|CustomRole$/.test(type)), left.join(", "));
    });
});
