/** The Ingress of a test as the AWS load balancer controller leaves it. */
import type { Ingress } from "../../sdk/readiness/objects";
import { target } from "./readiness-cluster";

export const PublicAddress = "k8s-wandb-wandb-0a1b2c3d4e-1234567890.eu-west-1.elb.amazonaws.com";
export const InternalAddress = `internal-${PublicAddress}`;

export function albIngress(
    scheme: string | undefined,
    hostname: string,
    annotations: Readonly<Record<string, string>> = {},
): Ingress {
    return {
        metadata: {
            namespace: target.namespace,
            name: target.ingress,
            annotations: {
                ...(scheme === undefined ? {} : { "alb.ingress.kubernetes.io/scheme": scheme }),
                ...annotations,
            },
        },
        spec: { ingressClassName: "alb" },
        status: { loadBalancer: { ingress: [{ hostname }] } },
    };
}
