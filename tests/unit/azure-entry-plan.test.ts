import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { azureEntryPlan, type EntryArgs, gatewayInbound } from "../../sdk/azure/entry-plan";
import { nginxClass } from "../../sdk/azure/entry/nginx";

const host = "wandb.example.com";
const zoneId = "zone";
const whole = {
    loadBalancer: true,
    controller: "application-gateway",
    createsGateway: true,
    createsNginx: false,
    internal: false,
    tls: true,
    certificate: undefined,
    createsRecords: false,
};
const nothing = { ...whole, loadBalancer: false, createsGateway: false, tls: false };
const zone = { ...whole, certificate: "dns-01", createsRecords: true };
const routed = { ...whole, controller: "app-routing", createsGateway: false };
const classNamed = (name: pulumi.Input<string>) => ({ annotations: { "kubernetes.io/ingress.class": name } });

const table: readonly (readonly [string, EntryArgs, object])[] = [
    ["nothing said", { host, azure: {} }, whole],
    ["a zone", { host, azure: { dns: { zoneId } } }, zone],
    [
        "a zone, and HTTP-01 all the same",
        { host, azure: { dns: { zoneId, acme: { challenge: "http-01" } } } },
        { ...zone, certificate: "http-01" },
    ],
    ["ACME without a zone", { host, azure: { dns: { acme: {} } } }, { ...whole, certificate: "http-01" }],
    ["a private zone", { host, azure: { dns: { zoneId, privateZone: true } } }, { ...zone, certificate: undefined }],
    ["a host that is an Output", { host: pulumi.output("http://later"), azure: { dns: { zoneId } } }, zone],
    [
        "plain HTTP by the host",
        { host: `http://${host}`, azure: { dns: { zoneId } } },
        { ...zone, tls: false, certificate: undefined },
    ],
    ["plain HTTP by argument", { host, azure: {}, ingress: { tls: { enabled: false } } }, { ...whole, tls: false }],
    [
        "a Secret",
        { host, azure: { dns: { zoneId } }, ingress: { tls: { secretName: "tls" } } },
        { ...zone, certificate: undefined },
    ],
    [
        "an issuer of one's own",
        { host, azure: { dns: { zoneId } }, ingress: { annotations: { "cert-manager.io/cluster-issuer": "mine" } } },
        { ...zone, certificate: undefined },
    ],
    ["no Ingress", { host, azure: { dns: { zoneId } }, ingress: { create: false } }, nothing],
    ["another class", { host, azure: { dns: { zoneId } }, ingress: { className: "nginx" } }, nothing],
    ["the gateway's class by the field", { host, ingress: { className: "azure-application-gateway" } }, whole],
    ["the gateway's class by annotation", { host, ingress: classNamed("azure/application-gateway") }, whole],
    ["a class that could be any", { host, ingress: classNamed(pulumi.output("azure/application-gateway")) }, nothing],
    [
        "a gateway of one's own",
        { host, azure: { loadBalancer: { gateway: { existingId: "id" } } } },
        { ...whole, createsGateway: false },
    ],
    ["an internal gateway", { host, azure: { loadBalancer: { scheme: "internal" } } }, { ...whole, internal: true }],
    ["application routing", { host, azure: { loadBalancer: { controller: "app-routing" } } }, routed],
    [
        "application routing with the gateway's class",
        {
            host,
            azure: { loadBalancer: { controller: "app-routing" } },
            ingress: classNamed("azure/application-gateway"),
        },
        { ...routed, loadBalancer: false, tls: false },
    ],
    [
        "internal application routing",
        { host, azure: { loadBalancer: { controller: "app-routing", scheme: "internal" } } },
        { ...routed, createsNginx: true, internal: true },
    ],
    [
        "application routing for some only",
        { host, azure: { loadBalancer: { controller: "app-routing", inboundCidrs: ["203.0.113.0/24"] } } },
        { ...routed, createsNginx: true },
    ],
];

describe("plan of the way in on Azure", () => {
    for (const [what, args, expected] of table) {
        it(what, () => assert.deepEqual(azureEntryPlan(args), expected));
    }

    it("names the class of the add-on's NGINX, or of one of its own for each deployment", () => {
        assert.equal(nginxClass("wandb", { createsNginx: false }), "webapprouting.kubernetes.azure.com");
        assert.equal(nginxClass("My_Team", { createsNginx: true }), "my-team-nginx");
        assert.equal(nginxClass("x".repeat(90), { createsNginx: true }).length, 46);
    });

    it("lets the network alone into an internal gateway, everybody into an external one unless told otherwise", () => {
        const inboundCidrs = ["203.0.113.0/24"];
        assert.deepEqual(gatewayInbound({ internal: true }, {}), { cidrs: [] });
        assert.deepEqual(gatewayInbound({ internal: false }, {}), { cidrs: undefined });
        assert.deepEqual(gatewayInbound({ internal: false }, { inboundCidrs }), { cidrs: inboundCidrs });
    });
});
