import { type Given, GraphRecorder } from "./graph";

type Inputs = Readonly<Record<string, unknown>>;

/** What AWS answers to functions, and adds to resources, in component tests. */
const Answers: Readonly<Record<string, Record<string, unknown>>> = {
    "aws:index/getPartition:getPartition": { partition: "aws", dnsSuffix: "amazonaws.com" },
    "aws:index/getRegion:getRegion": { region: "us-east-1" },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
        names: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
        zoneIds: ["use1-az1", "use1-az2", "use1-az4", "use1-az6"],
    },
    "aws:route53/getZone:getZone": { name: "example.com", zoneId: "Z0123456789ABCDEFGHIJ", privateZone: false },
    "aws:lb/getHostedZoneId:getHostedZoneId": { id: "Z35SXDOTRQ7X7K" },
    "aws:lb/getLoadBalancer:getLoadBalancer": {
        arn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/wandb/1",
    },
    "aws:ec2/getVpc:getVpc": {
        id: "vpc-0123456789abcdef0",
        cidrBlock: "10.0.0.0/16",
        enableDnsSupport: true,
        enableDnsHostnames: true,
    },
    "aws:eks/getCluster:getCluster": {
        name: "platform",
        arn: "arn:aws:eks:us-east-1:123456789012:cluster/platform",
        version: "1.34",
        endpoint: "https://example.gr7.us-east-1.eks.amazonaws.com",
        certificateAuthorities: [{ data: "Y2E=" }],
        vpcConfig: { clusterSecurityGroupId: "sg-1", vpcId: "vpc-0123456789abcdef0" },
        identities: [{ oidcs: [{ issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE" }] }],
    },
};

/** What it answers by what is asked. */
const Lookups: Readonly<Record<string, (inputs: Inputs) => Record<string, unknown>>> = {
    // Even ids lie in the first zone, odd ones in the second.
    "aws:ec2/getSubnet:getSubnet": ({ id }: Inputs) => {
        const last = Number.parseInt(String(id).slice(-1), 16);
        return {
            id,
            vpcId: "vpc-0123456789abcdef0",
            cidrBlock: `10.0.${last}.0/24`,
            availabilityZone: last % 2 === 1 ? "us-east-1b" : "us-east-1a",
            availabilityZoneId: last % 2 === 1 ? "use1-az2" : "use1-az1",
        };
    },
};

/** What it answers to one question. */
export function answerOf(token: string, inputs: Inputs): Record<string, unknown> {
    return Lookups[token]?.(inputs) ?? Answers[token] ?? {};
}

const Outputs = {
    "aws:eks/cluster:Cluster": {
        name: "demo-cluster-1a2b3c4",
        arn: "arn:aws:eks:us-east-1:123456789012:cluster/demo-cluster-1a2b3c4",
        endpoint: "https://example.gr7.us-east-1.eks.amazonaws.com",
        certificateAuthority: { data: "Y2E=" },
        vpcConfig: { clusterSecurityGroupId: "sg-1" },
        identities: [{ oidcs: [{ issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE" }] }],
    },
    "aws:acm/certificate:Certificate": ({ domainName, subjectAlternativeNames = [] }: Inputs) => ({
        arn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
        domainValidationOptions: [domainName, ...(subjectAlternativeNames as unknown[])].map((name) => ({
            domainName: name,
            resourceRecordName: `_1.${String(name)}`,
            resourceRecordType: "CNAME",
            resourceRecordValue: "_2.acm-validations.aws",
        })),
    }),
};

/**
 * Records a program on AWS.
 *
 * @param more what AWS adds to further types, for tests that read what is made of it
 */
export function startOnAws(more: Readonly<Record<string, Given>> = {}): Promise<GraphRecorder> {
    return GraphRecorder.start({ answers: { ...Answers, ...Lookups }, outputs: { ...Outputs, ...more } });
}
