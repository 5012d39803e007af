/**
 * Cloud KMS, as of @pulumi/gcp 9.37.
 *
 * Key rings and keys are never deleted: https://docs.cloud.google.com/kms/docs/faq#cannot_delete. A destroy only takes them out of Pulumi's state
 * and, for a key, destroys its versions and ends its rotation (google/services/kms/resource_kms_crypto_key.go). Their rows stay, and so do their names.
 */
import type { Row } from "../inventory";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../values";
import { forgotten, withDeletionPolicy } from "./deletion-policy";
import { member } from "./iam";
import { kmsLocations } from "./locations";
import {
    denied,
    labelOutputs,
    labels,
    labelsTold,
    project,
    projectIdOf,
    projectOf,
    refusedLabels,
    refusedProject,
} from "./project";

export const keyRingType = "gcp:kms/keyRing:KeyRing";
export const cryptoKeyType = "gcp:kms/cryptoKey:CryptoKey";
export const cryptoKeyMemberType = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
export const kmsService = "cloudkms.googleapis.com";

/** https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create */
const name = {
    property: "name",
    auto: { maxLength: 255 },
    pattern: /^[a-zA-Z0-9_-]{1,63}$/,
    rule: "must be 1 to 63 letters, digits, underscores and hyphens",
};

const keyRing: ResourceModel = {
    token: keyRingType,
    inputs: { location: { type: "string", required: true }, name: { type: "string" }, project },
    outputs: { project: { type: "string" } },
    name,
    replaceOn: ["location", "name", "project"],
    refuse: (inputs, context) => refusedKeyRing(inputs, context),
    id: ({ location, name: given, ...inputs }, { config, inventory }) =>
        `projects/${projectOf(inputs, config, inventory).projectId}/locations/${textOf(location)}/keyRings/${textOf(given)}`,
    computed: (inputs, { config, inventory }) => ({ project: projectOf(inputs, config, inventory).projectId }),
    leavesBehind: (row) => [forgotten(row)],
};

function refusedKeyRing(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const failed = (reason: string) => `Error creating KeyRing: ${reason}`;
    const location = textOf(inputs["location"]);
    const refused = refusedProject(projectIdOf(inputs, context.config), kmsService, context, (missing) =>
        denied("cloudkms.keyRings.create", `projects/${missing}/locations/${location}`),
    );
    if (refused !== undefined) {
        return failed(refused);
    }
    if (!kmsLocations.includes(location)) {
        return failed(
            `googleapi: Error 404: The request concerns location '${location}' but was sent to location 'global'. Either Cloud KMS is not available in '${location}' or the request was misrouted. Details: "reason": "KMS_RESOURCE_NOT_FOUND_IN_LOCATION"`,
        );
    }
    const id = keyRing.id?.(inputs, { ...context });
    return context.inventory.find(keyRingType, (row) => row.id === id) === undefined
        ? undefined
        : failed(`googleapi: Error 409: KeyRing ${textOf(id)} already exists.`);
}

const symmetric = "ENCRYPT_DECRYPT";

const cryptoKey: ResourceModel = {
    token: cryptoKeyType,
    inputs: {
        cryptoKeyBackend: { type: "string" },
        destroyScheduledDuration: { type: "string" },
        importOnly: { type: "boolean" },
        keyRing: { type: "string", required: true },
        labels,
        name: { type: "string" },
        purpose: {
            type: "string",
            default: symmetric,
            values: [symmetric, "RAW_ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC"],
        },
        rotationPeriod: { type: "string" },
        skipInitialVersionCreation: { type: "boolean" },
        versionTemplate: {
            type: "object",
            properties: {
                algorithm: { type: "string", required: true },
                protectionLevel: { type: "string", values: ["SOFTWARE", "HSM", "EXTERNAL", "EXTERNAL_VPC"] },
            },
        },
    },
    outputs: {
        ...labelOutputs,
        destroyScheduledDuration: { type: "string" },
        primaries: {
            type: "array",
            items: { type: "object", properties: { name: { type: "string" }, state: { type: "string" } } },
        },
        versionTemplate: {
            type: "object",
            properties: { algorithm: { type: "string" }, protectionLevel: { type: "string" } },
        },
    },
    name,
    replaceOn: [
        "cryptoKeyBackend",
        "destroyScheduledDuration",
        "importOnly",
        "keyRing",
        "name",
        "purpose",
        "versionTemplate.protectionLevel",
    ],
    volatile: ["effectiveLabels", "pulumiLabels"],
    unread: ["skipInitialVersionCreation"],
    validate: (inputs) => [...wrongRotation(inputs), ...wrongKeyRing(inputs)],
    refuse: (inputs, context) => refusedKey(inputs, context),
    id: (inputs) => keyId(inputs),
    computed: (inputs, { config, id, previous }) => ({
        ...labelsTold(inputs, config),
        destroyScheduledDuration: inputs["destroyScheduledDuration"] ?? "2592000s",
        primaries: previous?.["primaries"] ?? firstVersion(id, inputs),
        versionTemplate: {
            algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
            protectionLevel: "SOFTWARE",
            ...(isMap(inputs["versionTemplate"]) ? inputs["versionTemplate"] : {}),
        },
    }),
    // Bound members stay bound: the key is there, only unusable.
    leavesBehind: (row) => [destroyed(row)],
};

export function keyId(inputs: PropertyMap): string {
    return `${textOf(inputs["keyRing"])}/cryptoKeys/${textOf(inputs["name"])}`;
}

/** Only keys to encrypt and decrypt have a primary version: https://docs.cloud.google.com/kms/docs/object-hierarchy#key_version */
function firstVersion(id: string, inputs: PropertyMap): PropertyValue {
    return inputs["purpose"] === symmetric && inputs["skipInitialVersionCreation"] !== true
        ? [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }]
        : [];
}

/** https://docs.cloud.google.com/kms/docs/destroy-restore: versions are scheduled for destruction first, and can be restored by hand */
function destroyed(row: Row): Row {
    const primary = primaryOf(row);
    const primaries = primary === undefined ? [] : [{ ...primary, state: "DESTROY_SCHEDULED" }];
    return {
        ...forgotten(row),
        inputs: withoutRotation(row.inputs),
        outputs: { ...withoutRotation(row.outputs), primaries },
    };
}

function withoutRotation(values: Row["inputs"]): Row["inputs"] {
    return Object.fromEntries(Object.entries(values).filter(([property]) => property !== "rotationPeriod"));
}

/** validateKmsCryptoKeyRotationPeriod of the provider (google/services/kms/kms_utils.go) */
function wrongRotation({ rotationPeriod, purpose }: PropertyMap): Problem[] {
    if (typeof rotationPeriod !== "string" || rotationPeriod === "") {
        return [];
    }
    const wrong = (reason: string) => [
        { property: "rotationPeriod", reason: `${reason} (value given: ${rotationPeriod}). Correct it.` },
    ];
    const seconds = secondsOf(rotationPeriod);
    if (seconds === undefined) {
        return wrong("must be a decimal number with up to 9 fractional digits, followed by s");
    }
    if (seconds < 86_400) {
        return wrong("must be greater than one day, 86400s");
    }
    // https://docs.cloud.google.com/kms/docs/key-rotation#asymmetric: other keys are not rotated by themselves
    return purpose === symmetric ? [] : wrong(`is for keys with purpose ${symmetric} only`);
}

function secondsOf(duration: string): number | undefined {
    const match = /^(\d+(?:\.\d{1,9})?)s$/.exec(duration);
    return match === null ? undefined : Number(match[1]);
}

export const ringForm = /^projects\/([^/]+)\/locations\/([a-z0-9-]+)\/keyRings\/([a-zA-Z0-9_-]{1,63})$/;

function wrongKeyRing({ keyRing: ring }: PropertyMap): Problem[] {
    return typeof ring !== "string" || ringForm.test(ring)
        ? []
        : [
              {
                  property: "keyRing",
                  reason: `must be the id of a key ring, projects/PROJECT/locations/LOCATION/keyRings/NAME (value given: ${ring}). Correct it.`,
              },
          ];
}

const day = 86_400;

function refusedKey(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory, previous } = context;
    const ring = textOf(inputs["keyRing"]);
    const failed = (reason: string) => `Error ${previous === undefined ? "creating" : "updating"} CryptoKey: ${reason}`;
    const refused = refusedProject(ringForm.exec(ring)?.[1] ?? "", kmsService, context, () =>
        denied("cloudkms.cryptoKeys.create", ring),
    );
    if (refused !== undefined) {
        return failed(refused);
    }
    if (inventory.find(keyRingType, ({ id }) => id === ring) === undefined) {
        return failed(`googleapi: Error 404: KeyRing ${ring} not found.`);
    }
    // https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys
    const wait = inputs["destroyScheduledDuration"];
    const seconds = typeof wait === "string" ? secondsOf(wait) : 30 * day;
    if (seconds === undefined || seconds < day || seconds > 120 * day) {
        return failed(
            `googleapi: Error 400: destroy_scheduled_duration must be between 24 hours and 120 days (${textOf(wait)})., badRequest`,
        );
    }
    if (inputs["purpose"] !== symmetric && !isMap(inputs["versionTemplate"])) {
        return failed("googleapi: Error 400: version_template.algorithm is required for this purpose., badRequest");
    }
    const id = keyId(inputs);
    if (previous === undefined && keyNamed(id, inventory) !== undefined) {
        return failed(`googleapi: Error 409: CryptoKey ${id} already exists.`);
    }
    const wrongLabels = refusedLabels(inputs, config);
    return wrongLabels === undefined ? undefined : failed(wrongLabels);
}

/** What the id of a key says; absent when it is none. */
export function cryptoKeyPath(id: string): { readonly projectId: string; readonly location: string } | undefined {
    const match = /^projects\/([^/]+)\/locations\/([^/]+)\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63}$/.exec(id);
    return match === null ? undefined : { projectId: match[1], location: match[2] };
}

/** The key of that id. */
export function keyNamed(id: string, inventory: InventoryView): Row | undefined {
    return inventory.find(cryptoKeyType, (row) => row.id === id);
}

/** The version that encrypts, and its state; absent when there is none. */
export function primaryOf({ outputs }: Row): { readonly name: string; readonly state: string } | undefined {
    const primaries: PropertyValue = outputs["primaries"];
    const [primary] = Array.isArray(primaries) ? primaries.filter(isMap) : [];
    return primary === undefined ? undefined : { name: textOf(primary["name"]), state: textOf(primary["state"]) };
}

/** https://docs.cloud.google.com/kms/docs/reference/permissions-and-roles */
const keyRoles: readonly string[] = [
    "cloudkms.admin",
    "cloudkms.cryptoKeyDecrypter",
    "cloudkms.cryptoKeyDecrypterViaDelegation",
    "cloudkms.cryptoKeyEncrypter",
    "cloudkms.cryptoKeyEncrypterDecrypter",
    "cloudkms.cryptoKeyEncrypterDecrypterViaDelegation",
    "cloudkms.cryptoKeyEncrypterViaDelegation",
    "cloudkms.cryptoOperator",
    "cloudkms.publicKeyViewer",
    "cloudkms.signer",
    "cloudkms.signerVerifier",
    "cloudkms.verifier",
    "cloudkms.viewer",
    "editor",
    "owner",
    "viewer",
];

const keyMember = member({
    token: cryptoKeyMemberType,
    of: "cryptoKeyId",
    roles: keyRoles,
    target: ({ cryptoKeyId }) => textOf(cryptoKeyId),
    kind: "KMS CryptoKey",
    missing: ({ cryptoKeyId }, context) => {
        const named = textOf(cryptoKeyId);
        const path = cryptoKeyPath(named);
        if (path === undefined) {
            return `Invalid CryptoKey id format, expecting projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, got id: ${named}`;
        }
        const refused = refusedProject(path.projectId, kmsService, context, () =>
            denied("cloudkms.cryptoKeys.getIamPolicy", named),
        );
        return (
            refused ??
            (keyNamed(named, context.inventory) === undefined
                ? `googleapi: Error 404: CryptoKey ${named} not found., notFound`
                : undefined)
        );
    },
});

export const kms: readonly ResourceModel[] = [keyRing, withDeletionPolicy(cryptoKey), keyMember];
