import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type EntryArgs, gcpEntryPlan } from "../../sdk/gcp/entry-plan";

const host = "wandb.example.com";
const whole = {
    loadBalancer: true,
    internal: false,
    tls: true,
    createsCertificate: true,
    createsRecords: false,
    frontendConfig: true,
};
const nothing = { ...whole, loadBalancer: false, tls: false, createsCertificate: false, frontendConfig: false };
const plain = { ...whole, tls: false, createsCertificate: false, frontendConfig: false };
const own = { ...whole, createsCertificate: false };
const classNamed = (name: pulumi.Input<string>) => ({ annotations: { "kubernetes.io/ingress.class": name } });

const table: readonly (readonly [string, EntryArgs, object])[] = [
    ["nothing said", { host, gcp: {} }, whole],
    ["a host that is an Output", { host: pulumi.output("http://later"), gcp: {} }, whole],
    ["a zone", { host, gcp: { dns: { managedZone: "zone" } } }, { ...whole, createsRecords: true }],
    ["no Ingress", { host, gcp: { dns: { managedZone: "zone" } }, ingress: { create: false } }, nothing],
    ["a class by the field, which GKE does not read", { host, ingress: { className: "gce" } }, nothing],
    ["GKE's class by annotation", { host, ingress: classNamed("gce") }, whole],
    ["the other class of GKE", { host, ingress: classNamed("gce-internal") }, nothing],
    ["a class that could be any", { host, ingress: classNamed(pulumi.output("gce")) }, nothing],
    ["plain HTTP by the host", { host: "http://wandb.example.com", gcp: {} }, plain],
    ["plain HTTP by argument", { host, ingress: { tls: { enabled: false } } }, plain],
    ["certificates of one's own", { host, gcp: { dns: { certificateNames: ["mine"] } } }, own],
    ["a Secret", { host, ingress: { tls: { secretName: "tls" } } }, own],
    ["a certificate", { host, ingress: { tls: { certificate: "pem", privateKey: "pem" } } }, own],
    ["an issuer", { host, ingress: { issuer: { provider: "google" } } }, own],
    [
        "a certificate by annotation",
        { host, ingress: { annotations: { "networking.gke.io/managed-certificates": "mine" } } },
        own,
    ],
    [
        "a private zone",
        { host, gcp: { dns: { managedZone: "zone", privateZone: true } } },
        { ...own, createsRecords: true },
    ],
    [
        "an internal load balancer, for which Google issues nothing",
        { host, gcp: { loadBalancer: { scheme: "internal" } } },
        { ...own, internal: true, frontendConfig: false },
    ],
];

describe("plan of the way in on Google Cloud", () => {
    for (const [what, args, expected] of table) {
        it(`reads ${what}`, () => assert.deepEqual(gcpEntryPlan(args), expected));
    }
});
