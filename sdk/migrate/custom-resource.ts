import { RevisionKey } from "../naming";
import { Draft, Fate } from "./draft";
import { type Found, Unreadable } from "./found";
import { carryBucket } from "./stores";
import { isMap, type JsonMap, Reading, textOf } from "./tree";

/** A `WeightsAndBiases` object: what the operator reads already, so that all of it stays. */
export function fromCustomResource(resource: JsonMap, operator?: JsonMap): Found {
    const metadata = isMap(resource["metadata"]) ? resource["metadata"] : {};
    const spec = isMap(resource["spec"]) ? resource["spec"] : {};
    const version = textOf(resource["apiVersion"]);
    if (version !== "apps.wandb.com/v1") {
        throw new Unreadable(
            `the WeightsAndBiases object has apiVersion ${JSON.stringify(version ?? "")}, where apps.wandb.com/v1 is known. Use a version of this package that knows it.`,
        );
    }
    const { values = {}, chart, ...others } = spec;
    const draft = new Draft();
    const read = new Reading(isMap(values) ? values : {});
    // An older spelling, which reaches some components only.
    const bucket = isMap(values) && isNamed(values) ? undefined : read.takeText("global.extraEnv.BUCKET");
    for (const [key, value] of Object.entries(read.remaining())) {
        // Our own stamp is written anew.
        if (key !== RevisionKey) {
            draft.carry(`spec.values.${key}`, key, value);
        }
    }
    if (bucket !== undefined) {
        carryBucket(draft, "spec.values.global.extraEnv.BUCKET", bucket);
    }
    for (const key of Object.keys(others)) {
        draft.lost(`spec.${key}`, "is not read by the operator.");
    }
    return {
        source: "a WeightsAndBiases object",
        name: textOf(metadata["name"]) ?? "wandb",
        namespace: textOf(metadata["namespace"]) ?? "default",
        values: draft.values,
        notes: [...draft.notes, ...ownership(metadata)],
        old: { kind: "operator", helmOwner: ownerOf(metadata) },
        more: { ...chartArgument(chart), ...(operator === undefined ? {} : { operator }) },
    };
}

function isNamed({ global }: JsonMap): boolean {
    const bucket = isMap(global) ? (global["bucket"] ?? global["defaultBucket"]) : undefined;
    return isMap(bucket) && textOf(bucket["name"]) !== undefined;
}

function chartArgument(chart: unknown): JsonMap {
    if (!isMap(chart)) {
        return {};
    }
    const url = textOf(chart["url"]);
    const version = textOf(chart["version"]);
    const name = textOf(chart["name"]);
    const path = textOf(chart["path"]);
    const source: JsonMap =
        path !== undefined
            ? { path }
            : url?.startsWith("oci://")
              ? { oci: url }
              : url !== undefined
                ? { repository: url, ...(name === undefined ? {} : { name }) }
                : {};
    return Object.keys(source).length === 0
        ? {}
        : {
              chart: {
                  ...source,
                  ...(version === undefined ? {} : { version }),
                  ...(chart["plainHTTP"] === true ? { plainHttp: true } : {}),
                  ...credentialsArgument(chart["credentialSecret"]),
              },
          };
}

function credentialsArgument(secret: unknown): JsonMap {
    return isMap(secret) ? { credentialsSecret: secret } : {};
}

/** The Helm release that has made the object: of the vendor's Terraform modules, `wandb-cr` in `default`. */
function ownerOf(metadata: JsonMap): { release: string; namespace: string } | undefined {
    const annotations = isMap(metadata["annotations"]) ? metadata["annotations"] : {};
    const release = textOf(annotations["meta.helm.sh/release-name"]);
    const namespace = textOf(annotations["meta.helm.sh/release-namespace"]);
    return release === undefined || namespace === undefined ? undefined : { release, namespace };
}

function ownership(metadata: JsonMap): Found["notes"] {
    const owner = ownerOf(metadata);
    return owner === undefined
        ? []
        : [
              {
                  fate: Fate.Decide,
                  from: "metadata.annotations",
                  text: `The object belongs to the Helm release ${owner.release} in namespace ${owner.namespace}. The steps drop that release's records without uninstalling it.`,
              },
          ];
}
