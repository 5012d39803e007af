import assert from "node:assert/strict";
import { setFaults } from "../../sandbox/clouds/faults";
import type { ResourceModel } from "../../sandbox/clouds/model";
import { networkType, subnetType, TestCloud, tinyCloud } from "../support/cloud-frame";

describe("simulated cloud: what is left to do after a deletion", () => {
    it("is done once, after the row is gone, and not when the cloud refuses or the call does not arrive", async () => {
        const seen: string[] = [];
        const afterDelete: ResourceModel["afterDelete"] = async ({ id }, { dir, inventory }) => {
            await Promise.resolve();
            seen.push(`${id} in ${dir}, ${inventory.rows(networkType).length} left`);
        };
        const resources = tinyCloud.resources.map((model) =>
            model.token === networkType ? { ...model, afterDelete } : model,
        );
        const cloud = new TestCloud({ cloud: { ...tinyCloud, resources } });
        try {
            const { id } = await cloud.create(networkType, { cidr: "10.0.0.0/16" });
            const subnet = await cloud.create(subnetType, { networkId: id });
            await assert.rejects(cloud.delete(networkType, id), /DependencyViolation/);
            await cloud.delete(subnetType, subnet.id);
            await setFaults(cloud.dir, { rules: [{ type: networkType, operation: "delete", kind: "fail" }] });
            await assert.rejects(cloud.delete(networkType, id), /InternalError/);
            assert.deepEqual(seen, []);
            await cloud.delete(networkType, id);
            await cloud.delete(networkType, id);
            assert.deepEqual(seen, [`${id} in ${cloud.dir}, 0 left`]);
        } finally {
            cloud.remove();
        }
    });
});
