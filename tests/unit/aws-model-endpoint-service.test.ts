/** The proof of a private DNS name on the simulated AWS. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { isMap, properties, textOf, valuesAt, type PropertyMap, type PropertyValue } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const serviceType = "aws:ec2/vpcEndpointService:VpcEndpointService";
const verificationType = "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification";
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/wandb/1";

describe("simulated private DNS names of endpoint services", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        const { inventory } = cloud.provider;
        const inputs = { loadBalancerType: "network" };
        await inventory.plant({ type: "aws:lb/loadBalancer:LoadBalancer", id: balancer, inputs, outputs: {} });
        const zone = { type: "aws:route53/zone:Zone", outputs: {} };
        await inventory.plant({ ...zone, id: "Z1", inputs: { name: "example.com" } });
        await inventory.plant({ ...zone, id: "Z2", inputs: { name: "example.com", vpcs: [{ vpcId: "vpc-1" }] } });
    });
    afterEach(() => cloud.remove());

    const base = { acceptanceRequired: false, networkLoadBalancerArns: [balancer] };
    const offer = (privateDnsName?: string) =>
        cloud.create(serviceType, privateDnsName === undefined ? base : { ...base, privateDnsName }, "service");
    const asked = (outputs: PropertyMap) => valuesAt(outputs, "privateDnsNameConfigurations[*]").filter(isMap);
    const record = (name: string, value: PropertyValue | undefined, zoneId = "Z1") =>
        cloud.create(
            "aws:route53/record:Record",
            { zoneId, name, type: "TXT", records: [textOf(value)], ttl: 1800 },
            name,
        );
    const verify = (serviceId: string, waitForVerification = true) =>
        cloud.create(verificationType, { serviceId, waitForVerification }, "verification");

    it("begin with the label and the text of a record, and without a name with none", async () => {
        const [{ name, state, type, value }, ...others] = asked((await offer("wandb.example.com")).outputs.values);
        assert.deepEqual([state, type, others.length], ["pendingVerification", "TXT", 0]);
        assert.match(textOf(name), /^_[0-9a-z]{20}$/);
        assert.match(textOf(value), /^vpce:[0-9a-z]{20}$/);
        assert.deepEqual(asked((await offer()).outputs.values), []);
    });

    it("keep their proof until the name changes", async () => {
        const { id, outputs } = await offer("wandb.example.com");
        const update = async (privateDnsName: string) => {
            const news = properties({ ...base, acceptanceRequired: true, privateDnsName });
            const urn = urnOf(serviceType, "service");
            const { values } = await cloud.provider.update({ urn, id, oldOutputs: outputs, news, preview: false });
            return asked(values);
        };
        assert.deepEqual(await update("wandb.example.com"), asked(outputs.values));
        assert.notDeepEqual(await update("ml.example.com"), asked(outputs.values));
    });

    it("are proven by the record below the name, or a domain above it, or by the domain's own", async () => {
        for (const place of ["wandb.example.com", "example.com", ""]) {
            const { id, outputs } = await offer("*.wandb.example.com");
            const [{ name, value }] = asked(outputs.values);
            await assert.rejects(verify(id), /timeout while waiting for state to become 'verified'/, place);
            await record(place === "" ? `wandb.example.com` : `${textOf(name)}.${place}`, value);
            await verify(id);
        }
    });

    it("are proven neither by another value, nor in a private zone, nor by another place", async () => {
        const { id, outputs } = await offer("wandb.example.com");
        const [{ name, value }] = asked(outputs.values);
        await record(`${textOf(name)}.example.com`, "vpce:other");
        await record(`${textOf(name)}.wandb.example.com`, value, "Z2");
        await record(`${textOf(name)}.ml.example.com`, value);
        await assert.rejects(verify(id), /last state: 'pendingVerification'/);
        await verify(id, false);
        await assert.rejects(verify("vpce-svc-none"), /InvalidVpcEndpointServiceId\.NotFound/);
    });
});
