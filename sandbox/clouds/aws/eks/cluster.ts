/** The control plane of Amazon EKS, as of @pulumi/aws 7.47. It answers with the sandbox's own API server. */
import { randomBytes } from "node:crypto";
import { emptyCluster } from "../../../control-plane/empty";
import type { Row } from "../../inventory";
import type { Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { isWithin, overlap, prefixOf, wrongCidr } from "../../cidr";
import {
    byId,
    carriesGroup,
    ec2Id,
    egressRuleType,
    ingressRuleType,
    interfaceIn,
    securityGroupType,
    textsIn,
    vpcOfSubnet,
    vpcType,
    zoneOfSubnet,
} from "../ec2/shared";
import { roleSight } from "../iam-sight";
import { apiServer } from "./api-server";
import {
    accessEntryType,
    accessPolicyType,
    addonType,
    clusterType,
    hasPolicy,
    invalid,
    kubernetesVersions,
    minorOf,
    newestVersion,
    podIdentityType,
    role,
    rowsOf,
    trusts,
} from "./shared";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const vpcConfig: PropertyModels = {
    endpointPrivateAccess: { type: "boolean" },
    endpointPublicAccess: { type: "boolean" },
    publicAccessCidrs: { type: "array" },
    securityGroupIds: { type: "array" },
    subnetIds: { type: "array", required: true },
};

const inputs: PropertyModels = {
    accessConfig: {
        type: "object",
        properties: {
            authenticationMode: { type: "string", values: ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"] },
            bootstrapClusterCreatorAdminPermissions: { type: "boolean" },
        },
    },
    bootstrapSelfManagedAddons: { type: "boolean", default: true },
    deletionProtection: { type: "boolean", default: false },
    enabledClusterLogTypes: { type: "array", items: { type: "string", values: logTypes } },
    encryptionConfig: {
        type: "object",
        properties: {
            provider: {
                type: "object",
                required: true,
                properties: { keyArn: { type: "string", required: true } },
            },
            resources: { type: "array", required: true, items: { type: "string", values: ["secrets"] } },
        },
    },
    forceUpdateVersion: { type: "boolean" },
    kubernetesNetworkConfig: {
        type: "object",
        properties: {
            ipFamily: { type: "string", values: ["ipv4", "ipv6"] },
            serviceIpv4Cidr: { type: "string" },
        },
    },
    name: { type: "string" },
    region,
    roleArn: { type: "string", required: true },
    tags,
    upgradePolicy: {
        type: "object",
        properties: { supportType: { type: "string", values: ["EXTENDED", "STANDARD"] } },
    },
    version: { type: "string" },
    vpcConfig: { type: "object", required: true, properties: vpcConfig },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster and its schema */
const replaceOn = [
    "name",
    "region",
    "roleArn",
    "bootstrapSelfManagedAddons",
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
];

export const cluster: ResourceModel = {
    token: clusterType,
    inputs,
    outputs: {
        arn: { type: "string" },
        certificateAuthority: { type: "object", properties: { data: { type: "string" } } },
        createdAt: { type: "string" },
        endpoint: { type: "string" },
        identities: { type: "array", items: { type: "any" } },
        platformVersion: { type: "string" },
        status: { type: "string" },
        tagsAll,
        version: { type: "string" },
        vpcConfig: {
            type: "object",
            properties: { ...vpcConfig, clusterSecurityGroupId: { type: "string" }, vpcId: { type: "string" } },
        },
    },
    name: {
        property: "name",
        auto: { maxLength: 100 },
        // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
        pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
        rule: "must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        clash: (name) => `ResourceInUseException: Cluster already exists with name: ${name}`,
    },
    references: [
        role("roleArn"),
        interfaceIn("vpcConfig.subnetIds[*]"),
        carriesGroup("vpcConfig.securityGroupIds[*]"),
        {
            path: "encryptionConfig.provider.keyArn",
            types: ["aws:kms/key:Key"],
            by: "arn",
            message: (arn) =>
                invalid(`The keyArn in encryptionConfig provider is invalid: Key '${arn}' does not exist`),
        },
    ],
    replaceOn,
    // Encryption can be added, but not be taken off again.
    adjust: (changes) =>
        changes.map((change) =>
            change.path === "encryptionConfig" && change.kind === "delete" ? { ...change, replaces: true } : change,
        ),
    volatile: ["platformVersion", "tagsAll", "version"],
    unread: ["bootstrapSelfManagedAddons", "forceUpdateVersion"],
    durationKey: "eks cluster",
    // internal/service/eks/cluster.go
    sights: [
        roleSight(["roleArn"], {
            unknown: (arn) => invalid(`roleArn, ${arn}, does not exist`),
            repeated: ["create"],
        }),
    ],
    validate: (given) => [...wrongEndpoint(given), ...wrongServiceRange(given)],
    refuse: (given, context) =>
        refusedTags(given, context.config) ??
        refusedSubnets(given, context) ??
        (context.previous === undefined ? refusedCreation(given, context) : refusedUpdate(given, context.previous)),
    id: ({ name }) => textOf(name),
    computed: (given, context) => ({
        ...atCreation(given, context),
        tagsAll: allTags(given, context.config),
        version: given["version"] ?? context.previous?.["version"] ?? newestVersion,
        platformVersion: "eks.1",
        ...keptKey(context.previous),
        vpcConfig: networkOf(given, context),
    }),
    // https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html
    blocksDeletion: ({ inputs: { deletionProtection }, id }) =>
        deletionProtection === true
            ? `InvalidRequestException: Cannot delete cluster ${id} because deletion protection is enabled. Disable deletion protection and try again.`
            : undefined,
    brings: (row) => [securityGroupOf(row)],
    takesAlong: (row, inventory) => [
        ...[addonType, accessEntryType, accessPolicyType, podIdentityType].flatMap((type) =>
            rowsOf(type, row.id, inventory),
        ),
        ...inventory.rows(securityGroupType).filter(({ id }) => id === securityGroupOf(row).id),
        ...[ingressRuleType, egressRuleType]
            .flatMap((type) => inventory.rows(type))
            .filter(({ inputs: { securityGroupId } }) => securityGroupId === securityGroupOf(row).id),
    ],
    // The sandbox has one API server: what it held is gone with the last cluster.
    afterDelete: (_row, { dir, inventory }) =>
        inventory.rows(clusterType).length === 0 ? emptyCluster(dir) : Promise.resolve(),
};

/** The group that EKS gives to control plane and nodes: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
function securityGroupOf({ id, outputs, inputs: given }: Row): Row {
    const { clusterSecurityGroupId, vpcId } = part(outputs["vpcConfig"]);
    const arn = textOf(outputs["arn"]).replace(":eks:", ":ec2:");
    return {
        type: securityGroupType,
        id: textOf(clusterSecurityGroupId),
        state: "active",
        inputs: {
            name: `eks-cluster-sg-${id}`,
            vpcId: textOf(vpcId),
            tags: { [`kubernetes.io/cluster/${id}`]: "owned" },
            ...(given["region"] === undefined ? {} : { region: given["region"] }),
        },
        outputs: { arn: arn.replace(`cluster/${id}`, `security-group/${textOf(clusterSecurityGroupId)}`) },
    };
}

/**
 * EKS has no call that exchanges the key. The provider shows a change in place, calls nothing and says nothing:
 * https://github.com/hashicorp/terraform-provider-aws/issues/34883
 */
function keptKey(previous: PropertyMap | undefined): PropertyMap {
    return previous?.["encryptionConfig"] === undefined ? {} : { encryptionConfig: previous["encryptionConfig"] };
}

function part(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

/** What stays for the life of a cluster. */
function atCreation(
    given: PropertyMap,
    { config, dir, previous, id }: RefuseContext & { readonly id: string },
): PropertyMap {
    const { partition, accountId, dnsSuffix } = accountOf(config);
    const where = regionOf(given, config);
    const hash = () => randomBytes(16).toString("hex").toUpperCase();
    const server = apiServer(dir, where, dnsSuffix);
    return {
        arn: `arn:${partition}:eks:${where}:${accountId}:cluster/${id}`,
        certificateAuthority: previous?.["certificateAuthority"] ?? { data: server.certificateAuthority },
        createdAt: previous?.["createdAt"] ?? new Date().toISOString(),
        endpoint: previous?.["endpoint"] ?? server.endpoint,
        identities: previous?.["identities"] ?? [
            { oidcs: [{ issuer: `https://oidc.eks.${where}.${dnsSuffix}/id/${hash()}` }] },
        ],
        status: "ACTIVE",
    };
}

function networkOf(given: PropertyMap, { inventory, previous }: RefuseContext): PropertyMap {
    const network = part(given["vpcConfig"]);
    const isPublic = network["endpointPublicAccess"] ?? true;
    return {
        endpointPrivateAccess: false,
        endpointPublicAccess: isPublic,
        // Without ranges everybody may ask: https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
        publicAccessCidrs: isPublic === true ? ["0.0.0.0/0"] : [],
        ...network,
        clusterSecurityGroupId: part(previous?.["vpcConfig"])["clusterSecurityGroupId"] ?? ec2Id("sg"),
        vpcId: vpcOfSubnet(textsIn(network["subnetIds"])[0], inventory),
    };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const mostPublicRanges = 40;
/** Addresses from which nobody can come over the internet. */
const reservedRanges = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/** https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
function wrongEndpoint(given: PropertyMap): Problem[] {
    const network = part(given["vpcConfig"]);
    const ranges = textsIn(network["publicAccessCidrs"]);
    const property = "vpcConfig.publicAccessCidrs";
    const problems = ranges.flatMap((range) => wrongCidr(property, range));
    if (network["endpointPublicAccess"] === false && network["endpointPrivateAccess"] !== true) {
        problems.push({
            property: "vpcConfig",
            reason: invalid("Private and public endpoint access cannot be false. Turn one on."),
        });
    }
    if (ranges.length > mostPublicRanges) {
        problems.push({
            property,
            reason: `must hold at most ${mostPublicRanges} CIDR blocks (${ranges.length} given)`,
        });
    }
    const reserved = ranges.filter((range) => reservedRanges.some((block) => isWithin(range, block)));
    if (reserved.length > 0) {
        problems.push({
            property,
            reason: invalid(`The following CIDRs are invalid in publicAccessCidrs: [${reserved.join(", ")}]`),
        });
    }
    return problems;
}

function wrongServiceRange(given: PropertyMap): Problem[] {
    const property = "kubernetesNetworkConfig.serviceIpv4Cidr";
    const range = part(given["kubernetesNetworkConfig"])["serviceIpv4Cidr"];
    const wrong = wrongCidr(property, range);
    if (range === undefined || wrong.length > 0) {
        return wrong;
    }
    const isPrivate = reservedRanges.slice(0, 3).some((block) => isWithin(range, block));
    const prefix = prefixOf(range);
    return isPrivate && prefix >= 12 && prefix <= 24
        ? []
        : [{ property, reason: `must be a private block between /12 and /24 (value given: ${textOf(range)})` }];
}

/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
function refusedSubnets(given: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const zonesOf = (value: PropertyValue | undefined) => [
        ...new Set(textsIn(part(value)["subnetIds"]).map((id) => zoneOfSubnet(id, inventory))),
    ];
    const ids = textsIn(part(given["vpcConfig"])["subnetIds"]);
    const zones = zonesOf(given["vpcConfig"]).sort();
    if (zones.length < 2) {
        return invalid("Subnets specified must be in at least two different AZs");
    }
    if (new Set(ids.map((id) => vpcOfSubnet(id, inventory))).size > 1) {
        return invalid("Subnets specified must be in the same VPC");
    }
    if (previous === undefined) {
        return undefined;
    }
    const before = textOf(part(previous["vpcConfig"])["vpcId"]);
    if (before !== vpcOfSubnet(ids[0], inventory)) {
        return invalid("Provided subnets belong to another VPC than the cluster");
    }
    const had = zonesOf(previous["vpcConfig"]).filter((zone) => zone !== "");
    return had.every((zone) => zones.includes(zone)) && zones.length === had.length
        ? undefined
        : invalid(
              `Provided subnets belong to the AZs '${zones.join(",")}'. But they should belong to the exact set of AZs '${had.sort().join(",")}' in which subnets were provided during cluster creation.`,
          );
}

function refusedCreation(given: PropertyMap, { inventory, config }: RefuseContext): string | undefined {
    if (inventory.rows(clusterType).length > 0) {
        // All of them would share the sandbox's one API server, and the end of one would empty the other.
        return "the sandbox has one API server, so it can simulate one cluster at a time. Delete the other one first.";
    }
    const { version = newestVersion, roleArn } = given;
    const { partition } = accountOf(config);
    if (!kubernetesVersions.includes(textOf(version))) {
        return invalid(`unsupported Kubernetes version ${textOf(version)}`);
    }
    if (!trusts(roleArn, "eks.amazonaws.com", inventory)) {
        return invalid("Role could not be assumed because the trusted entity is not correct");
    }
    // https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
    if (!hasPolicy(roleArn, "AmazonEKSClusterPolicy", inventory)) {
        return invalid(
            `The provided role doesn't have the Amazon EKS Managed Policies associated with it. Please ensure the following policies [arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy] are attached`,
        );
    }
    const services = part(given["kubernetesNetworkConfig"])["serviceIpv4Cidr"];
    const [subnet] = textsIn(part(given["vpcConfig"])["subnetIds"]);
    const vpc = byId(vpcType, vpcOfSubnet(subnet, inventory), inventory)?.inputs["cidrBlock"];
    return services !== undefined && overlap(services, vpc)
        ? invalid(`The specified serviceIpv4Cidr ${textOf(services)} overlaps with the VPC's CIDR block ${textOf(vpc)}`)
        : undefined;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html and setting-up-access-entries.html */
function refusedUpdate(given: PropertyMap, previous: PropertyMap): string | undefined {
    const [from, to] = [textOf(previous["version"]), textOf(given["version"] ?? previous["version"])];
    if (from !== to && (minorOf(to) !== minorOf(from) + 1 || !kubernetesVersions.includes(to))) {
        return invalid(`Unsupported Kubernetes minor version update from ${from} to ${to}`);
    }
    const modeOf = (value: PropertyValue | undefined) => textOf(part(value)["authenticationMode"], "CONFIG_MAP");
    const [before, after] = [modeOf(previous["accessConfig"]), modeOf(given["accessConfig"])];
    const allowed = before === after || `${before} ${after}` === "CONFIG_MAP API_AND_CONFIG_MAP";
    return allowed || `${before} ${after}` === "API_AND_CONFIG_MAP API"
        ? undefined
        : invalid(`Unsupported authentication mode update from ${before} to ${after}`);
}
