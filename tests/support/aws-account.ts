/** What an account has before W&B comes: planted in the simulated one, as AWS would tell it. */
import type { Inventory, Row } from "../../sandbox/clouds/inventory";

const account = "123456789012";
const rootArn = `arn:aws:iam::${account}:root`;
/** The region of the READMEs. */
export const region = "eu-west-1";

/** The hosted zone of the READMEs. */
export const Zone = { id: "Z0123456789ABCDEFGHIJ", name: "example.com" };

/** @param vpcId makes it a private zone */
export async function plantZone(inventory: Inventory, { id, name } = Zone, vpcId?: string): Promise<void> {
    await inventory.plant({
        type: "aws:route53/zone:Zone",
        id,
        inputs: { name, ...(vpcId === undefined ? {} : { vpcs: [{ vpcId }] }) },
        outputs: { zoneId: id, name },
    });
}

/** A certificate that is issued. */
export async function plantCertificate(inventory: Inventory, arn: string, domainName: string): Promise<void> {
    await inventory.plant({
        type: "aws:acm/certificate:Certificate",
        id: arn,
        inputs: { domainName, validationMethod: "DNS" },
        outputs: { arn, status: "ISSUED" },
    });
}

/** A role that people or services of the account use. Gives its ARN. */
export async function plantRole(
    inventory: Inventory,
    name: string,
    trusted: Readonly<Record<string, string>> = { AWS: rootArn },
    condition?: object,
): Promise<string> {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    const Action = "Federated" in trusted ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole";
    const statement = { Effect: "Allow", Principal: trusted, Action, Condition: condition };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await inventory.plant({
        type: "aws:iam/role:Role",
        id: name,
        inputs: { name, assumeRolePolicy },
        outputs: { name, arn },
    });
    return arn;
}

/** A key with the policy that KMS gives by default: IAM decides. */
export async function plantKey(inventory: Inventory, arn: string): Promise<void> {
    const id = arn.slice(arn.lastIndexOf("/") + 1);
    const statement = { Effect: "Allow", Principal: { AWS: rootArn }, Action: "kms:*", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await inventory.plant({ type: "aws:kms/key:Key", id, inputs: { policy }, outputs: { arn, keyId: id } });
}

export async function plantBucket(inventory: Inventory, name: string): Promise<void> {
    const outputs = { arn: `arn:aws:s3:::${name}`, bucket: name };
    await inventory.plant({ type: "aws:s3/bucket:Bucket", id: name, inputs: { bucket: name }, outputs });
}

/** A snapshot of a database that is gone. Gives its name. */
export async function plantSnapshot(inventory: Inventory): Promise<string> {
    const dbClusterSnapshotIdentifier = "before-the-accident";
    const inputs = { dbClusterIdentifier: "somebody-elses", dbClusterSnapshotIdentifier };
    const dbClusterSnapshotArn = `arn:aws:rds:${region}:${account}:cluster-snapshot:${dbClusterSnapshotIdentifier}`;
    await inventory.plant({
        type: "aws:rds/clusterSnapshot:ClusterSnapshot",
        id: dbClusterSnapshotIdentifier,
        inputs,
        outputs: { ...inputs, dbClusterSnapshotArn },
    });
    return dbClusterSnapshotIdentifier;
}

/** A VPC with private subnets in two zones, and public ones that lead to the internet. */
export interface GivenNetwork {
    readonly vpcId: string;
    readonly privateSubnetIds: readonly string[];
    readonly publicSubnetIds: readonly string[];
}

export async function plantNetwork(inventory: Inventory, network: GivenNetwork): Promise<void> {
    const { vpcId, privateSubnetIds, publicSubnetIds } = network;
    const arn = (kind: string, id: string) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
    const plant = (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        inventory.plant({ type, id, inputs, outputs: { ...inputs, ...outputs } });
    await plant(
        "aws:ec2/vpc:Vpc",
        vpcId,
        { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true, enableDnsSupport: true },
        { arn: arn("vpc", vpcId), mainRouteTableId: "rtb-main", ownerId: account },
    );
    for (const [index, id] of [...privateSubnetIds, ...publicSubnetIds].entries()) {
        const zone = index % 2;
        await plant(
            "aws:ec2/subnet:Subnet",
            id,
            { vpcId, cidrBlock: `10.20.${index}.0/24`, availabilityZone: `${region}${"ab"[zone]}` },
            { arn: arn("subnet", id), availabilityZoneId: `euw1-az${zone + 1}`, ownerId: account },
        );
    }
    await plant("aws:ec2/internetGateway:InternetGateway", "igw-given", { vpcId });
    await plant("aws:ec2/routeTable:RouteTable", "rtb-public", { vpcId });
    const route = { routeTableId: "rtb-public", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-given" };
    await plant("aws:ec2/route:Route", "route-out", route);
    for (const subnetId of publicSubnetIds) {
        const inputs = { subnetId, routeTableId: "rtb-public" };
        await plant("aws:ec2/routeTableAssociation:RouteTableAssociation", `association-${subnetId}`, inputs);
    }
}
