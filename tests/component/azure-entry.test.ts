import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AzureGatewaySku } from "../../sdk/azure/args/entry";
import { type CertManagerPlace, createCertManager } from "../../sdk/azure/entry/cert-manager";
import { createGateway } from "../../sdk/azure/entry/gateway";
import { ingressFacts, solverClass } from "../../sdk/azure/entry/ingress";
import { createNginx } from "../../sdk/azure/entry/nginx";
import { defaultPrivateAddress } from "../../sdk/azure/entry/private-address";
import { createApproval } from "../../sdk/azure/entry/private-link";
import { azureEntryPlan } from "../../sdk/azure/entry-plan";
import { host, network, zoneId } from "../support/azure-entry";
import { keyOutputs } from "../support/azure-keys";
import { makeAzurePart } from "../support/azure-platform";
import type { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

const gatewayId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/wandb";
const answers = {
    "azure-native:dns:getZone": { name: "example.com" },
    "azure-native:network:getNetworkInterface": {},
};
const options = { outputs: keyOutputs, answers };
const inputsOf = (graph: GraphRecorder, name: string): Record<string, never> => {
    const found = graph.resources.find((one) => one.name === name && !one.type.startsWith("wandb:"));
    assert.ok(found !== undefined, `${name} is made`);
    return found.inputs as Record<string, never>;
};
/** A cluster at which nobody looks. */
const place: CertManagerPlace = {
    provider: undefined as never,
    access: undefined as never,
    tokenIssuer: pulumi.output("https://issuer.example.com/"),
    nodes: [],
};

describe("way in on Azure", () => {
    it("makes a zone-redundant gateway with TLS 1.2, and lets the controller have what it owns", async () => {
        const { graph } = await makeAzurePart(
            (scope) => createGateway(scope, { args: {}, plan: { createsGateway: true, internal: false }, network }),
            options,
        );
        const gateway = inputsOf(graph, "wandb-gateway") as Record<string, unknown>;
        assert.deepEqual(gateway["sku"], { name: "Standard_v2", tier: "Standard_v2" });
        assert.deepEqual(gateway["autoscaleConfiguration"], { minCapacity: 2, maxCapacity: 5 });
        assert.deepEqual(gateway["zones"], ["1", "2", "3"]);
        assert.deepEqual(gateway["sslPolicy"], { policyType: "Predefined", policyName: "AppGwSslPolicy20220101" });
        assert.equal(gateway["firewallPolicy"], undefined);
        assert.equal(gateway["privateLinkConfigurations"], undefined);
        assert.deepEqual(gateway["tags"], { team: "ml" });
        // Trap 8: parts name each other by full ids.
        const [rule] = gateway["requestRoutingRules"] as { httpListener: { id: string } }[];
        const own = String(gateway["applicationGatewayName"]);
        assert.match(rule.httpListener.id, new RegExp(`/applicationGateways/${own}/httpListeners/seed$`));
        const address = inputsOf(graph, "wandb-gateway-address") as Record<string, unknown>;
        assert.deepEqual(address["sku"], { name: "Standard", tier: "Regional" });
        assert.equal(address["publicIPAllocationMethod"], "Static");
    });

    it("has tags even without any, in which the engine can ignore those of the controller", async () => {
        const { graph } = await makeAzurePart(
            (scope) =>
                createGateway(
                    { ...scope, tags: undefined },
                    { args: {}, plan: { createsGateway: true, internal: false }, network },
                ),
            options,
        );
        assert.deepEqual(inputsOf(graph, "wandb-gateway")["tags"], {});
    });

    it("puts a firewall that denies in front, and Private Link at the frontend of W&B", async () => {
        const { graph } = await makeAzurePart(
            (scope) =>
                createGateway(scope, {
                    args: { gateway: { sku: AzureGatewaySku.Waf } },
                    plan: { createsGateway: true, internal: true },
                    network,
                    privateLink: { addresses: 2 },
                }),
            options,
        );
        const policy = inputsOf(graph, "wandb-waf-policy") as Record<string, Record<string, unknown>>;
        assert.equal(policy["policySettings"]["mode"], "Prevention");
        assert.equal(policy["policySettings"]["requestBodyEnforcement"], false);
        const gateway = inputsOf(graph, "wandb-gateway") as Record<string, { [key: string]: unknown }[]>;
        const [open, closed] = gateway["frontendIPConfigurations"];
        assert.equal(open["privateLinkConfiguration"], undefined);
        assert.match(
            (closed["privateLinkConfiguration"] as { id: string }).id,
            /privateLinkConfigurations\/private-link$/,
        );
        assert.equal(closed["privateIPAddress"], "10.10.32.253");
        assert.equal((gateway["privateLinkConfigurations"][0]["ipConfigurations"] as unknown[]).length, 2);
    });

    it("takes the private address from the end of the subnet", () => {
        assert.equal(defaultPrivateAddress("10.10.0.0/24"), "10.10.0.253");
        assert.equal(defaultPrivateAddress("10.10.254.0/23"), "10.10.255.253");
        assert.equal(defaultPrivateAddress("10.0.0.64/26"), "10.0.0.125");
    });

    it("says what AGIC reads of the Ingress, with the class by annotation alone", async () => {
        const plan = azureEntryPlan({ host, azure: { dns: { zoneId } } });
        const certManager = { annotations: { "cert-manager.io/issuer": "i" }, tlsSecretName: "tls" };
        const gateway = { address: pulumi.output("203.0.113.1") };
        const facts = ingressFacts({ deployment: "wandb", args: {}, plan, gateway, certManager });
        assert.deepEqual(facts.annotations, {
            "kubernetes.io/ingress.class": "azure/application-gateway",
            "appgw.ingress.kubernetes.io/request-timeout": "300",
            "appgw.ingress.kubernetes.io/ssl-redirect": "true",
            "cert-manager.io/issuer": "i",
        });
        assert.equal(facts.className, undefined);
        assert.equal(facts.tlsSecretName, "tls");
        assert.equal(await promiseOf(facts.address ?? ""), "203.0.113.1");
        assert.deepEqual(solverClass("wandb", plan), { class: "azure/application-gateway" });
    });

    it("serves the private address alone, without redirect or TLS where told so", () => {
        const plan = azureEntryPlan({
            host,
            azure: { loadBalancer: { scheme: "internal" } },
            ingress: { tls: { enabled: false } },
        });
        const { annotations } = ingressFacts({ deployment: "wandb", args: { requestTimeoutSeconds: 60 }, plan });
        assert.deepEqual(annotations, {
            "kubernetes.io/ingress.class": "azure/application-gateway",
            "appgw.ingress.kubernetes.io/request-timeout": "60",
            "appgw.ingress.kubernetes.io/use-private-ip": "true",
        });
    });

    it("says what NGINX reads, with the class by the field alone, and makes one that is internal", async () => {
        const args = { controller: "app-routing", scheme: "internal", inboundCidrs: ["10.0.0.0/8"] } as const;
        const plan = azureEntryPlan({ host, azure: { loadBalancer: { ...args, inboundCidrs: ["10.0.0.0/8"] } } });
        const facts = ingressFacts({ deployment: "wandb", args: { httpRedirect: false }, plan });
        assert.equal(facts.className, "wandb-nginx");
        assert.equal(facts.annotations?.["kubernetes.io/ingress.class"], undefined);
        assert.equal(facts.annotations?.["nginx.ingress.kubernetes.io/ssl-redirect"], "false");
        assert.equal(facts.annotations["nginx.ingress.kubernetes.io/proxy-body-size"], "0");
        assert.deepEqual(solverClass("wandb", plan), { ingressClassName: "wandb-nginx" });
        const { graph } = await makeAzurePart((scope) =>
            createNginx(scope, {
                args: { inboundCidrs: ["10.0.0.0/8"] },
                plan,
                provider: undefined as never,
                dependsOn: [],
            }),
        );
        assert.deepEqual(inputsOf(graph, "wandb-nginx")["spec"], {
            ingressClassName: "wandb-nginx",
            controllerNamePrefix: "wandb-nginx",
            loadBalancerAnnotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
            loadBalancerSourceRanges: ["10.0.0.0/8"],
        });
    });
});

describe("certificates on Azure", () => {
    const make = (challenge: "dns-01" | "http-01") =>
        makeAzurePart((scope) => {
            const made = createCertManager(scope, {
                dns: { zoneId, acme: { email: "ops@example.com" } },
                challenge,
                ingressClass: { class: "azure/application-gateway" },
                place,
                chart: { values: { replicaCount: 3 } },
            });
            return { made, issuer: made.issuer("wandb") };
        }, options);

    it("proves in the zone by an identity that may change that zone alone", async () => {
        const { graph } = await make("dns-01");
        const role = inputsOf(graph, "wandb-cert-manager-zone") as Record<string, unknown>;
        assert.equal(role["scope"], zoneId);
        assert.match(String(role["roleDefinitionId"]), /befefa01-2a29-4197-83a8-272ff33ce314$/);
        const credential = inputsOf(graph, "wandb-cert-manager-credential") as Record<string, unknown>;
        assert.equal(credential["subject"], "system:serviceaccount:cert-manager:cert-manager");
        const { acme } = inputsOf(graph, "wandb-issuer")["spec"] as { acme: { solvers: object[]; server: string } };
        assert.equal(acme.server, "https://acme-v02.api.letsencrypt.org/directory");
        const [{ dns01 }] = acme.solvers as { dns01: { azureDNS: Record<string, unknown> } }[];
        assert.equal(dns01.azureDNS["hostedZoneName"], "example.com");
        assert.equal(dns01.azureDNS["resourceGroupName"], "wandb-group");
        const release = inputsOf(graph, "wandb-cert-manager-release") as Record<string, Record<string, unknown>>;
        assert.deepEqual(release["values"]["podLabels"], { "azure.workload.identity/use": "true" });
        assert.equal(release["values"]["replicaCount"], 3);
    });

    it("lets the issuer wait for the chart and its rights, so that it goes before them", async () => {
        const { graph } = await make("dns-01");
        const issuer = graph.resources.find(({ name }) => name === "wandb-issuer");
        const waits = issuer?.dependencies.map((urn) => urn.split("::").at(-1)) ?? [];
        for (const name of ["wandb-cert-manager-release", "wandb-cert-manager-zone", "wandb-cert-manager-credential"]) {
            assert.ok(waits.includes(name), name);
        }
    });

    it("needs no identity for HTTP-01", async () => {
        const { graph } = await make("http-01");
        assert.ok(!graph.resources.some(({ type }) => type.startsWith("azure-native:")));
        const { acme } = inputsOf(graph, "wandb-issuer")["spec"] as { acme: { solvers: object[] } };
        assert.deepEqual(acme.solvers, [{ http01: { ingress: { class: "azure/application-gateway" } } }]);
    });
});

describe("Private Link on Azure", () => {
    const make = (allowedSubscriptionIds: string[]) =>
        makeAzurePart((scope) => {
            const approval = createApproval(scope, {
                args: { allowedSubscriptionIds },
                gateway: { id: pulumi.output(gatewayId) },
                cluster: { provider: undefined as never, tokenIssuer: pulumi.output("https://issuer.example.com/") },
                namespace: "wandb",
            });
            return { approval, job: approval?.companions("wandb") };
        }, options);

    it("makes nothing where nobody is approved by itself", async () => {
        const { graph, made } = await make([]);
        assert.equal(made.approval, undefined);
        assert.ok(!graph.resources.some(({ type }) => type.startsWith("azure-native:")));
    });

    it("approves by a job that may do that alone, and installs nothing", async () => {
        const { graph } = await make(["sub-1", "sub-2"]);
        const role = inputsOf(graph, "wandb-approval-role") as Record<string, { actions: string[] }[]>;
        const connections = "Microsoft.Network/applicationGateways/privateEndpointConnections";
        assert.deepEqual(role["permissions"][0].actions, [
            "Microsoft.Network/applicationGateways/read",
            `${connections}/read`,
            `${connections}/write`,
        ]);
        assert.equal((inputsOf(graph, "wandb-approval-gateway") as Record<string, unknown>)["scope"], gatewayId);
        const text = JSON.stringify(inputsOf(graph, "wandb-approval-job"));
        assert.match(text, /mcr\.microsoft\.com\/azure-cli:\d+\.\d+\.\d+/);
        assert.match(text, /"sub-1 sub-2"/);
        assert.doesNotMatch(text, /pip|apt-get|tdnf|apk add/);
    });
});
