/** The project on Google Cloud in which arguments are changed, with what they name. */
import { apiId, apiRow } from "../sandbox/clouds/gcp/apis";
import { managedZoneType } from "../sandbox/clouds/gcp/compute/dns-zones";
import { lastPart } from "../sandbox/clouds/gcp/compute/links";
import { addressType, networkType, subnetworkType } from "../sandbox/clouds/gcp/compute/shared";
import { accountType, agentRow, storageAgent } from "../sandbox/clouds/gcp/iam-principals";
import { agentOf } from "../sandbox/clouds/gcp/iam-service-identity";
import { cryptoKeyMemberType, cryptoKeyType } from "../sandbox/clouds/gcp/kms";
import { projectType } from "../sandbox/clouds/gcp/project";
import type { Row } from "../sandbox/clouds/inventory";
import { answerOf } from "../tests/support/gcp-graph";
import type { ModelledAccount } from "./modelled-stack";

export const ProjectId = "example-project";
export const Region = "europe-west4";
const hostProject = "host-project";

export const keyId = (name: string, location = Region) =>
    `projects/${ProjectId}/locations/${location}/keyRings/own/cryptoKeys/${name}`;
export const addressId = (name: string) => `projects/${ProjectId}/regions/${Region}/addresses/${name}`;
export const accountEmail = (name: string) => `${name}@${ProjectId}.iam.gserviceaccount.com`;
export const networkId = (name: string) => `projects/${hostProject}/global/networks/${name}`;
export const subnetworkId = (name: string) => `projects/${hostProject}/regions/${Region}/subnetworks/${name}`;

/** Subnets by name, with the network of each. */
const subnets: Readonly<Record<string, string>> = { wandb: "shared", spare: "shared", elsewhere: "other" };
const ranges = ["pods", "services", "more-pods", "more-services"].map((rangeName, index) => ({
    rangeName,
    ipCidrRange: `10.${4 + index}.0.0/16`,
}));

const there = (type: string, id: string, inputs: Row["inputs"]): Row => ({
    type,
    id,
    state: "active",
    inputs,
    outputs: inputs,
});

const own = { projectId: ProjectId, number: "123456789012" };
const agents = [
    storageAgent(own),
    ...["bigtableadmin", "compute", "container", "pubsub", "redis", "sqladmin"].flatMap(
        (service) => agentOf(service, own) ?? [],
    ),
];

/** A key that all agents of Google Cloud may use. */
function keyRows(id: string): Row[] {
    const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
    return [
        there(cryptoKeyType, id, {
            name: lastPart(id),
            purpose: "ENCRYPT_DECRYPT",
            primaries: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
        }),
        ...agents.map((agent) => {
            const member = `serviceAccount:${agent}`;
            return there(cryptoKeyMemberType, `${id}/${role}/${member}`, { cryptoKeyId: id, role, member });
        }),
    ];
}

const rows: readonly Row[] = [
    ...[
        own,
        { projectId: hostProject, number: "223456789012" },
        { projectId: "other-project", number: "323456789012" },
    ].map((project) => there(projectType, `projects/${project.projectId}`, project)),
    ...["example", "other-example"].map((name) =>
        there(managedZoneType, `projects/${ProjectId}/managedZones/${name}`, { name, dnsName: "example.com." }),
    ),
    ...["out-one", "out-two"].map((name) =>
        there(addressType, addressId(name), { name, addressType: "EXTERNAL", region: Region }),
    ),
    ...["compute", "cloudresourcemanager", "servicenetworking"].map((service) =>
        apiRow(apiId(hostProject, `${service}.googleapis.com`), "ENABLED"),
    ),
    ...[...new Set(Object.values(subnets))].map((name) =>
        there(networkType, networkId(name), { name, project: hostProject }),
    ),
    ...Object.entries(subnets).map(([name, network]) =>
        there(subnetworkType, subnetworkId(name), {
            name,
            network: networkId(network),
            region: Region,
            project: hostProject,
            secondaryIpRanges: ranges,
        }),
    ),
    agentRow(storageAgent(own), own),
    ...["all", "cluster", "database", "cache", "bucket"].flatMap((name) => keyRows(keyId(name))),
    ...["nodes", "other-nodes"].map((name) =>
        there(accountType, `projects/${ProjectId}/serviceAccounts/${accountEmail(name)}`, {
            accountId: name,
            email: accountEmail(name),
        }),
    ),
];

type Answer = Record<string, unknown>;

/** What is looked up only where an argument names it. */
const Lookups: Readonly<Record<string, (asked: Readonly<Record<string, unknown>>) => Answer>> = {
    "gcp:compute/getSubnetwork:getSubnetwork": ({ name }) => ({
        network: networkId(subnets[String(name)]),
        secondaryIpRanges: ranges,
    }),
    "gcp:compute/getGlobalAddress:getGlobalAddress": () => ({ address: "198.51.100.8", addressType: "EXTERNAL" }),
};

export const GcpAccount: ModelledAccount = {
    config: { project: ProjectId, region: Region },
    clusterType: "gcp:container/cluster:Cluster",
    rows,
    answer: (token, asked) => ({ ...answerOf(token, asked), ...Lookups[token]?.(asked) }),
};
