import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createApis } from "../../sdk/gcp/apis";
import {
    GcpFlowLogInterval,
    GcpGoogleApisMode,
    GcpNatLogging,
    type GcpNetworkArgs,
    GcpNatMode,
} from "../../sdk/gcp/args/network";
import type { NetworkFacts } from "../../sdk/gcp/facts";
import { createNetwork } from "../../sdk/gcp/network/network";
import { createDeploymentScope } from "../../sdk/gcp/scope";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const addressType = "gcp:compute/address:Address";
const answers = {
    "gcp:organizations/getClientConfig:getClientConfig": { project: "example-project", region: "europe-west4" },
};
/** The provider makes names of what has none. */
const outputs = {
    [addressType]: { selfLink: "projects/example-project/regions/europe-west4/addresses/out" },
    "gcp:compute/router:Router": { name: "wandb-router" },
    "gcp:compute/globalAddress:GlobalAddress": { name: "wandb-private-services-range" },
    "gcp:dns/managedZone:ManagedZone": { name: "wandb-zone" },
};

interface Options {
    readonly name?: string;
    readonly enableApis?: boolean;
    readonly privateServices?: boolean;
}

class Made {
    private constructor(
        readonly graph: GraphRecorder,
        readonly facts: NetworkFacts,
    ) {}

    static async make(args: GcpNetworkArgs = {}, options: Options = {}): Promise<Made> {
        const { name = "wandb", enableApis = true, privateServices } = options;
        const graph = await GraphRecorder.start({ preview: false, outputs, answers });
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", name, {});
        const given = { project: undefined, region: undefined, location: undefined };
        const settings = { ...given, labels: { team: "ml" }, deletionProtection: true, retainData: false };
        const scope = createDeploymentScope(name, parent, settings);
        const facts = createNetwork(scope, args, { apis: createApis(scope, enableApis), privateServices });
        await pulumi.runtime.disconnect();
        return new Made(graph, facts);
    }

    inputs(name: string): Record<string, unknown> {
        return this.graph.byName(name).inputs;
    }

    /** Names of the resources of a type. */
    names(type: string): string[] {
        return this.graph.resources.filter((one) => one.type.endsWith(`:${type}`)).map(({ name }) => name);
    }

    /** Logical names of what a resource waits for. */
    after(name: string): string[] {
        return this.graph.byName(name).dependencies.map(lastPart).sort();
    }
}

function lastPart(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

async function namesOf(resources: readonly pulumi.Resource[]): Promise<string[]> {
    return (await Promise.all(resources.map(({ urn }) => promiseOf(urn)))).map(lastPart).sort();
}

const here = { project: "example-project", region: "europe-west4" };

describe("Google Cloud network", () => {
    it("registers the graph that the snapshot shows", async () => {
        const { graph } = await Made.make({ natAddressCount: 2, googleApiDomains: ["gcr.io"], flowLogs: {} });
        assertSnapshot("gcp-network", graph.lines());
    });

    it("is one subnet with named ranges from one plan", async () => {
        const made = await Made.make();
        assert.deepEqual(made.inputs("wandb-vpc"), {
            project: "example-project",
            autoCreateSubnetworks: false,
            routingMode: "REGIONAL",
        });
        assert.deepEqual(made.inputs("wandb-subnet"), {
            ...here,
            network: "wandb-vpc-id",
            ipCidrRange: "10.10.0.0/20",
            secondaryIpRanges: [
                { rangeName: "pods", ipCidrRange: "10.10.128.0/17" },
                { rangeName: "services", ipCidrRange: "10.10.16.0/20" },
            ],
            privateIpGoogleAccess: true,
        });
        const { facts } = made;
        assert.deepEqual(
            await promiseOf(
                pulumi.all([facts.networkId, facts.subnetworkId, facts.podRangeName, facts.serviceRangeName]),
            ),
            ["wandb-vpc-id", "wandb-subnet-id", "pods", "services"],
        );
        assert.deepEqual(await promiseOf(pulumi.output({ ...facts.clientRanges })), {
            nodes: "10.10.0.0/20",
            pods: "10.10.128.0/17",
        });
    });

    it("takes another range, or ranges and names that are given", async () => {
        const planned = await Made.make({ cidr: "172.20.0.0/18", podRangeName: "p", serviceRangeName: "s" });
        assert.equal(planned.inputs("wandb-subnet")["ipCidrRange"], "172.20.0.0/22");
        assert.equal(planned.inputs("wandb-private-services-range")["address"], "172.20.8.0");
        assert.equal(await promiseOf(planned.facts.podRangeName), "p");
        const taken = await Made.make({
            subnetCidrs: { nodes: "10.10.0.0/16", pods: "10.20.0.0/14", services: "10.30.0.0/19" },
            networkName: "acme-vpc",
            networkDescription: "Weights & Biases VPC Network",
            subnetName: "acme-subnet",
            subnetDescription: "nodes",
            routerName: "acme-cloud-router",
            natName: "acme-cloud-nat",
            natAddressCount: 1,
            natAddressNames: ["acme-cloud-nat-ip"],
            privateServices: { rangeName: "acme-private-ip-address", prefixLength: 16 },
            mtu: 1500,
        });
        const named = (name: string) => taken.inputs(name)["name"];
        assert.deepEqual(
            [
                "wandb-vpc",
                "wandb-subnet",
                "wandb-router",
                "wandb-nat",
                "wandb-nat-address-1",
                "wandb-private-services-range",
            ].map(named),
            [
                "acme-vpc",
                "acme-subnet",
                "acme-cloud-router",
                "acme-cloud-nat",
                "acme-cloud-nat-ip",
                "acme-private-ip-address",
            ],
        );
        const { description, mtu } = taken.inputs("wandb-vpc");
        assert.deepEqual([description, mtu], ["Weights & Biases VPC Network", 1500]);
        assert.equal(taken.inputs("wandb-subnet")["description"], "nodes");
        const { address, prefixLength } = taken.inputs("wandb-private-services-range");
        assert.deepEqual([address, prefixLength], [undefined, 16], "Google has chosen it");
    });

    describe("way to the internet", () => {
        it("is Cloud NAT for the whole subnet and nothing else, which takes as many addresses and ports as it needs", async () => {
            const made = await Made.make();
            assert.deepEqual(made.inputs("wandb-router"), { ...here, network: "wandb-vpc-id" });
            assert.deepEqual(made.inputs("wandb-nat"), {
                ...here,
                router: "wandb-router",
                natIpAllocateOption: "AUTO_ONLY",
                sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
                subnetworks: [{ name: "wandb-subnet-id", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
                enableDynamicPortAllocation: true,
                enableEndpointIndependentMapping: false,
                minPortsPerVm: 64,
                maxPortsPerVm: 65_536,
                logConfig: { enable: true, filter: "ERRORS_ONLY" },
            });
            assert.deepEqual(made.names("Address"), []);
        });

        it("has static addresses when told so, or those of one's own", async () => {
            const made = await Made.make({ natAddressCount: 2 });
            assert.deepEqual(made.names("Address"), ["wandb-nat-address-1", "wandb-nat-address-2"]);
            assert.deepEqual(made.inputs("wandb-nat-address-2"), {
                ...here,
                addressType: "EXTERNAL",
                labels: { team: "ml" },
            });
            const { natIpAllocateOption, natIps } = made.inputs("wandb-nat");
            const link = outputs[addressType].selfLink;
            assert.deepEqual([natIpAllocateOption, natIps], ["MANUAL_ONLY", [link, link]]);
            const own = await Made.make({ natAddressIds: [link] });
            assert.deepEqual(own.names("Address"), []);
            assert.deepEqual(own.inputs("wandb-nat")["natIps"], [link]);
        });

        it("is missing without Cloud NAT", async () => {
            const made = await Made.make({ nat: GcpNatMode.None });
            assert.deepEqual([...made.names("Router"), ...made.names("RouterNat")], []);
            assert.deepEqual(await namesOf(made.facts.egress), ["wandb-googleapis-host", "wandb-googleapis-names"]);
        });

        it("is recorded as told", async () => {
            const logged = async (natLogging: GcpNatLogging) =>
                (await Made.make({ natLogging })).inputs("wandb-nat")["logConfig"];
            assert.deepEqual(await logged(GcpNatLogging.All), { enable: true, filter: "ALL" });
            assert.deepEqual(await logged(GcpNatLogging.None), { enable: false, filter: "ERRORS_ONLY" });
        });
    });

    describe("addresses of Google's APIs", () => {
        it("are private for every name below the domain", async () => {
            const made = await Made.make();
            const { description, ...zone } = made.inputs("wandb-googleapis-zone");
            assert.match(String(description), /googleapis\.com/);
            assert.deepEqual(zone, {
                project: "example-project",
                dnsName: "googleapis.com.",
                visibility: "private",
                privateVisibilityConfig: { networks: [{ networkUrl: "wandb-vpc-id" }] },
                labels: { team: "ml" },
            });
            const record = (name: string) => {
                const { name: host, type, rrdatas } = made.inputs(name);
                return [host, type, rrdatas];
            };
            assert.deepEqual(record("wandb-googleapis-host"), [
                "private.googleapis.com.",
                "A",
                ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"],
            ]);
            assert.deepEqual(record("wandb-googleapis-names"), [
                "*.googleapis.com.",
                "CNAME",
                ["private.googleapis.com."],
            ]);
        });

        it("are those that can be guarded, for further domains too, when told so", async () => {
            const made = await Made.make({
                googleApis: GcpGoogleApisMode.Restricted,
                googleApiDomains: ["pkg.dev", "accounts.google.com"],
            });
            assert.deepEqual(made.names("ManagedZone"), [
                "wandb-googleapis-zone",
                "wandb-pkg-dev-zone",
                "wandb-accounts-google-zone",
            ]);
            assert.equal(made.inputs("wandb-googleapis-host")["name"], "restricted.googleapis.com.");
            const { name, rrdatas } = made.inputs("wandb-pkg-dev-host");
            assert.deepEqual(
                [name, rrdatas],
                ["pkg.dev.", ["199.36.153.4", "199.36.153.5", "199.36.153.6", "199.36.153.7"]],
            );
            const { name: below, rrdatas: target } = made.inputs("wandb-pkg-dev-names");
            assert.deepEqual([below, target], ["*.pkg.dev.", ["pkg.dev."]]);
        });

        it("are public ones without a zone", async () => {
            const made = await Made.make({ googleApis: GcpGoogleApisMode.Public });
            assert.deepEqual(
                [
                    ...made.names("ManagedZone"),
                    ...made.names("RecordSet"),
                    ...made.names("Service").filter((name) => name.includes("dns")),
                ],
                [],
            );
        });

        it("are in zones with names that Cloud DNS takes, however long the domain", async () => {
            const name = "a-deployment-with-thirty-chars";
            const made = await Made.make({ googleApiDomains: ["notebooks.cloud.google.com", "pkg.dev"] }, { name });
            const long = String(made.inputs(`${name}-notebooks-cloud-google-zone`)["name"]);
            assert.match(long, /^[a-z][-a-z0-9]{1,61}[a-z0-9]$/);
            assert.equal(made.inputs(`${name}-pkg-dev-zone`)["name"], undefined, "left to the provider");
        });
    });

    describe("private services access", () => {
        it("takes its part of the plan, and is left to the network's end", async () => {
            const made = await Made.make();
            assert.deepEqual(made.inputs("wandb-private-services-range"), {
                project: "example-project",
                addressType: "INTERNAL",
                purpose: "VPC_PEERING",
                network: "wandb-vpc-id",
                address: "10.10.32.0",
                prefixLength: 19,
                labels: { team: "ml" },
            });
            assert.deepEqual(made.inputs("wandb-private-services"), {
                network: "wandb-vpc-id",
                service: "servicenetworking.googleapis.com",
                reservedPeeringRanges: ["wandb-private-services-range"],
                deletionPolicy: "ABANDON",
                updateOnCreationFail: true,
            });
            assert.deepEqual(await namesOf(made.facts.privateServices), ["wandb-private-services"]);
        });

        it("takes what Google chooses where the ranges name none", async () => {
            const subnetCidrs = { nodes: "10.0.0.0/20", pods: "10.4.0.0/14", services: "10.1.0.0/20" };
            const range = async (args: GcpNetworkArgs) => {
                const { address, prefixLength } = (await Made.make(args)).inputs("wandb-private-services-range");
                return [address, prefixLength];
            };
            assert.deepEqual(await range({ subnetCidrs }), [undefined, 20]);
            assert.deepEqual(await range({ privateServices: { prefixLength: 16 } }), [undefined, 16]);
            assert.deepEqual(await range({ subnetCidrs: { ...subnetCidrs, privateServices: "10.2.0.0/22" } }), [
                "10.2.0.0",
                22,
            ]);
        });

        it("is missing where nobody needs it", async () => {
            const made = await Made.make({}, { privateServices: false });
            assert.deepEqual([...made.names("GlobalAddress"), ...made.names("Connection")], []);
            assert.deepEqual([made.facts.privateServices, made.facts.privateServicesRange], [[], undefined]);
        });
    });

    it("records traffic on request only", async () => {
        assert.equal((await Made.make()).inputs("wandb-subnet")["logConfig"], undefined);
        const recorded = await Made.make({ flowLogs: {} });
        assert.deepEqual(recorded.inputs("wandb-subnet")["logConfig"], {
            aggregationInterval: "INTERVAL_10_MIN",
            flowSampling: 0.5,
            metadata: "INCLUDE_ALL_METADATA",
        });
        const flowLogs = { interval: GcpFlowLogInterval.Minutes1, sampling: 1, metadata: false, filter: "true" };
        assert.deepEqual((await Made.make({ flowLogs })).inputs("wandb-subnet")["logConfig"], {
            aggregationInterval: "INTERVAL_1_MIN",
            flowSampling: 1,
            metadata: "EXCLUDE_ALL_METADATA",
            filterExpr: "true",
        });
    });

    it("waits only where data flows, and for the API that each thing needs", async () => {
        const made = await Made.make({ natAddressCount: 1 });
        const waits = Object.fromEntries(
            [
                "vpc",
                "subnet",
                "router",
                "nat",
                "nat-address-1",
                "private-services-range",
                "private-services",
                "googleapis-zone",
                "googleapis-host",
            ].map((word) => [word, made.after(`wandb-${word}`).map((name) => name.replace("wandb-", ""))]),
        );
        assert.deepEqual(waits, {
            vpc: ["compute-api"],
            subnet: ["vpc"],
            router: ["vpc"],
            nat: ["nat-address-1", "router", "subnet"],
            "nat-address-1": ["compute-api"],
            "private-services-range": ["vpc"],
            "private-services": ["cloudresourcemanager-api", "private-services-range", "servicenetworking-api", "vpc"],
            "googleapis-zone": ["dns-api", "vpc"],
            "googleapis-host": ["googleapis-zone"],
        });
        const without = await Made.make({}, { enableApis: false });
        assert.deepEqual(without.names("Service"), []);
        assert.deepEqual(without.after("wandb-vpc"), []);
    });

    it("tells what nodes need before they reach the outside", async () => {
        const made = await Made.make({ googleApiDomains: ["gcr.io"] });
        const records = ["gcr-io-host", "gcr-io-names", "googleapis-host", "googleapis-names"];
        assert.deepEqual(
            await namesOf(made.facts.egress),
            [...records, "nat"].map((word) => `wandb-${word}`),
        );
    });

    it("gives everything a parent, labels where Google has them, and no protection of its own", async () => {
        const { graph } = await Made.make({ natAddressCount: 1 });
        const labelled = ["Address", "GlobalAddress", "ManagedZone"];
        const children = graph.resources.filter(({ type }) => /^gcp:(compute|dns|servicenetworking)\//.test(type));
        for (const { name, type, parent, inputs, protect } of children) {
            assert.match(parent, /\$wandb:gcp:Network::wandb-network$/, name);
            assert.equal(protect, undefined, name);
            const labels = inputs["labels"] as Record<string, string> | undefined;
            assert.equal(labels?.["team"], labelled.includes(type.split(":")[2]) ? "ml" : undefined, name);
        }
        assert.ok(children.length > 9);
    });

    it("has names that fit into Google's limits behind a long name of the deployment", async () => {
        const name = "a-deployment-with-thirty-chars";
        const { graph } = await Made.make({ natAddressCount: 1 }, { name });
        const named = graph.resources.filter(({ type }) => /^gcp:(compute\/|dns\/managedZone)/.test(type));
        // The provider puts a hyphen and seven characters behind it.
        assert.deepEqual(
            named.map((one) => one.name).filter((logical) => logical.length + 8 > 63),
            [],
        );
    });
});
