import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AwsClickHouseArgs } from "../../sdk/aws/args/extras";
import { type ClickHouseOutputs, connectClickHouse } from "../../sdk/aws/entry/click-house";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { type MadePart, makePart, type PartOptions } from "../support/aws-part";
import { promiseOf } from "../support/resolve";

const serviceName = "com.amazonaws.vpce.us-gov-west-1.vpce-svc-0123456789abcdef0";
const keyPrincipalArn = "arn:aws:iam::576599896960:role/prod-kms-request-role";
const keyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1";

function clickHouse(
    args: AwsClickHouseArgs,
    options: PartOptions = {},
    clientRanges: Record<string, pulumi.Output<string>> = { vpc: pulumi.output("10.10.0.0/16") },
): Promise<MadePart<ClickHouseOutputs>> {
    return makePart(
        (scope) =>
            connectClickHouse(scope, {
                args,
                network: {
                    vpcId: pulumi.output("vpc-1"),
                    cidr: pulumi.output("10.10.0.0/16"),
                    clientRanges,
                    privateSubnets: [
                        { letter: "a", id: pulumi.output("subnet-a"), zone: pulumi.output("us-gov-west-1a") },
                    ],
                },
            }),
        { outputs: { "aws:kms/key:Key": { arn: keyArn, keyId: "1" } }, ...options },
    );
}

const madeTypes = ({ graph }: MadePart<unknown>) =>
    graph.resources.map(({ type }) => type).filter((type) => type.startsWith("aws:"));

describe("ClickHouse Cloud on AWS", () => {
    it("makes nothing that is not asked for", async () => {
        const made = await clickHouse({});
        assert.deepEqual(madeTypes(made), []);
        assert.deepEqual(made.made, { ready: [] });
    });

    it("is reached by an endpoint that the network may use (trap 18)", async () => {
        const made = await clickHouse({ endpointServiceName: serviceName });
        const rules = made.graph.resources.filter(({ type }) => type.startsWith("aws:vpc/"));
        assert.deepEqual(
            rules.map(({ type, inputs: { fromPort, toPort, cidrIpv4 } }) => [type, fromPort, toPort, cidrIpv4]),
            [443, 8443, 9440].map((port) => [
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                port,
                port,
                "10.10.0.0/16",
            ]),
        );
        assert.deepEqual(made.graph.byName("wandb-click-house-endpoint").inputs, {
            vpcId: "vpc-1",
            serviceName,
            vpcEndpointType: "Interface",
            subnetIds: ["subnet-a"],
            securityGroupIds: ["wandb-click-house-security-group-id"],
            privateDnsEnabled: true,
            tags: { team: "ml" },
        });
        assert.equal(made.made.ready.length, 4);
        assert.equal(made.made.keyArn, undefined);
    });

    it("is reached from nodes in another range of an own VPC than its first", async () => {
        const clientRanges = { "subnet-a": pulumi.output("100.64.0.0/18") };
        const { graph } = await clickHouse({ endpointServiceName: serviceName }, {}, clientRanges);
        const rule = (word: string) => graph.byName(`wandb-click-house-port-9440-from-${word}`).inputs["cidrIpv4"];
        assert.deepEqual([rule("vpc"), rule("subnet-a")], ["10.10.0.0/16", "100.64.0.0/18"]);
    });

    it("gets a key that the account manages and ClickHouse uses", async () => {
        const made = await clickHouse({ key: true, keyPrincipalArn });
        const { policy, ...key } = made.graph.byName("wandb-click-house-key").inputs;
        assert.equal(key["enableKeyRotation"], true);
        const [account, use] = (JSON.parse(String(policy)) as PolicyDocument).Statement;
        assert.deepEqual(account.Principal, { AWS: ["arn:aws-us-gov:iam::123456789012:root"] });
        assert.deepEqual(use.Principal, { AWS: [keyPrincipalArn] });
        assert.deepEqual(use.Action, [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyPair",
            "kms:GetKeyRotationStatus",
            "kms:GetPublicKey",
        ]);
        assert.deepEqual(made.graph.byName("wandb-click-house-key-alias").inputs, {
            namePrefix: "alias/wandb-click-house-",
            targetKeyId: "1",
        });
        assert.equal(await promiseOf(made.made.keyArn), keyArn);
    });

    it("takes an alias, and protects what encrypts data", async () => {
        const made = await clickHouse({ key: true, keyPrincipalArn, keyAlias: "alias/ch" });
        assert.equal(made.graph.byName("wandb-click-house-key-alias").inputs["name"], "alias/ch");
        const protection = async (settings: PartOptions["settings"]) => {
            const { graph } = await clickHouse({ key: true, keyPrincipalArn }, { settings });
            const { protect, retainOnDelete } = graph.byName("wandb-click-house-key");
            return [protect, retainOnDelete];
        };
        assert.deepEqual(await protection({}), [true, undefined]);
        assert.deepEqual(await protection({ deletionProtection: false, retainData: true }), [undefined, true]);
    });
});
