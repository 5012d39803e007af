import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AwsPrivateLinkArgs } from "../../sdk/aws/args/entry";
import type { SubnetFacts } from "../../sdk/aws/facts";
import { publishPrivateLink, type PrivateLinkArgs, type PrivateLinkOutputs } from "../../sdk/aws/entry/private-link";
import { failureOf, type MadePart, makePart, type PartOptions } from "../support/aws-part";
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
                    privateDnsNameConfigurations: [
                        {
                            name: "_6e86v84tqgqubxbwii1m",
                            state: "pendingVerification",
                            type: "TXT",
                            value: "vpce:l6p0",
                        },
                    ],
                },
            },
            answers: {
                "aws:lb/getLoadBalancer:getLoadBalancer": { arn: albArn },
                "aws:route53/getZone:getZone": { name: "example.com", zoneId: "Z1", privateZone: false },
            },
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

    const provingZone = { zoneId: "Z1", path: "aws.dns.zoneId" };
    const proofs = ({ graph }: MadePart<unknown>) => graph.resources.filter(({ name }) => name.includes("-name-"));

    it("tells what proves a private DNS name, and leaves it to the user without a zone", async () => {
        const made = await privateLink({ privateDnsName: pulumi.output("*.Wandb.example.com") });
        const { name, type, value } = made.made.proof ?? {};
        assert.deepEqual(await Promise.all([name, type, value].map(promiseOf)), [
            "_6e86v84tqgqubxbwii1m.wandb.example.com",
            "TXT",
            "vpce:l6p0",
        ]);
        assert.deepEqual(proofs(made), []);
        assert.equal((await privateLink()).made.proof, undefined);
    });

    it("proves it in a zone, and waits until AWS has seen the record", async () => {
        const [record, verification] = proofs(
            await privateLink({ privateDnsName: "wandb.example.com" }, { provingZone }),
        );
        assert.deepEqual(record.inputs, {
            zoneId: "Z1",
            name: "_6e86v84tqgqubxbwii1m.wandb.example.com",
            type: "TXT",
            records: ["vpce:l6p0"],
            ttl: 1800,
        });
        assert.deepEqual(verification.inputs, {
            serviceId: "wandb-private-link-service-id",
            waitForVerification: true,
        });
        assert.ok(verification.dependencies.some((urn) => urn.endsWith(`::${record.name}`)));
    });

    it("proves another name anew", async () => {
        const names = async (privateDnsName: string) =>
            proofs(await privateLink({ privateDnsName }, { provingZone })).map(({ name }) => name);
        const [before, after] = [await names("wandb.example.com"), await names("ml.example.com")];
        assert.equal(new Set([...before, ...after]).size, 4);
        assert.deepEqual(await names("WANDB.example.com"), before);
    });

    it("makes no record in a zone in which it would prove nothing", async () => {
        const made = async (zone: object) =>
            proofs(
                await privateLink(
                    { privateDnsName: "wandb.example.com" },
                    { provingZone },
                    { answers: { "aws:route53/getZone:getZone": { zoneId: "Z1", ...zone } } },
                ),
            );
        assert.deepEqual(await made({ name: "other.org", privateZone: false }), []);
        assert.deepEqual(await made({ name: "example.com", privateZone: true }), []);
    });

    it("does not know the proof in a preview that adds the name", async () => {
        const outputs = {
            "aws:ec2/vpcEndpointService:VpcEndpointService": { privateDnsNameConfigurations: [] },
        };
        const args = { privateDnsName: "wandb.example.com" };
        const [record] = proofs(await privateLink(args, { provingZone }, { preview: true, outputs }));
        assert.match(String(record.inputs["name"]), /04da6b54/);
        const { proof } = (await privateLink(args, {}, { outputs })).made;
        assert.ok(proof !== undefined);
        assert.match(await failureOf(proof.value), /^aws\.privateLink\.privateDnsName: AWS names no record/);
    });

    it("is shown whole in the first preview, the target unknown", async () => {
        const made = await privateLink({}, {}, { preview: true });
        assert.equal(made.graph.resources.filter(({ type }) => type.startsWith("aws:")).length, 8);
        assert.match(String(inputsOf(made, "target")["targetId"]), /04da6b54/);
    });
});
