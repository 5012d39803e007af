/** What database and cache on AWS are made in: a scope, and a Kubernetes cluster that is still being made. */
import * as pulumi from "@pulumi/pulumi";
import type { StorePlacement, ZoneLetter } from "../../sdk/aws/facts";
import type { AwsScope } from "../../sdk/aws/scope";

export const storeKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

/** In place of the Kubernetes cluster, whose security group the clients have. */
class Clients extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("test:index:Clients", "clients", {}, { parent });
    }
}

export interface StoreSurroundings {
    readonly scope: AwsScope;
    readonly placement: StorePlacement;
}

export function storeSurroundings(
    changes: Partial<Pick<AwsScope, "deletionProtection" | "retainData">> = {},
    zones: readonly ZoneLetter[] = ["a", "b", "c"],
): StoreSurroundings {
    const parent = new pulumi.ComponentResource("test:index:Parent", "wandb");
    return {
        scope: {
            name: "wandb",
            parent,
            partition: pulumi.output("aws"),
            region: pulumi.output("eu-west-1"),
            accountId: pulumi.output("123456789012"),
            tags: { team: "ml" },
            deletionProtection: true,
            retainData: false,
            ...changes,
        },
        placement: {
            vpcId: pulumi.output("vpc-1"),
            subnets: zones.map((letter) => ({
                letter,
                id: pulumi.output(`subnet-${letter}`),
                zone: pulumi.output(`eu-west-1${letter}`),
            })),
            clientSecurityGroupId: new Clients(parent).id,
        },
    };
}

/** Last part of a URN: the logical name. */
export function lastPart(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Whether an input went to the engine marked as secret. */
export function isMarked(value: unknown): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        (value as Record<string, unknown>)["4dabf18193072939515e22adb298388d"] === "1b47061264138c4ac30d75fd1eb44270"
    );
}
