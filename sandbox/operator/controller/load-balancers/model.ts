/**
 * From an Ingress to the load balancer that it asks for:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 *
 * Pure. What the controller refuses is thrown in its words; it records it as an Event with the reason FailedBuildModel.
 */
import { createHash } from "node:crypto";
import type { InventoryView } from "../../../clouds/model";
import { textOf } from "../../../clouds/values";
import type { KubeObject } from "../kube";
import { listOf, pairsOf, type ControllerSettings } from "./settings";
import { discoveredSubnets, namedSubnets } from "./subnets";

const prefix = "alb.ingress.kubernetes.io/";
const longestName = 32;

/** One port of the load balancer. */
export interface ListenerModel {
    readonly port: number;
    readonly protocol: "HTTP" | "HTTPS";
    readonly certificateArns: readonly string[];
    readonly sslPolicy?: string;
}

/** The load balancer that an Ingress, or a group of them, asks for. */
export interface LoadBalancerModel {
    /** `<namespace>/<name>`, or the name of the group. */
    readonly stack: string;
    readonly name: string;
    readonly internal: boolean;
    readonly subnets: readonly string[];
    /** Absent: the controller makes one. */
    readonly securityGroups?: readonly string[];
    /** The load balancer also gets the group that the nodes let in. */
    readonly managesBackend: boolean;
    readonly inboundCidrs: readonly string[];
    readonly listeners: readonly ListenerModel[];
    readonly attributes: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
}

/** The group that the Ingress names. */
export function groupOf({ metadata }: KubeObject): string | undefined {
    return metadata?.annotations?.[`${prefix}group.name`];
}

/** What the load balancer of an Ingress is known by. */
export function stackOf(ingress: KubeObject): string {
    return groupOf(ingress) ?? `${ingress.metadata?.namespace}/${ingress.metadata?.name}`;
}

/** @throws what the controller says of an Ingress that it cannot serve */
export function buildModel(
    ingress: KubeObject,
    settings: ControllerSettings,
    inventory: InventoryView,
): LoadBalancerModel {
    const annotations = ingress.metadata?.annotations ?? {};
    const read = (name: string): string | undefined => annotations[prefix + name];
    const scheme = read("scheme") ?? "internal";
    if (scheme !== "internal" && scheme !== "internet-facing") {
        throw new Error(`unknown scheme: ${scheme}`);
    }
    const internal = scheme === "internal";
    const stack = stackOf(ingress);
    const wanted = listOf(read("subnets"));
    const groups = listOf(read("security-groups"));
    return {
        stack,
        name: read("load-balancer-name") ?? defaultName(ingress, settings.cluster, scheme),
        internal,
        subnets:
            wanted.length > 0
                ? namedSubnets(wanted, settings, inventory)
                : discoveredSubnets(internal, settings, inventory),
        ...(groups.length > 0 ? { securityGroups: foundGroups(groups, inventory) } : {}),
        managesBackend: groups.length === 0 || read("manage-backend-security-group-rules") === "true",
        inboundCidrs: read("inbound-cidrs") === undefined ? ["0.0.0.0/0"] : listOf(read("inbound-cidrs")),
        listeners: listenersOf(ingress, read, inventory),
        attributes: pairsOf(read("load-balancer-attributes")),
        tags: {
            ...settings.tags,
            ...pairsOf(read("tags")),
            "elbv2.k8s.aws/cluster": settings.cluster,
            "ingress.k8s.aws/stack": stack,
        },
    };
}

function defaultName({ metadata }: KubeObject, cluster: string, scheme: string): string {
    const group = groupOf({ metadata });
    const { namespace = "", name = "" } = metadata ?? {};
    const id = createHash("sha256")
        .update(`${cluster}\n${group ?? `${namespace}/${name}`}\n${scheme}`)
        .digest("hex")
        .slice(0, 10);
    const plain = (text: string, length: number) => text.replace(/[^A-Za-z0-9]/g, "").slice(0, length);
    return group === undefined ? `k8s-${plain(namespace, 8)}-${plain(name, 8)}-${id}` : `k8s-${plain(group, 17)}-${id}`;
}

/** Why ELB would refuse the name; https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export function refusedName(name: string): string | undefined {
    if (name.length > longestName) {
        return "load balancer name cannot be longer than 32 characters";
    }
    return /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name)
        ? undefined
        : `ValidationError: The load balancer name '${name}' cannot contain other characters than letters, digits and ` +
              "hyphens, begin or end with a hyphen, or begin with 'internal-'";
}

function foundGroups(wanted: readonly string[], inventory: InventoryView): string[] {
    const found = inventory
        .rows("aws:ec2/securityGroup:SecurityGroup")
        .filter(({ id, inputs }) => {
            const tags = inputs["tags"] as Record<string, string> | undefined;
            return wanted.includes(id) || wanted.includes(tags?.["Name"] ?? "");
        })
        .map(({ id }) => id);
    if (found.length !== wanted.length) {
        throw new Error(
            `couldn't find all securityGroups, nameOrIDs: [${wanted.join(" ")}], found: [${found.join(" ")}]`,
        );
    }
    return found;
}

type Read = (name: string) => string | undefined;

function listenersOf(ingress: KubeObject, read: Read, inventory: InventoryView): ListenerModel[] {
    const given = listOf(read("certificate-arn"));
    const text = read("listen-ports") ?? (given.length > 0 ? '[{"HTTPS": 443}]' : '[{"HTTP": 80}]');
    let ports: Record<string, number>[];
    try {
        ports = JSON.parse(text) as Record<string, number>[];
    } catch {
        throw new Error(`failed to parse listen-ports configuration: \`${text}\``);
    }
    return ports.flatMap(Object.entries<number>).map(([protocol, port]) => {
        if (protocol !== "HTTP" && protocol !== "HTTPS") {
            throw new Error(`listen protocol must be HTTP or HTTPS: ${protocol}`);
        }
        if (protocol === "HTTP") {
            return { port, protocol, certificateArns: [] };
        }
        const certificateArns = given.length > 0 ? given : certificatesFor(ingress, inventory);
        return { port, protocol, certificateArns, sslPolicy: read("ssl-policy") ?? "ELBSecurityPolicy-2016-08" };
    });
}

/** Certificate discovery: an issued one for each host. */
function certificatesFor(ingress: KubeObject, inventory: InventoryView): string[] {
    const rules = (ingress.spec?.rules ?? []) as { host?: string }[];
    const tls = (ingress.spec?.tls ?? []) as { hosts?: string[] }[];
    const hosts = new Set([
        ...rules.flatMap(({ host }) => host ?? []),
        ...tls.flatMap(({ hosts: named }) => named ?? []),
    ]);
    const found = [...hosts].map((host) => {
        const certificate = inventory.find("aws:acm/certificate:Certificate", (row) => {
            const others = row.inputs["subjectAlternativeNames"];
            const names = [row.inputs["domainName"], ...(Array.isArray(others) ? others : [])].map((name) =>
                textOf(name),
            );
            return isIssued(textOf(row.outputs["arn"]), inventory) && names.some((name) => covers(name, host));
        });
        if (certificate === undefined) {
            throw new Error(`no certificate found for host: ${host}`);
        }
        return textOf(certificate.outputs["arn"]);
    });
    return [...new Set(found)];
}

function covers(name: string, host: string): boolean {
    return name === host || (name.startsWith("*.") && host.slice(host.indexOf(".")) === name.slice(1));
}

/** A certificate that waits for its validation serves no listener. */
export function isIssued(arn: string, inventory: InventoryView): boolean {
    const certificate = inventory.find("aws:acm/certificate:Certificate", ({ outputs }) => outputs["arn"] === arn);
    const validation = inventory.find(
        "aws:acm/certificateValidation:CertificateValidation",
        ({ inputs, state }) => inputs["certificateArn"] === arn && state === "active",
    );
    return certificate !== undefined && (certificate.outputs["status"] === "ISSUED" || validation !== undefined);
}
