/** What the component warns of. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { AwsTaintEffect, type WandbDeploymentArgs } from "../../sdk/index";
import { warnings } from "../../sdk/warnings";
import { MinimalArgs } from "../support/values-input";

const repository = { repository: "https://charts.corp.example", version: "0.43.8" };
const credentials = { username: "robot", password: "example" };

const ranges = (count: number) => Array.from({ length: count }, (_, place) => `198.51.100.${place}/32`);

const table: [string, Partial<WandbDeploymentArgs>, RegExp[]][] = [
    ["nothing with external stores and the channel's chart", {}, []],
    ["MySQL in the cluster", { database: { install: true } }, [/^database\.install: .*not for production/]],
    ["credentials of a repository", { chart: { ...repository, credentials } }, [/^chart\.credentials: .*never end/]],
    [
        "a Secret with credentials of a repository",
        { chart: { ...repository, credentialsSecret: { name: "charts" } } },
        [/^chart\.credentialsSecret: /],
    ],
    ["nothing with a repository that asks for no log-in", { chart: repository }, []],
    [
        "nothing with credentials of a registry",
        { chart: { oci: "oci://registry.corp.example/charts/operator-wandb", version: "0.43.8", credentials } },
        [],
    ],
    [
        "a private endpoint in a network that is made with it",
        { aws: {}, access: { private: true } },
        [/^access\.private: .*from outside of it `pulumi up` stops/],
    ],
    [
        "the same on Google Cloud",
        { gcp: {}, access: { private: true } },
        [/^access\.private: .*Run it inside `gcp\.network\.existing`/],
    ],
    [
        "the same on Azure",
        { azure: {}, access: { private: true } },
        [/^access\.private: .*Run it inside `azure\.network\.existing`/],
    ],
    [
        "an add-on of AKS that ends",
        { azure: { loadBalancer: { controller: "app-routing" } } },
        [/^azure\.loadBalancer\.controller: .*November 2026/],
    ],
    [
        "a cache that Microsoft retires",
        { azure: { cache: { kind: "azure-cache" } } },
        [/^azure\.cache\.kind: .*2028-09-30/],
    ],
    [
        "a window that Azure does not take at creation",
        { azure: { database: { maintenanceWindow: "sun:03:00" } } },
        [/^azure\.database\.maintenanceWindow: /],
    ],
    [
        "nothing where the DNS endpoint is reached from outside",
        { gcp: { cluster: { dnsEndpoint: true } }, access: { private: true } },
        [],
    ],
    [
        "nothing with a private endpoint in a network of one's own",
        {
            aws: { network: { existing: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] } } },
            access: { private: true },
        },
        [],
    ],
    [
        "nodes that the operator cannot run on",
        { aws: { cluster: { nodes: { taints: [{ key: "team", effect: AwsTaintEffect.NoSchedule }] } } } },
        [/^aws\.cluster\.nodes\.taints: /],
    ],
    ["nothing with thirty ranges and two ports", { aws: { loadBalancer: { inboundCidrs: ranges(30) } } }, []],
    [
        "more ranges than a security group takes",
        { aws: { loadBalancer: { inboundCidrs: ranges(31) } } },
        [/^aws\.loadBalancer\.inboundCidrs: the ranges make 62 rules .*`aws\.loadBalancer\.securityGroupIds`/],
    ],
    [
        "a range too many with that of the VPC",
        { aws: { loadBalancer: { inboundCidrs: ranges(30) }, privateLink: { allowedAccountIds: [] } } },
        [/^aws\.loadBalancer\.inboundCidrs: the ranges make 62 rules/],
    ],
    [
        "nothing with sixty ranges and one port",
        { aws: { loadBalancer: { inboundCidrs: ranges(60) } }, ingress: { tls: { enabled: false } } },
        [],
    ],
    [
        "more clients of PrivateLink than its security group takes",
        { aws: { privateLink: { allowedAccountIds: [], inboundCidrs: ranges(61) } } },
        [/^aws\.privateLink\.inboundCidrs: the ranges make 61 rules/],
    ],
];

describe("warnings", () => {
    for (const [title, changes, expected] of table) {
        it(title, () => {
            const found = warnings({ ...MinimalArgs, ...changes });
            assert.equal(found.length, expected.length, found.join("\n"));
            expected.forEach((pattern, index) => assert.match(found[index], pattern));
        });
    }
});
