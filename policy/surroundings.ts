import type { CheckContext } from "pulumi-wandb/checks";
import { inClusterOf } from "./cluster";
import { awsFacts } from "./infrastructure/aws/facts";
import type { Resource } from "./resource";

type Facts = Omit<CheckContext, "now">;

/** What the stack tells about the things that a custom resource names: each source knows some kinds of resources. */
const Sources: readonly ((instance: Resource, resources: readonly Resource[]) => Facts)[] = [kubernetesFacts, awsFacts];

/** What is known around a custom resource. */
export function contextOf(instance: Resource | undefined, resources: readonly Resource[]): CheckContext {
    const facts = instance === undefined ? [] : Sources.map((source) => source(instance, resources));
    return Object.assign({ now: new Date() }, ...facts) as CheckContext;
}

/** Secrets and ConfigMaps of the same stack. */
function kubernetesFacts(instance: Resource, resources: readonly Resource[]): Facts {
    const global = instance.properties.find("spec.values.global");
    const named = (kind: string, name: string | undefined) => findObject(instance, resources, kind, name);
    const license = named("Secret", global.find("licenseSecret.name").text);
    const redis = named("Secret", global.find("redis.secret.secretName").text);
    const authorities = named("ConfigMap", global.find("caCertsConfigMap").text);
    return {
        license: license && secretValue(license, global.find("licenseSecret.key").text ?? "license"),
        redisSecretKeys: redis && keysOf(redis, "data", "stringData"),
        caConfigMapKeys: authorities && keysOf(authorities, "data", "binaryData"),
    };
}

function findObject(
    instance: Resource,
    resources: readonly Resource[],
    kind: string,
    name: string | undefined,
): Resource | undefined {
    const namespace = instance.properties.find("metadata.namespace").text;
    if (name === undefined || namespace === undefined) {
        return undefined;
    }
    const called = resources.filter(
        ({ type, properties }) =>
            type === `kubernetes:core/v1:${kind}` &&
            properties.find("metadata.name").text === name &&
            properties.find("metadata.namespace").text === namespace,
    );
    return inClusterOf(instance, called).at(0);
}

/** One value of a Secret. It is handed to the checks, which never show it. */
function secretValue({ properties }: Resource, key: string): string | undefined {
    const plain = properties.at("stringData", key);
    const encoded = properties.at("data", key).text;
    return plain.given ? plain.text : encoded && Buffer.from(encoded, "base64").toString("utf8");
}

/** Keys of a Secret or ConfigMap; undefined when a part of them is not known. */
function keysOf({ properties }: Resource, ...places: readonly string[]): string[] | undefined {
    const maps = places.map((place) => properties.at(place));
    return maps.some(({ unknown }) => unknown) ? undefined : maps.flatMap((map) => map.members.map(([key]) => key));
}
