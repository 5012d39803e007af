/** The way in against the simulated AWS: it accepts what the parts ask for, and lets them go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { aws } from "../../sandbox/clouds/aws";
import { properties } from "../../sandbox/clouds/values";
import { createCertificate } from "../../sdk/aws/entry/certificate";
import { connectClickHouse } from "../../sdk/aws/entry/click-house";
import { publishDns } from "../../sdk/aws/entry/dns";
import type { NetworkFacts, SubnetFacts } from "../../sdk/aws/facts";
import { publishPrivateLink, type PrivateLinkOutputs } from "../../sdk/aws/entry/private-link";
import { createScope } from "../../sdk/aws/scope";
import { TestCloud } from "../support/cloud-frame";
import { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

const address = "k8s-wandb-1234567890.us-east-1.elb.amazonaws.com";
const alb = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/k8s-wandb/1";
const tags = {
    "elbv2.k8s.aws/cluster": "wandb-1234",
    "ingress.k8s.aws/resource": "LoadBalancer",
    "ingress.k8s.aws/stack": "wandb/wandb",
};

interface Made {
    readonly run: ModelledCloud;
    readonly certificateArn: pulumi.Output<string> | undefined;
    readonly names: pulumi.Output<string[]>;
    readonly privateLink: PrivateLinkOutputs;
}

describe("way in on the simulated AWS", () => {
    let cloud: TestCloud;
    let network: Pick<NetworkFacts, "vpcId" | "cidr" | "clientRanges" | "privateSubnets">;

    /** What is there before: a network, a zone, and the load balancer that the controller has made. */
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "us-east-1" }));
        const { inventory } = cloud.provider;
        const zone = { type: "aws:route53/zone:Zone", id: "Z1", outputs: {} };
        await inventory.plant({ ...zone, inputs: { name: "example.com" } });
        const vpc = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true };
        const { id: vpcId } = await cloud.create("aws:ec2/vpc:Vpc", vpc, "vpc");
        const privateSubnets: SubnetFacts[] = [];
        for (const [place, letter] of (["a", "b"] as const).entries()) {
            const availabilityZone = `us-east-1${letter}`;
            const inputs = { vpcId, cidrBlock: `10.0.${place}.0/24`, availabilityZone };
            const { id } = await cloud.create("aws:ec2/subnet:Subnet", inputs, letter);
            privateSubnets.push({ letter, id: pulumi.output(id), zone: pulumi.output(availabilityZone) });
        }
        network = { vpcId: pulumi.output(vpcId), cidr: pulumi.output("10.0.0.0/16"), clientRanges: {}, privateSubnets };
        const balancer = { type: "aws:lb/loadBalancer:LoadBalancer", id: alb };
        const outputs = { arn: alb, name: "k8s-wandb", dnsName: address, vpcId, tagsAll: tags };
        await inventory.plant({ ...balancer, inputs: { loadBalancerType: "application" }, outputs });
        const listener = { type: "aws:lb/listener:Listener", id: "listener", outputs: {} };
        await inventory.plant({ ...listener, inputs: { loadBalancerArn: alb, port: 443 } });
    });
    afterEach(() => cloud.remove());

    async function make(additionalHosts: string[] = []): Promise<Made> {
        const run = await ModelledCloud.start(cloud);
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const scope = createScope("wandb", parent, {
            tags: { team: "ml" },
            deletionProtection: true,
            retainData: false,
        });
        const names = { host: "https://wandb.example.com", additionalHosts };
        const read = pulumi.output<string | undefined>(address);
        const certificateArn = createCertificate(scope, { ...names, dns: { zoneId: "Z1" }, creates: true });
        const behind = { address: read, clusterName: "wandb-1234", namespace: "wandb", ingressName: "wandb" };
        const made = {
            run,
            certificateArn,
            names: publishDns(scope, { ...names, zoneId: "Z1", address: read }),
            privateLink: publishPrivateLink(scope, {
                args: { allowedAccountIds: ["210987654321"], privateDnsName: "wandb.example.com" },
                network,
                tls: true,
                behind,
                provingZone: { zoneId: "Z1", path: "aws.dns.zoneId" },
            }),
        };
        connectClickHouse(scope, {
            args: {
                endpointServiceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
                key: true,
                keyPrincipalArn: "arn:aws:iam::576599896960:role/prod-kms-request-role",
            },
            network,
        });
        await pulumi.runtime.disconnect();
        return made;
    }

    const rows = () => cloud.provider.inventory.rows().map(({ type, id }) => `${type} ${id}`);

    it("comes and goes, whatever the order that its edges allow", async () => {
        const before = rows();
        await fc.assert(
            fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
                const { run } = await make(["example.com", "*.example.com"]);
                const types = rows().map((row) => row.split(" ")[0]);
                assert.equal(new Set(types).size, 18, types.join("\n"));
                await run.destroy((candidates) => candidates[Number(numbers.next().value) % candidates.length]);
                assert.deepEqual(rows(), before);
            }),
            { numRuns: 8 },
        );
    }).timeout(60_000);

    it("tells names, certificate and service", async () => {
        const { certificateArn, names, privateLink } = await make(["example.com"]);
        assert.deepEqual(await promiseOf(names), ["wandb.example.com", "example.com"]);
        assert.match(String(await promiseOf(certificateArn)), /^arn:aws:acm:us-east-1:123456789012:certificate\//);
        assert.match(await promiseOf(privateLink.serviceName), /^com\.amazonaws\.vpce\.us-east-1\.vpce-svc-/);
        assert.deepEqual(await promiseOf(privateLink.zones), ["us-east-1a", "us-east-1b"]);
    });

    it("keeps the load balancer behind for as long as it is a target", async () => {
        const { run } = await make();
        await assert.rejects(cloud.delete("aws:lb/loadBalancer:LoadBalancer", alb), /ResourceInUse/);
        await run.destroy(([first]) => first);
        await cloud.delete("aws:lb/loadBalancer:LoadBalancer", alb);
    });
});
