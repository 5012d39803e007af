import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, stackPolicy } from "../../rule";
import { isOff, isOn, ofType, state } from "../settings";

/** Drivers that make EBS volumes: the CSI driver, EKS Auto Mode, and the name from before there was a driver. */
const Provisioners = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];

/** Policies about disks. */
export const volumePolicies: Policies = [
    stackPolicy(
        {
            name: "wandb-aws-volume-unencrypted",
            description:
                "Disks of nodes and of pods hold what W&B has read and written. EBS does not encrypt them unless the disk, or the account, says so.",
            level: "mandatory",
            severity: "critical",
            remedy: "Set encrypted on the disk or StorageClass, or make EncryptionByDefault a part of the stack.",
        },
        (resources) => (encryptsByDefault(resources) ? [] : resources.flatMap(plainDisks)),
    ),
];

function encryptsByDefault(resources: readonly Resource[]): boolean {
    // Its default is on.
    return ofType(resources, "aws:ebs/encryptionByDefault:EncryptionByDefault").some(({ properties }) => {
        const enabled = properties.at("enabled");
        return enabled.absent || enabled.unknown || isOn(enabled);
    });
}

function plainDisks(resource: Resource): Finding[] {
    return disksOf(resource)
        .filter(isOff)
        .map((encrypted) => ({
            resource,
            path: encrypted.path,
            message: `${state(encrypted)}, so data lies in clear on the disk unless the account encrypts all disks`,
            remedy: "Set it to true; silence this where the account's EBS encryption by default is known to be on.",
        }));
}

/** The flags that say whether disks are encrypted. */
function disksOf({ type, properties }: Resource): View[] {
    switch (type) {
        case "aws:ebs/volume:Volume":
            // A copy of a snapshot is as the snapshot is.
            return properties.at("snapshotId").filled ? [] : [properties.at("encrypted")];
        case "aws:ec2/launchTemplate:LaunchTemplate":
            return properties
                .at("blockDeviceMappings")
                .items.map((mapping) => mapping.at("ebs"))
                .filter((disk) => disk.isMap && disk.at("snapshotId").empty)
                .map((disk) => disk.at("encrypted"));
        case "kubernetes:storage.k8s.io/v1:StorageClass":
            return Provisioners.includes(properties.at("provisioner").text ?? "")
                ? [properties.at("parameters", "encrypted")]
                : [];
        default:
            return [];
    }
}
