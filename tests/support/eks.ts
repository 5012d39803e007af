/** What component tests of the EKS cluster share: mocks, a network, and a way to make the cluster. */
import * as pulumi from "@pulumi/pulumi";
import { AwsIdentityMode } from "../../sdk/aws/args/identity";
import { createCluster } from "../../sdk/aws/cluster/cluster";
import type { ClusterInput } from "../../sdk/aws/cluster/input";
import type { EksFacts, NetworkFacts } from "../../sdk/aws/facts";
import { createScope } from "../../sdk/aws/scope";
import { GraphRecorder } from "./graph";

export const keyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/a";
/** Of every role. */
export const roleArn = "arn:aws-us-gov:iam::123456789012:role/made";
const issuer = "https://oidc.eks.us-gov-west-1.amazonaws.com/id/ABC";

const described = {
    arn: "arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/w-1",
    endpoint: "https://abc.gr7.us-gov-west-1.eks.amazonaws.com",
    identities: [{ oidcs: [{ issuer }] }],
};

/** What AWS would answer in GovCloud, where every ARN looks otherwise. */
const answers = {
    outputs: {
        "aws:eks/cluster:Cluster": {
            ...described,
            certificateAuthority: { data: "Y2E=" },
            vpcConfig: { clusterSecurityGroupId: "sg-1", vpcId: "vpc-1" },
        },
        "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 3 },
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
            arn: "arn:aws-us-gov:iam::123456789012:oidc-provider/made",
        },
        "aws:iam/role:Role": { name: "made", arn: roleArn },
        "random:index/randomId:RandomId": { hex: "w-0a1b2c3d" },
    },
    answers: {
        "aws:index/getPartition:getPartition": { partition: "aws-us-gov" },
        "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
        "aws:index/getRegion:getRegion": { region: "us-gov-west-1" },
        "aws:eks/getCluster:getCluster": {
            ...described,
            name: "theirs",
            version: "1.33",
            certificateAuthorities: [{ data: "Y2E=" }],
            vpcConfig: { clusterSecurityGroupId: "sg-2", vpcId: "vpc-1", subnetIds: [] },
        },
    },
};

/** Stands for a NAT gateway. */
class Way extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("test:index:Way", "w-way-out", {}, { parent });
    }
}

type Options = pulumi.CustomResourceOptions;

/** Notes the options of all children, of which mocks tell only a part. */
class Parent extends pulumi.ComponentResource {
    constructor(options: Map<string, Options>) {
        const note: pulumi.ResourceTransformation = ({ type, name, opts }) => {
            options.set(`${type.split(":").at(-1)} ${name}`, opts);
            return undefined;
        };
        super("test:index:Parent", "w", {}, { transformations: [note] });
        this.registerOutputs({});
    }
}

function network(parent: pulumi.Resource): NetworkFacts {
    const subnet = (letter: "a" | "b") => ({
        letter,
        id: pulumi.output(`subnet-${letter}`),
        zone: pulumi.output(`us-gov-west-1${letter}`),
    });
    return {
        vpcId: pulumi.output("vpc-1"),
        cidr: pulumi.output("10.10.0.0/16"),
        clientRanges: {},
        publicSubnets: [],
        privateSubnets: [subnet("a"), subnet("b")],
        controlPlaneSubnets: [subnet("a"), subnet("b")],
        dataSubnets: [],
        egress: [new Way(parent)],
    };
}

export interface MadeCluster {
    readonly graph: GraphRecorder;
    readonly facts: EksFacts;
    /** Options of the children, by type and name. */
    readonly options: ReadonlyMap<string, Options>;
}

/** Makes a cluster called `w` against mocks. */
export async function makeCluster(
    changes: Partial<Omit<ClusterInput, "network" | "keyArn">> = {},
    settings: { readonly deletionProtection?: boolean; readonly tags?: Record<string, string> } = {},
): Promise<MadeCluster> {
    const graph = await GraphRecorder.start({ preview: false, ...answers });
    const options = new Map<string, Options>();
    const parent = new Parent(options);
    const scope = createScope("w", parent, {
        tags: settings.tags,
        deletionProtection: settings.deletionProtection ?? true,
        retainData: false,
    });
    const facts = createCluster(scope, {
        cluster: {},
        access: { cidrs: ["203.0.113.0/24"] },
        iam: {},
        identityMode: AwsIdentityMode.Irsa,
        size: "small",
        charts: {},
        ...changes,
        network: network(parent),
        keyArn: pulumi.output(keyArn),
    });
    await pulumi.runtime.disconnect();
    return { graph, facts, options };
}
