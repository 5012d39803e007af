/** The rules of simulated projects and their APIs: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { numberOf } from "../../sandbox/clouds/gcp/project";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantProject, project } from "../support/gcp-account";

const serviceType = "gcp:projects/service:Service";
const ringType = "gcp:kms/keyRing:KeyRing";

describe("simulated projects of Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: gcp });
    });
    afterEach(() => cloud.remove());

    const configure = (config: PropertyMap) => cloud.provider.configure(properties(config));
    const ask = async (token: string, args: PropertyMap = {}) =>
        (await cloud.provider.invoke(token, properties(args))).values;
    const getProject = (args: PropertyMap = {}) => ask("gcp:organizations/getProject:getProject", args);
    const enable = (service: string, inputs: PropertyMap = {}) =>
        cloud.create(serviceType, { service: `${service}.googleapis.com`, ...inputs }, service);
    const makeRing = (name = "ring", inputs: PropertyMap = {}) =>
        cloud.create(ringType, { location: "us", name, ...inputs }, name);
    const disabled =
        /Error 403: Cloud Key Management Service \(KMS\) API has not been used in project .*SERVICE_DISABLED/;

    it("are the provider's own, and those that are planted", async () => {
        configure({ project: "wandb-own" });
        await enable("cloudresourcemanager");
        const own = await getProject();
        assert.deepEqual([own["projectId"], own["number"]], ["wandb-own", numberOf("wandb-own")]);
        assert.equal((await getProject({ projectId: numberOf("wandb-own") }))["projectId"], "wandb-own");
        await assert.rejects(getProject({ projectId: project.projectId }), /projects\/example-project not found/);
        await plantProject(cloud.provider.inventory, project, ["cloudresourcemanager"]);
        const planted = await getProject({ projectId: project.projectId });
        assert.deepEqual([planted["id"], planted["number"]], ["projects/example-project", project.number]);
    });

    it("have a number of twelve digits that stays", () => {
        assert.match(numberOf("wandb-own"), /^\d{12}$/);
        assert.equal(numberOf("wandb-own"), numberOf("wandb-own"));
        assert.notEqual(numberOf("wandb-own"), numberOf("wandb-other"));
    });

    it("are told by the provider or by each resource", async () => {
        configure({});
        await plantProject(cloud.provider.inventory, project, ["cloudkms"]);
        await assert.rejects(makeRing(), /project: required field is not set/);
        const { id, outputs } = await makeRing("ring", { project: project.projectId });
        assert.equal(id, "projects/example-project/locations/us/keyRings/ring");
        assert.equal(outputs.values["project"], project.projectId);
        await assert.rejects(
            makeRing("two", { project: "nobodys-project" }),
            /Error 403: Permission 'cloudkms.keyRings.create' denied on resource 'projects\/nobodys-project\/locations\/us'/,
        );
    });

    it("are configured with what the provider knows", () => {
        const problems = (config: PropertyMap) => cloud.provider.checkConfig(properties(config)).problems;
        assert.deepEqual(problems({ project: "wandb-own", region: "us-central1", defaultLabels: '{"team":"ml"}' }), []);
        assert.match(problems({ projectId: "wandb-own" })[0].reason, /is not a property of provider gcp/);
    });

    it("tell who is asking, and keep the token secret", async () => {
        configure({ project: "wandb-own", region: "us-central1", defaultLabels: '{"team":"ml"}' });
        const answer = await cloud.provider.invoke("gcp:organizations/getClientConfig:getClientConfig", properties());
        const { project: own, region, zone, defaultLabels } = answer.values;
        assert.deepEqual([own, region, zone, defaultLabels], ["wandb-own", "us-central1", "", { team: "ml" }]);
        assert.deepEqual([...answer.secrets], ["accessToken"]);
    });

    describe("APIs", () => {
        beforeEach(() => configure({ project: "wandb-own" }));

        it("are off until they are enabled, save a few", async () => {
            await assert.rejects(makeRing(), disabled);
            await assert.rejects(getProject(), /Cloud Resource Manager API has not been used in project wandb-own/);
            await ask("gcp:storage/getProjectServiceAccount:getProjectServiceAccount");
            const { id, outputs } = await enable("cloudkms");
            assert.equal(id, "wandb-own/cloudkms.googleapis.com");
            assert.equal(outputs.values["project"], "wandb-own");
            await makeRing();
        });

        it("stay on when their resource goes, unless told to be disabled", async () => {
            const { id } = await enable("cloudkms");
            await cloud.delete(serviceType, id, "cloudkms");
            await makeRing("one");
            await enable("cloudkms");
            await enable("cloudkms", { disableOnDestroy: true });
            await cloud.delete(serviceType, id, "cloudkms");
            await assert.rejects(makeRing("two"), disabled);
            await enable("cloudkms");
            await makeRing("two");
        });

        it("that are on by default can be disabled too", async () => {
            const { id } = await enable("storage", { disableOnDestroy: true });
            await cloud.delete(serviceType, id, "storage");
            await assert.rejects(
                ask("gcp:storage/getProjectServiceAccount:getProjectServiceAccount"),
                /GCS service account not found: .*Cloud Storage API has not been used/,
            );
        });

        it("do what their deletion policy says", async () => {
            const { id } = await enable("cloudkms", { deletionPolicy: "PREVENT", disableOnDestroy: true });
            await assert.rejects(cloud.delete(serviceType, id, "cloudkms"), /without setting deletion_policy="DELETE"/);
            const iam = await enable("iam", { deletionPolicy: "ABANDON", disableOnDestroy: true });
            await cloud.delete(serviceType, iam.id, "iam");
            const left = cloud.provider.inventory.get("gcp:serviceusage/api", iam.id);
            assert.equal(left?.outputs["state"], "ENABLED");
        });

        it("have the names that Google knows", async () => {
            assert.match(
                (await cloud.problems(serviceType, { service: "cloudkms" })).join(),
                /^service: expected to be a domain like serviceusage.googleapis.com/,
            );
            assert.deepEqual(await cloud.problems(serviceType, { service: "cloudkms.googleapis.com" }), []);
            await assert.rejects(
                cloud.create(serviceType, { service: "kms.example.com" }),
                /Error 403: Not found or permission denied for service\(s\): kms.example.com/,
            );
            await assert.rejects(
                enable("iam", { project: "nobodys-project" }),
                /Error 403: Project 'nobodys-project' not found or permission denied/,
            );
        });

        it("are another resource in another project, and another service", async () => {
            const olds = { project: "a-project", service: "iam.googleapis.com", disableOnDestroy: false };
            const diff = async (news: PropertyMap) =>
                (
                    await cloud.provider.diff({
                        urn: urnOf(serviceType),
                        id: "x",
                        oldInputs: properties(olds),
                        news: properties({ ...olds, ...news }),
                    })
                ).changes.map(({ path, replaces }) => `${path} ${replaces}`);
            assert.deepEqual(await diff({ project: "b-project" }), ["project true"]);
            assert.deepEqual(await diff({ service: "redis.googleapis.com" }), ["service true"]);
            assert.deepEqual(await diff({ disableOnDestroy: true }), ["disableOnDestroy false"]);
        });
    });
});
