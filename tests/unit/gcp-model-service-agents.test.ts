/** The rules of the simulated Google Cloud for service agents, custom roles and identity pools. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { accountMemberType, projectMemberType } from "../../sandbox/clouds/gcp/iam";
import { customRoleType } from "../../sandbox/clouds/gcp/iam-custom-role";
import { agentType } from "../../sandbox/clouds/gcp/iam-principals";
import { serviceIdentityType } from "../../sandbox/clouds/gcp/iam-service-identity";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantProject, plantServiceAccount, project } from "../support/gcp-account";
import { plantPool } from "../support/gcp-surroundings";

describe("simulated service agents, custom roles and identity pools of Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId }));
        await plantProject(cloud.provider.inventory, project, ["iam", "cloudresourcemanager"]);
    });
    afterEach(() => cloud.remove());

    const grant = (member: string, role = "roles/viewer") =>
        cloud.create(projectMemberType, { project: project.projectId, role, member }, "grant");

    describe("service agents", () => {
        const ask = (service: string) => cloud.create(serviceIdentityType, { service }, "agent");

        for (const [service, domain] of [
            ["sqladmin", "gcp-sa-cloud-sql"],
            ["redis", "cloud-redis"],
            ["container", "container-engine-robot"],
            ["compute", "compute-system"],
            ["pubsub", "gcp-sa-pubsub"],
            ["bigtableadmin", "gcp-sa-bigtable"],
        ]) {
            it(`of ${service} are there once they are asked for, and can then be members`, async () => {
                const member = `serviceAccount:service-${project.number}@${domain}.iam.gserviceaccount.com`;
                await assert.rejects(grant(member), /Error 400: Service account service-\d+@.* does not exist/);
                const { id, outputs } = await ask(`${service}.googleapis.com`);
                assert.equal(id, `projects/${project.projectId}/services/${service}.googleapis.com`);
                assert.equal(outputs.values["member"], member);
                await grant(member);
            });
        }

        it("are one, however often they are asked for, and stay", async () => {
            const { id } = await ask("redis.googleapis.com");
            await ask("redis.googleapis.com");
            await cloud.delete(serviceIdentityType, id, "agent");
            const agents = cloud.provider.inventory.rows().filter(({ type }) => type === agentType);
            assert.equal(agents.length, 1);
        });

        it("are not made for services that have none on request", async () => {
            await assert.rejects(ask("storage.googleapis.com"), /IAM_SERVICE_NOT_CONFIGURED_FOR_IDENTITIES/);
        });
    });

    describe("custom roles", () => {
        const permissions = ["secretmanager.secrets.create"];
        const inputs = (more: PropertyMap = {}) => ({ roleId: "wandb_creator", title: "t", permissions, ...more });
        const problems = async (more: PropertyMap) => (await cloud.problems(customRoleType, inputs(more))).join();
        const make = (more: PropertyMap = {}) => cloud.create(customRoleType, inputs(more), "role");

        it("have ids without hyphens, which the provider would make", async () => {
            for (const roleId of ["abc", "A_b.9", "a".repeat(64)]) {
                assert.equal(await problems({ roleId }), "", roleId);
            }
            for (const roleId of ["ab", "a-b-c", "a".repeat(65)]) {
                assert.match(
                    await problems({ roleId }),
                    /^roleId: must be 3 to 64 letters, digits, underscores/,
                    roleId,
                );
            }
            const { inputs: made } = await cloud.check(customRoleType, { title: "t", permissions });
            assert.match(textOf(made.values["roleId"]), /^one-/);
        });

        it("have permissions", async () => {
            assert.match(await problems({ permissions: [] }), /^permissions: must have at least 1 item/);
            assert.match(
                await problems({ permissions: ["secretmanager.*"] }),
                /^permissions: has no permission of IAM/,
            );
            assert.match(await problems({ title: "t".repeat(101) }), /^title: must have at most 100/);
        });

        it("can be granted once they are there", async () => {
            const name = `projects/${project.projectId}/roles/wandb_creator`;
            const member = await plantServiceAccount(cloud.provider.inventory, "wandb-app");
            await assert.rejects(
                grant(member, name),
                /Role \(projects\/.*\) does not exist in the resource's hierarchy/,
            );
            const { id, outputs } = await make();
            assert.deepEqual([id, outputs.values["name"]], [name, name]);
            await grant(member, name);
        });

        it("exist once, and again after they were deleted", async () => {
            const { id } = await make();
            await assert.rejects(make(), /already exists and must be imported/);
            await cloud.delete(customRoleType, id, "role");
            await make();
        });

        it("need the API of IAM", async () => {
            cloud.provider.configure(properties({ project: "another-project" }));
            await assert.rejects(make(), /Identity and Access Management \(IAM\) API has not been used/);
        });

        it("are changed in place, their id apart", async () => {
            const replaces = async (more: PropertyMap) => {
                const bags = { oldInputs: properties(inputs()), news: properties(inputs(more)) };
                const { changes } = await cloud.provider.diff({ urn: urnOf(customRoleType), id: "x", ...bags });
                return changes.filter((change) => change.replaces).map(({ path }) => path);
            };
            assert.deepEqual(await replaces({ permissions: ["secretmanager.secrets.get"] }), []);
            assert.deepEqual(await replaces({ roleId: "other" }), ["roleId"]);
        });
    });

    describe("identity pools", () => {
        const pool = `${project.projectId}.svc.id.goog`;
        const members = [
            `serviceAccount:${pool}[wandb/wandb-app]`,
            `principalSet://iam.googleapis.com/projects/${project.number}/locations/global/workloadIdentityPools/${pool}/namespace/wandb`,
            `principal://iam.googleapis.com/projects/${project.number}/locations/global/workloadIdentityPools/${pool}/subject/ns/wandb/sa/wandb-app`,
        ];
        const link = async (member: string) => {
            const account = await plantServiceAccount(cloud.provider.inventory, "wandb-app");
            const serviceAccountId = `projects/${project.projectId}/serviceAccounts/${account.split(":")[1]}`;
            const role = "roles/iam.workloadIdentityUser";
            return cloud.create(accountMemberType, { serviceAccountId, role, member }, "link");
        };

        for (const member of members) {
            it(`come with the first cluster: ${member.split(":")[0]} of one`, async () => {
                await assert.rejects(link(member), /Identity Pool does not exist \(example-project\.svc\.id\.goog\)/);
            });

            it(`are there with a cluster: ${member.split(":")[0]} of one`, async () => {
                await plantPool(cloud);
                await link(member);
            });
        }
    });

    it("forget the policy of a service account that is deleted", async () => {
        const type = "gcp:serviceaccount/account:Account";
        const { id } = await cloud.create(type, { accountId: "wandb-app" }, "account");
        const role = "roles/iam.serviceAccountUser";
        await cloud.create(accountMemberType, { serviceAccountId: id, role, member: "user:me@example.com" }, "user");
        await cloud.delete(type, id, "account");
        assert.ok(!cloud.provider.inventory.rows().some((row) => row.type === accountMemberType));
    });
});
