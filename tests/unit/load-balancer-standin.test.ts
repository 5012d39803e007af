/** The stand-in for the AWS load balancer controller: what it reads, what it makes of it, and what it refuses. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import { textOf } from "../../sandbox/clouds/values";
import type { KubeObject } from "../../sandbox/operator/controller/kube";
import { loadBalancerType } from "../../sandbox/clouds/aws/elbv2";
import { deploy, remove } from "../../sandbox/operator/controller/load-balancers/deploy";
import { refusedIdentity } from "../../sandbox/operator/controller/load-balancers/identity";
import { buildModel } from "../../sandbox/operator/controller/load-balancers/model";
import { settingsOf, type ControllerSettings } from "../../sandbox/operator/controller/load-balancers/settings";

const settings: ControllerSettings = {
    cluster: "one",
    region: "eu-west-1",
    vpcId: "vpc-1",
    ingressClass: "alb",
    namespace: "kube-system",
    serviceAccount: "controller",
    watchNamespace: "",
    tags: { team: "ml" },
};
const arnOf = (id: string) => `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`;

function ingress(annotations: Record<string, string> = {}, name = "wandb"): KubeObject {
    const prefixed = Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]);
    return {
        metadata: { namespace: "wandb-cr", name, annotations: Object.fromEntries(prefixed) as Record<string, string> },
        spec: { rules: [{ host: "wandb.example.com" }] },
    };
}

function deployment(args: string[], availableReplicas = 1): KubeObject {
    return {
        metadata: { namespace: "kube-system", name: "controller" },
        spec: { template: { spec: { serviceAccountName: "controller", containers: [{ args }] } } },
        status: { availableReplicas },
    };
}

describe("stand-in load balancer controller", () => {
    let dir: string;
    let inventory: Inventory;
    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "load-balancers-"));
        inventory = new Inventory(dir, "aws");
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    const plant = (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        inventory.plant({ type, id, inputs, outputs });
    const plantSubnet = (id: string, zone: string, tags: Record<string, string> = {}, vpcId = "vpc-1") =>
        plant("aws:ec2/subnet:Subnet", id, { vpcId, availabilityZone: zone, tags });
    const plantCertificate = (id: string, status: string, domainName = "wandb.example.com") =>
        plant("aws:acm/certificate:Certificate", id, { domainName }, { arn: arnOf(id), status });
    const rows = (type: string) => inventory.view().rows(type);
    const build = (object: KubeObject) => buildModel(object, settings, inventory.view());
    const make = (object: KubeObject) => deploy(build(object), settings, inventory);

    /** Two public and two private subnets with their roles, and an internet gateway. */
    async function plantNetwork(): Promise<void> {
        await plant("aws:ec2/internetGateway:InternetGateway", "igw-1", { vpcId: "vpc-1" });
        for (const zone of ["a", "b"]) {
            await plantSubnet(`subnet-public-${zone}`, zone, { "kubernetes.io/role/elb": "1" });
            await plantSubnet(`subnet-private-${zone}`, zone, { "kubernetes.io/role/internal-elb": "" });
        }
    }

    describe("settings", () => {
        const needed = ["--cluster-name=one", "--aws-region=eu-west-1", "--aws-vpc-id=vpc-1"];

        it("reads the flags of an available Deployment", () => {
            const read = settingsOf(deployment([...needed, "--default-tags=team=ml", "--ingress-class=alb"]));
            assert.deepEqual(read, settings);
        });

        it("does not run without an available pod, in deletion, or without a flag that it would ask IMDS for", () => {
            assert.equal(settingsOf(deployment(needed, 0)), undefined);
            const leaving = deployment(needed);
            leaving.metadata = { ...leaving.metadata, deletionTimestamp: new Date() };
            assert.equal(settingsOf(leaving), undefined);
            for (const missing of needed) {
                assert.equal(settingsOf(deployment(needed.filter((arg) => arg !== missing))), undefined, missing);
            }
        });
    });

    describe("identity", () => {
        const arn = "arn:aws:iam::123456789012:role/lbc";
        const issuer = "arn:aws:iam::123456789012:oidc-provider/oidc.example";
        const trust = (subject: string) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Federated: issuer },
                        Condition: { StringLike: { "oidc.example:sub": subject } },
                    },
                ],
            });
        const plantIssuer = () =>
            plant("aws:iam/openIdConnectProvider:OpenIdConnectProvider", issuer, {}, { arn: issuer });
        const plantRole = (assumeRolePolicy: string) =>
            plant("aws:iam/role:Role", "lbc", { assumeRolePolicy }, { arn });
        const plantPolicy = () => plant("aws:iam/rolePolicy:RolePolicy", "lbc:p", { role: "lbc" });
        const refusal = (annotations: Record<string, string> = { "eks.amazonaws.com/role-arn": arn }) =>
            refusedIdentity(settings, annotations, inventory.view());

        it("has none without a role", () => assert.match(refusal({}) ?? "", /no EC2 IMDS role found/));

        it("needs a role that exists, trusts its service account by a provider and allows something", async () => {
            assert.match(refusal() ?? "", /Not authorized to perform sts:AssumeRoleWithWebIdentity/);
            await plantRole(trust("system:serviceaccount:kube-system:control*"));
            assert.match(refusal() ?? "", /InvalidIdentityToken: No OpenIDConnect provider found/);
            await plantIssuer();
            assert.match(refusal() ?? "", /AccessDenied: User: .*assumed-role\/lbc.*DescribeLoadBalancers/);
            await plantPolicy();
            assert.equal(refusal(), undefined);
        });

        it("is refused by a role that trusts another service account", async () => {
            await plantIssuer();
            await plantRole(trust("system:serviceaccount:kube-system:other"));
            await plantPolicy();
            assert.match(refusal() ?? "", /Not authorized to perform sts:AssumeRoleWithWebIdentity/);
        });

        it("takes the role of a Pod Identity association of its service account", async () => {
            await plantRole(trust("system:serviceaccount:nobody:nobody"));
            await plantPolicy();
            const place = { clusterName: "one", namespace: "kube-system", serviceAccount: "other", roleArn: arn };
            const type = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
            await plant(type, "a-1", place);
            assert.match(refusal({}) ?? "", /no EC2 IMDS role found/);
            await plant(type, "a-2", { ...place, serviceAccount: "controller" });
            assert.match(refusal({}) ?? "", /no EC2 IMDS role found/);
            await plant("aws:eks/addon:Addon", "agent", { clusterName: "one", addonName: "eks-pod-identity-agent" });
            assert.equal(refusal({}), undefined);
        });
    });

    describe("subnets", () => {
        it("are those with the role of the scheme, the first by id in each zone", async () => {
            await plantNetwork();
            await plantSubnet("subnet-public-0", "b", { "kubernetes.io/role/elb": "" });
            await plantSubnet("subnet-public-c", "c", { "kubernetes.io/role/elb": "1" }, "vpc-2");
            const expected = ["subnet-public-0", "subnet-public-a"];
            assert.deepEqual(build(ingress({ scheme: "internet-facing" })).subnets, expected);
            assert.deepEqual(build(ingress()).subnets, ["subnet-private-a", "subnet-private-b"]);
        });

        it("are those that reach as far when no subnet has the role", async () => {
            for (const zone of ["a", "b"]) {
                await plantSubnet(`subnet-public-${zone}`, zone);
                await plantSubnet(`subnet-private-${zone}`, zone);
                const association = { subnetId: `subnet-public-${zone}`, routeTableId: "rtb-1" };
                await plant("aws:ec2/routeTableAssociation:RouteTableAssociation", zone, association);
            }
            await plant("aws:ec2/route:Route", "r-1", { routeTableId: "rtb-1", gatewayId: "igw-1" });
            const expected = ["subnet-public-a", "subnet-public-b"];
            assert.deepEqual(build(ingress({ scheme: "internet-facing" })).subnets, expected);
            assert.deepEqual(build(ingress()).subnets, ["subnet-private-a", "subnet-private-b"]);
        });

        it("must be two in different zones, none of another cluster", async () => {
            const internal = { "kubernetes.io/role/internal-elb": "1" };
            assert.throws(
                () => build(ingress()),
                /couldn't auto-discover subnets: unable to resolve at least one subnet/,
            );
            await plantSubnet("subnet-1", "a", internal);
            await plantSubnet("subnet-2", "a", internal);
            await plantSubnet("subnet-3", "b", { ...internal, "kubernetes.io/cluster/other": "shared" });
            assert.throws(
                () => build(ingress()),
                /couldn't auto-discover subnets: subnets count less than minimal required count: 1 < 2/,
            );
            await plantSubnet("subnet-4", "b", { ...internal, "kubernetes.io/cluster/one": "shared" });
            assert.deepEqual(build(ingress()).subnets, ["subnet-1", "subnet-4"]);
        });

        it("may be named by id or tag, then all of them must be there and in different zones", async () => {
            await plantSubnet("subnet-1", "a", { Name: "first" });
            await plantSubnet("subnet-2", "b");
            await plantSubnet("subnet-3", "b");
            assert.deepEqual(build(ingress({ subnets: "first,subnet-2" })).subnets, ["subnet-1", "subnet-2"]);
            const refused: [string, RegExp][] = [
                ["subnet-1,subnet-9", /couldn't find all subnets, nameOrIDs: \[subnet-1 subnet-9\]/],
                ["subnet-2,subnet-3", /multiple subnets in same Availability Zone b/],
                ["subnet-1", /subnets count less than minimal required count: 1 < 2/],
            ];
            for (const [subnets, message] of refused) {
                assert.throws(() => build(ingress({ subnets })), message);
            }
        });
    });

    describe("model", () => {
        beforeEach(plantNetwork);

        const refused: [string, Record<string, string>, RegExp][] = [
            ["an unknown scheme", { scheme: "public" }, /unknown scheme: public/],
            ["ports that are no JSON", { "listen-ports": "80;" }, /failed to parse listen-ports configuration/],
            ["another protocol", { "listen-ports": '[{"TCP": 1}]' }, /listen protocol must be HTTP or HTTPS: TCP/],
            ["a security group that is not there", { "security-groups": "sg-9" }, /couldn't find all securityGroups/],
            [
                "TLS without a certificate",
                { "listen-ports": '[{"HTTPS": 443}]' },
                /no certificate found for host: wandb/,
            ],
        ];
        for (const [title, annotations, message] of refused) {
            it(`refuses ${title}`, () => assert.throws(() => build(ingress(annotations)), message));
        }

        it("finds the issued certificate of the host when none is named", async () => {
            await plantCertificate("pending", "PENDING_VALIDATION");
            await plantCertificate("other", "ISSUED", "example.com");
            await plantCertificate("wild", "ISSUED", "*.example.com");
            const { listeners } = build(ingress({ "listen-ports": '[{"HTTPS": 443}]' }));
            assert.deepEqual(listeners[0].certificateArns, [arnOf("wild")]);
        });

        it("names a group instead of the Ingress", () => {
            assert.equal(build(ingress()).tags["ingress.k8s.aws/stack"], "wandb-cr/wandb");
            const grouped = build(ingress({ "group.name": "shared" }));
            assert.equal(grouped.tags["ingress.k8s.aws/stack"], "shared");
            assert.match(grouped.name, /^k8s-shared-[0-9a-f]{10}$/);
        });
    });

    describe("in AWS", () => {
        beforeEach(plantNetwork);

        it("makes load balancer, listeners, groups and interfaces, and takes all of them away", async () => {
            await plantCertificate("c", "ISSUED");
            const wanted = ingress({
                scheme: "internet-facing",
                "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
                "certificate-arn": arnOf("c"),
                "inbound-cidrs": "203.0.113.0/24",
                tags: "env=prod",
            });
            const before = inventory.rows().length;
            const { hostname, isNew } = await make(wanted);
            assert.match(hostname, /^k8s-wandbcr-wandb-[0-9a-f]{10}-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
            const [balancer] = rows(loadBalancerType);
            assert.equal(isNew, true);
            assert.deepEqual(balancer.inputs["tags"], {
                team: "ml",
                env: "prod",
                "elbv2.k8s.aws/cluster": "one",
                "ingress.k8s.aws/stack": "wandb-cr/wandb",
                "ingress.k8s.aws/resource": "LoadBalancer",
            });
            assert.equal(balancer.inputs["internal"], false);
            assert.match(balancer.id, /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/k8s-/);
            const groups = rows("aws:ec2/securityGroup:SecurityGroup");
            assert.deepEqual(
                balancer.inputs["securityGroups"],
                groups.map(({ id }) => id),
            );
            assert.deepEqual(
                rows("aws:lb/listener:Listener").map(({ inputs }) => [inputs["port"], inputs["certificateArn"]]),
                [
                    [80, undefined],
                    [443, arnOf("c")],
                ],
            );
            assert.deepEqual(
                rows("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ inputs }) => [
                    inputs["securityGroupId"],
                    inputs["fromPort"],
                    inputs["cidrIpv4"],
                ]),
                [80, 443].map((port) => [groups[0].id, port, "203.0.113.0/24"]),
            );
            const again = await make(wanted);
            assert.deepEqual(again, { hostname, isNew: false });
            await remove("wandb-cr/wandb", settings, inventory);
            assert.equal(inventory.rows().length, before);
        });

        it("keeps the shared group until the last load balancer of the cluster goes", async () => {
            const shared = () =>
                rows("aws:ec2/securityGroup:SecurityGroup").filter(({ inputs }) =>
                    textOf(inputs["name"]).startsWith("k8s-traffic-one-"),
                ).length;
            await make(ingress());
            await make(ingress({}, "second"));
            assert.equal(shared(), 1);
            await remove("wandb-cr/wandb", settings, inventory);
            assert.equal(shared(), 1);
            await remove("wandb-cr/second", settings, inventory);
            assert.equal(shared(), 0);
        });

        it("makes a new one for another scheme, and changes the rest in place", async () => {
            const first = await make(ingress());
            assert.match(first.hostname, /^internal-k8s-/);
            await make(ingress({ "load-balancer-attributes": "idle_timeout.timeout_seconds=120" }));
            assert.equal(rows(loadBalancerType)[0].inputs["idleTimeout"], 120);
            const second = await make(ingress({ scheme: "internet-facing" }));
            assert.equal(second.isNew, true);
            assert.equal(rows(loadBalancerType).length, 1);
            assert.equal(rows("aws:lb/listener:Listener").length, 1);
        });

        it("renames none, and gives the name to the one of another scheme, since the old one goes first", async () => {
            const first = await make(ingress({ "load-balancer-name": "one" }));
            assert.equal((await make(ingress({ "load-balancer-name": "two" }))).hostname, first.hostname);
            assert.equal(rows(loadBalancerType)[0].outputs["name"], "one");
            const { hostname } = await make(ingress({ "load-balancer-name": "one", scheme: "internet-facing" }));
            assert.match(hostname, /^one-/);
            assert.equal(rows(loadBalancerType).length, 1);
        });

        it("has none when there is no place for the one of another scheme", async () => {
            await make(ingress());
            await inventory.change((change) => change.remove("aws:ec2/internetGateway:InternetGateway", "igw-1"));
            await assert.rejects(make(ingress({ scheme: "internet-facing" })), /InvalidSubnet/);
            assert.equal(rows(loadBalancerType).length, 0);
        });

        const certificates: [string, string | undefined, RegExp][] = [
            ["does not exist", undefined, /CertificateNotFound: Certificate 'arn:.*\/c' not found/],
            ["is not issued", "PENDING_VALIDATION", /UnsupportedCertificate: The certificate 'arn:.*\/c' must have/],
        ];
        for (const [title, status, message] of certificates) {
            it(`has a load balancer but no listener for a certificate that ${title}`, async () => {
                if (status !== undefined) {
                    await plantCertificate("c", status);
                }
                await assert.rejects(make(ingress({ "certificate-arn": arnOf("c") })), message);
                assert.equal(rows(loadBalancerType).length, 1);
                assert.equal(rows("aws:lb/listener:Listener").length, 0);
                const validation = { certificateArn: arnOf("c") };
                await plant("aws:acm/certificateValidation:CertificateValidation", "v", validation);
                if (status !== undefined) {
                    await make(ingress({ "certificate-arn": arnOf("c") }));
                    assert.equal(rows("aws:lb/listener:Listener").length, 1);
                }
            });
        }

        const names: [string, RegExp][] = [
            ["a".repeat(33), /cannot be longer than 32 characters/],
            ["internal-one", /begin with 'internal-'/],
            ["one-", /begin or end with a hyphen/],
            ["taken", /DuplicateLoadBalancerName: A load balancer with the same name 'taken' exists/],
        ];
        for (const [name, message] of names) {
            it(`refuses the name ${name}`, async () => {
                await plant(loadBalancerType, "other", {}, { name: "taken" });
                await assert.rejects(make(ingress({ "load-balancer-name": name })), message);
            });
        }

        it("uses the groups that are named, with the shared one where the controller is to let it in", async () => {
            await plant("aws:ec2/securityGroup:SecurityGroup", "sg-1", { vpcId: "vpc-1", tags: { Name: "own" } });
            await make(ingress({ "security-groups": "own" }));
            assert.deepEqual(rows(loadBalancerType)[0].inputs["securityGroups"], ["sg-1"]);
            await make(ingress({ "security-groups": "sg-1", "manage-backend-security-group-rules": "true" }));
            const [first, second, ...more] = rows(loadBalancerType)[0].inputs["securityGroups"] as string[];
            assert.deepEqual([first, more], ["sg-1", []]);
            assert.notEqual(second, "sg-1");
        });

        it("does not reach the internet from a VPC without internet gateway", async () => {
            await inventory.change((change) => change.remove("aws:ec2/internetGateway:InternetGateway", "igw-1"));
            await assert.rejects(
                make(ingress({ scheme: "internet-facing" })),
                /InvalidSubnet: VPC vpc-1 has no internet/,
            );
        });

        it("cannot remove a protected one", async () => {
            await make(ingress({ "load-balancer-attributes": "deletion_protection.enabled=true" }));
            await assert.rejects(make(ingress({ scheme: "internet-facing" })), /deletion protection is enabled/);
            const removal = remove("wandb-cr/wandb", settings, inventory);
            await assert.rejects(removal, /OperationNotPermitted: .* because deletion protection is enabled/);
            assert.equal(rows(loadBalancerType).length, 1);
        });
    });
});
