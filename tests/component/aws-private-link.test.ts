import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AwsPrivateLinkArgs } from "../../sdk/aws/args/entry";
import type { SubnetFacts } from "../../sdk/aws/facts";
import { publishPrivateLink, type PrivateLinkArgs, type PrivateLinkOutputs } from "../../sdk/aws/entry/private-link";
import { type MadePart, makePart, type PartOptions } from "../support/aws-part";
import { promiseOf } from "../support/resolve";

const albArn = "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:loadbalancer/app/k8s-wandb/1";
const nlbArn = "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:loadbalancer/net/wandb/1";
const groupArn = "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:targetgroup/wandb/1";

const privateSubnets: SubnetFacts[] = (["a", "b"] as const).map((letter) => ({
    letter,
    id: pulumi.output(`subnet-${letter}`),
    zone: pulumi.output(`us-gov-west-1${letter}`),
}));

function privateLink(
    args: Partial<AwsPrivateLinkArgs> = {},
    changes: Partial<Omit<PrivateLinkArgs, "args">> = {},
    options: PartOptions = {},
): Promise<MadePart<PrivateLinkOutputs>> {
    return makePart(
        (scope, read) =>
            publishPrivateLink(scope, {
                args: { allowedAccountIds: ["210987654321"], ...args },
                network: { vpcId: pulumi.output("vpc-1"), privateSubnets },
                tls: true,
                behind: {
                    address: read(options.preview === true ? undefined : "k8s-wandb-1.elb.amazonaws.com"),
                    clusterName: "wandb-1234",
                    namespace: "wandb",
                    ingressName: "instance",
                },
                ...changes,
            }),
        {
            outputs: {
                "aws:lb/loadBalancer:LoadBalancer": { arn: nlbArn },
                "aws:lb/targetGroup:TargetGroup": { arn: groupArn },
                "aws:ec2/vpcEndpointService:VpcEndpointService": {
                    serviceName: "com.amazonaws.vpce.us-gov-west-1.vpce-svc-1",
                    availabilityZones: ["us-gov-west-1a"],
                },
            },
            answers: { "aws:lb/getLoadBalancer:getLoadBalancer": { arn: albArn } },
            ...options,
        },
    );
}

const inputsOf = ({ graph }: MadePart<unknown>, name: string) => graph.byName(`wandb-private-link-${name}`).inputs;
const waitsForInstance = ({ graph }: MadePart<unknown>, name: string) =>
    graph.byName(`wandb-private-link-${name}`).dependencies.some((urn) => urn.endsWith("::wandb-instance"));

describe("PrivateLink on AWS", () => {
    it("puts a network load balancer into the private subnets, with names of its own length (traps 6 and 7)", async () => {
        const made = await privateLink();
        assert.deepEqual(inputsOf(made, "balancer"), {
            namePrefix: "wandb-",
            loadBalancerType: "network",
            internal: true,
            ipAddressType: "ipv4",
            subnets: ["subnet-a", "subnet-b"],
            securityGroups: ["wandb-private-link-security-group-id"],
            enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
            enableCrossZoneLoadBalancing: true,
            tags: { team: "ml" },
        });
        assert.equal(inputsOf(made, "target-group")["namePrefix"], "wandb-");
    });

    it("takes one subnet of each zone", async () => {
        const second: SubnetFacts = { letter: "c", id: pulumi.output("subnet-c"), zone: privateSubnets[0].zone };
        const network = { vpcId: pulumi.output("vpc-1"), privateSubnets: [...privateSubnets, second] };
        assert.deepEqual(inputsOf(await privateLink({}, { network }), "balancer")["subnets"], ["subnet-a", "subnet-b"]);
    });

    it("lets clients in, and itself out to the load balancer behind (trap 6)", async () => {
        const rules = async (args: Partial<AwsPrivateLinkArgs>, tls = true) => {
            const { graph } = await privateLink(args, { tls });
            return graph.resources
                .filter(({ type }) => type.startsWith("aws:vpc/securityGroup"))
                .map(({ type, inputs: { fromPort, toPort, cidrIpv4 } }) => [
                    type.includes("Ingress"),
                    fromPort,
                    toPort,
                    cidrIpv4,
                ]);
        };
        const out = [false, 443, 443, "0.0.0.0/0"];
        assert.deepEqual(await rules({}), [[true, 443, 443, "0.0.0.0/0"], out]);
        assert.deepEqual(await rules({ inboundCidrs: ["10.1.0.0/16", "10.2.0.0/16"] }), [
            [true, 443, 443, "10.1.0.0/16"],
            [true, 443, 443, "10.2.0.0/16"],
            out,
        ]);
        assert.deepEqual(await rules({}, false), [
            [true, 80, 80, "0.0.0.0/0"],
            [false, 80, 80, "0.0.0.0/0"],
        ]);
    });

    it("keeps the rules of ranges that move in the list", async () => {
        const names = async (inboundCidrs: string[]) =>
            (await privateLink({ inboundCidrs })).graph.resources
                .map(({ name, inputs }) => `${name} ${String(inputs["cidrIpv4"])}`)
                .sort();
        assert.deepEqual(await names(["10.1.0.0/16", "10.2.0.0/16"]), await names(["10.2.0.0/16", "10.1.0.0/16"]));
    });

    it("forwards to the load balancer of the Ingress, once W&B is there: only the target waits", async () => {
        const made = await privateLink();
        assert.deepEqual(inputsOf(made, "target"), { targetGroupArn: groupArn, targetId: albArn, port: 443 });
        assert.deepEqual(inputsOf(made, "listener")["defaultActions"], [{ type: "forward", targetGroupArn: groupArn }]);
        assert.equal(waitsForInstance(made, "target"), true);
        for (const name of ["balancer", "target-group", "listener", "security-group", "service"]) {
            assert.equal(waitsForInstance(made, name), false, name);
        }
    });

    it("asks for health as the load balancer behind answers", async () => {
        const check = async (tls: boolean) => {
            const { port, protocol, targetType, healthCheck } = inputsOf(
                await privateLink({}, { tls }),
                "target-group",
            );
            const { protocol: asked, path } = healthCheck as Record<string, unknown>;
            return [port, protocol, targetType, asked, path];
        };
        assert.deepEqual(await check(true), [443, "TCP", "alb", "HTTPS", "/healthz"]);
        assert.deepEqual(await check(false), [80, "TCP", "alb", "HTTP", "/healthz"]);
    });

    it("offers the service to the accounts, in the partition", async () => {
        const made = await privateLink({
            allowedAccountIds: ["210987654321", pulumi.output("310987654321")],
            acceptanceRequired: true,
            privateDnsName: "wandb.example.com",
        });
        assert.deepEqual(inputsOf(made, "service"), {
            acceptanceRequired: true,
            allowedPrincipals: ["arn:aws-us-gov:iam::210987654321:root", "arn:aws-us-gov:iam::310987654321:root"],
            networkLoadBalancerArns: [nlbArn],
            privateDnsName: "wandb.example.com",
            supportedIpAddressTypes: ["ipv4"],
            tags: { team: "ml" },
        });
        assert.equal(await promiseOf(made.made.serviceName), "com.amazonaws.vpce.us-gov-west-1.vpce-svc-1");
        assert.equal(await promiseOf(made.made.serviceId), "wandb-private-link-service-id");
        assert.deepEqual(await promiseOf(made.made.zones), ["us-gov-west-1a"]);
    });

    it("is shown whole in the first preview, the target unknown", async () => {
        const made = await privateLink({}, {}, { preview: true });
        assert.equal(made.graph.resources.filter(({ type }) => type.startsWith("aws:")).length, 8);
        assert.match(String(inputsOf(made, "target")["targetId"]), /04da6b54/);
    });
});
