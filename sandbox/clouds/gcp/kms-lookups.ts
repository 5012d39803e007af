/** Key rings and keys that are looked up by name. */
import type { InvokeModel } from "../model";
import { textOf } from "../values";
import { keyId, keyNamed, keyRingType, kmsService, ringForm } from "./kms";
import { denied, project, projectOf, refusedProject } from "./project";

const id = { type: "string" } as const;

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/kms_key_ring */
const getKMSKeyRing: InvokeModel = {
    token: "gcp:kms/getKMSKeyRing:getKMSKeyRing",
    inputs: { location: { type: "string", required: true }, name: { type: "string", required: true }, project },
    outputs: { id, location: { type: "string" }, name: { type: "string" }, project: { type: "string" } },
    answer: (inputs, { config, inventory }) => {
        const { projectId } = projectOf(inputs, config, inventory);
        const wanted = `projects/${projectId}/locations/${textOf(inputs["location"])}/keyRings/${textOf(inputs["name"])}`;
        const disabled = refusedProject(projectId, kmsService, { config, inventory }, () =>
            denied("cloudkms.keyRings.get", wanted),
        );
        if (disabled !== undefined) {
            throw new Error(disabled);
        }
        if (inventory.find(keyRingType, (row) => row.id === wanted) === undefined) {
            throw new Error(`${wanted} not found`);
        }
        return { id: wanted, location: inputs["location"], name: inputs["name"], project: projectId };
    },
};

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/kms_crypto_key */
const getKMSCryptoKey: InvokeModel = {
    token: "gcp:kms/getKMSCryptoKey:getKMSCryptoKey",
    inputs: { keyRing: { type: "string", required: true }, name: { type: "string", required: true } },
    outputs: {
        cryptoKeyBackend: { type: "string" },
        deletionPolicy: { type: "string" },
        destroyScheduledDuration: { type: "string" },
        effectiveLabels: { type: "map" },
        id,
        importOnly: { type: "boolean" },
        keyAccessJustificationsPolicies: { type: "array", items: { type: "any" } },
        keyRing: { type: "string" },
        labels: { type: "map" },
        name: { type: "string" },
        primaries: { type: "array", items: { type: "any" } },
        pulumiLabels: { type: "map" },
        purpose: { type: "string" },
        rotationPeriod: { type: "string" },
        skipInitialVersionCreation: { type: "boolean" },
        versionTemplates: { type: "array", items: { type: "any" } },
    },
    answer: (inputs, context) => {
        const wanted = keyId(inputs);
        const projectId = ringForm.exec(textOf(inputs["keyRing"]))?.[1] ?? "";
        const refused = refusedProject(projectId, kmsService, context, () => denied("cloudkms.cryptoKeys.get", wanted));
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const key = keyNamed(wanted, context.inventory);
        if (key === undefined) {
            throw new Error(`${wanted} not found`);
        }
        const { versionTemplate, ...told } = key.outputs;
        return {
            cryptoKeyBackend: "",
            importOnly: false,
            keyAccessJustificationsPolicies: [],
            labels: {},
            rotationPeriod: "",
            skipInitialVersionCreation: false,
            ...told,
            id: wanted,
            versionTemplates: [versionTemplate],
        };
    },
};

export const kmsInvokes: readonly InvokeModel[] = [getKMSKeyRing, getKMSCryptoKey];
