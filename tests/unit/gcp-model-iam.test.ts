/** The rules of the simulated IAM of Google Cloud: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantBucket, plantProject, plantServiceAccount, plantStorageAgent, project } from "../support/gcp-account";

const accountType = "gcp:serviceaccount/account:Account";
const accountMemberType = "gcp:serviceaccount/iAMMember:IAMMember";
const projectMemberType = "gcp:projects/iAMMember:IAMMember";
const bucketMemberType = "gcp:storage/bucketIAMMember:BucketIAMMember";

const email = "wandb-app@example-project.iam.gserviceaccount.com";

describe("simulated IAM of Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId }));
        await plantProject(cloud.provider.inventory, project, ["iam", "cloudresourcemanager"]);
    });
    afterEach(() => cloud.remove());

    const makeAccount = (inputs: PropertyMap = {}) =>
        cloud.create(accountType, { accountId: "wandb-app", ...inputs }, "account");

    describe("service accounts", () => {
        it("have an address of their project, and a member that names them", async () => {
            const { id, outputs } = await makeAccount();
            const { values } = outputs;
            assert.equal(id, `projects/example-project/serviceAccounts/${email}`);
            assert.deepEqual([values["email"], values["member"]], [email, `serviceAccount:${email}`]);
            assert.deepEqual([values["name"], values["project"]], [id, project.projectId]);
            assert.match(textOf(values["uniqueId"]), /^1\d{20}$/);
        });

        it("have ids of 6 to 30 characters, made from the resource's name when none is given", async () => {
            const problems = async (accountId: string) => (await cloud.problems(accountType, { accountId })).join();
            for (const accountId of ["wandb1", `w${"a".repeat(29)}`]) {
                assert.equal(await problems(accountId), "", accountId);
            }
            for (const accountId of ["wandb", "1wandb", "wandb-", "Wandb1", `w${"a".repeat(30)}`]) {
                assert.match(await problems(accountId), /^accountId: must be 6 to 30/, accountId);
            }
            const { inputs } = await cloud.check(accountType, {});
            assert.match(textOf(inputs.values["accountId"]), /^one-[0-9a-f]{7}$/);
        });

        it("exist once", async () => {
            const { id } = await makeAccount();
            await assert.rejects(
                makeAccount(),
                /Error 409: Service account wandb-app already exists within project projects\/example-project/,
            );
            await cloud.delete(accountType, id, "account");
            await makeAccount();
        });

        it("are renamed in place", async () => {
            const { id, outputs } = await makeAccount();
            const news = properties({ accountId: "wandb-app", displayName: "W&B" });
            const request = { urn: urnOf(accountType, "account"), id, oldOutputs: outputs, news, preview: false };
            const updated = await cloud.provider.update(request);
            assert.deepEqual(
                [updated.values["displayName"], updated.values["uniqueId"]],
                ["W&B", outputs.values["uniqueId"]],
            );
        });

        it("say what they are for in few words", async () => {
            for (const [property, most] of [
                ["description", 256],
                ["displayName", 100],
            ] as const) {
                const problems = async (length: number) =>
                    (
                        await cloud.problems(accountType, { accountId: "wandb-app", [property]: "x".repeat(length) })
                    ).join();
                assert.equal(await problems(most), "");
                assert.match(await problems(most + 1), new RegExp(`^${property}: must have at most ${most} bytes`));
            }
        });

        it("need a project with the IAM API", async () => {
            const other = { projectId: "other-project", number: "110987654321" };
            await plantProject(cloud.provider.inventory, other);
            await assert.rejects(
                makeAccount({ project: other.projectId }),
                /Error creating service account: .*Identity and Access Management \(IAM\) API has not been used/,
            );
            await assert.rejects(makeAccount({ project: "nobodys" }), /Permission 'iam.serviceAccounts.create' denied/);
        });

        it("stay when they are protected", async () => {
            const { id } = await makeAccount({ deletionPolicy: "PREVENT" });
            await assert.rejects(cloud.delete(accountType, id, "account"), /cannot destroy .*wandb-app@/);
        });
    });

    describe("members", () => {
        const role = "roles/storage.objectAdmin";
        beforeEach(() => plantBucket(cloud.provider.inventory, "files"));

        const bind = (member: string, inputs: PropertyMap = {}) =>
            cloud.create(bucketMemberType, { bucket: "files", member, role, ...inputs }, member);

        it("are people, groups, domains, projects' crowds and identities of elsewhere", async () => {
            for (const member of [
                "user:me@example.com",
                "group:ml@example.com",
                "domain:example.com",
                "projectEditor:example-project",
                "principal://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/p/subject/s",
                "principalSet://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/p/*",
            ]) {
                const { id, outputs } = await bind(member);
                assert.equal(id, `b/files/${role}/${member}`);
                assert.notEqual(textOf(outputs.values["etag"]), "");
            }
        });

        it("are shared by all who put them there, and go with the first of them", async () => {
            const { id } = await bind("user:me@example.com");
            await bind("user:me@example.com");
            const rows = () => cloud.provider.inventory.rows().filter(({ type }) => type === bucketMemberType);
            assert.deepEqual(
                rows().map((row) => row.id),
                [id],
            );
            await cloud.delete(bucketMemberType, id, "one");
            assert.deepEqual(rows(), []);
        });

        it("have a form that Google knows", async () => {
            for (const member of ["role:x@example.com", "serviceaccount:x@example.com"]) {
                await assert.rejects(
                    bind(member),
                    /Error 400: The member .* is of an unknown type. Please set a valid type prefix/,
                );
            }
            for (const member of ["user:me", "domain:x", "principal://example.com/subject/x", "serviceAccount:me"]) {
                await assert.rejects(
                    bind(member),
                    /Error 400: Invalid argument: the member .* is not well-formed/,
                    member,
                );
            }
            const problems = async (member: string) =>
                (await cloud.problems(bucketMemberType, { bucket: "files", role, member })).join();
            assert.match(await problems("me@example.com"), /^member: must have one of the forms/);
            assert.match(await problems("deleted:user:me@example.com?uid=1"), /^member: the provider does not support/);
            assert.equal(await problems("allAuthenticatedUsers"), "");
        });

        it("are service accounts that are there, and any of projects that are not known", async () => {
            const missing = /Error 400: Service account wandb-app@example-project.* does not exist/;
            await assert.rejects(bind(`serviceAccount:${email}`), missing);
            const { id } = await makeAccount();
            await bind(`serviceAccount:${email}`);
            await cloud.delete(accountType, id, "account");
            await assert.rejects(bind(`serviceAccount:${email}`), missing);
            await bind("serviceAccount:deploy@somebody-elses.iam.gserviceaccount.com");
            const planted = await plantServiceAccount(cloud.provider.inventory, "by-hand");
            await bind(planted);
        });

        it("are service agents that something has needed already", async () => {
            const member = `serviceAccount:service-${project.number}@gs-project-accounts.iam.gserviceaccount.com`;
            await assert.rejects(
                bind(member),
                /Error applying IAM policy for storage bucket "b\/files": .*Service account service-210987654321@gs-.* does not exist/,
            );
            assert.equal(await plantStorageAgent(cloud.provider.inventory), member);
            await bind(member);
            await assert.rejects(
                bind(`serviceAccount:${project.number}-compute@developer.gserviceaccount.com`),
                /Service account 210987654321-compute@.* does not exist/,
            );
            await bind("serviceAccount:service-1234@gs-project-accounts.iam.gserviceaccount.com");
        });

        it("are Kubernetes accounts only where a cluster made the pool of identities", async () => {
            await assert.rejects(
                bind("serviceAccount:example-project.svc.id.goog[default/wandb-app]"),
                /Error 400: Identity Pool does not exist \(example-project.svc.id.goog\)/,
            );
            await bind("serviceAccount:somebody-elses.svc.id.goog[default/wandb-app]");
        });

        it("have a condition in their id, and are another resource when anything changes", async () => {
            const when = { title: "files only", expression: "true" };
            const { id } = await bind("user:me@example.com", { condition: when });
            assert.equal(id, `b/files/${role}/user:me@example.com/files only//true`);
            const olds = { bucket: "files", member: "user:me@example.com", role };
            const changed: PropertyMap[] = [
                { bucket: "other" },
                { member: "user:you@example.com" },
                { condition: when },
            ];
            for (const news of changed) {
                const { changes } = await cloud.provider.diff({
                    urn: urnOf(bucketMemberType),
                    id,
                    oldInputs: properties(olds),
                    news: properties({ ...olds, ...news }),
                });
                assert.deepEqual(
                    changes.map(({ replaces }) => replaces),
                    [true],
                );
            }
        });

        it("have roles that the thing can grant, or one of their own making", async () => {
            for (const given of [
                "roles/storage.legacyBucketReader",
                "projects/p/roles/reader",
                "organizations/1/roles/reader",
            ]) {
                await bind("user:me@example.com", { role: given });
            }
            for (const [given, words] of [
                ["roles/storage.objectadmin", /Role roles\/storage.objectadmin is not supported for this resource/],
                ["roles/viewer", /is not supported for this resource/],
                ["storage.admin", /Role \(storage.admin\) does not exist in the resource's hierarchy/],
            ] as const) {
                await assert.rejects(bind("user:me@example.com", { role: given }), words, given);
            }
        });

        it("of a service account name it in full", async () => {
            const { id } = await makeAccount();
            const grant = (serviceAccountId: string, given = "roles/iam.workloadIdentityUser") =>
                cloud.create(accountMemberType, { serviceAccountId, role: given, member: "user:me@example.com" });
            assert.equal((await grant(id)).id, `${id}/roles/iam.workloadIdentityUser/user:me@example.com`);
            await assert.rejects(grant(email), /Error 404: Unknown service account/);
            await assert.rejects(grant(id, "roles/storage.admin"), /is not supported for this resource/);
        });

        it("of a project need the Cloud Resource Manager API, and may have any role", async () => {
            const grant = (projectId: string) =>
                cloud.create(projectMemberType, {
                    project: projectId,
                    role: "roles/logging.logWriter",
                    member: "user:me@example.com",
                });
            assert.equal(
                (await grant(project.projectId)).id,
                "example-project/roles/logging.logWriter/user:me@example.com",
            );
            const { deleteBeforeReplace } = await cloud.provider.diff({
                urn: urnOf(projectMemberType),
                id: "x",
                oldInputs: properties(),
                news: properties(),
            });
            assert.equal(deleteBeforeReplace, true);
            await assert.rejects(grant("nobodys-project"), /Permission 'resourcemanager.projects.getIamPolicy' denied/);
            await plantProject(cloud.provider.inventory, { projectId: "other-project", number: "110987654321" });
            await assert.rejects(
                grant("other-project"),
                /Cloud Resource Manager API has not been used in project other/,
            );
        });
    });
});
